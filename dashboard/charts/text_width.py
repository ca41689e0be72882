"""How wide the text of a label is, about, and the few tags that Plotly knows in one."""

import html
import re

_TAG = re.compile(r"(<br ?/?>|</?b>|</?i>)", re.IGNORECASE)
_NARROW, _WIDE = frozenset("iljtfrI.,:;|'!()[] \u00a0“”"), frozenset("mwMW%@—…")
LINE = 1.3
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
    return max(_width(line) for line in lines) * size, len(lines) * LINE * size


def _width(line: list[Run]) -> float:
    return sum(
        (0.32 if sign in _NARROW else 0.9 if sign in _WIDE else 0.66 if sign.isupper() else 0.59)
        * (1.05 if bold else 1)
        for characters, bold in line
        for sign in characters
    )
