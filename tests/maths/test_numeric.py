import numpy as np
import pytest
from crowds import DAY, HOUR
from hypothesis import given
from hypothesis import strategies as st

from forecasts.maths.numeric import QuantileHistory, numeric_score
from forecasts.maths.quantiles import quantile_score
from forecasts.maths.timeline import NEVER

LEVELS = [0.1, 0.5, 0.9]

row = st.tuples(
    st.integers(-30, 110),
    st.one_of(st.none(), st.lists(st.integers(-9, 9), min_size=3, max_size=3).map(sorted)),
    st.one_of(st.none(), st.integers(-10, 130)),
)
said = st.lists(row, max_size=6).map(lambda rows: sorted(rows, key=lambda r: r[0]))


def history(rows):
    return QuantileHistory(
        made=np.array([made * HOUR for made, _, _ in rows], dtype=np.int64),
        quantiles=np.array(
            [[np.nan] * 3 if q is None else q for _, q, _ in rows], dtype=float
        ).reshape(len(rows), 3),
        levels=LEVELS,
        withdrawn=[q is None for _, q, _ in rows],
        expires=np.array(
            [NEVER if expires is None else expires * HOUR for _, _, expires in rows],
            dtype=np.int64,
        ),
    )


def belief(rows, hour):
    until = [(q, expires) for made, q, expires in rows if made <= hour]
    if not until or (until[-1][1] is not None and until[-1][1] <= hour):
        return None
    return until[-1][0]


@given(said, st.integers(1, 90), st.integers(-9, 9), st.sampled_from(["daily", "continuous"]))
def test_agrees_with_exploding_the_window_hour_by_hour(rows, ends, observed, clock):
    hours = range(ends)
    if clock == "daily":
        hours = [hour - 1 for hour in range(1, ends + 1) if hour % 24 == 0] or [ends - 1]
    stood = [q for hour in hours if (q := belief(rows, hour)) is not None]
    found = numeric_score(history(rows), observed, opens=0, ends=ends * HOUR, clock=clock)
    if not stood:
        assert found is None
        return
    expected = np.mean([quantile_score([q], LEVELS, observed)[0] for q in stood])
    assert found.mean == pytest.approx(expected, abs=1e-9)
    assert found.coverage == pytest.approx(len(stood) / len(hours))
    assert found.imputed == 0


def test_an_empty_window_and_an_empty_history_have_no_score():
    for clock in ("daily", "continuous"):
        assert numeric_score(history([]), 1.0, opens=0, ends=DAY, clock=clock) is None
        one = history([(0, [1, 2, 3], None)])
        assert numeric_score(one, 1.0, opens=DAY, ends=DAY, clock=clock) is None


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"made": [5, 4]}, r"made\[1\] is 4, earlier than the row before it"),
        ({"quantiles": [[1, 2], [4, 3]]}, r"quantiles\[1, 1\] is 3\.0, below the quantile before"),
        ({"quantiles": [[1, 2], [np.nan, 3]]}, r"quantiles\[1, 0\] is nan, not finite"),
        ({"quantiles": [1, 2]}, r"quantiles must have shape \(n, J\), got \(2,\)"),
        ({"quantiles": [[1, 2]]}, "quantiles has 1 rows, not 2"),
        ({"levels": [0.5, 0.4]}, r"levels\[1\] is 0\.4, not above"),
        ({"withdrawn": [False]}, "withdrawn has 1 rows, not 2"),
        ({"expires": [0.5, 1.0]}, "expires must be whole microseconds"),
    ],
)
def test_a_bad_history_is_refused(changed, message):
    good = {
        "made": [4, 5],
        "quantiles": [[1.0, 2.0], [3.0, 4.0]],
        "levels": [0.4, 0.5],
        "withdrawn": [False, False],
        "expires": [NEVER, NEVER],
    }
    assert QuantileHistory(**good).made.tolist() == [4, 5]
    with pytest.raises(ValueError, match=message):
        QuantileHistory(**(good | changed))


def test_an_outcome_that_is_no_number_is_refused():
    with pytest.raises(ValueError, match="observed is nan, not finite"):
        numeric_score(history([(0, [1, 2, 3], None)]), np.nan, opens=0, ends=DAY)
    with pytest.raises(ValueError, match="clock is 'hourly'"):
        numeric_score(history([]), 1.0, opens=0, ends=DAY, clock="hourly")
