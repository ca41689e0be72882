"""Cut a text into sentences that know where they stand and under which heading."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from forecasts.reading.documents.furniture import furniture_spans

LONGEST = 1500  # characters; beyond that it is not a sentence, and parsing it would only cost time

_BULLET = re.compile(r"[ \t\u00a0]*(?:[•●▪◦‣·*\-–—]|\d{1,2}[.)])?[ \t\u00a0]+|[•●▪◦‣·]")
_END = re.compile(r"(?<![.!?…])[.!?…]{1,6}[\"”’')\]]{0,3}(?=\s{1,9}[\"“‘'(\[A-Z0-9À-ÞА-Я•])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:[A-Z]|[A-Z](?:\.[A-Z])+|Mr|Mrs|Ms|Dr|Gen|Prof|Sen|Rep|Gov|Lt|Col|Sgt|St|Jr|Sr|No|Nos"
    r"|vs|etc|al|cf|eg|e\.g|i\.e|Inc|Ltd|Co|Corp|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
    r"|approx|fig|Fig|ca|est))\.$"
)
_HOUR = re.compile(r"\b[ap]\.m\.$")
_DATELINE = re.compile(  # "LAGOS, March 3 (Wire) - "
    r"[A-Z][A-Z' .-]{2,30}(?:,\s[\w.]+(?:\s\d{1,2})?)?(?:,\s\d{4})?(?:\s\([^()\n]{2,40}\))?"
    r"\s?[-–—]{1,2}\s(?=\S)"
)
_SHARE = re.compile(r"\s+\(?\d{1,3}\s?%\)?\W*$")
_NUMBERED = re.compile(r"\s*\d{1,2}[.)]\s")
_TERMINAL = re.compile(r"[.!?…:;][\"”’')\]]{0,3}$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence; ``text`` is exactly what stands between ``start`` and ``end``."""

    start: int
    end: int
    text: str
    heading: str  # headings above it, outermost first, joined by " > "
    paragraph: int  # sentences of one paragraph share this number


def sentences(text: str) -> list[Sentence]:
    """Sentences of the article, page furniture left out, in order.

    Offsets count characters of ``text``. Anything longer than ``LONGEST``
    characters without an end is left out: it is no sentence.
    """
    masked = _without(text, furniture_spans(text))
    found: list[Sentence] = []
    headings: list[tuple[int, str]] = []
    for number, (start, end) in enumerate(_paragraphs(masked)):
        bullet = _BULLET.match(masked, start, end)
        first = bullet.end() if bullet else start
        if dateline := _DATELINE.match(masked, first, end):
            first = dateline.end()
        body = masked[first:end]
        depth = _depth(masked[start:first], body) if _is_heading(body) else None
        level = first - start if bullet else _PLAIN
        reach = level if depth is None else depth
        headings = [h for h in headings if h[0] < reach or (depth is None and h[0] <= _PLAIN)]
        above = " > ".join(name for _, name in headings)
        if depth is not None:
            headings.append((depth, body.strip(" :\t*#_")))
        for s, e in _cut(masked, first, end):
            if e - s <= LONGEST:
                found.append(Sentence(s, e, text[s:e], above, number))
    return found


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    pieces, at = [], 0
    for start, end in spans:
        pieces += [text[at:start], "\n" * (end - start)]
        at = end
    return "".join([*pieces, text[at:]])


# Depths of headings; a bullet's depth is its indentation, which is more than any of these.
_SCOPE, _MARKDOWN, _PLAIN = -20, -10, 0
_ABOUT = re.compile(
    r"\W*(?:subject|scope|horizon|time\s?frame|period|outlook(?: period)?|forecast(?: period)?"
    r"|forecast horizon|time horizon)\s*:\s*\S", re.I,
)  # fmt: skip


def _is_heading(line: str) -> bool:
    bare = line.strip('"”’)*_# \t')
    if len(line) > 120 or not bare:
        return False
    if _ABOUT.match(line) and bare[-1] not in ".!?":
        return True
    words = len(bare.split())
    marked = line.lstrip().startswith("#") or bool(re.fullmatch(r"\s*\*\*[^*]+\*\*:?\s*", line))
    most = 14 if marked or bare[-1] == ":" else 6
    return 0 < words <= most and bare[-1] not in tuple(".!?…,;")


def _depth(bullet: str, body: str) -> int:
    if _ABOUT.match(body):
        return _SCOPE
    hashes = re.match(r"#+", body.lstrip())
    if hashes:
        return _MARKDOWN + len(hashes.group())
    return len(bullet) if bullet else _PLAIN


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Lines that are not blank; lines broken at a fixed width are joined again."""
    start = end = -1
    for line in re.finditer(r"[^\n\r\u2028]+", text):
        if not line.group().strip():
            continue
        if start >= 0 and _continues(text, start, end, line.start(), line.end()):
            end = line.end()
            continue
        if start >= 0:
            yield start, end
        start, end = line.span()
    if start >= 0:
        yield start, end


def _continues(text: str, start: int, end: int, next_start: int, next_end: int) -> bool:
    """Whether the next line goes on with a sentence that the line's width cut off."""
    before = text[max(start, text.rfind("\n", start, end) + 1) : end]
    after = text[next_start:next_end]
    if "\n" in text[end:next_start].replace("\n", "", 1) or (
        _BULLET.match(after.lstrip() + " ") and (after.lstrip()[:1] in "•●▪◦‣·*-–—")
    ):
        return False
    listed = _NUMBERED.match(text, start, end) or re.match(r"\s*(?:1[.)]|\d{1,2}\))\s", after)
    if listed and _NUMBERED.match(after):
        return False
    wrapped = 45 <= len(before) <= 130 and len(after) <= 130
    return wrapped and (not _TERMINAL.search(before.rstrip()) or after[:1].islower())


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for mark in _END.finditer(text, start, end):
        if _SHARE.match(text, mark.end(), end):
            continue  # "The film will win. 60 %": a prediction with its number
        if _HOUR.search(text, max(at, mark.start() - 4), mark.start() + 1) and (
            not text[mark.end() :].lstrip()[:1].isupper()
        ):
            continue
        if not _ABBREVIATION.search(text, max(at, mark.start() - 12), mark.start() + 1):
            yield from _trimmed(text, at, mark.end())
            at = mark.end()
    yield from _trimmed(text, at, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    if piece.strip():
        yield start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
