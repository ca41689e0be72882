"""Choices of forecasts, what stands behind a point, and words, against plain counting."""

import itertools
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
import synthetic
import worded_record
from sqlmodel import Session

from db.engine import open_engine
from forecasts.maths.bins import wilson_interval
from forecasts.maths.days import day_marks
from forecasts.maths.discrimination import roc_curve
from forecasts.maths.entering import entering
from forecasts.maths.timeline import History, standing_rows
from forecasts.reading.scales import estimate
from forecasts.results.calibration import Choice
from forecasts.services.articles import add_article
from forecasts.services.questions import ask_question
from forecasts.services.statements import merge_statement
from forecasts.views.behind import behind
from forecasts.views.calibration import calibration, discrimination
from forecasts.views.chosen import ELSEWHEN, fits
from forecasts.views.confidence import MOST, confidence
from forecasts.views.entered import entered
from forecasts.views.judged import judged
from forecasts.views.leads import days_within
from forecasts.views.scoring import counted, settings_of
from forecasts.views.snapshot import look
from forecasts.views.standing import _Dates, days_stood, pair_starts, rows_of
from forecasts.views.words import SIDELESS, YOUNG, words

DAY = timedelta(days=1)
SPANS = [(a * DAY, None if b is None else b * DAY) for a, b in ((0, 7), (7, 28), (28, None))]
CLASSES = ("live", "source")


@pytest.fixture(scope="module")
def large(empty_template, tmp_path_factory):
    path = tmp_path_factory.mktemp("calibration") / "desk.db"
    path.write_bytes(empty_template.read_bytes())
    engine = open_engine(f"sqlite:///{path}")
    synthetic.fill(engine, questions=90, forecasts=2500, people=20, sources=5)
    yield engine
    engine.dispose()


@pytest.fixture
def session(large):
    with Session(large) as found:
        yield found


def test_days_before_the_close_are_those_of_the_readable_definition(session):
    snapshot = look(session).settled
    said = snapshot.said
    rows = rows_of(snapshot, classes=CLASSES, possibilities=True)
    rows = rows[snapshot.outcome[said.question[rows]] >= 0]
    assert {str(one.zone) for one in snapshot.questions.values()} > {"UTC"}
    found = {span: days_within(snapshot, rows, span) for span in SPANS}
    np.testing.assert_array_equal(sum(found.values()), days_stood(snapshot, rows)[0])
    bounds = [*pair_starts(said, rows).tolist(), rows.size]
    for span, (begin, end) in itertools.product(SPANS, itertools.pairwise(bounds)):
        asked = snapshot.questions[int(said.question[rows[begin]])]
        marks = day_marks(asked.opens, asked.ends, asked.zone)
        before = [(asked.closes - mark) * timedelta(microseconds=1) for mark in marks.tolist()]
        marks = marks[[span[0] <= b and (span[1] is None or b < span[1]) for b in before]]
        stood = standing_rows(_Dates(said, rows[begin:end]), marks)
        expected = np.bincount(stood[stood >= 0], minlength=end - begin)
        assert found[span][begin:end].tolist() == expected.tolist()


@pytest.mark.parametrize("which", ["daily", "last", "first", "every"])
def test_what_enters_is_what_the_readable_definition_takes(session, which):
    snapshot, settings = look(session).settled, settings_of(retrospective=True, possibilities=True)
    said, found = snapshot.said, entered(snapshot, settings, which)
    rows = rows_of(snapshot, classes=settings.classes, possibilities=True)
    rows = rows[snapshot.outcome[said.question[rows]] >= 0]
    enters = dict(zip(found.rows.tolist(), found.days.tolist(), strict=True))
    for begin, end in itertools.pairwise([*pair_starts(said, rows).tolist(), rows.size]):
        own = rows[begin:end]
        asked = snapshot.questions[int(said.question[own[0]])]
        dates = _Dates(said, own)
        # Its place stands for what a row says, so that what enters tells which rows do.
        places = own / said.question.size
        stated = np.stack([places, 1 - places], axis=1)
        history = History(dates.made, stated, dates.withdrawn, dates.expires)
        expected = entering(
            history, opens=asked.opens, ends=asked.ends, zone=asked.zone, which=which
        ).probabilities[:, 0]
        times = [int(enters.get(row, 0)) for row in own.tolist()]
        assert np.repeat(places, times).tolist() == expected.tolist()


@pytest.mark.parametrize("which", ["last", "first", "every"])
def test_whichever_forecasts_enter_each_forecasters_questions_weigh_the_same(session, which):
    choice = Choice(which=which)
    found = calibration(session, choice, now=synthetic.END)
    whole = calibration(session, now=synthetic.END)
    assert found.entering != whole.entering
    assert found.questions <= whole.questions
    narrowed = calibration(session, replace(choice, lead=SPANS[1]), now=synthetic.END)
    assert dict(narrowed.left_out)[ELSEWHEN] == found.forecasts - narrowed.forecasts > 0
    snapshot = look(session).settled
    rows = entered(snapshot, settings_of(retrospective=False, possibilities=False), which)
    weights = judged(snapshot, rows)
    pairs = pair_starts(snapshot.said, rows.rows).size
    assert weights.weight.sum() == pytest.approx(pairs)


def test_lengths_and_periods_divide_the_questions(session):
    now = synthetic.END
    whole = calibration(session, now=now)
    middle = datetime(2025, 1, 1, tzinfo=UTC)
    spans = ((0 * DAY, 91 * DAY), (91 * DAY, None))
    for choices in (
        [Choice(length=span) for span in spans],
        [Choice(closed_before=middle), Choice(closed_from=middle)],
        [Choice(forecaster_kind=kind) for kind in ("person", "source")],
    ):
        parts = [calibration(session, choice, now=now) for choice in choices]
        assert all(0 < part.forecasts < whole.forecasts for part in parts)
        assert sum(part.forecasts for part in parts) == whole.forecasts
    leads = [calibration(session, Choice(lead=span), now=now) for span in SPANS]
    for part in leads:
        assert dict(part.left_out)[ELSEWHEN] == whole.forecasts - part.forecasts


def test_a_close_at_midnight_belongs_to_the_day_that_it_ends(session):
    """A question "by 31 December 2024" closes as 2025 begins, and is one of 2024."""
    new_year = datetime(2025, 1, 1, tzinfo=UTC)
    asked = next(iter(look(session).questions.values()))
    closing = replace(asked, closes_at=new_year)
    assert fits(closing, Choice(closed_before=new_year))
    assert not fits(closing, Choice(closed_from=new_year))
    later = replace(asked, closes_at=new_year + timedelta(microseconds=1))
    assert fits(later, Choice(closed_from=new_year))
    assert not fits(later, Choice(closed_before=new_year))


def test_what_stands_behind_a_point_is_what_the_diagram_counts(session):
    choice, now = Choice(lead=SPANS[1]), synthetic.END
    view = calibration(session, choice, now=now)
    for bin_ in view.bins:
        found = behind(session, choice, now=now, tenth=round(10 * bin_.low), most=10_000)
        assert found.questions == bin_.questions
        assert found.happened == pytest.approx(bin_.observed, abs=1e-12)
        assert len(found.rows) == found.outcomes >= found.questions
        gaps = [abs(row.said - row.happened) for row in found.rows]
        assert gaps == sorted(gaps, reverse=True)
    for level in np.unique(view.curve.stated.round(9))[::5].tolist():
        # 1 - 0.95 and 0.05 are two points of the curve, and one level to a reader.
        near = np.isclose(view.curve.stated, level, rtol=0, atol=1e-8)
        found = behind(session, choice, now=now, level=level)
        counts = view.curve.questions[near]
        assert counts.max() <= found.questions <= counts.sum()
        assert {round(row.said, 8) for row in found.rows} == {round(level, 8)}
    few = behind(session, choice, now=now, tenth=2, most=3)
    assert len(few.rows) == 3 < few.outcomes
    with pytest.raises(ValueError, match="one of them must be given"):
        behind(session, choice, now=now)


def test_discrimination_is_that_of_the_forecasts_that_enter(session):
    snapshot = look(session).settled
    found = discrimination(session, Choice(all_questions=True), now=synthetic.END)
    settings = settings_of(retrospective=False, possibilities=False)
    rows = judged(snapshot, counted(snapshot, settings))
    roc = roc_curve(rows.probability, rows.happened, weights=rows.weight)
    assert found.roc.area == pytest.approx(roc.area, abs=1e-9)
    assert found.interval[0] < roc.area < found.interval[1]
    yes = rows.happened == 1
    assert found.mean_of_events == pytest.approx(
        np.average(rows.probability[yes], weights=rows.weight[yes])
    )
    assert sum(found.events) == pytest.approx(1) == pytest.approx(sum(found.non_events))
    high = yes & (rows.probability >= 0.9)
    assert found.events[9] == pytest.approx(rows.weight[high].sum() / rows.weight[yes].sum())


USES = {
    ("likely", "BISI"): (4, 3),
    ("likely", "Ifri"): (2, 2),
    ("unlikely", "BISI"): (3, 1),
    ("may", "Ifri"): (2, 1),
}


def test_words_are_counted_as_they_were_used(desk):
    worded_record.use_words(desk, USES)
    view = desk.ask(words, now=desk.now)
    told = [(row.word, row.happened, row.statements, row.is_possibility) for row in view.rows]
    assert told == [("likely", 5, 6, False), ("may", 1, 2, True), ("unlikely", 1, 3, False)]
    assert view.rows[0].interval == wilson_interval(5 / 6, 6)
    ranges = {one.scale: (one.low, one.high) for one in view.rows[0].ranges}
    assert ranges["icd203"] == (0.55, 0.8)
    assert ranges["phia"] == (0.55, 0.75)
    assert ranges["nato"] == (0.6, 0.9)
    assert "phia" not in {one.scale for one in view.rows[1].ranges}  # it does not list "may"
    assert (view.counted, view.statements) == (11, ())
    one = desk.ask(words, Choice(publisher="BISI"), now=desk.now, word="likely", most=2)
    assert [(row.publisher, row.happened, row.statements) for row in one.rows] == [("BISI", 3, 4)]
    assert [one.happened for one in one.statements] == [False, True]
    assert one.statements[0].quote == "It is likely that event 3 of BISI occurs."
    assert desk.ask(words, now=desk.now, word="certainly").rows == ()
    mine = desk.ask(words, Choice(forecaster_kind="person"), now=desk.now)
    assert mine.rows == view.rows
    assert desk.ask(words, Choice(closed_before=worded_record.SAID), now=desk.now).rows == ()


def test_a_merged_statement_counts_for_what_its_words_say(file_desk):
    """Merged as its opposite, "unlikely" came true where the question came out no."""
    desk = file_desk
    desk.now = worded_record.SAID + DAY
    texts = {"unlikely": "It is unlikely to pass.", "about even": "Chances are about even."}
    text = " ".join(texts.values())
    desk.do(
        add_article, text=text, title="T", author="A", publisher="P",
        published=worded_record.PartialDate(worded_record.SAID.date(), "day"),
        candidates=[
            worded_record.statement(quote, word, text.index(quote)) for word, quote in texts.items()
        ],
    )  # fmt: skip
    key = desk.do(ask_question, draft=worded_record.draft("Will it fail?")).id
    desk.do(merge_statement, statement_id=1, question_id=key, opposite=True)
    # By ICD 203, "roughly even" is 45 to 55 %: either way round the numbers are the same.
    desk.do(merge_statement, statement_id=2, question_id=key, scale="icd203", opposite=True)
    assert estimate("about even", "icd203").complement() == estimate("about even", "icd203")
    before = desk.ask(words, now=desk.now)
    assert (before.rows, before.left_out) == ((), ())
    worded_record.settle(desk, {key: "no"})
    view = desk.ask(words, now=desk.now)
    assert [(row.word, row.happened, row.statements) for row in view.rows] == [("unlikely", 1, 1)]
    assert view.left_out == ((SIDELESS, 1),)
    young = desk.ask(words, now=worded_record.CLOSE - DAY)
    assert (young.rows, young.left_out) == ((), ((YOUNG, 2),))


PERSONS = Choice(forecaster_kind="person")


def _narrowing(by, key):
    year = {} if by != "year" else {
        "closed_from": datetime(key, 1, 1, tzinfo=UTC),
        "closed_before": datetime(key + 1, 1, 1, tzinfo=UTC),
    }  # fmt: skip
    if by == "forecaster":
        return replace(PERSONS, forecaster_id=key, forecaster_kind=None)
    return replace(PERSONS, **(year or {by: key}))


@pytest.mark.parametrize("by", ["forecaster", "tag", "year", "length", "lead"])
def test_a_part_says_what_the_calibration_narrowed_to_it_says(session, by):
    found = confidence(session, PERSONS, by, now=synthetic.END, spans=SPANS)
    assert 2 <= len(found.rows) <= MOST
    for row in found.rows:
        narrowed = calibration(session, _narrowing(by, row.key), now=synthetic.END)
        assert (row.questions, row.forecasts) == (narrowed.questions, narrowed.forecasts)
        # The sums are the same but not their order.
        assert row.recalibration.slope == pytest.approx(narrowed.recalibration.slope, abs=1e-9)
        assert row.recalibration.slope_interval == pytest.approx(
            narrowed.recalibration.slope_interval, abs=1e-9
        )
        curve = narrowed.curve
        assert row.said == pytest.approx(np.average(curve.stated, weights=curve.weight))
        assert row.happened == pytest.approx(np.average(curve.observed, weights=curve.weight))
    whole = calibration(session, PERSONS, now=synthetic.END)
    if by in ("year", "length"):  # these part the questions without a rest
        assert sum(row.questions for row in found.rows) == whole.questions
    if by == "forecaster":
        sizes = [row.questions for row in found.rows]
        assert sizes == sorted(sizes, reverse=True)
        assert found.left_out == 20 - MOST


def test_nothing_has_no_parts(session):
    assert confidence(session, Choice(tag="none such"), now=synthetic.END).rows == ()
