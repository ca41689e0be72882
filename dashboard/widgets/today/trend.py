"""A headline number as it stood month after month, as small bars."""

from dashboard import formats
from dashboard.widgets.safe import Html, fill, joined
from forecasts.results.today import Headline


def trend(headline: Headline) -> Html:
    """One bar an instant, from 0 up to 0.250 or the worst; nothing below two known values."""
    known = [value for value in headline.trend if value is not None]
    if len(known) < 2:
        return Html("")
    top = max(formats.UNIFORM_BINARY, *known)
    spoken = ", ".join(formats.score(value) for value in headline.trend)
    return fill(
        '<div class="fd-trend" role="img" aria-label="Brier over {name}, every 30 days up to now: '
        '{spoken}. Lower is better.">{bars}</div>',
        name=headline.name,
        spoken=spoken,
        bars=joined([_bar(value, top) for value in headline.trend]),
    )


def _bar(value: float | None, top: float) -> Html:
    if value is None:
        return Html('<i class="none"></i>')
    return fill('<i style="height:{height}%"></i>', height=f"{100 * value / top:.0f}")
