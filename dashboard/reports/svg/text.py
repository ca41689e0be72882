"""Labels: how wide they are, and Plotly's few tags turned into SVG."""

import html
import re

from dashboard.widgets.safe import Html, fill, joined

_TAG = re.compile(r"(<br ?/?>|</?b>|</?i>)", re.IGNORECASE)
_NARROW, _WIDE = frozenset("iljtfrI.,:;|'!()[] \u00a0“”"), frozenset("mwMW%@—…")
_LINE = 1.3
"""Height of a line, in font sizes."""

Run = tuple[str, bool]  # characters, and whether they are bold


def runs(text: str) -> list[list[Run]]:
    """The lines of a label, each as runs of plain characters. Other tags are characters.

    >>> runs("<b>Yes</b>, 2 Aug<br>&lt;b&gt;")
    [[('Yes', True), (', 2 Aug', False)], [('<b>', False)]]
    """
    lines: list[list[Run]] = [[]]
    bold = False
    for piece in _TAG.split(text):
        tag = piece.lower()
        if tag.startswith("<br"):
            lines.append([])
        elif tag in ("<b>", "</b>"):
            bold = tag == "<b>"
        elif piece and tag not in ("<i>", "</i>"):
            lines[-1].append((html.unescape(piece), bold))
    return lines


def text_size(text: str, size: float) -> tuple[float, float]:
    """Width and height of a label, about; ``size`` is the font's, all in pixels."""
    lines = runs(text)
    return max(_width(line) for line in lines) * size, len(lines) * _LINE * size


def _width(line: list[Run]) -> float:
    return sum(
        (0.32 if sign in _NARROW else 0.9 if sign in _WIDE else 0.66 if sign.isupper() else 0.59)
        * (1.05 if bold else 1)
        for characters, bold in line
        for sign in characters
    )


def label(x: float, y: float, text: str, *, size: float, colour: str, anchor: str) -> Html:
    """A label whose middle line is at ``y``; ``anchor`` is start, middle or end at ``x``."""
    lines = runs(text)
    first = y - (len(lines) - 1) / 2 * _LINE * size + 0.36 * size  # from the middle to the base
    return joined(
        [
            fill(
                '<text x="{x}" y="{y}" font-size="{size}" fill="{colour}" '
                'text-anchor="{anchor}">{runs}</text>',
                x=f"{x:.1f}",
                y=f"{first + place * _LINE * size:.1f}",
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
