"""A forecast in one line of words and numbers."""

from dashboard import formats
from forecasts.results.question import ForecastView

YES_NO = ("yes", "no")


def stated(entry: ForecastView, options: tuple[str, ...]) -> str:
    """What was forecast, in one line, with every digit stated."""
    if entry.withdrawn:
        return "withdrawn"
    values = stated_values(entry.probabilities, entry.quantiles, options)
    if (
        options == YES_NO
        and entry.probability_low is not None
        and entry.probability_high is not None
    ):
        return f"{values} ({formats.percent_range(entry.probability_low, entry.probability_high)})"
    return values


def stated_values(
    probabilities: tuple[float, ...],
    quantiles: tuple[tuple[float, float], ...],
    options: tuple[str, ...],
) -> str:
    """The probability of yes, one an option, or the quantiles of a number; "" of nothing."""
    if quantiles:
        return ", ".join(f"{100 * level:g}%:{formats.NBSP}{value:g}" for level, value in quantiles)
    if options == YES_NO:
        return formats.exact_percent(probabilities[0]) if probabilities else ""
    named = zip(options, probabilities, strict=False)
    return ", ".join(f"{name} {formats.exact_percent(share)}" for name, share in named)
