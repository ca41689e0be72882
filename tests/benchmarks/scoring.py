"""How fast scores are worked out: the engine and its peers in one process, interleaved.

Run by ``./run bench scoring --size M``. Times are nanoseconds a forecast, medians of three
rounds; ratios are medians of the rounds' own ratios. A peer whose results differ from the
engine's by more than 1e-9 gets no ratio.
"""

import argparse
import math
import multiprocessing
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))
import loading
import peers
from workload import SIZES, in_order_of_time, workload

from forecasts.maths.bands import confidence_band, consistency_band
from forecasts.maths.engine import (
    Averages,
    Forecasts,
    Questions,
    Settings,
    score_all,
    time_averages,
)
from forecasts.maths.engine.block import make_block
from forecasts.maths.engine.corp import corp_curve
from forecasts.maths.engine.losses import recency
from forecasts.maths.engine.sweep import middles

ROUNDS = 3
TOLERANCE = 1e-9
CHECKED = 3  # questions that the readable definitions score too
EXPLODED = 40  # questions that pandas scores day by day
SLOW = 2_000_000  # forecasts beyond which pandas takes too much memory
Task = tuple[Callable[[], Any], Callable[[Any], np.ndarray | None]]


def timed(task: Callable[[], Any]) -> tuple[float, Any]:
    begin = time.perf_counter()
    result = task()
    return time.perf_counter() - begin, result


def race(title: str, contestants: dict[str, Task], rows: int, aims: dict[str, float]) -> None:
    """Run all contestants in turn; the first sets the measure, the second the right results."""
    names = list(contestants)
    seconds: dict[str, list[float]] = {name: [] for name in names}
    values: dict[str, np.ndarray | None] = {}
    for name, (task, value) in contestants.items():
        values[name] = value(task())  # compiles and warms up
    for _ in range(ROUNDS):
        for name in names:
            seconds[name].append(timed(contestants[name][0])[0])
    right = next((value for value in values.values() if value is not None), None)
    print(f"\n{title}")
    for name in names:
        own = statistics.median(seconds[name])
        ratio = statistics.median(
            a / b for a, b in zip(seconds[name], seconds[names[0]], strict=True)
        )
        spread = f"[{min(seconds[name]) / rows * 1e9:.1f}-{max(seconds[name]) / rows * 1e9:.1f}]"
        told = f"{ratio:>8.1f} x" if agrees(values[name], right) else "   no ratio: results differ"
        told += verdict(ratio, aims.get(name))
        print(f"  {name:<34}{own / rows * 1e9:>10.1f} ns {spread:<18}{told}")


def agrees(value: np.ndarray | None, right: np.ndarray | None) -> bool:
    if value is None or right is None:
        return True
    return value.shape == right.shape and bool(
        np.allclose(value, right, rtol=0, atol=TOLERANCE, equal_nan=True)
    )


def verdict(figure: float, aim: float | None) -> str:
    if aim is None:
        return ""
    return f"   aim {aim:g}: {'met' if figure <= aim else 'NOT met'}"


def alone(
    title: str,
    task: Callable[[], Any],
    aim: float | None,
    unit: float,
    name: str,
    *,
    rounds: int = 2 * ROUNDS + 1,
) -> None:
    task()
    figure = statistics.median(timed(task)[0] for _ in range(rounds)) / unit
    print(f"  {title:<46}{figure:>10.2f} {name}{verdict(figure, aim)}")


def averages(questions: Questions, rows: Forecasts) -> None:
    """Time-averaged Brier scores, rows sorted, one thread."""
    source = np.zeros(len(rows) * 24, dtype=np.uint8)
    target = source.copy()

    def same(value: np.ndarray) -> np.ndarray:
        return value

    def score(found: Averages) -> np.ndarray:
        return found.score

    contestants: dict[str, Task] = {
        "copy of 24 bytes a forecast": (lambda: np.copyto(target, source), lambda _: None),
        "engine": (lambda: time_averages(questions, rows), score),
        "numpy": (lambda: peers.numpy_averages(questions, rows), same),
        "polars": (lambda: peers.polars_averages(questions, rows), same),
        "duckdb": (lambda: peers.duckdb_averages(questions, rows), same),
    }
    if len(rows) <= SLOW:
        contestants["pandas, intervals"] = (lambda: peers.pandas_averages(questions, rows), same)
    title = "time-averaged Brier score of everyone on every question"
    race(title, contestants, len(rows), {"engine": 4})
    few = rows.take(rows.question < EXPLODED)
    race(
        f"the same on the first {EXPLODED} questions, beside a row for every day",
        {
            "engine": (lambda: time_averages(questions, few), score),
            "pandas, day by day": (lambda: peers.pandas_by_days(questions, few), same),
        },
        len(few),
        {},
    )


def everything(questions: Questions, rows: Forecasts) -> None:
    """With five crowds, relative, peer and baseline scores."""
    source = np.zeros(len(rows) * 24, dtype=np.uint8)
    target = source.copy()
    log = in_order_of_time(rows)

    def key(found: Any) -> np.ndarray:
        return np.concatenate([found.score, found.relative, found.peer])

    race(
        "everything: five crowds, relative, peer, baseline",
        {
            "copy of 24 bytes a forecast": (lambda: np.copyto(target, source), lambda _: None),
            "engine, 1 thread": (lambda: score_all(questions, rows, threads=1), key),
            "engine, 2 threads": (lambda: score_all(questions, rows, threads=2), key),
            "engine, 2 threads, from a log": (lambda: score_all(questions, log, threads=2), key),
        },
        len(rows),
        {"engine, 1 thread": 50, "engine, 2 threads": 30},
    )


def against_definitions(questions: Questions, rows: Forecasts) -> None:
    """The same scores by the readable definitions, on the first questions."""
    few = rows.take(rows.question < CHECKED)

    def engine() -> dict[str, np.ndarray]:
        found = score_all(questions, few, threads=1, aggregates=("median",))
        return {name: getattr(found, name) for name in ("score", "relative", "peer")}

    def key(found: dict[str, np.ndarray]) -> np.ndarray:
        return np.concatenate([found[name] for name in ("score", "relative", "peer")])

    race(
        f"the first {CHECKED} questions beside the readable definitions",
        {
            "engine": (engine, key),
            "forecasts.maths, one by one": (lambda: peers.readable(questions, few, CHECKED), key),
        },
        len(few),
        {},
    )


def calibration() -> None:
    """CORP fit of a million points, and bands of ten thousand."""
    from sklearn.isotonic import IsotonicRegression

    rng = np.random.default_rng(3)
    p = rng.random(1_000_000)
    y = (rng.random(p.size) < p).astype(np.float64)

    def fitted(curve: Any) -> np.ndarray:
        return np.interp(p[:1000], curve.stated, curve.observed)

    race(
        "CORP fit of a million points (aim: 4 times as fast as scikit-learn)",
        {
            "engine": (lambda: corp_curve(p, y), fitted),
            "scikit-learn": (
                lambda: IsotonicRegression().fit(p, y),
                lambda model: model.predict(p[:1000]),
            ),
        },
        p.size,
        {},
    )
    p, y = p[:10_000], y[:10_000]
    questions = rng.integers(0, 500, 10_000)
    print("  1,000 replicates drawn by question, n = 10,000, all values different")
    alone(
        "consistency band",
        lambda: consistency_band(p, questions=questions, rng=np.random.default_rng(1)),
        1,
        1,
        "s",
    )
    alone(
        "confidence band",
        lambda: confidence_band(p, y, questions=questions, rng=np.random.default_rng(1)),
        1,
        1,
        "s",
    )


def one_question(most: int) -> None:
    """All forecasts on one question: the cost of one may grow with the logarithm of their number.

    Few forecasters who say much are the harder case for the sweep, and the continuous clock. Time
    also grows because what is large is further away: random reads of as many numbers show how
    much. Steps are counted: one a forecast, and each place that a cursor of the medians moves.
    """
    few = most // 10
    allowed = most * math.log(most) / (few * math.log(few))
    print(f"\none question that holds everything; n log n allows {allowed:.1f} times for ten times")
    rng = np.random.default_rng(4)
    orders = [rng.permutation(n) for n in (few, most)]
    grown("  random reads of as many numbers", [partial(np.take, one * 1.0, one) for one in orders])
    for share, people in (("an eighth as many forecasters", None), ("100 forecasters", 100)):
        for clock in ("daily", "continuous"):
            tasks, steps = [], []
            for n in (few, most):
                who = people or n // 8
                questions, rows = workload(1, per_question=who, updates=n // who)
                settings = Settings(clock=clock)
                tasks.append(partial(score_all, questions, rows, settings))
                steps.append((len(rows), steps_of(questions, rows, settings)))
            grown(f"  {share}, {clock}", tasks, steps)


def grown(
    title: str, tasks: list[Callable[[], Any]], steps: list[tuple[int, float]] | None = None
) -> None:
    """Print how much longer the second task takes than the first, by time and by steps."""
    for task in tasks:
        task()
    taken = [statistics.median(timed(task)[0] for _ in range(ROUNDS)) for task in tasks]
    told = f"{title:<46}{taken[1] / taken[0]:>10.1f} times the time"
    if steps:
        (few, before), (more, after) = steps
        each = " -> ".join(
            f"{one / n * 1e9:.0f}" for one, n in zip(taken, (few, more), strict=True)
        )
        told += f" for {more / few:.1f} times the forecasts ({each} ns), "
        told += f"{after / before:.1f} times the steps" if after == after else "by the tree"
    print(told)


def steps_of(questions: Questions, rows: Forecasts, settings: Settings) -> float:
    """One a forecast and each move of a cursor; NaN where the tree of n log n did the work."""
    block = make_block(questions, rows, settings, offset=0)
    weights = recency(block.row_starts, block.made, questions.ends)
    spans = (block.row_starts, block.begins, block.ends)
    _, moves = middles(*spans, rows.probabilities, weights, block.slot_starts)
    return float(len(rows) + moves.sum()) if (moves >= 0).all() else math.nan


def scaling() -> float:
    """How much faster two threads do two scorings than one: what two cores are worth just now."""
    halves = [workload(40, seed=seed) for seed in (1, 2)]
    task = partial(score_all, threads=1)
    with ThreadPoolExecutor(2) as pool:
        for half in halves:
            task(*half)
        apart = timed(lambda: [task(*half) for half in halves])[0]
        together = timed(lambda: [one.result() for one in [pool.submit(task, *h) for h in halves]])[
            0
        ]
    return apart / together


def engine_peak(questions: int) -> float:
    """Peak memory, in GB, of a process that makes the workload and scores everything."""
    score_all(*workload(questions), threads=2)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", choices=SIZES, default="M")
    size = parser.parse_args().size
    # Before anything large is here: a process starts with the peak of the one that started it.
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        peak = pool.submit(engine_peak, SIZES[size]).result()
    questions, rows = workload(SIZES[size])
    print(f"size {size}: {len(rows):,} forecasts on {len(questions):,} questions")
    load = ", ".join(f"{one:.2f}" for one in os.getloadavg())
    print(f"load {load}; two threads do {scaling():.2f} times the work of one")
    averages(questions, rows)
    everything(questions, rows)
    against_definitions(questions, rows)
    print("\nsmall and single tasks")
    one = workload(1, per_question=265)
    print(f"  (one question of {len(one[1])} forecasts)")
    alone("rescore one question", lambda: score_all(*one), 1, 1e-3, "ms")
    small = workload(2_000, per_question=7)
    title = f"small-questions: 2,000 of {len(small[1]) / 2000:.0f} forecasts"
    alone(title, lambda: score_all(*small), None, len(small[1]) * 1e-9, "ns")
    one_question(min(len(rows), 1_000_000))
    calibration()
    with tempfile.TemporaryDirectory() as folder:
        loading.compare(Path(folder), rows, alone)
    everyone = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"\npeak memory of the engine alone {peak:.2f} GB{verdict(peak, 4)}")
    print(f"(of this process, with all contestants {everyone:.2f} GB)")


if __name__ == "__main__":
    main()
