"""Two forecasters side by side on the questions that both were scored on."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from forecasts.maths.comparison import Comparison
from forecasts.results.scores import ScoreSettings

SeriesName = Literal["me", "crowd", "source", "other"]
Verdict = Literal["too few", "equal", "apart", "open"]
LEVEL = 0.05


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who is compared: a forecaster, the crowd of the others, or equal odds."""

    name: str
    role: SeriesName


@dataclass(frozen=True, slots=True)
class ComparedQuestion:
    """One question with both scores, over the time on which both had a forecast."""

    id: int
    title: str
    ended_at: datetime
    first: float
    second: float


@dataclass(frozen=True, slots=True)
class ScoreComparison:
    """Who of two is better, if that can be told."""

    first: Party
    second: Party
    settings: ScoreSettings  # ``before_first`` does not matter here
    questions: tuple[ComparedQuestion, ...]  # by when they ended
    means: tuple[float, float] | None  # both scores over the questions; None without any
    test: Comparison  # of the first's score minus the second's, in the rule's unit
    depends_on_words: bool  # who is ahead depends on what numbers the sources' words stand for

    @property
    def verdict(self) -> Verdict:
        """``apart`` only where the interval and the test agree that the difference is not 0."""
        if self.test.interval is None or self.test.p_value is None:
            return "too few"
        if self.test.interval == (0.0, 0.0):
            return "equal"
        low, high = self.test.interval
        return "apart" if (low > 0 or high < 0) and self.test.p_value < LEVEL else "open"

    @property
    def lead(self) -> float:
        """How much better the first is, in the rule's unit; negative where it is worse."""
        return 0.0 if self.means is None else self.settings.lead(*self.means)
