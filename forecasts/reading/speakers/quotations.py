"""Who is quoted where: quotation marks and the credits around them."""

import re
from collections.abc import Sequence

from forecasts.reading.speakers.cast import Cast
from forecasts.reading.speakers.crediting import INTRODUCED, NEAR, credited_with
from forecasts.reading.speakers.people import ROLES, People
from forecasts.reading.speakers.quoted_spans import Spoken
from forecasts.reading.speakers.tellers import Tellers

_BRINGING_IN = re.compile(  # "Asked about it, Ann Lee was blunt: "
    r"(?P<who>(?!(?:The|His|Her|Its|But|And|In|On|At)\b)[A-ZÀ-Þ][\w'-]+(?: [A-ZÀ-Þ][\w'-]+)+)"
    r" (?:was|is|did not|has|had|sounded|put|gave)\b[^.:\"]{0,60}:\s*$"
)
_GOES_ON = re.compile(r"[,\s]*the [\w' -]{3,40} (?:added|continued|went on)\b")
# "Dr Ann Lee", alone on a line above what she is quoted with, her post on the next.
_BYLINE = re.compile(
    r"(?:(?:Dr|Prof|Professor|Sir|Dame|Lord|Ms|Mr|Mrs)\.? )?"
    r"([A-ZÀ-Þ][\w'-]+(?: (?:[A-ZÀ-Þ][\w'-]*\.?|van|von|de|bin|al))+)"
)
_BYLINE_AT = 3  # lines above at most
_NAMELESS = re.compile(  # "A retired vice admiral who teaches law"
    r"(?P<who>(?:An?|One|The|Another)(?:\s[a-z][\w'-]*){1,5}?)(?=,|\s(?:who|at|of|in|from|with)\b)"
)
_NAMELESS_ROLE = re.compile(rf"\b(?:[Aa]n?|[Oo]ne)\s(?:[\w'-]+\s){{0,3}}?{ROLES}\b")
_A_ROLE = re.compile(rf"(?:The|An?|One|Another|His|Her|Its)\s(?:[\w'-]+\s){{0,3}}?{ROLES}\b")
_ITS_WORDS = re.compile(r"\b(?:[Hh]e|[Ss]he|[Tt]hey|[Hh]is|[Hh]er|[Tt]heir)\b[^.:]{2,60}:$")
_PRONOUNS = frozenset({"he", "she", "they"})
_SHORTEST = 5  # words; fewer between quotation marks are a term, and nobody's statement
_RECENT = 700  # characters since somebody spoke in which "he" still means that one


def quotations(
    text: str, spans: Sequence[tuple[int, int]], people: People, tellers: Tellers, cast: Cast
) -> list[Spoken]:
    """The quotations at ``spans`` with their speakers.

    One without a credit of its own takes the speaker of the one before it in
    its paragraph. A paragraph that opens with a quotation nobody is credited
    with goes on with the last speaker of the paragraph above.
    """
    found: list[Spoken] = []
    paragraph, speaker = -1, None
    for start, end in spans:
        here = text.rfind("\n", 0, start)
        if here != paragraph:
            opens = not text[here + 1 : start].strip(" \t*>-—")
            speaker = _from_above(text, here, paragraph, speaker, people) if opens else None
            speaker = speaker or (_told_above(text, here, tellers) if opens else None)
            paragraph = here
        term = _is_term(text[start:end])
        credited = credited_with(text, start, end, people, beside=not term)
        if credited is not None and credited.lower() in _PRONOUNS:
            told = [
                tellers.last_before(start, among="persons", after=here + 1),
                cast.meant_by(credited.lower(), start, going_on=True),
                _last_spoken(found, credited.lower(), cast),
            ]
            latest = max((one for one in told if one is not None), default=None)
            credited = latest[1] if latest else people.last_before(start)
        elif credited is not None and credited.startswith("the ") and _GOES_ON.match(text, end):
            last = next((q.speaker for q in reversed(found) if q.speaker), None)
            credited = last if last is not None and last[:1].isupper() else credited
        if credited is None and term:
            found.append(Spoken(start, end, None))
            continue
        speaker = credited or speaker or _introduced(text, here, start, people)
        speaker = speaker or _still_speaking(text, found, start, people, tellers)
        found.append(Spoken(start, end, speaker))
    return _carried_back(text, found)


def _last_spoken(found: Sequence[Spoken], pronoun: str, cast: Cast) -> tuple[int, str] | None:
    """Place and name of the last one quoted whom the pronoun may mean."""
    for one in reversed(found):
        if one.speaker is not None and cast.may_be(pronoun, one.speaker):
            return one.end, one.speaker
    return None


def _still_speaking(
    text: str, found: Sequence[Spoken], start: int, people: People, tellers: Tellers
) -> str | None:
    """Whose sentence leads up to it, or who spoke last: 'He drew a map. "If it opens, ..."'."""
    paragraph = text.rfind("\n", 0, start) + 1
    if not text[paragraph:start].strip(" \t*>-—"):
        return None
    named = people.last_before(start, after=paragraph)
    told = tellers.last_before(start, among="persons", after=paragraph)
    if told is not None and people.last_before(start, after=told[0]) is None:
        return told[1]
    last = re.split(r"(?<=[.!?])\s(?=[A-Z])", text[paragraph:start].strip())[-1]
    if named is None and (opens := _A_ROLE.match(last)):
        return opens[0][0].lower() + opens[0][1:]  # 'The minister was upbeat. "It will grow."'
    spoke = next((q for q in reversed(found) if q.speaker is not None), None)
    recent = spoke.speaker if spoke is not None and spoke.end > start - _RECENT else None
    return named or recent


def _carried_back(text: str, spoken: list[Spoken]) -> list[Spoken]:
    """A quotation left open at its paragraph's end goes on below, where its speaker is named."""
    found = list(spoken)
    for i in range(len(found) - 2, -1, -1):
        one, following = found[i], found[i + 1]
        is_open = text[one.end - 2 : one.end - 1] != '"' and text[one.end - 1 : one.end] != '"'
        goes_on = not text[one.end - 1 : following.start].strip()
        if is_open and goes_on and one.speaker is None and following.speaker is not None:
            found[i] = Spoken(one.start, one.end, following.speaker)
    return found


def _is_term(quoted: str) -> bool:
    """ "hold the line", "attack": a few words quoted for themselves."""
    return len(quoted.split()) < _SHORTEST and quoted.rstrip("\"' ")[-1:] not in tuple(".!?,")


def _from_above(
    text: str, here: int, paragraph: int, speaker: str | None, people: People
) -> str | None:
    """The speaker of the paragraph above, or the person it ends by introducing."""
    above_end = max(here, 0)
    while above_end and text[above_end - 1].isspace():
        above_end -= 1
    above = text.rfind("\n", 0, above_end)
    if above == paragraph and speaker is not None:
        return speaker
    if text[max(here, 0) + 1 : here + 2] == "'" and (signed := _signed(text, here)):
        return signed
    named = people.last_before(above_end, after=above + 1)
    if named is None and text[:above_end].endswith(":"):
        return _presented(text[above + 1 : above_end])
    asked = re.search(r"\basked\b|\bspoke\b|\bmet\b", text[max(above, 0) : above_end])
    return named if text[:above_end].endswith(":") or asked else None


def _presented(paragraph: str) -> str | None:
    """ "A professor of law sees it more darkly. He writes:": who opens it, without a name."""
    opening = _NAMELESS.match(paragraph)
    if opening is None or not _ITS_WORDS.search(paragraph):
        return None
    known = _NAMELESS_ROLE.search(paragraph.partition(". ")[0])
    return known[0] if known else opening["who"]


def _told_above(text: str, here: int, tellers: Tellers) -> str | None:
    """ "The expert explained why." and, in the next paragraph, a quotation without a credit."""
    above_end = len(text[: max(here, 0)].rstrip())
    above = text.rfind("\n", 0, above_end) + 1
    told = tellers.last_before(above_end, among="persons", after=above)
    return told[1] if told is not None and '"' not in text[above:above_end] else None


def _signed(text: str, here: int) -> str | None:
    """The name that stands alone on one of the last lines above."""
    lines = [line for line in text[max(0, here - 300) : max(here, 0)].split("\n") if line.strip()]
    names = (_BYLINE.fullmatch(line.strip()) for line in reversed(lines[-_BYLINE_AT:]))
    return next((found[1] for found in names if found), None)


def _introduced(text: str, here: int, start: int, people: People) -> str | None:
    """ "Professor Chen was blunt: ..." """
    if not INTRODUCED.search(text, max(here + 1, 0), start):
        return None
    named = people.last_before(start, after=here + 1)
    lead = re.split(r"[.!?]\"? (?=[A-Z])", text[max(here, 0, start - NEAR) : start])[-1]
    stranger = _BRINGING_IN.search(lead)
    return named or (stranger["who"] if stranger else None)
