"""Words stand for a range of probabilities: does a conclusion hold anywhere in it?"""

from dataclasses import dataclass
from itertools import product

import numpy as np


@dataclass(frozen=True, slots=True)
class AtEnds:
    """One score with every word read at the low, the middle and the high end of its range.

    The three are equal where no word was used. They need not be in order: on a question that
    resolved no, the low end of "likely" scores better than the high one.
    """

    low: float
    middle: float
    high: float

    def __post_init__(self) -> None:
        for name in ("low", "middle", "high"):
            if np.isnan(getattr(self, name)):
                raise ValueError(f"{name} is nan, not a score")

    @property
    def span(self) -> tuple[float, float]:
        """The least and the greatest of the three."""
        values = (self.low, self.middle, self.high)
        return min(values), max(values)


def depends_on_mapping(first: AtEnds, second: AtEnds | float) -> bool:
    """Return whether who is ahead depends on the numbers given to words.

    ``second`` is another forecaster's score, or a fixed one such as a uniform forecast's. Each
    may mean its words differently, so all nine pairs of ends are tried; a tie at one pair and a
    lead at another is a dependence too.

    Raises ValueError if a score is NaN.

    Examples
    --------
    >>> depends_on_mapping(AtEnds(0.20, 0.17, 0.15), 0.25)
    False
    >>> depends_on_mapping(AtEnds(0.20, 0.17, 0.15), AtEnds(0.18, 0.18, 0.18))
    True
    """
    other = second if isinstance(second, AtEnds) else AtEnds(second, second, second)
    pairs = product((first.low, first.middle, first.high), (other.low, other.middle, other.high))
    return len({(a > b) - (a < b) for a, b in pairs}) > 1
