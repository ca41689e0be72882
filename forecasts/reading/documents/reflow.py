"""From the lines of printed pages to running text."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

_BULLET = re.compile(r"[•●▪◦‣·*–—-](?:\s|$)|\d{1,2}[.)]\s")
_TERMINAL = re.compile(r"[.!?…:;][\"”’')\]]{0,3}$")
_BROKEN_WORD = re.compile(r"(\w+)-$")
_EDGE = 2  # lines at the top and bottom of a page where a running head may stand
_FULL = 0.75  # of the usual width: such a line was broken by the margin, not by its author


def reflow(pages: Sequence[str]) -> str:
    """Return the text of ``pages`` with one line a paragraph, a blank line between paragraphs.

    Running heads and page numbers go, a sentence that a page's end cut is whole again, and so is
    a word cut by a hyphen. A hyphen stays if the text writes the word with one elsewhere.
    """
    lines = [line for page in _without_heads(pages) for line in _closed(page)]
    widths = sorted(len(line) for line in lines if line)
    if not widths:
        return ""
    full = _FULL * widths[len(widths) * 4 // 5]
    hyphenated = set(re.findall(r"\w+-\w+", "\n".join(lines).lower()))
    return "\n\n".join(_paragraphs(lines, full, hyphenated))


def _without_heads(pages: Sequence[str]) -> list[list[str]]:
    """The lines of each page, less those that stand at the edge of most pages."""
    cut = [[" ".join(line.split()) for line in page.splitlines()] for page in pages]
    cut = [_trimmed(page) for page in cut]
    seen = Counter(mask for page in cut for mask in {_mask(line) for line in _edges(page)} if mask)
    heads = {mask for mask, count in seen.items() if count >= max(3, len(cut) / 2)}
    return [_trimmed(_beheaded(page, heads)) for page in cut]


def _beheaded(page: list[str], heads: set[str]) -> list[str]:
    last = len(page) - _EDGE
    return [
        line
        for i, line in enumerate(page)
        if not ((i < _EDGE or i >= last) and (_mask(line) in heads or line.isdecimal()))
    ]


def _closed(page: list[str]) -> list[str]:
    """A page whose last sentence is complete ends its paragraph."""
    return [*page, ""] if page and _TERMINAL.search(page[-1]) else page


def _edges(page: list[str]) -> list[str]:
    return page[:_EDGE] + page[-_EDGE:]


def _mask(line: str) -> str:
    return re.sub(r"\d+", "#", line)


def _trimmed(page: list[str]) -> list[str]:
    filled = [i for i, line in enumerate(page) if line]
    return page[filled[0] : filled[-1] + 1] if filled else []


def _paragraphs(lines: list[str], full: float, hyphenated: set[str]) -> Iterator[str]:
    said = last = ""
    for line in lines:
        if said and line and _continues(last, line, full):
            said = _joined(said, line, hyphenated)
        else:
            if said:
                yield said
            said = line
        last = line
    if said:
        yield said


def _continues(last: str, line: str, full: float) -> bool:
    if not last or _BULLET.match(line):
        return False
    return len(last) >= full or (line[0].islower() and not _TERMINAL.search(last))


def _joined(said: str, line: str, hyphenated: set[str]) -> str:
    if said.endswith("\u00ad"):
        return said[:-1] + line
    broken = _BROKEN_WORD.search(said)
    if broken is None:
        return f"{said} {line}"
    rest = re.match(r"\w+", line)
    whole = f"{broken[1]}-{rest[0] if rest else ''}".lower()
    is_cut = line[0].islower() and broken[1].isalpha() and whole not in hyphenated
    return (said[:-1] if is_cut else said) + line
