"""Reliability of a choice of forecasts."""

from dataclasses import dataclass

from forecasts.maths.calibration import Band, Bin, Recalibration, ReliabilityCurve
from forecasts.results.scores import ScoreSettings


@dataclass(frozen=True, slots=True)
class CalibrationView:
    """Reliability of a choice of forecasts.

    ``curve`` is None when no resolved forecast is in the choice.
    """

    who: str
    entering: str  # which forecasts enter, in words
    curve: ReliabilityCurve | None
    band: Band | None
    bins: tuple[Bin, ...]
    recalibration: Recalibration | None
    forecasts: int  # stated forecasts behind it
    questions: int
    left_out: tuple[tuple[str, int], ...]
    settings: ScoreSettings
