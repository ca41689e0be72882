"""The model that takes clauses for forecasts or not: a logistic regression over named features.

Its weights are learned from the articles marked by hand that lie with the tests, by
``tests/support/acceptance_weights.py``.
"""

import math
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

ACCEPTED = 0.35  # from here on a clause is offered; to miss one is worse than to offer one in vain
INTERCEPT = "(intercept)"


@cache
def weights() -> Mapping[str, float]:
    """The weight of each feature, in units of log-odds; those not named weigh nothing."""
    text = files("forecasts.reading.acceptance").joinpath("weights.tsv").read_text("utf-8")
    lines = (line.rsplit("\t", 1) for line in text.splitlines())
    return {name: float(weight) for name, weight in lines}


def is_accepted(features: Iterable[str]) -> bool:
    """Whether a clause with these features is taken for a forecast."""
    return likelihood(features) >= ACCEPTED


def likelihood(features: Iterable[str]) -> float:
    """How likely a clause with these features is a forecast, in (0, 1)."""
    known = weights()
    score = known.get(INTERCEPT, 0.0) + sum(known.get(name, 0.0) for name in features)
    return 1 / (1 + math.exp(-score))
