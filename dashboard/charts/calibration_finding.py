"""What a calibration says, with the certainty it can be said with."""

from dashboard import formats
from forecasts.results.calibration import CalibrationView

ENOUGH = 10
"""Questions below which nothing is claimed."""


def verdict(view: CalibrationView) -> str:
    """The heading of a calibration: a claim, "perhaps", or how much is missing."""
    who = "You" if view.who == "You" else view.who
    if view.curve is None:
        return f"{who}: nothing has resolved yet"
    if view.questions < ENOUGH:
        missing = ENOUGH - view.questions
        return f"Cannot tell yet: {formats.count(missing, 'more resolved question')} needed"
    claim = bias(view)
    if claim is None:
        return "Cannot tell: the outcomes do not allow a slope"
    if who != "You":
        return f"{who}: {claim}"
    if claim.startswith("perhaps "):
        return f"Perhaps you are {claim.removeprefix('perhaps ')}"
    return f"You are {claim}"


def bias(view: CalibrationView) -> str | None:
    """Over- or underconfidence from the recalibration slope, hedged by its interval."""
    fit = view.recalibration
    if fit is None or fit.slope is None or fit.slope_interval is None:
        return None
    low, high = fit.slope_interval
    side = "over" if fit.slope < 1 else "under"
    if low <= 1 <= high:
        if 0.9 <= fit.slope <= 1.1:
            return f"well calibrated, as far as {view.questions} questions can tell"
        return f"perhaps {side}confident"
    clearly = fit.slope <= 0.7 or fit.slope >= 1 / 0.7
    return f"{'clearly' if clearly else 'a little'} {side}confident"


def verdict_sentence(view: CalibrationView) -> str:
    """The numbers behind the verdict: the most telling level, the slope, and the leaning."""
    if view.curve is None:
        return "A calibration appears with the first resolved question that had a forecast on it."
    parts = []
    level = telling_level(view)
    if level is not None and view.questions >= ENOUGH:
        said, happened = level
        called = "When you say" if view.who == "You" else "What was called"
        came = ", it happens" if view.who == "You" else " happened"
        parts.append(
            f"{called} {formats.percent(said)}{came} {formats.percent(happened)} of the time."
        )
    fit = view.recalibration
    if fit is not None and fit.slope is not None and fit.slope_interval is not None:
        low, high = fit.slope_interval
        parts.append(
            f"Slope {fit.slope:.2f} (95{formats.NBSP}%: {low:.2f} to {high:.2f}), "
            "where 1 is perfect and below 1 overconfident."
        )
    elif fit is not None and fit.reason:
        parts.append(f"No slope: {fit.reason}.")
    return " ".join([*parts, *leaning(view)])


def leaning(view: CalibrationView) -> list[str]:
    """Which way forecasts near even odds lean, as a sentence; none unless that is plain."""
    fit = view.recalibration
    if view.questions < ENOUGH or fit is None or fit.intercept_interval is None:
        return []
    low, high = fit.intercept_interval
    if low <= 0 <= high:
        return []
    much = "more" if low > 0 else "less"
    return [f"Around 50{formats.NBSP}%, things happen {much} often than said."]


def reliability_finding(view: CalibrationView) -> str:
    """The heading of the reliability diagram, from the curve it draws."""
    if view.curve is None:
        return "A curve needs resolved questions; there are none here"
    if view.questions < ENOUGH:
        return f"A curve needs {ENOUGH} resolved questions; there are {view.questions}"
    level = telling_level(view)
    if level is None:
        return "The curve lies on the diagonal"
    said, happened = level
    much = "more" if happened > said else "less"
    return f"What was called {formats.percent(said)} came true {much} often than that"


def telling_level(view: CalibrationView) -> tuple[float, float] | None:
    """The stated level whose miss weighs most, as (said, happened); None without a miss."""
    if view.curve is None or not len(view.curve.stated):
        return None
    misses = view.curve.weight * abs(view.curve.observed - view.curve.stated)
    worst = int(misses.argmax())
    if misses[worst] <= 0:
        return None
    return float(view.curve.stated[worst]), float(view.curve.observed[worst])


def error_finding(view: CalibrationView) -> str:
    """The heading of the decomposition table: where the error comes from."""
    if view.curve is None:
        return "No error to take apart yet"
    if view.questions < ENOUGH:
        return "Too few questions to say where the error comes from"
    curve = view.curve
    if 0 < round(curve.discrimination, 3) == round(curve.miscalibration, 3):
        return "Miscalibration costs what telling yes from no brings"
    if curve.discrimination > curve.miscalibration:
        return "Telling yes from no outweighs the miscalibration"
    if curve.miscalibration > 0:
        return "Miscalibration costs more than telling yes from no brings"
    return "All of the error is the difficulty of the questions"


def error_sentence(view: CalibrationView) -> str:
    """The decomposition in words; nothing where it would claim too much."""
    if view.curve is None or view.questions < ENOUGH:
        return ""
    curve = view.curve
    gap = formats.difference(curve.brier, curve.uncertainty)
    return (
        f"Always saying how often such things happen would earn "
        f"{formats.score(curve.uncertainty)}. Miscalibration costs "
        f"{formats.score(curve.miscalibration)}, which better numbers for the same beliefs would "
        f"save; telling what happens from what does not brings "
        f"{formats.score(curve.discrimination)}: {gap} in all."
    )
