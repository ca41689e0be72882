"""A claim that goes on without its verb: "and probably next year", "and the Greens 30 %"."""

import re
from collections.abc import Iterator

from spacy.tokens import Doc

from forecasts.reading.chances.percentages import stated_percentage
from forecasts.reading.hedges.hedge import Hedge, text_of

_FURTHER = re.compile(
    r""",?\s(?:and|but)\s(?P<clause>(?P<how>(?:(?:very|most|quite)\s)?(?:probably|likely|possibly
    |perhaps))\s[^,;:.()]{4,90})(?=[,;.!:)"]|$)""",
    re.X,
)
_AHEAD = re.compile(r"\b(?:will|'ll|would|likely|expect\w*|set to|going to|forecast\w*)\b")
_SHARE = r"\d{1,2}(?:\.\d+)?\s?(?:%|per\s?cent)"
_CHANCE = re.compile(rf"{_SHARE} (?:\w+ )?(?:chance|probability|likelihood)\b")
_ANOTHER = re.compile(
    rf"(?:[,;]|\band)\s(?:and\s|but\s|while\s|with\s)?(?P<clause>(?!\d)(?:[\w.'-]+\s){{1,5}}?(?:at\s|a\s)?"
    rf"(?P<how>{_SHARE}))(?=[.,;]|$| and\b)"
)
_SURELY = {"probably": "likely", "likely": "likely"}


def continuations(doc: Doc) -> Iterator[Hedge]:
    """What is added to a forecast under another adverb or another percentage."""
    text = text_of(doc)
    for found in _FURTHER.finditer(text):
        if _AHEAD.search(text, 0, found.start()):
            word = found["how"].split()[-1]
            yield from _added(doc, found, _SURELY.get(word, word), None)
    first = _CHANCE.search(text)
    for found in _ANOTHER.finditer(text, first.end()) if first else ():
        yield from _added(doc, found, "", stated_percentage(found["how"]))


def _added(
    doc: Doc, found: re.Match[str], phrase: str, numbers: tuple[float, float] | None
) -> Iterator[Hedge]:
    clause = doc.char_span(*found.span("clause"), alignment_mode="expand")
    how = doc.char_span(*found.span("how"), alignment_mode="expand")
    if clause is None or how is None or any(t.pos_ in {"VERB", "AUX"} for t in clause):
        return
    yield Hedge(
        how[-1], how[-1], tuple(how), phrase, numbers=numbers, kind="elided",
        bounds=(clause.start, clause.end),
    )  # fmt: skip
