"""A forecast in one line of words and numbers."""

from dashboard import formats
from forecasts.results.question import ForecastView, MyWords

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


def shortly(mine: MyWords) -> str:
    """What I say in a few words: the probability of yes, the option I favour, the median.

    Of a number whose median was not stated, the lowest and the highest quantile.
    """
    said = mine.said
    if said.probability is not None:
        return formats.percent(said.probability)
    if said.probabilities is not None:
        most = max(said.probabilities)
        named = zip(mine.options, said.probabilities, strict=True)
        favoured = " / ".join(name for name, share in named if share == most)
        return f"{favoured}: {formats.percent(most)}"
    quantiles = said.quantiles or ()
    median = next((value for level, value in quantiles if abs(level - 0.5) < 1e-9), None)
    if median is not None:
        return formats.quantity(median, mine.unit)
    ends = formats.quantity(quantiles[0][1]), formats.quantity(quantiles[-1][1], mine.unit)
    return " – ".join(ends)
