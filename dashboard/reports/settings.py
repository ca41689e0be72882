"""The settings behind a report's numbers, in words."""

from dashboard import formats, measure
from dashboard.reports.sheet import facts, section
from dashboard.widgets.parts import left_out_line
from dashboard.widgets.safe import Html
from forecasts.results.scores import ScoreSettings

NBSP = formats.NBSP
NUMBER = (
    f"Quantile score: twice the pinball loss, averaged over the stated levels, in the number’s own "
    f"unit; lower is better, 0{NBSP}is perfect. There is no know-nothing, and it is never pooled."
)
BAND = f"90{NBSP}% consistency band: where perfectly calibrated forecasters would fall"
INTERVAL = f"95{NBSP}%, resampled by question; from ten questions on"

Pairs = list[tuple[str, str | Html]]


def settings_section(
    settings: ScoreSettings, *, calibrated: bool, left_out: tuple[tuple[str, int], ...] = ()
) -> Html:
    """How the scores of a report were worked out; ``calibrated`` adds curve and band."""
    pairs: Pairs = [
        ("Rule", measure.meaning(settings)),
        *_rule_besides(settings),
        ("Clock", clock(settings)),
        ("Before the first forecast", measure.before_first(settings)),
        ("Forecasts counted", counted(settings)),
        ("Intervals", INTERVAL),
    ]
    if calibrated:
        pairs += [
            (
                "Calibration curve",
                "isotonic (CORP, Dimitriadis, Gneiting and Jordan 2021), no bins",
            ),
            ("Calibration band", BAND),
        ]
    pairs += [("Left out", line.removeprefix("Left out: ")) for line in left_out_line(left_out)]
    return section("Settings", "", facts(pairs))


def _rule_besides(settings: ScoreSettings) -> Pairs:
    """What only one of the rules has."""
    if settings.rule == "brier":
        near = "Brier score for ordered categories: a near miss costs less."
        return [("Scale", f"0 to {settings.scale}"), ("Options with an order", near)]
    if settings.rule == "log_score":
        ends = [formats.exact_percent(end) for end in (settings.clip, 1 - settings.clip)]
        held = f"what was given to the outcome counts as {ends[0]} at least and {ends[1]} at most"
        return [("Certainties", held)]
    return []


def clock(settings: ScoreSettings) -> str:
    """Which forecast counts when."""
    which = "every forecast for exactly as long as it stood"
    if settings.clock == "daily":
        which = (
            f"the forecast standing at the end of each day ({settings.zone}, or the question’s own "
            "zone)"
        )
    return f"{settings.clock}: {which}, up to the close or until the outcome was known if earlier"


def counted(settings: ScoreSettings) -> str:
    """Which classes of forecasts enter, and what is left out."""
    names = {
        "live": "live ones",
        "source": "sources’ statements at the point their words stand for",
        "retrospective": "retrospective ones, claimed for an earlier time",
    }
    chosen = ", ".join(names[one] for one in settings.classes)
    vague = "counted" if settings.possibilities else "not counted"
    return f"{chosen}; a bare may, might or could is {vague}"
