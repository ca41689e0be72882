"""The engine's parts where a small example would not reach, its worked examples and refusals."""

import subprocess
import sys
from datetime import UTC
from itertools import pairwise
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st
from sklearn.isotonic import IsotonicRegression

from forecasts.maths.calibration import reliability_curve
from forecasts.maths.days import day_marks
from forecasts.maths.engine import (
    AGGREGATES,
    NEVER,
    Forecasts,
    Questions,
    Settings,
    average_losses,
    score_all,
    time_averages,
)
from forecasts.maths.engine.block import make_block
from forecasts.maths.engine.clusters import clustered
from forecasts.maths.engine.corp import corp_curve
from forecasts.maths.engine.losses import recency
from forecasts.maths.engine.sweep import middles, sort_into
from forecasts.maths.engine.tree import middles_of_one
from forecasts.maths.engine.windows import window_days
from forecasts.maths.panel import read_panel
from forecasts.maths.pooling import pool
from forecasts.maths.relative import peer_score, relative_brier
from forecasts.maths.scoring import brier
from forecasts.maths.timeline import History
from forecasts.maths.windows import window_scores

DAY = 86_400_000_000


def rng(seed=0):
    return np.random.default_rng(seed)


@pytest.mark.parametrize(
    "values",
    [
        rng().random(5000),
        rng().integers(0, 101, 5000) / 100,
        rng().normal(0, 1e-9, 5000) + np.repeat([0.0, 1.0], 2500),  # two crowded buckets
        np.append(rng().random(3000) * 1e-300, 1e300),
        np.sort(rng().random(100))[::-1].copy(),
        np.full(50, 0.3),
        np.array([0.2, 0.1]),
    ],
)
def test_ranking_sorts(values):
    places, order = np.empty((2, 2 * values.size + 1), dtype=np.int32)
    ordered = np.empty(values.size)
    sort_into(values, places, order, ordered)
    order = order[: values.size]
    assert sorted(order.tolist()) == list(range(values.size))
    np.testing.assert_array_equal(ordered, np.sort(values))
    np.testing.assert_array_equal(values[order], ordered)


def weighted_median(values, weights):
    order = np.argsort(values, kind="stable")
    share = np.cumsum(weights[order]) / weights.sum()
    low = values[order][np.argmax(share >= 0.5 - 1e-12)]
    return (low + values[order][np.argmax(share > 0.5 + 1e-12)]) / 2


@pytest.mark.parametrize("count", [1, 2, 15, 16, 17, 256, 257, 700])
@pytest.mark.parametrize("spread", [0, 60, 900])
def test_the_middle_is_found_by_cursor_and_by_tree(count, spread):
    slots = 40
    random = rng(count)
    begins = random.integers(0, slots, count).astype(np.int32)
    ends = np.minimum(begins + random.integers(0, 12, count), slots).astype(np.int32)
    values = random.integers(0, 30, count) / 30
    # Weights that differ by up to 2^900: what is left of heavy ones would drown the light ones.
    weights = np.exp2(random.uniform(-spread, 0, (1, count)))
    starts = np.array([0, count]), np.array([0, slots])
    found, moves = middles(starts[0], begins, ends, values, weights, starts[1])
    climbed = middles_of_one(begins, ends, values, weights, slots)
    assert (moves >= 0).all()
    for slot in range(slots):
        here = (begins <= slot) & (slot < ends)
        for middle in (found[:, slot], climbed[:, slot]):
            if not here.any():
                assert np.isnan(middle).all()
                continue
            assert middle[:2].mean() == pytest.approx(np.median(values[here]))
            expected = weighted_median(values[here], weights[0, here])
            assert middle[2:].mean() == pytest.approx(expected)


def test_clustering_is_stable_whatever_the_order_of_time():
    random = rng(5)
    n = 4000
    rows = Forecasts(
        question=random.integers(0, 9, n),
        forecaster=random.integers(0, 7, n),
        made=random.integers(0, 50, n),
        probabilities=np.arange(n) / n,
    )
    found = clustered(rows)
    order = np.lexsort((rows.made, rows.forecaster, rows.question))
    np.testing.assert_array_equal(found.probabilities, rows.probabilities[order])


def test_windows_are_those_of_day_marks():
    zones = (UTC, UTC, ZoneInfo("Europe/Berlin"), UTC, ZoneInfo("America/Sao_Paulo"))
    opens = np.array([0, 5 * DAY + 7, 19_811 * DAY, 3, 17_838 * DAY + 9])
    ends = np.array([DAY, 9 * DAY + 6, 19_815 * DAY, 3, 17_840 * DAY])
    days = window_days(Questions(opens, ends, ends, np.zeros(5, dtype=int), zones))
    for i in range(5):
        expected = day_marks(int(opens[i]), int(ends[i]), zones[i])
        found = days.marks[days.starts[i] : days.starts[i + 1]]
        np.testing.assert_array_equal(found, expected)


@limits(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 20).map(lambda n: n / 20), st.booleans()), min_size=1))
def test_the_fast_corp_curve_is_the_readable_one(pairs):
    p, y = (np.array(side, dtype=float) for side in zip(*pairs, strict=True))
    fast, slow = corp_curve(p, y), reliability_curve(p, y)
    for name in ("stated", "observed", "counts", "questions", "weight"):
        np.testing.assert_allclose(getattr(fast, name), getattr(slow, name), rtol=0, atol=1e-12)
    for name in ("miscalibration", "discrimination", "uncertainty"):
        assert getattr(fast, name) == pytest.approx(getattr(slow, name), abs=1e-12)


def test_the_fast_corp_curve_is_that_of_scikit_learn():
    p = rng(2).random(3000)
    y = (rng(3).random(3000) < p**2).astype(float)
    curve = corp_curve(p, y)
    expected = IsotonicRegression().fit(p, y).predict(curve.stated)
    np.testing.assert_allclose(curve.observed, expected, rtol=0, atol=1e-9)


def many(questions, forecasters, per_pair, seed=0):
    """Sorted binary rows of several questions of 50 days."""
    random = rng(seed)
    pairs = questions * forecasters
    question = np.repeat(np.arange(questions), forecasters * per_pair)
    who = np.tile(np.repeat(np.arange(forecasters), per_pair), questions)
    made = np.sort(random.integers(-5 * DAY, 55 * DAY, (pairs, per_pair)), axis=1).ravel()
    p = np.clip(random.normal(0.5, 0.3, made.size), 0, 1)
    opens = np.zeros(questions, dtype=int)
    ends = opens + 50 * DAY - random.integers(0, 5 * DAY, questions)
    asked = Questions(opens, opens + 50 * DAY, ends, random.integers(0, 2, questions))
    return asked, Forecasts(question, who, made, p)


def assert_same(one, other):
    for name in ("question", "forecaster", "score", "coverage", "days"):
        np.testing.assert_allclose(getattr(one, name), getattr(other, name), rtol=0, atol=1e-12)
    if hasattr(one, "peer"):
        for name in ("forecasts", "relative", "peer", "baseline"):
            np.testing.assert_allclose(getattr(one, name), getattr(other, name), rtol=0, atol=1e-9)
        for name, crowd in one.crowd.items():
            np.testing.assert_allclose(crowd, other.crowd[name], rtol=0, atol=1e-12)


def test_how_the_work_is_shared_out_changes_nothing():
    asked, rows = many(30, 100, 8)  # more rows than are scored in one go
    shared = score_all(asked, rows, threads=2)
    assert_same(score_all(asked, rows, threads=1), shared)
    shuffled = rows.take(np.argsort(rows.made, kind="stable"))
    assert_same(score_all(asked, shuffled, threads=2), shared)
    assert_same(time_averages(asked, shuffled), time_averages(asked, rows))
    for q in range(30):
        alone = score_all(asked, rows.take(rows.question == q))
        np.testing.assert_allclose(alone.peer, shared.peer[shared.question == q], atol=1e-9)
        assert alone.crowd["extremized"][q] == pytest.approx(shared.crowd["extremized"][q])


@pytest.mark.parametrize("zone", [UTC, ZoneInfo("UTC")])
@pytest.mark.parametrize("seed", range(4))
def test_columns_of_flags_that_are_never_up_change_nothing(seed, zone):
    asked, rows = many(5, 7, 6, seed)
    flagged = Forecasts(
        rows.question,
        rows.forecaster,
        rows.made,
        rows.probabilities,
        withdrawn=np.zeros(len(rows), dtype=bool),
        expires=np.full(len(rows), NEVER),
    )
    elsewhere = Questions(asked.opens, asked.closes, asked.ends, asked.outcome, (zone,) * 5)
    for settings in (Settings(), Settings(rule="log_score"), Settings(clock="continuous")):
        assert_same(
            time_averages(asked, rows, settings), time_averages(elsewhere, flagged, settings)
        )
        assert_same(score_all(asked, rows, settings), score_all(elsewhere, flagged, settings))


@pytest.mark.parametrize("length", [1, 40_000 // 365, 32_767, 32_769, 500_000])
def test_days_are_counted_to_the_microsecond_in_windows_of_any_length(length):
    """A microsecond before, at and after midnights, over a window too long for floats to count."""
    day = 86_400_000_000
    opens = -200_000 * day
    asked = Questions(*(np.array([at]) for at in (opens, *2 * (opens + length * day,))), [0])
    chosen = np.unique(np.concatenate([[0], rng().integers(0, length, 200), [length - 1]]))
    made = (opens + chosen[:, np.newaxis] * day + np.array([-1, 0, 1])).ravel()
    rows = Forecasts(0 * made, np.arange(made.size), made, np.full(made.size, 0.5))
    past = np.maximum((made - opens) // day, 0)  # marks not after it
    np.testing.assert_array_equal(time_averages(asked, rows).days, length - past)


def test_a_few_who_change_their_minds_all_the_time():
    """Between what they say there is so much that they once said that no cursor gets there."""
    asked, rows = many(1, 3, 400, seed=1)
    opens, ends = int(asked.opens[0]), int(asked.ends[0])
    block = make_block(asked, rows, Settings(clock="continuous"), offset=0)
    weights = np.ones((1, len(rows)))
    spans = (block.row_starts, block.begins, block.ends)
    assert (middles(*spans, rows.probabilities, weights, block.slot_starts)[1] == -1).all()
    histories = [
        History(
            one.made,
            np.stack([one.probabilities, 1 - one.probabilities], axis=1),
            np.zeros(len(one), dtype=bool),
            np.full(len(one), NEVER),
        )
        for one in (rows.take(rows.forecaster == f) for f in range(3))
    ]
    panel = read_panel(histories, opens=opens, ends=ends, clock="continuous")
    found = score_all(asked, rows, Settings(clock="continuous"))
    expected = relative_brier(panel, int(asked.outcome[0]))
    np.testing.assert_allclose(found.relative, expected, rtol=0, atol=1e-9)
    for name in ("median", "recency_weighted_median"):
        said = pool(panel.forecasts, panel.made, name).forecasts
        stands = ~np.isnan(said[:, 0])
        ticks = (said[stands, 0] - (asked.outcome[0] == 0)) ** 2
        mean = np.average(ticks, weights=panel.weights[stands])
        assert found.crowd[name][0] == pytest.approx(mean, abs=1e-9)


def test_the_work_on_one_question_grows_no_faster_than_n_log_n():
    """Counted, not timed: one step a row, and the places that the cursors of the medians move."""
    steps = []
    for people in (100, 1_000, 10_000):
        asked, rows = many(1, people, 8, seed=people)
        block = make_block(asked, rows, Settings(), offset=0)
        weights = recency(block.row_starts, block.made, asked.ends)
        spans = (block.row_starts, block.begins, block.ends)
        _, moves = middles(*spans, rows.probabilities, weights, block.slot_starts)
        assert (moves >= 0).all()
        steps.append((len(rows), len(rows) + int(moves.sum())))
    for (few, before), (more, after) in pairwise(steps):
        assert after / before <= more * np.log(more) / (few * np.log(few))


def test_weights_of_any_size_that_come_and_go_leave_no_error_in_the_sums():
    """More changes than sums of single numbers bear, and in the end the lightest stand alone."""
    count, slots = 20_000, 100
    random = rng(5)
    begins = np.sort(random.integers(0, slots - 1, count)).astype(np.int32)
    ends = (begins + 1 + random.integers(0, 3, count)).clip(max=slots - 1).astype(np.int32)
    ends[:9], begins[:9] = slots, 0
    values = random.random(count)
    weights = np.exp2(random.uniform(-30, 0, (1, count)))
    weights[0, :9] = np.exp2(-200.0 - np.arange(9))
    starts = np.array([0, count]), np.array([0, slots])
    found, moves = middles(starts[0], begins, ends, values, weights, starts[1])
    assert (moves >= 0).all()
    for slot in range(slots):
        here = (begins <= slot) & (slot < ends)
        assert found[2:, slot].mean() == weighted_median(values[here], weights[0, here])


def test_ten_thousand_options_are_scored_like_two():
    k = 10_000
    shares = rng().dirichlet(np.full(k, 0.1), 6)
    rows = Forecasts([0, 0, 0, 1, 1, 1], [0, 0, 1, 0, 1, 2], [0, DAY, 2, 5, 5, 5], shares)
    ends = [3 * DAY, 2 * DAY]
    found = score_all(Questions([0, 0], ends, ends, [7, k - 1]), rows, aggregates=AGGREGATES)
    for q in range(2):
        histories = [
            History(one.made, one.probabilities, np.zeros(len(one)), np.full(len(one), NEVER))
            for f in np.unique(rows.forecaster[rows.question == q])
            for one in [rows.take((rows.question == q) & (rows.forecaster == f))]
        ]
        outcome = [7, k - 1][q]
        panel = read_panel(histories, opens=0, ends=ends[q])
        here = found.question == q
        expected = [one.mean for one in window_scores(panel, outcome) if one]
        np.testing.assert_allclose(found.score[here], expected, atol=1e-9)
        np.testing.assert_allclose(found.peer[here], peer_score(panel, outcome), atol=1e-9)
        for name in AGGREGATES:
            said = pool(panel.forecasts, panel.made, name).forecasts
            assert found.crowd[name][q] == pytest.approx(brier(said, outcome).mean(), abs=1e-9)


def one_question(**changes):
    values = {"opens": [0], "closes": [4 * DAY], "ends": [4 * DAY], "outcome": [0]}
    return Questions(**(values | changes))


def test_the_ready_made_losses_of_any_unit_are_averaged():
    rows = Forecasts(
        np.zeros(2, dtype=np.int32),
        np.zeros(2, dtype=np.int32),
        np.array([1, 2 * DAY + 1]),
        np.array([300.0, -100.0]),
        checked=True,
    )
    assert average_losses(one_question(), rows).score.tolist() == [100.0]


def test_a_lone_forecaster_has_no_peers_and_no_forecast_no_row():
    found = score_all(one_question(), Forecasts([0], [3], [1], [0.7]))
    assert (found.forecaster.tolist(), found.peer.tolist()) == ([3], [0.0])
    empty = score_all(one_question(), Forecasts([], [], [], []))
    assert empty.score.size == 0
    assert np.isnan(empty.crowd["median"]).all()


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Forecasts([0], [0], [0], [1.5]), r"probabilities\[0\] is 1.5, not in \[0, 1\]"),
        (lambda: Forecasts([0], [0], [0], [np.nan]), r"probabilities\[0\] is nan"),
        (lambda: Forecasts([0], [0], [0], [[0.5, 0.4]]), r"probabilities\[0\] sums to 0.9, not 1"),
        (lambda: Forecasts([-1], [0], [0], [0.5]), r"question\[0\] is -1, negative"),
        (lambda: Forecasts([0], [0], [0.5], [0.5]), "made must be whole numbers"),
        (lambda: Forecasts([0], [0, 1], [0], [0.5]), "forecaster has 2 rows, not 1"),
        (lambda: one_question(outcome=[-1]), r"outcome\[0\] is -1, negative"),
        (lambda: one_question(opens=[-(2**60)]), r"opens\[0\] .* years 2 to 9997"),
        (lambda: one_question(ends=[9], closes=[8]), r"ends\[0\] is 9, after the close"),
        (lambda: Forecasts([0], [2**32], [0], [0.5]), r"forecaster\[0\] is 4294967296, not in"),
        (lambda: Forecasts([0], [-(2**32)], [0], [0.5]), r"forecaster\[0\] is -4294967296, not"),
        (lambda: one_question(zones=(UTC, UTC)), "zones has 2 entries, not 1"),
        (lambda: Settings(rule="brie"), "rule is 'brie', not one of brier"),
        (lambda: Settings(clip=0), "clip must fulfil"),
        (
            lambda: score_all(one_question(), Forecasts([0, 1], [0, 0], [0, 0], [0.5, 0.5])),
            r"question\[1\] is 1, not in 0\.\.0",
        ),
        (
            lambda: score_all(one_question(outcome=[2]), Forecasts([0], [0], [0], [0.5])),
            r"outcome\[0\] is 2, not in 0\.\.1",
        ),
        (
            lambda: score_all(
                one_question(), Forecasts([0], [2], [0], [0.5]), members=np.array([True])
            ),
            "members has 1 entries",
        ),
        (
            lambda: time_averages(
                one_question(), Forecasts([0], [0], [0], [0.5]), Settings(before_first="crowd")
            ),
            "only skip is possible",
        ),
        (lambda: corp_curve([0.5], [2]), r"happened\[0\] is 2, not 0 or 1"),
    ],
)
def test_bad_input_is_refused(make, message):
    with pytest.raises(ValueError, match=message):
        make()


def test_importing_the_engine_loads_no_compiler():
    code = "import sys, forecasts.maths.engine; sys.exit('numba' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


AFTER_COMPILING = """
import sys
import numpy as np
from numba.core.dispatcher import Dispatcher
from forecasts.maths.engine import Forecasts, Questions, Settings, compile_ahead, score_all
from forecasts.maths.engine import AGGREGATES, average_losses, time_averages

def compiled():
    rooms = [room for name, room in sys.modules.items() if name.startswith("forecasts.maths")]
    kernels = {id(one): one for room in rooms for one in vars(room).values()}
    return sum(len(one.signatures) for one in kernels.values() if isinstance(one, Dispatcher))

compile_ahead()
before = compiled()
assert before > 10
made = np.arange(4)
made.flags.writeable = False
questions = Questions([0, 1], [99, 99], [98, 99], [0, 1])
for shares in (np.full(4, 0.5), np.full((4, 4), 0.25)):
    for flags in ((None, None), ([True, False, False, False], [9, 9, 9, 9])):
        rows = Forecasts([0, 0, 1, 1], [1, 0, 0, 1], made, shares, *flags)
        for rule in ("brier", "ordered_brier", "log_score", "spherical_score"):
            for clock in ("daily", "continuous"):
                settings = Settings(rule=rule, clock=clock)
                time_averages(questions, rows, settings)
                if shares.ndim == 1:
                    average_losses(questions, rows, settings)
                for members in (None, np.array([True, False])):
                    score_all(questions, rows, settings, members=members, aggregates=["mean"])
                    uniform = Settings(before_first="uniform", clock=clock)
                    score_all(questions, rows, uniform, aggregates=AGGREGATES)
assert compiled() == before, (compiled(), before)
"""


def test_after_compiling_ahead_nothing_is_left_to_compile():
    code = [sys.executable, "-W", "error", "-c", AFTER_COMPILING]
    done = subprocess.run(code, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
