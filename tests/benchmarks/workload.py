"""The workload of the scoring benchmark: made up, seeded, as large as asked for."""

import numpy as np

from forecasts.maths.engine import Forecasts, Questions

DAY = 86_400_000_000
START = 1_577_836_800_000_000  # 2020-01-01
SIZES = {"S": 42, "M": 417, "L": 4_167, "XL": 20_835}  # questions of about 2,400 updates
FORECASTERS = 2_000


def workload(
    questions: int, *, per_question: int = 300, updates: int = 8, seed: int = 1
) -> tuple[Questions, Forecasts]:
    """Questions of 60 to 300 days; ``per_question`` forecasters of 8 ``updates`` each, dispersed.

    3 updates in 1,000 come after the close. Rows are sorted by (question, forecaster, time).
    """
    rng = np.random.default_rng(seed)
    opens = START + rng.integers(0, 1000 * DAY, questions)
    length = rng.integers(60 * DAY, 300 * DAY, questions)
    outcome = rng.integers(0, 2, questions)
    people = np.maximum(rng.poisson(per_question, questions), 2)
    pair_question = np.repeat(np.arange(questions, dtype=np.int32), people)
    who = np.concatenate([_some(rng, n) for n in people]).astype(np.int32)
    counts = rng.geometric(1 / updates, pair_question.size)
    question, forecaster = np.repeat(pair_question, counts), np.repeat(who, counts)
    when = rng.random(question.size) * 1.003
    pair = np.repeat(np.arange(pair_question.size), counts)
    when = when[np.argsort(pair + when / 2)]
    made = opens[question] + (when * length[question]).astype(np.int64)
    belief = (
        rng.normal(0, 1.2, pair_question.size) + np.where(outcome == 0, 0.7, -0.7)[pair_question]
    )
    p = 1 / (1 + np.exp(-belief[pair] - rng.normal(0, 0.6, question.size)))
    ends = opens + length
    return Questions(opens, ends, ends, outcome), Forecasts(question, forecaster, made, p)


def in_order_of_time(forecasts: Forecasts) -> Forecasts:
    """The same rows as a log has them."""
    return forecasts.take(np.argsort(forecasts.made, kind="stable"))


def _some(rng: np.random.Generator, count: int) -> np.ndarray:
    return np.sort(rng.permutation(max(FORECASTERS, count))[:count])
