"""What a score is made with, and what comes out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

import numpy as np

from forecasts.maths.checks import Bools, Floats, Ints
from forecasts.maths.clipping import CLIP
from forecasts.maths.engine.columns import Codes
from forecasts.maths.panel import ClockName
from forecasts.maths.pooling import Aggregate
from forecasts.maths.rules import RuleName
from forecasts.maths.scoring import Scale
from forecasts.maths.windows import BeforeFirst

AGGREGATES: tuple[Aggregate, ...] = get_args(Aggregate)
"""Those of ``pooling.pool``."""

LINEAR: tuple[Aggregate, ...] = tuple(
    name for name in AGGREGATES if name not in ("trimmed_mean", "metaculus_median")
)
"""Those for which time grows with the forecasts and no faster, as a rule."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The declared choices behind a score; see ``windows``, ``panel`` and ``rules``.

    ValueError if a name is unknown, the scale is not 1 or 2, or not 0 < clip < 0.5.
    """

    rule: RuleName = "brier"
    scale: Scale = 1
    clock: ClockName = "daily"
    before_first: BeforeFirst = "skip"
    clip: float = CLIP
    """Of averaged log, peer and baseline scores and of odds."""

    def __post_init__(self) -> None:
        for name, value, known in (
            ("rule", self.rule, get_args(RuleName)),
            ("scale", self.scale, (1, 2)),
            ("clock", self.clock, get_args(ClockName)),
            ("before_first", self.before_first, get_args(BeforeFirst)),
        ):
            if value not in known:
                raise ValueError(f"{name} is {value!r}, not one of {', '.join(map(str, known))}")
        if not 0 < self.clip < 0.5:
            raise ValueError(f"clip must fulfil 0 < clip < 0.5, got {self.clip}")


@dataclass(frozen=True, slots=True)
class Averages:
    """Time-averaged scores, one entry for each (question, forecaster) that has rows."""

    question: Codes  # shape (p,), sorted
    forecaster: Codes  # shape (p,), sorted within a question
    score: Floats  # shape (p,); NaN where no forecast stood in the window
    coverage: Floats  # shape (p,), in [0, 1]
    days: Floats  # shape (p,), days with a standing forecast; not whole on the continuous clock


@dataclass(frozen=True, slots=True)
class Scores(Averages):
    """Time-averaged scores beside those of others, and of the crowd."""

    forecasts: Ints  # shape (p,), made before the window's end, withdrawals aside
    relative: Floats  # shape (p,), lower is better; NaN for rules other than the Brier scores
    peer: Floats  # shape (p,), higher is better
    baseline: Floats  # shape (p,), higher is better
    crowd: Mapping[Aggregate, Floats]  # each of shape (q,); NaN where no crowd stood
    by_mean: Mapping[Aggregate, Floats]
    """Each of shape (q,), in [0, 1]: the share of the crowd's time on which it gave every option
    0, so that the mean stood in. Always 0 on binary questions."""


@dataclass(frozen=True, slots=True)
class Medians:
    """The crowd's median, day by day or over each stretch on which nobody's forecast changed."""

    starts: Ints  # shape (q + 1,), where each question's days or stretches begin
    weights: Floats  # shape (slots,), 1 or microseconds
    said: Floats  # shape (slots, K), or (slots, 1) of "yes" on binary questions
    stands: Bools  # shape (slots,), whether any forecast stands; ``said`` is arbitrary elsewhere

    def standing(self) -> Floats:
        """The distributions where any forecast stands, (s, K)."""
        said = self.said[self.stands]
        return np.hstack([said, 1 - said]) if said.shape[1] == 1 else said
