from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecasts.maths.timeline import NEVER, History, daily_score, microseconds, standing_rows

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def us(text):
    return microseconds(at(text))


def history(*rows):
    """Rows of (made, probability of yes or None for a withdrawal, expiry or None), sorted."""
    return History(
        made=[microseconds(made) for made, _, _ in rows],
        probabilities=np.array(
            [[np.nan, np.nan] if p is None else [p, 1 - p] for _, p, _ in rows]
        ).reshape(len(rows), 2),
        withdrawn=[p is None for _, p, _ in rows],
        expires=[NEVER if expires is None else microseconds(expires) for _, _, expires in rows],
    )


# One row: hours after the start, percent or a withdrawal, hours until expiry or none. Whole
# hours, so that rows coincide with each other, with day ends and with the window's edges.
rows_st = st.lists(
    st.tuples(
        st.integers(-30, 130),
        st.one_of(st.none(), st.integers(0, 100)),
        st.one_of(st.none(), st.integers(0, 60)),
    ),
    max_size=8,
)
windows = st.tuples(
    st.sampled_from(
        [
            ("UTC", "2024-03-01"),
            ("Europe/Berlin", "2024-03-30"),
            ("Europe/Berlin", "2024-10-26"),
            ("America/Sao_Paulo", "2018-11-03"),
            ("Asia/Kathmandu", "2024-05-01"),
        ]
    ),
    st.integers(-24, 24),
    st.integers(1, 100),
)


def timed(rows, start):
    """Generated rows with datetimes, in order of time; the sort keeps the recorded order."""
    return [
        (
            start + hour * timedelta(hours=1),
            None if percent is None else percent / 100,
            None if lasts is None else start + (hour + lasts) * timedelta(hours=1),
        )
        for hour, percent, lasts in sorted(rows, key=lambda row: row[0])
    ]


def belief_just_before(moment, rows):
    """What the forecaster says just before a moment: replay everything said until then."""
    belief, expires = None, None
    for made, p, until in rows:
        if made >= moment:
            break
        belief, expires = p, until
    return None if expires is not None and expires < moment else belief


def days_by_calendar(opens, ends, zone):
    """Explode the window into calendar days; every zone here has its midnights once."""
    day = opens.astimezone(zone).date() - DAY
    marks = []
    while day <= ends.astimezone(zone).date():
        day += DAY
        moment = datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)
        if opens < moment <= ends:
            marks.append(moment)
    return marks or [ends]


@settings(max_examples=300, deadline=None)
@given(windows, rows_st, st.integers(0, 1))
def test_agrees_with_exploding_the_days(window, rows, outcome):
    (name, day), shift, length = window
    zone = ZoneInfo(name)
    opens = at(day) + shift * timedelta(hours=1)
    ends = opens + length * timedelta(hours=1)
    rows = timed(rows, opens)

    expected = {}
    for mark in days_by_calendar(opens, ends, zone):
        p = belief_just_before(mark, rows)
        expected[mark] = None if p is None else ((1 - outcome) - p) ** 2
    scored = {mark: score for mark, score in expected.items() if score is not None}

    result = daily_score(
        history(*rows), outcome, opens=microseconds(opens), ends=microseconds(ends), zone=zone
    )
    if not scored:
        assert result is None
        return
    assert result.marks.tolist() == [microseconds(mark) for mark in scored]
    np.testing.assert_allclose(result.daily, list(scored.values()), atol=1e-12)
    assert result.mean == pytest.approx(sum(scored.values()) / len(scored), abs=1e-12)
    assert result.coverage == len(scored) / len(expected)
    assert result.days == len(expected)


@given(rows_st, st.lists(st.integers(-40, 200), min_size=1), st.sampled_from(["left", "right"]))
def test_standing_rows_agree_with_a_replay_at_the_instant_or_just_before(rows, hours, limit):
    start = at("2024-05-01")
    rows = timed(rows, start)
    moments = [start + hour * timedelta(hours=1) for hour in hours]
    found = standing_rows(history(*rows), np.array([microseconds(m) for m in moments]), limit=limit)
    shift = MINUTE / 2 if limit == "right" else timedelta(0)
    for moment, row in zip(moments, found, strict=True):
        expected = belief_just_before(moment + shift, rows)
        assert (None if row < 0 else rows[row][1]) == expected


# Published examples ---------------------------------------------------------------------------


def seven_days(*rows):
    opens = at("2016-10-01")
    made = [(opens + (day - 1) * DAY, p, None) for day, p in rows]
    return daily_score(history(*made), 0, opens=us("2016-10-01"), ends=us("2016-10-08"), scale=2)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [([(1, 0.90), (4, 0.95)], 0.0114286), ([(1, 0.25), (3, 0.20)], 1.235714)],
)
def test_cultivate_labs_cubs(rows, expected):
    score = seven_days(*rows)
    assert score.mean == pytest.approx(expected, abs=5e-7)
    assert score.coverage == 1.0
    assert score.days == 7


def test_cultivate_labs_cubs_third_forecaster_is_averaged_over_the_own_days():
    score = seven_days((6, 0.99))
    assert score.mean == pytest.approx(0.0002, abs=1e-9)
    assert score.coverage == 2 / 7


def test_cultivate_labs_why_did_i_not_receive_a_score():
    opens, ends = us("2024-04-01T00:00"), us("2024-04-12T06:00")
    late = history((at("2024-04-12T05:00"), 0.9, None))
    assert daily_score(late, 0, opens=opens, ends=ends) is None
    in_time = history((at("2024-04-11T23:00"), 0.9, None))
    score = daily_score(in_time, 0, opens=opens, ends=ends)
    assert score.marks.tolist() == [us("2024-04-12T00:00")]
    assert score.days == 11


# The edges ------------------------------------------------------------------------------------

OPENS, ENDS = us("2024-05-01T00:00"), us("2024-05-04T00:00")


def daily(*rows, **options):
    score = daily_score(history(*rows), 0, opens=OPENS, ends=ENDS, **options)
    return None if score is None else dict(zip(score.marks.tolist(), score.daily, strict=True))


def test_a_forecast_made_exactly_at_a_days_end_stands_from_the_next_day():
    scores = daily((at("2024-05-02"), 1.0, None))
    assert list(scores) == [us("2024-05-03"), us("2024-05-04")]


def test_a_forecast_that_expires_exactly_at_a_days_end_still_stands_there():
    scores = daily((at("2024-05-01"), 1.0, at("2024-05-03")))
    assert list(scores) == [us("2024-05-02"), us("2024-05-03")]


def test_of_two_forecasts_at_one_instant_the_later_row_stands():
    moment = at("2024-05-01T12:00")
    assert set(daily((moment, 0.0, None), (moment, 1.0, None)).values()) == {0.0}
    assert set(daily((moment, 1.0, None), (moment, 0.0, None)).values()) == {1.0}


def test_a_withdrawal_leaves_the_following_days_unscored():
    scores = daily((at("2024-05-01"), 1.0, None), (at("2024-05-02T08:00"), None, None))
    assert list(scores) == [us("2024-05-02")]


def test_an_expired_forecast_does_not_bring_back_the_one_before():
    rows = (at("2024-05-01"), 0.0, None), (at("2024-05-02T08:00"), 1.0, at("2024-05-02T09:00"))
    assert daily(*rows) == {us("2024-05-02"): 1.0}


def test_a_forecast_made_before_the_opening_stands_from_the_opening():
    assert list(daily((at("2020-01-01"), 1.0, None)).values()) == [0.0, 0.0, 0.0]


def test_a_forecast_made_at_or_after_the_end_never_counts():
    assert daily((at("2024-05-04"), 1.0, None)) is None
    before = (at("2024-05-01"), 0.5, None)
    assert daily(before, (at("2024-05-04"), 1.0, None)) == daily(before)


def test_nothing_said_is_no_score():
    assert daily() is None
    assert daily((at("2024-05-01"), None, None)) is None


def test_a_question_settled_within_a_day_is_scored_at_its_end():
    opens, ends = us("2024-05-01T09:00"), us("2024-05-01T17:00")
    rows = (at("2024-05-01T10:00"), 0.4, None), (at("2024-05-01T17:00"), 1.0, None)
    score = daily_score(history(*rows), 0, opens=opens, ends=ends)
    assert (score.marks.tolist(), score.days) == ([ends], 1)
    assert score.mean == pytest.approx(0.36)


def test_an_outcome_known_before_the_opening_leaves_nothing_to_score():
    known = history((at("2024-05-01"), 1.0, None))
    assert daily_score(known, 0, opens=ENDS, ends=OPENS) is None


def test_the_zone_can_change_the_score():
    row = (at("2024-05-01T23:00"), 1.0, None)
    assert len(daily(row)) == 3
    assert len(daily(row, zone=ZoneInfo("Europe/Berlin"))) == 2


def test_ordered_options_and_scale_reach_the_rule():
    said = History(
        made=[OPENS],
        probabilities=[[0.25, 0.25, 0.30, 0.20]],
        withdrawn=[False],
        expires=[NEVER],
    )
    score = daily_score(said, 1, opens=OPENS, ends=ENDS, rule="ordered_brier", scale=2)
    np.testing.assert_allclose(score.daily, [0.2350] * 3, atol=1e-12)


# Refusals -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"made": [5, 4]}, r"made\[1\] is 4, earlier than the row before it"),
        ({"made": [4.0, 5.0]}, "made must be whole microseconds"),
        ({"made": [4]}, "probabilities has 2 rows, not 1"),
        ({"expires": [NEVER]}, "expires has 1 rows, not 2"),
        ({"withdrawn": [False]}, "withdrawn has 1 rows, not 2"),
        ({"probabilities": [[0.5, 0.5], [0.5, 0.6]]}, r"probabilities\[1\] .* sums to 1.1"),
        ({"probabilities": [[0.5, 0.5], [np.nan, 0.5]]}, r"probabilities\[1, 0\] is nan"),
        ({"probabilities": [0.5, 0.5]}, r"probabilities must have shape \(n, K\)"),
        ({"probabilities": [0.5, 0.5], "withdrawn": [True, False]}, "must have shape"),
    ],
)
def test_a_bad_history_is_refused(changed, message):
    good = {
        "made": [4, 5],
        "probabilities": [[0.5, 0.5], [0.4, 0.6]],
        "withdrawn": [False, False],
        "expires": [NEVER, NEVER],
    }
    assert History(**good).made.tolist() == [4, 5]
    with pytest.raises(ValueError, match=message):
        History(**(good | changed))


def test_a_bad_probability_after_a_withdrawal_is_named_by_its_own_row():
    with pytest.raises(ValueError, match=r"probabilities\[1, 0\] is 1.5"):
        History(
            made=[1, 2],
            probabilities=[[np.nan, np.nan], [1.5, -0.5]],
            withdrawn=[True, False],
            expires=[NEVER, NEVER],
        )


def test_bad_scoring_arguments_are_refused():
    said = history((at("2024-05-01"), 0.5, None))
    with pytest.raises(ValueError, match="rule is 'log', not one of brier, ordered_brier"):
        daily_score(said, 0, opens=OPENS, ends=ENDS, rule="log")
    with pytest.raises(ValueError, match="scale is 3"):
        daily_score(said, 0, opens=OPENS, ends=ENDS, scale=3)
    with pytest.raises(ValueError, match="outcome is 2"):
        daily_score(said, 2, opens=OPENS, ends=ENDS)
