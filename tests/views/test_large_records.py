"""The columns behind every view, held to rows read one by one and to the readable definitions."""

import numpy as np
import pytest
import synthetic
from sqlmodel import Session, col, select

from db.engine import open_engine
from db.tables import Forecast, ForecastOption
from db.types import to_us
from db.verification import verify
from forecasts.maths.aggregation import crowd_median
from forecasts.maths.timeline import NEVER, History, daily_score, standing_rows
from forecasts.results.calibration import Choice
from forecasts.views import columns
from forecasts.views.calibration import calibration
from forecasts.views.columns import load_said
from forecasts.views.judged import pairs
from forecasts.views.questions import question_list
from forecasts.views.scores import scoreboard
from forecasts.views.scoring import counted, rule_of, scored, settings_of
from forecasts.views.snapshot import look
from forecasts.views.standing import COMPILED_FROM, _days_by_definition, _days_by_engine, rows_of
from forecasts.views.today import today

WITHIN = 1e-9


@pytest.fixture(scope="module")
def engine(empty_template, tmp_path_factory):
    """A synthetic record large enough for the compiled engine."""
    path = tmp_path_factory.mktemp("large") / "desk.db"
    path.write_bytes(empty_template.read_bytes())
    found = open_engine(f"sqlite:///{path}")
    synthetic.fill(found, questions=120, forecasts=9000, people=40, sources=6)
    yield found
    found.dispose()


def vector(row, shares, options):
    if row.withdrawn:
        return [np.nan] * options
    if row.probability is not None:
        return [row.probability, 1 - row.probability]
    return shares[row.id]


def plain_histories(session, snapshot, classes, *, possibilities=False, kind=None):
    """Every (question, forecaster) as a History, from row objects."""
    shares = {}
    for one in session.exec(select(ForecastOption).order_by(col(ForecastOption.position))):
        shares.setdefault(one.forecast_id, []).append(one.probability)
    grouped = {}
    for row in session.exec(
        select(Forecast).order_by(
            col(Forecast.made_at), col(Forecast.recorded_at), col(Forecast.id)
        )
    ):
        speaker = snapshot.speakers[row.forecaster_id]
        if row.forecast_class not in classes or (row.is_possibility and not possibilities):
            continue
        if snapshot.questions[row.question_id].options and kind in (None, speaker.kind):
            grouped.setdefault((row.question_id, row.forecaster_id), []).append(row)
    found = {}
    for key, rows in grouped.items():
        options = len(snapshot.questions[key[0]].options)
        found[key] = History(
            np.array([to_us(row.made_at) for row in rows]),
            np.array([vector(row, shares, options) for row in rows]),
            np.array([row.withdrawn for row in rows]),
            np.array([NEVER if r.expires_at is None else to_us(r.expires_at) for r in rows]),
        )
    return found


def test_the_synthetic_record_passes_verification(engine):
    found = verify(engine)
    assert found.findings == ()
    assert found.rows > 9000


@pytest.mark.parametrize("retrospective", [False, True])
def test_scores_are_those_of_the_readable_definition(engine, retrospective):
    settings = settings_of(retrospective=retrospective, possibilities=retrospective)
    with Session(engine) as session:
        snapshot = look(session)
        found = scored(snapshot, settings)
        plain = plain_histories(
            session, snapshot, settings.classes, possibilities=settings.possibilities
        )
    assert counted(snapshot, settings).rows.size > COMPILED_FROM
    expected = {}
    for (question, who), history in plain.items():
        asked = snapshot.questions[question]
        if asked.is_scored:
            window = {"opens": asked.opens, "ends": asked.ends, "zone": asked.zone}
            timed = daily_score(history, asked.outcome, rule=rule_of(asked), **window)
            if timed is not None:
                expected[question, who] = (timed.mean, timed.coverage, timed.daily.size)
    keys = list(zip(found.question.tolist(), found.forecaster.tolist(), strict=True))
    assert keys == sorted(expected)
    wanted = np.array([expected[key] for key in keys])
    np.testing.assert_allclose(found.score, wanted[:, 0], rtol=0, atol=WITHIN)
    np.testing.assert_allclose(found.coverage, wanted[:, 1], rtol=0, atol=WITHIN)
    assert found.days.tolist() == wanted[:, 2].tolist()
    assert {len(snapshot.questions[key].options) for key in found.question.tolist()} == {2, 4, 5}


def test_the_engine_counts_the_days_that_the_definition_counts(engine):
    with Session(engine) as session:
        snapshot = look(session)
    rows = rows_of(snapshot, classes=("live", "source", "retrospective"), possibilities=True)
    for one, other in zip(
        _days_by_definition(snapshot, rows), _days_by_engine(snapshot, rows), strict=True
    ):
        np.testing.assert_allclose(one, other, rtol=0, atol=WITHIN)


def test_the_list_shows_what_stands(engine):
    with Session(engine) as session:
        rows = question_list(session, me=synthetic.ANALYST, now=synthetic.END)
        snapshot = look(session)
        plain = plain_histories(session, snapshot, ("live",), kind="person")
    me = snapshot.by_login(synthetic.ANALYST)
    now = to_us(synthetic.END)
    seen = 0
    for row in rows:
        at = np.array([min(now, snapshot.questions[row.id].ends)])
        held = {who: one for (question, who), one in plain.items() if question == row.id}
        standing = {
            who: one for who, one in held.items() if standing_rows(one, at, limit="right")[0] >= 0
        }
        assert row.crowd_size == len(standing)
        if row.kind == "binary" and standing:
            crowd = crowd_median(list(held.values()), at)[0, 0]
            assert row.crowd == pytest.approx(crowd, abs=WITHIN)
        mine = standing.get(me)
        if row.kind != "numeric":
            assert (row.mine_at is None) == (mine is None)
        if mine is not None and row.kind == "binary":
            seen += 1
            last = int(standing_rows(mine, at, limit="right")[0])
            assert row.mine == mine.probabilities[last, 0]
    assert seen > 3


def test_calibration_weighs_each_forecasters_question_the_same(engine):
    settings = settings_of(retrospective=False, possibilities=False)
    with Session(engine) as session:
        snapshot = look(session)
        view = calibration(session, Choice(all_questions=True), now=synthetic.END)
        plain = plain_histories(session, snapshot, settings.classes)
    found = pairs(snapshot, counted(snapshot, settings))
    assert view.curve.brier == pytest.approx(
        np.average((found.probabilities - found.happened) ** 2, weights=found.weights), abs=WITHIN
    )
    expected = {}
    for (question, _), history in plain.items():
        asked = snapshot.questions[question]
        if not asked.is_scored or len(asked.options) > 2:
            continue
        window = {"opens": asked.opens, "ends": asked.ends, "zone": asked.zone}
        timed = daily_score(history, asked.outcome, **window)
        for day in [] if timed is None else standing_rows(history, timed.marks):
            p = history.probabilities[day, 0]
            expected[p] = expected.get(p, 0) + 1 / timed.marks.size
    binary = np.isin(
        np.unique(snapshot.said.question[counted(snapshot, settings).rows])[found.questions],
        [key for key, asked in snapshot.questions.items() if len(asked.options) == 2],
    )
    for p, weight in expected.items():
        here = found.weights[binary & (found.probabilities == p)].sum()
        assert here == pytest.approx(weight, abs=WITHIN)


def test_todays_crowd_is_that_of_the_others(engine):
    with Session(engine) as session:
        view = today(session, me=synthetic.ANALYST, now=synthetic.END)
        board = scoreboard(session, now=synthetic.END, me=synthetic.ANALYST)
    assert view.my_forecasts > 50
    assert view.headlines[1].questions > 0
    assert 0 < view.headlines[1].crowd < 1
    assert {row.forecaster_kind for row in board.people} == {"person"}
    assert len(board.publishers) > 1


def test_loading_in_bulk_gives_the_same_columns(engine, monkeypatch):
    with Session(engine) as session:
        one_by_one = load_said(session)
        monkeypatch.setattr(columns, "BULK", 10)
        in_bulk = load_said(session)
    for name in (*columns._ROWS, "share_id", "share_start", "shares"):
        np.testing.assert_array_equal(getattr(in_bulk, name), getattr(one_by_one, name))
