"""Where the narrator goes on retelling a view: "The gap may close, Ann Lee said. It will ...".

A sentence with its speaker set into it or behind it, without quotation marks, is that one's view
in the narrator's words. The paragraph goes on with it until somebody else speaks, something that
happened is told, or a date that is fixed anyway.
"""

import re
from collections.abc import Iterator

from forecasts.reading.speakers.names import NAME
from forecasts.reading.speakers.people import SAID, SAY
from forecasts.reading.speakers.quoted_spans import Spoken
from forecasts.reading.speakers.referents import Referents

_SENTENCE = re.compile(r"[^\n]+?(?:[.!?](?=\s+[\"'(A-ZÀ-Þ])|$)", re.M)
_WHO = rf"(?:{NAME}|he|she|they|(?:the |an? |one |some |most |many )?[a-z-]+(?: [a-z-]+){{0,3}})"
_SET_IN = re.compile(  # "A clash, Ann Lee says, is unlikely.", "It may be cut, said Lee."
    rf", (?:(?P<who>{_WHO})(?: (?:of|at|from) [^,.;\"]{{2,40}}?)? (?:{SAID}|{SAY})(?=,|\.?$)"
    rf"|(?:{SAID}|{SAY}) (?P<last>(?!that\b)[^,;:]{{3,60}}?)(?=,|\.?$))"
)
_OTHERS = re.compile(
    rf"\b(?:{SAID}|{SAY}|[Oo]thers?|[Cc]ritics?|[Oo]pponents?|[Nn]ot (?:everyone|everybody|all)"
    r"|[Bb]y contrast|view of|opinion of|according)\b|\""
)
_NARRATED = re.compile(r"\b(?:was|were|had|did|due on|due in|scheduled|took|came|rose|fell)\b")


def retellings(text: str, known: Referents) -> list[Spoken]:
    """What follows such a sentence in its paragraph, with whose view it is."""
    return [
        spoken for line in re.finditer(r"[^\n]+", text) for spoken in _told_on(line, text, known)
    ]


def _told_on(line: re.Match[str], text: str, known: Referents) -> Iterator[Spoken]:
    speaker: str | None = None
    for sentence in _SENTENCE.finditer(text, *line.span()):
        said = sentence.group()
        if '"' not in said and (set_in := _SET_IN.search(said)):
            speaker = _resolved(set_in["who"] or set_in["last"], sentence.start(), known)
        elif _OTHERS.search(said) or _NARRATED.search(said):
            speaker = None
        elif speaker is not None:
            yield Spoken(*sentence.span(), speaker)


def _resolved(who: str, at: int, known: Referents) -> str | None:
    if who.lower() in {"he", "she", "they"}:
        return known.meant_by(who.lower(), at)
    return known.people.called(who.split()[-1]) or who
