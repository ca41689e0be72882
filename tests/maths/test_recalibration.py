import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import approx_fprime, minimize
from scipy.stats import t

from forecasts.maths.recalibration import recalibration

row = st.tuples(
    st.integers(0, 20).map(lambda n: n / 20),
    st.booleans(),
    st.sampled_from([1.0, 0.5, 0.25]),
    st.integers(0, 8),
)
resolved = st.lists(row, min_size=4, max_size=40)


def loss(theta, rows):
    """Weighted negative log-likelihood, term by term."""
    total = 0.0
    for p, happened, weight, _ in rows:
        q = min(max(p, 0.001), 0.999)
        eta = theta[0] + theta[1] * (np.log(q) - np.log1p(-q))
        total += weight * np.log1p(np.exp(-eta if happened else eta))
    return total


def fitted(rows, **options):
    p, happened, weights, questions = zip(*rows, strict=True)
    return recalibration(p, happened, weights=weights, questions=questions, **options)


@settings(max_examples=60, deadline=None)
@given(resolved)
def test_estimate_agrees_with_a_general_minimiser(rows):
    found = fitted(rows)
    assume(found.slope is not None)
    best = minimize(
        loss,
        [0.0, 0.5],
        args=(rows,),
        method="Nelder-Mead",
        options={"xatol": 1e-9, "fatol": 1e-13, "maxiter": 4000},
    )
    assert loss((found.intercept, found.slope), rows) <= best.fun + 1e-9
    gradient = approx_fprime(np.array([found.intercept, found.slope]), loss, 1e-7, rows)
    np.testing.assert_allclose(gradient, 0, atol=1e-5)


@settings(max_examples=40, deadline=None)
@given(resolved)
def test_intervals_agree_with_a_sandwich_of_finite_differences(rows):
    found = fitted(rows)
    assume(found.slope_interval is not None)
    assume(abs(found.slope) < 5)
    assume(abs(found.intercept) < 5)
    theta = np.array([found.intercept, found.slope])

    def gradient(at, some):
        step = np.eye(2) * 1e-5
        return np.array([(loss(at + s, some) - loss(at - s, some)) / 2e-5 for s in step])

    step = np.eye(2) * 1e-3
    hessian = np.array(
        [(gradient(theta + s, rows) - gradient(theta - s, rows)) / 2e-3 for s in step]
    )
    questions = sorted({question for *_, question in rows})
    per_question = [gradient(theta, [r for r in rows if r[3] == q]) for q in questions]
    g = len(questions)
    meat = sum(np.outer(score, score) for score in per_question) * g / (g - 1)
    inverse = np.linalg.inv(hessian)
    half = t.ppf(0.975, g - 1) * np.sqrt(np.diag(inverse @ meat @ inverse))
    np.testing.assert_allclose(
        found.intercept_interval, (theta[0] - half[0], theta[0] + half[0]), rtol=1e-3, atol=1e-3
    )
    np.testing.assert_allclose(
        found.slope_interval, (theta[1] - half[1], theta[1] + half[1]), rtol=1e-3, atol=1e-3
    )


@given(resolved)
def test_there_is_an_estimate_or_a_reason(rows):
    found = fitted(rows)
    assert (found.slope is None) == (found.intercept is None)
    if found.slope_interval is None:
        assert found.reason
        assert found.intercept_interval is None
    else:
        assert found.reason is None
        assert found.slope_interval[0] <= found.slope <= found.slope_interval[1]


@given(resolved, st.randoms())
def test_order_does_not_matter(rows, random):
    before = fitted(rows)
    random.shuffle(rows)
    after = fitted(rows)
    assert after.reason == before.reason
    if before.slope is not None:
        assert after.slope == pytest.approx(before.slope, rel=1e-6, abs=1e-6)


@given(resolved)
def test_the_other_side_of_every_bet_has_the_same_slope(rows):
    found = fitted(rows)
    turned = fitted([(1 - p, not happened, *rest) for p, happened, *rest in rows])
    assert turned.reason == found.reason
    if found.slope is not None:
        assert turned.slope == pytest.approx(found.slope, rel=1e-6, abs=1e-6)
        assert turned.intercept == pytest.approx(-found.intercept, rel=1e-6, abs=1e-6)


def outcomes(yes, n):
    return [1] * yes + [0] * (n - yes)


def test_calibrated_at_two_values():
    found = recalibration([0.2] * 10 + [0.8] * 10, outcomes(2, 10) + outcomes(8, 10))
    assert (found.slope, found.intercept) == pytest.approx((1, 0), abs=1e-9)


def test_two_values_have_a_closed_form():
    # Said 10 % and 90 %, was 20 % and 80 %: slope = log-odds(0.8) / log-odds(0.9), and the
    # variance of a share's log-odds is 1/(n f (1 - f)), times G/(G - 1).
    n = 50
    found = recalibration([0.1] * n + [0.9] * n, outcomes(10, n) + outcomes(40, n))
    assert found.slope == pytest.approx(np.log(4) / np.log(9), abs=1e-9)
    assert found.intercept == pytest.approx(0, abs=1e-9)
    variance = 2 / (n * 0.2 * 0.8) / (2 * np.log(9)) ** 2 * 100 / 99
    half = t.ppf(0.975, 99) * np.sqrt(variance)
    assert found.slope_interval == pytest.approx((found.slope - half, found.slope + half))


def test_a_day_of_weight_and_repeated_rows_of_one_question_are_the_same():
    p, happened, questions = [0.2, 0.4, 0.6, 0.8], [0, 1, 0, 1], [1, 2, 3, 4]
    once = recalibration(p, happened, questions=questions)
    daily = recalibration(
        np.repeat(p, 30),
        np.repeat(happened, 30),
        weights=[1 / 30] * 120,
        questions=np.repeat(questions, 30),
    )
    assert daily.slope == pytest.approx(once.slope)
    assert daily.slope_interval == pytest.approx(once.slope_interval)


def test_a_minimum_that_undamped_steps_jump_over_is_found():
    rows = [(0.1084, True, 1e-4, 0), (0.284, False, 1e-2, 1), (0.5492, True, 1e2, 2),
            (0.9548, True, 1.0, 3), (0.9945, True, 1.0, 4)]  # fmt: skip
    found = fitted(rows)
    at = np.array([found.intercept, found.slope])
    nearby = [at + step for step in 1e-3 * np.array([[1, 0], [-1, 0], [0, 1], [0, -1]])]
    assert all(loss(at, rows) < loss(other, rows) for other in nearby)


def test_clipping_makes_certainty_finite_and_is_declared():
    p, happened = [0.0, 0.0, 1.0, 1.0], [0, 1, 1, 0]
    assert recalibration(p, happened).slope == pytest.approx(0, abs=1e-9)
    sure, timid = ([0.0] * 3 + [1.0] * 3, [0, 0, 1, 1, 1, 0]), ([0.2] * 3 + [0.8] * 3,)
    assert recalibration(*sure, clip=0.2).slope == pytest.approx(
        recalibration(*timid, sure[1]).slope
    )


@pytest.mark.parametrize(
    ("p", "happened", "reason"),
    [
        ([0.2, 0.8], [1, 1], "every outcome is the same"),
        ([0.2], [0], "every outcome is the same"),
        ([0.4, 0.4, 0.4], [1, 0, 1], "every stated probability is the same"),
        ([0.0, 0.0005], [1, 0], "every stated probability is the same"),
        ([0.2, 0.3, 0.7], [0, 0, 1], "the forecasts separate the outcomes perfectly"),
        ([0.2, 0.3, 0.7], [1, 1, 0], "the forecasts separate the outcomes perfectly"),
        ([0.2, 0.5, 0.5, 0.7], [0, 0, 1, 1], "the forecasts separate the outcomes perfectly"),
    ],
)
def test_where_there_is_no_estimate_the_reason_is_given(p, happened, reason):
    found = recalibration(p, happened)
    assert (found.slope, found.intercept) == (None, None)
    assert (found.slope_interval, found.intercept_interval) == (None, None)
    assert found.reason == reason


def test_two_questions_give_an_estimate_without_an_interval():
    found = recalibration([0.2, 0.6, 0.4, 0.8], [0, 0, 1, 1], questions=[1, 1, 2, 2])
    assert found.slope > 0
    assert found.slope_interval is None
    assert found.reason == "no interval from under 3 questions"


@pytest.mark.parametrize("clip", [0, 0.5, -1, float("nan")])
def test_a_clip_outside_its_domain_is_refused(clip):
    with pytest.raises(ValueError, match="clip must fulfil"):
        recalibration([0.5], [1], clip=clip)
