import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import brute
from scipy.special import expit, logit

from forecasts.maths.extremizing import HIGHEST, LOWEST, extremize, fit_extremizing

odds = st.integers(-40, 40).map(lambda n: n / 10)
binary = st.tuples(
    st.lists(odds, min_size=1, max_size=3).map(lambda x: np.column_stack([x, np.negative(x)])),
    st.integers(0, 1),
)


def brier(factor, log_odds, outcome):
    p = expit(factor * log_odds[:, 0])
    return np.mean((p - (outcome == 0)) ** 2)


def total(factor, questions):
    return sum(brier(factor, *question) for question in questions)


@settings(deadline=None, max_examples=10)
@given(st.lists(binary, min_size=2, max_size=6))
def test_no_factor_on_a_fine_grid_does_better(questions):
    fit = fit_extremizing(*zip(*questions, strict=True))
    grid = (slice(LOWEST, HIGHEST, 0.1),)
    rest = [questions[:i] + questions[i + 1 :] for i in range(len(questions))]
    for factor, seen in ((fit.factor, questions), *zip(fit.left_out, rest, strict=True)):
        best = brute(lambda d, seen=seen: total(d[0], seen), grid, full_output=True, finish=None)[1]
        assert total(factor, seen) <= best + 1e-6
        assert LOWEST <= factor <= HIGHEST
    unseen = [brier(d, *question) for d, question in zip(fit.left_out, questions, strict=True)]
    assert fit.brier == pytest.approx(np.mean(unseen), abs=1e-12)
    assert fit.brier_plain == pytest.approx(total(1.0, questions) / len(questions), abs=1e-12)


@given(st.integers(-9, 9).map(float), st.floats(0.2, 1.5))
def test_extremizing_multiplies_the_log_odds(log_odds, factor):
    p = extremize(np.array([[log_odds, -log_odds]]), factor)
    assert logit(p[0, 0]) == pytest.approx(factor * log_odds, abs=1e-6)
    assert p.sum() == pytest.approx(1, abs=1e-12)


def test_a_crowd_that_halves_its_log_odds_is_told_to_double_them():
    p = np.repeat([0.1, 0.2, 0.35, 0.7, 0.9], 100)
    happened = np.concatenate(
        [np.arange(100) < 100 * share for share in [0.1, 0.2, 0.35, 0.7, 0.9]]
    )
    timid = [np.array([[x, -x]]) for x in logit(p) / 2]
    fit = fit_extremizing(timid, [0 if yes else 1 for yes in happened])
    assert fit.factor == pytest.approx(2, abs=1e-4)
    assert fit.brier < fit.brier_plain


def test_a_question_counts_once_however_many_ticks_it_has():
    short, long = np.array([[1.0, -1.0]]), np.tile([[-2.0, 2.0]], (50, 1))
    fit = fit_extremizing([short, long[:1], short], [0, 0, 1])
    assert fit_extremizing([short, long, short], [0, 0, 1]).factor == pytest.approx(
        fit.factor, abs=1e-9
    )


def test_bad_input_is_refused():
    good = np.array([[1.0, -1.0]])
    with pytest.raises(ValueError, match="needs at least 2 questions"):
        fit_extremizing([good], [0])
    with pytest.raises(ValueError, match=r"outcomes\[1\] is 2, not in 0..1"):
        fit_extremizing([good, good], [0, 2])
    with pytest.raises(ValueError, match=r"log_odds\[1\] has a value that is not finite"):
        fit_extremizing([good, good * np.nan], [0, 0])
    with pytest.raises(ValueError, match=r"log_odds\[0\] must have shape \(d, K\)"):
        fit_extremizing([good[0], good], [0, 0])
    with pytest.raises(ValueError, match=r"weights\[1\] must be 1 positive"):
        fit_extremizing([good, good], [0, 0], weights=[np.ones(1), np.zeros(1)])
