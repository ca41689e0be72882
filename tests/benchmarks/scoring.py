"""How fast scores are worked out: the engine and its peers in one process, interleaved.

Run by ``./run bench scoring --size M``. Times are nanoseconds a forecast, medians of three
rounds; ratios are medians of the rounds' own ratios. A peer whose results differ from the
engine's by more than 1e-9 gets no ratio.
"""

import argparse
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))
import loading
import peers
from workload import SIZES, in_order_of_time, workload

from forecasts.maths.bands import consistency_band
from forecasts.maths.engine import Forecasts, Questions, score_all, time_averages
from forecasts.maths.engine.corp import corp_curve

ROUNDS = 3
TOLERANCE = 1e-9
CHECKED = 3  # questions that the readable definitions score too
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


def alone(title: str, task: Callable[[], Any], aim: float, unit: float, name: str) -> None:
    task()
    figure = statistics.median(timed(task)[0] for _ in range(2 * ROUNDS + 1)) / unit
    print(f"  {title:<34}{figure:>10.2f} {name}{verdict(figure, aim)}")


def averages(questions: Questions, rows: Forecasts) -> None:
    """Time-averaged Brier scores, rows sorted, one thread."""
    source = np.zeros(len(rows) * 24, dtype=np.uint8)
    target = source.copy()

    def same(value: np.ndarray) -> np.ndarray:
        return value

    race(
        "time-averaged Brier score of everyone on every question",
        {
            "copy of 24 bytes a forecast": (lambda: np.copyto(target, source), lambda _: None),
            "engine": (lambda: time_averages(questions, rows), lambda found: found.score),
            "numpy": (lambda: peers.numpy_averages(questions, rows), same),
            "polars": (lambda: peers.polars_averages(questions, rows), same),
            "duckdb": (lambda: peers.duckdb_averages(questions, rows), same),
        },
        len(rows),
        {"engine": 4},
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
        "CORP fit of a million points (ratio to the first)",
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
    questions = rng.integers(0, 500, 10_000)
    alone(
        "1,000 bands by question, n = 10,000",
        lambda: consistency_band(p[:10_000], questions=questions, rng=np.random.default_rng(1)),
        1,
        1,
        "s",
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", choices=SIZES, default="M")
    size = parser.parse_args().size
    questions, rows = workload(SIZES[size])
    print(f"size {size}: {len(rows):,} forecasts on {len(questions):,} questions")
    averages(questions, rows)
    everything(questions, rows)
    against_definitions(questions, rows)
    print("\nsmall and single tasks")
    one = workload(1, per_question=265)
    print(f"  (one question of {len(one[1])} forecasts)")
    alone("rescore one question", lambda: score_all(*one), 1, 1e-3, "ms")
    small = workload(2_000, per_question=7)
    alone("2,000 small questions", lambda: score_all(*small), 2_000, len(small[1]) * 1e-9, "ns")
    calibration()
    with tempfile.TemporaryDirectory() as folder:
        loading.compare(Path(folder), rows, alone)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"\npeak memory {peak:.2f} GB{verdict(peak, 4)}")


if __name__ == "__main__":
    main()
