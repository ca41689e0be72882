"""How a page's scores are called: rule, scale, direction, and what a know-nothing earns."""

from dashboard import formats
from dashboard.formats import NBSP
from forecasts.maths.scoring import Scale
from forecasts.maths.windows import BeforeFirst
from forecasts.results.scores import ScoreRule, ScoreSettings

RULES: dict[str, ScoreRule] = {
    "Brier": "brier",
    "Log": "log_score",
    "Spherical": "spherical_score",
}
SCALES: dict[str, Scale] = {"0 to 1": 1, "0 to 2": 2}
POLICIES: dict[str, BeforeFirst] = {
    "not scored": "skip",
    "equal odds": "uniform",
    "the crowd": "crowd",
}
_NAMES: dict[ScoreRule, str] = {
    "brier": "Brier score",
    "log_score": "Log score",
    "spherical_score": "Spherical score",
}
_BEFORE: dict[BeforeFirst, str] = {
    "skip": "time before the first forecast is not scored and lowers the coverage",
    "uniform": "time before the first forecast is scored as equal odds on every option",
    "crowd": "time before the first forecast is scored as what the median of the others said then",
}


def name(settings: ScoreSettings) -> str:
    """The rule's name: "Brier score"."""
    return _NAMES[settings.rule]


def reach(settings: ScoreSettings) -> str:
    """From where to where it goes: "0 to 1"."""
    if settings.rule == "log_score":
        return "in nats, from 0"
    return f"0 to {settings.scale}"


def direction(settings: ScoreSettings) -> str:
    """Which way is better, in words."""
    return "higher is better" if settings.higher_is_better else "lower is better"


def unit(settings: ScoreSettings) -> str:
    """What stands below every chart and table: "Brier score, 0 to 1, lower is better"."""
    return f"{name(settings)}, {reach(settings)}, {direction(settings)}"


def meaning(settings: ScoreSettings) -> str:
    """What the best and a know-nothing earn, as a sentence."""
    perfect = 1 if settings.higher_is_better else 0
    return (
        f"{unit(settings)}: {perfect} is perfect; always saying 50{NBSP}% on yes/no questions "
        f"earns {formats.score(settings.know_nothing)}."
    )


def difference(value: float, reference: float, settings: ScoreSettings) -> str:
    """How a score compares with another, in words: "0.021 better"."""
    return lead(settings.lead(value, reference))


def lead(by: float) -> str:
    """A lead in words: "0.021 better", "0.021 worse", "no different"."""
    return formats.difference(-by, 0.0)


def before_first(settings: ScoreSettings) -> str:
    """What becomes of the time before a forecaster's first forecast."""
    return _BEFORE[settings.before_first]


def conditions(settings: ScoreSettings, clipped: int = 0) -> str:
    """Over which time the scores were averaged, and what else they depend on, as a sentence."""
    clock = "every forecast for exactly as long as it stood"
    if settings.clock == "daily":
        zone = f"{settings.zone}, or the question’s own zone"
        clock = f"the forecast that stood at the end of each day ({zone})"
    ordered = "; options in an order by its ordered form" if settings.rule == "brier" else ""
    moved = ""
    if settings.rule == "log_score":
        least = formats.exact_percent(settings.clip)
        moved = (
            f" What was given to the outcome counts as {least} at least and "
            f"{formats.exact_percent(1 - settings.clip)} at most, which moved "
            f"{formats.count(clipped, 'forecast')}."
        )
    return (
        f"{name(settings)}, {reach(settings)}{ordered}. It averages {clock}; "
        f"{before_first(settings)}.{moved}"
    )
