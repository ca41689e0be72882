"""Labels with Plotly's few tags, turned into SVG."""

from dashboard.charts.text_width import LINE, runs
from dashboard.widgets.safe import Html, fill, joined


def label(x: float, y: float, text: str, *, size: float, colour: str, anchor: str) -> Html:
    """A label whose middle line is at ``y``; ``anchor`` is start, middle or end at ``x``."""
    lines = runs(text)
    first = y - (len(lines) - 1) / 2 * LINE * size + 0.36 * size  # from the middle to the base
    return joined(
        [
            fill(
                '<text x="{x}" y="{y}" font-size="{size}" fill="{colour}" '
                'text-anchor="{anchor}">{runs}</text>',
                x=f"{x:.1f}",
                y=f"{first + place * LINE * size:.1f}",
                size=f"{size:g}",
                colour=colour,
                anchor=anchor,
                runs=joined([_run(*run) for run in line]),
            )
            for place, line in enumerate(lines)
        ]
    )


def _run(characters: str, bold: bool) -> Html:
    weight = "600" if bold else "400"
    return fill('<tspan font-weight="{weight}">{text}</tspan>', weight=weight, text=characters)
