"""A forecast statement as it was found in a text, before anyone decided about it."""

from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True, slots=True)
class Candidate:
    """``text[start:end] == quote``, in Unicode characters of the text as it is.

    The probabilities are shares in [0, 1] of the affirmative event, also where the wording is
    negative ("is unlikely to complain" is about the complaint).
    """

    start: int
    end: int
    quote: str
    hedge: str  # the words of likelihood, as written
    polarity: Literal["affirm", "negative"]
    probability: float
    probability_low: float
    probability_high: float
    scale: str  # what turned the words into numbers
    is_possibility: bool  # a bare may, might or could
    horizon: str | None  # as worded
    horizon_start: date | None
    horizon_end: date | None
    speaker: str  # "author", a name, or words such as "experts in Seoul"
    speaker_kind: Literal["author", "publisher", "named", "unnamed"]
    condition: str | None
    actors: tuple[str, ...]
    phrase: str | None = None  # the wording as ``scales.estimate`` takes it; None: a stated number
    confidence: Literal["low", "moderate", "high"] | None = None  # analytic, apart from likelihood
