"""Lists of predictions, told in the present: "Five predictions: 1. Arland leaves the union."."""

import re
from collections.abc import Iterator

from spacy.tokens import Doc, Token

from forecasts.reading.hedges.hedge import Hedge
from forecasts.reading.parsing.grammar import is_negated, own_subject, tense

_OPENING = 600  # characters in which an article announces its list
_ANNOUNCED = re.compile(
    r"\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten|dozen|twelve|twenty|our|my|bold|key|top)"
    r"\s(?:\w+\s){0,2}?(?:predictions|forecasts)\b", re.I,
)  # fmt: skip
_NUMBERED = re.compile(r"(?:^|\n)[ \t\u00a0]*\d{1,2}[.)][ \t\u00a0]+[^\n]*$")


def announces_predictions(text: str) -> bool:
    """Whether the article says at its beginning that it is a list of predictions."""
    return _ANNOUNCED.search(text, 0, _OPENING) is not None


def is_listed(text: str, start: int) -> bool:
    """Whether what starts there belongs to the line of a numbered entry."""
    return _NUMBERED.search(text, max(0, text.rfind("\n", 0, start)), start) is not None


def listed_hedges(doc: Doc) -> Iterator[Hedge]:
    """The hedges of an entry: each clause in the present with a subject of its own."""
    for verb in doc:
        if verb.pos_ in {"VERB", "AUX"} and verb.dep_ in {"ROOT", "conj"} and _is_told(verb):
            negated = is_negated(verb)
            phrase = "will not" if negated else "will"
            yield Hedge(verb, verb, (verb,), phrase, negated, kind="scheduled")


def _is_told(verb: Token) -> bool:
    who = own_subject(verb)
    return who is not None and who.lower_ not in {"i", "we", "you"} and tense(verb) == "present"
