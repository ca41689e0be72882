"""The whole path from recorded forecasts to shown numbers, against hand-made sums."""

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from forecasts.errors import QuestionSettled
from forecasts.reading.candidate import Candidate
from forecasts.results.calibration import Choice
from forecasts.results.terms import PartialDate
from forecasts.services.articles import add_article
from forecasts.services.forecasts import record_forecast, withdraw_forecast
from forecasts.services.questions import ask_question
from forecasts.services.resolutions import annul_question, correct_resolution, resolve_question
from forecasts.services.statements import accept_statement
from forecasts.views.calibration import calibration
from forecasts.views.inbox import article
from forecasts.views.preview import preview
from forecasts.views.question import question
from forecasts.views.questions import question_list
from forecasts.views.scores import scoreboard
from forecasts.views.scoring import settings_of
from forecasts.views.today import today

CLOSE = datetime(2024, 8, 1, tzinfo=UTC)
EXACT = 1e-12


def settle(desk, key: int, outcome: str = "no", known_at: datetime = CLOSE, **changes):
    desk.now = max(desk.now, CLOSE + timedelta(hours=1))
    request = {"question_id": key, "outcome": outcome, "known_at": known_at, "evidence": "E."}
    return desk.do(resolve_question, **(request | changes))


def board(desk, **choice):
    return desk.ask(scoreboard, now=desk.now, **choice)


def test_the_main_job_by_hand(desk, draft):
    """0.30 on 12 July at nine, 0.10 from 17 July at nine, resolved No at the close.

    Days end at midnight UTC: 12 to 16 July end with 0.30 (5 days), 17 to 31 July with 0.10
    (15 days): (5 x 0.09 + 15 x 0.01) / 20 = 0.03.
    """
    key = desk.do(ask_question, draft=draft()).id
    desk.do(record_forecast, question_id=key, probability=0.3)
    desk.later(days=5).do(record_forecast, question_id=key, probability=0.1)
    settle(desk, key)
    (mine,) = board(desk, me="ana").people
    assert mine.score == pytest.approx(0.03, abs=EXACT)
    assert (mine.questions, mine.days, mine.coverage, mine.uniform) == (1, 20, 1.0, 0.25)
    assert mine.interval is None
    view = desk.ask(calibration, now=desk.now)
    assert view.curve.brier == pytest.approx(0.03, abs=EXACT)
    assert view.curve.stated.tolist() == [0.1, 0.3]
    assert view.curve.observed.tolist() == [0.0, 0.0]
    assert (view.forecasts, view.questions) == (2, 1)


def test_an_outcome_known_early_ends_the_window(desk, draft):
    """Known on 20 July at six: the last scored day is 19 July, so 5 days of .30, 3 of .10."""
    key = desk.do(ask_question, draft=draft()).id
    desk.do(record_forecast, question_id=key, probability=0.3)
    desk.later(days=5).do(record_forecast, question_id=key, probability=0.1)
    desk.later(days=10).do(record_forecast, question_id=key, probability=0.9)
    settle(desk, key, known_at=datetime(2024, 7, 20, 6, tzinfo=UTC))
    (mine,) = board(desk).people
    assert mine.score == pytest.approx((5 * 0.09 + 3 * 0.01) / 8, abs=EXACT)
    assert ("forecasts made when the outcome was known or the question closed", 1) in board(
        desk
    ).left_out


def test_days_before_the_first_and_after_a_withdrawal_lower_the_coverage_only(desk, draft):
    key = desk.do(ask_question, draft=draft()).id
    desk.later(days=4).do(record_forecast, question_id=key, probability=0.5)
    desk.later(days=6).do(withdraw_forecast, question_id=key)
    settle(desk, key)
    (mine,) = board(desk).people
    assert (mine.score, mine.days, mine.coverage) == (0.25, 6, 6 / 20)


def test_the_zone_decides_which_days_there_are(desk, draft):
    """Seoul's 12 July ends at 15:00 UTC. 0.30 at 09:00, 0.10 at 18:00 UTC of the same day."""
    keys = [desk.do(ask_question, draft=draft(zone=zone)).id for zone in (None, "Asia/Seoul")]
    for key in keys:
        desk.do(record_forecast, question_id=key, probability=0.3)
    desk.later(hours=9)
    for key in keys:
        desk.do(record_forecast, question_id=key, probability=0.1)
    for key in keys:
        settle(desk, key)
    scores = [desk.ask(question, key, me=None, now=desk.now).scores[0].score for key in keys]
    assert scores[0] == pytest.approx(0.01, abs=EXACT)
    assert scores[1] == pytest.approx((0.09 + 19 * 0.01) / 20, abs=EXACT)


def test_options_by_the_brier_score_of_all_of_them(desk, draft):
    """Half of the published 0.26 for 60/10/30 when the first came true (scale of 0 to 1)."""
    key = desk.do(ask_question, draft=draft(kind="multiple_choice", options=("a", "b", "c"))).id
    desk.do(record_forecast, question_id=key, probabilities=[0.6, 0.1, 0.3])
    settle(desk, key, outcome="a")
    (mine,) = board(desk).people
    assert mine.score == pytest.approx(0.13, abs=EXACT)
    assert mine.uniform == pytest.approx(1 / 3, abs=EXACT)


@pytest.mark.parametrize(
    ("outcome", "published"), [("1", 0.568333), ("2", 0.2350), ("3", 0.2350), ("4", 0.6350)]
)
def test_ordered_options_by_the_published_example(desk, draft, outcome, published):
    key = desk.do(ask_question, draft=draft(kind="ordered", options=("1", "2", "3", "4"))).id
    desk.do(record_forecast, question_id=key, probabilities=[0.25, 0.25, 0.30, 0.20])
    settle(desk, key, outcome=outcome)
    (mine,) = board(desk).people
    assert 2 * mine.score == pytest.approx(published, abs=1e-6)


def test_a_correction_changes_every_number_with_it(desk, draft):
    key = desk.do(ask_question, draft=draft()).id
    desk.do(record_forecast, question_id=key, probability=0.2)
    settle(desk, key)
    assert board(desk).people[0].score == pytest.approx(0.04, abs=EXACT)
    desk.do(
        correct_resolution,
        question_id=key,
        version=1,
        outcome="yes",
        known_at=CLOSE,
        evidence="E.",
        reason="R.",
    )
    assert board(desk).people[0].score == pytest.approx(0.64, abs=EXACT)
    desk.do(annul_question, question_id=key, reason="Void.")
    found = board(desk)
    assert found.people == ()
    assert ("annulled questions", 1) in found.left_out


def test_a_condition_that_was_not_met_is_not_scored(desk, draft):
    parent = desk.do(ask_question, draft=draft(title="Will the parent happen?")).id
    child = desk.do(ask_question, draft=draft(parent_id=parent, parent_outcome="yes")).id
    desk.do(record_forecast, question_id=child, probability=0.9)
    settle(desk, child, outcome="yes")
    assert len(board(desk).people) == 1
    settle(desk, parent, outcome="no")
    found = board(desk)
    assert found.people == ()
    assert ("questions whose condition was not met", 1) in found.left_out
    view = desk.ask(question, child, me="ana", now=desk.now)
    assert view.parent_failed
    assert view.scores == ()
    other = desk.do(
        ask_question,
        draft=draft(closes_at=desk.now + timedelta(days=9), parent_id=parent, parent_outcome="yes"),
    ).id
    with pytest.raises(QuestionSettled, match="condition was not met"):
        desk.do(record_forecast, question_id=other, probability=0.5)


def test_claimed_forecasts_count_only_when_asked_for(desk, draft):
    key = desk.do(ask_question, draft=draft()).id
    earlier = desk.now
    desk.later(days=3).do(record_forecast, question_id=key, probability=0.0, made_at=earlier)
    settle(desk, key)
    assert board(desk).people == ()
    assert ("retrospective forecasts", 1) in board(desk).left_out
    (mine,) = board(desk, settings=settings_of(retrospective=True, possibilities=False)).people
    assert mine.score == 0.0


TEXT = "It is unlikely to happen. It could rain."


def accepted(desk, draft, quote: str, probability: float, *, possibility: bool = False) -> int:
    start = TEXT.index(quote)
    low, high = max(0.0, probability - 0.1), min(1.0, probability + 0.1)
    one = Candidate(
        start, start + len(quote), quote, "words", "affirm", probability, low, high, "recommended",
        possibility, None, None, None, "author", "author", None, (),
    )  # fmt: skip
    stored = desk.do(
        add_article,
        text=TEXT + str(probability),
        title="T",
        author="A. Author",
        publisher="P",
        published=PartialDate(date(2024, 7, 11), "day"),
        candidates=[one],
    )
    statement = desk.ask(article, stored.id).statements[0]
    return desk.do(accept_statement, statement_id=statement.id, draft=draft()).id


def test_a_source_is_scored_at_the_low_middle_and_high_end_of_its_words(desk, draft):
    key = accepted(desk, draft, "It is unlikely to happen", 0.2)
    settle(desk, key, outcome="no")
    found = board(desk)
    (row,) = found.sources
    assert (row.forecaster, row.publisher, row.forecaster_kind) == ("A. Author", "P", "source")
    assert (row.score, row.at_low, row.at_high) == pytest.approx((0.04, 0.01, 0.09), abs=EXACT)
    assert [one.forecaster for one in found.publishers] == ["P"]
    assert found.people == ()


def test_a_bare_possibility_is_shown_and_not_scored(desk, draft):
    key = accepted(desk, draft, "It could rain", 0.38, possibility=True)
    settle(desk, key, outcome="yes")
    found = board(desk)
    assert found.sources == ()
    assert ("bare possibilities (may, might, could)", 1) in found.left_out
    view = desk.ask(question, key, me=None, now=desk.now)
    assert view.record[0].is_possibility
    assert [line.role for line in view.lines] == ["source"]
    vague = settings_of(retrospective=False, possibilities=True)
    assert len(board(desk, settings=vague).sources) == 1


def test_intervals_are_resampled_by_question_and_always_the_same(desk, draft):
    shares = [0.1, 0.3, 0.5, 0.8, 0.1, 0.3, 0.5, 0.8, 0.2, 0.4]
    for share in shares:
        key = desk.do(ask_question, draft=draft()).id
        desk.do(record_forecast, question_id=key, probability=share)
    for key in range(1, 10):
        settle(desk, key)
    assert board(desk).people[0].interval is None  # nine questions cannot tell
    settle(desk, 10)
    (first,), (again,) = board(desk).people, board(desk).people
    assert first == again
    scores = np.square(shares)
    assert first.score == pytest.approx(scores.mean(), abs=EXACT)
    normal = 1.96 * scores.std() / np.sqrt(10)
    assert first.interval == pytest.approx(
        (scores.mean() - normal, scores.mean() + normal), abs=0.03
    )


def test_tags_and_publishers_narrow_the_scores(desk, draft):
    for tags, share in ((("asia",), 0.1), (("europe",), 0.5)):
        key = desk.do(ask_question, draft=draft(tags=tags)).id
        desk.do(record_forecast, question_id=key, probability=share)
    untagged = desk.do(ask_question, draft=draft()).id
    desk.do(record_forecast, by="bob", question_id=untagged, probability=0.5)
    for key in (1, 2, untagged):
        settle(desk, key)
    assert board(desk, tag="asia").people[0].score == pytest.approx(0.01, abs=EXACT)
    heat = board(desk, me="ana").heat
    assert heat.tags == (("asia", 1), ("europe", 1))
    assert [(row.name, [cell.questions for cell in row.cells]) for row in heat.rows] == [
        ("You", [1, 1])
    ]
    assert board(desk, publisher="nobody").scored == 0


def test_the_crowd_is_the_median_of_what_stands(desk, draft):
    key = desk.do(ask_question, draft=draft()).id
    for name, share in (("ana", 0.1), ("bob", 0.4), ("cem", 0.9)):
        desk.do(record_forecast, by=name, question_id=key, probability=share)
    row = desk.ask(question_list, me="ana", now=desk.now)[0]
    assert (row.mine, row.crowd, row.crowd_size) == (0.1, 0.4, 3)
    lines = {line.role: line for line in desk.ask(question, key, me="ana", now=desk.now).lines}
    assert lines["crowd"].value[-1] == pytest.approx(0.4)
    desk.later(days=8).do(record_forecast, question_id=key, probability=0.3)
    row = desk.ask(question_list, me="ana", now=desk.now)[0]
    assert row.change_7d == pytest.approx(0.2)


def test_options_have_a_line_each(desk, draft):
    key = desk.do(ask_question, draft=draft(kind="ordered", options=("a", "b", "c"))).id
    desk.do(record_forecast, by="bob", question_id=key, probabilities=[0.2, 0.3, 0.5])
    lines = desk.ask(question, key, me="ana", now=desk.now).lines
    assert [(line.name, line.role, line.value) for line in lines] == [
        ("a", "crowd", (0.2,)),
        ("b", "crowd", (0.3,)),
        ("c", "crowd", (0.5,)),
    ]
    desk.do(record_forecast, by="ana", question_id=key, probabilities=[0.6, 0.4, 0.0])
    lines = desk.ask(question, key, me="ana", now=desk.now).lines
    assert [(line.role, line.value) for line in lines[:3]] == [
        ("me", (0.6,)), ("me", (0.4,)), ("me", (0.0,)),
    ]  # fmt: skip
    assert {line.role for line in lines[3:]} == {"crowd"}
    assert [line.value[-1] for line in lines[3:]] == pytest.approx([0.4, 0.35, 0.25])


def test_a_preview_is_the_score_that_follows(desk, draft):
    key = desk.do(ask_question, draft=draft()).id
    desk.do(record_forecast, question_id=key, probability=0.3)
    desk.later(days=5)
    shown = desk.ask(preview, key, me="ana", now=desk.now, probability=0.1)
    told = {one.outcome: one for one in shown.outcomes}
    assert (told["no"].now, told["yes"].now) == pytest.approx((0.09, 0.49), abs=EXACT)
    desk.do(record_forecast, question_id=key, probability=0.1)
    settle(desk, key, outcome="no")
    assert board(desk).people[0].score == pytest.approx(told["no"].score, abs=EXACT)
    assert told["yes"].score == pytest.approx((5 * 0.49 + 15 * 0.81) / 20, abs=EXACT)


def test_questions_that_may_still_resolve_yes_early_stay_out_of_calibration(desk, draft):
    key = desk.do(ask_question, draft=draft(closes_at=datetime(2025, 1, 1, tzinfo=UTC))).id
    desk.do(record_forecast, question_id=key, probability=0.3)
    settle(desk, key, outcome="yes", known_at=datetime(2024, 7, 20, tzinfo=UTC))
    view = desk.ask(calibration, now=desk.now)
    assert view.curve is None
    assert [count for _, count in view.left_out] == [1]
    assert desk.ask(calibration, Choice(all_questions=True), now=desk.now).questions == 1


def test_calibration_adds_up_to_the_mean_score(desk, draft):
    for number, share in enumerate((0.1, 0.3, 0.3, 0.8, 0.95)):
        key = desk.do(ask_question, draft=draft()).id
        desk.do(record_forecast, question_id=key, probability=share)
        desk.later(hours=30 * number)
        desk.do(record_forecast, question_id=key, probability=(share + 0.5) / 2)
    for key in range(1, 6):
        settle(desk, key, outcome="yes" if key > 3 else "no")
    view = desk.ask(calibration, now=desk.now)
    assert view.curve.brier == pytest.approx(board(desk).people[0].score, abs=EXACT)


def test_a_numeric_forecast_counts_as_mine(desk, draft):
    key = desk.do(ask_question, draft=draft(kind="numeric")).id
    desk.do(record_forecast, question_id=key, quantiles=[(0.5, 8.0)])
    assert desk.ask(question_list, me="ana", now=desk.now)[0].mine_at == desk.now
    desk.do(withdraw_forecast, question_id=key)
    assert desk.ask(question_list, me="ana", now=desk.now)[0].mine_at is None


def test_today_says_what_waits(desk, draft):
    soon = desk.do(
        ask_question, draft=draft(title="Soon?", closes_at=desk.now + timedelta(days=3))
    ).id
    old = desk.do(
        ask_question, draft=draft(title="Old?", closes_at=datetime(2024, 9, 30, tzinfo=UTC))
    ).id
    due = desk.do(
        ask_question, draft=draft(title="Due?", closes_at=desk.now + timedelta(hours=1))
    ).id
    desk.do(record_forecast, question_id=old, probability=0.4)
    desk.now = datetime(2024, 7, 12, 12, tzinfo=UTC)
    view = desk.ask(today, me="ana", now=desk.now)
    assert [item.row.id for item in view.due] == [due]
    assert [item.row.id for item in view.closing] == [soon]
    assert view.unforecast == ()  # it stands under "closing" already
    assert view.stale == ()
    view = desk.ask(today, me="ana", now=desk.now + timedelta(days=40))
    assert [item.row.id for item in view.stale] == [old]
    assert (view.my_forecasts, view.open_questions) == (1, 1)


def test_todays_headline_stands_beside_the_crowds(desk, draft):
    key = desk.do(ask_question, draft=draft()).id
    for name, share in (("ana", 0.1), ("bob", 0.3), ("cem", 0.5)):
        desk.do(record_forecast, by=name, question_id=key, probability=share)
    settle(desk, key)
    month, quarter = desk.ask(today, me="ana", now=desk.now).headlines
    assert (month.score, month.crowd) == pytest.approx((0.01, 0.16), abs=EXACT)
    assert (month.questions, quarter.questions, month.before) == (1, 1, None)


def test_a_reader_without_a_forecast_sees_everything(seeded):
    found = seeded.ask(scoreboard, now=seeded.now, me="nobody")
    assert found.people == ()
    assert len(found.sources) >= 4
    assert found.resolved >= 12
    view = seeded.ask(today, me="nobody", now=seeded.now)
    assert view.my_forecasts == 0
    assert len(view.unforecast) >= 6
