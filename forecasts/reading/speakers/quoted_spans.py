"""Where a text is in quotation marks."""

import re
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Spoken:
    """A stretch of text in somebody's words, and who that is, if the text says so."""

    start: int
    end: int
    speaker: str | None


_WHOLLY_QUOTED = re.compile(r"'[A-Z](?:[^'\n]|(?<=\w)'(?=\w))*[.!?]'[ \t]*")


def quoted_spans(text: str, original: str) -> list[tuple[int, int]]:
    """Between double quotation marks, line by line; an unclosed one runs to the line's end.

    A line that stands wholly between single quotation marks is quoted, too. ``original`` has
    the marks as they were written, of which a typographic one tells whether it opens or closes.
    """
    spans = []
    for line in re.finditer(r"[^\n]+", text):
        if _WHOLLY_QUOTED.fullmatch(line.group()) and '"' not in line.group():
            spans.append(line.span())
            continue
        for opening, closing in _pairs(line.group(), original[line.start() : line.end()]):
            if closing - opening > 1:
                spans.append((line.start() + opening, line.start() + closing + 1))
    return spans


def _pairs(line: str, original: str) -> list[tuple[int, int]]:
    """Where a quotation opens and where it closes, for each in the line."""
    marks = [m.start() for m in re.finditer('"', line)]
    if any(original[at] not in "“”" for at in marks) or not marks:
        return list(zip(marks[::2], [*marks[1::2], len(line)], strict=False))
    # One left open ends before the next: the mark that opens that is no part of it.
    return [
        (at, end - 1 if end < len(line) and original[end] == "“" else end)
        for at, end in pairwise([*marks, len(line)])
        if original[at] == "“"
    ]
