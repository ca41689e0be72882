"""Who is credited with a quotation: the words beside it that say who said it."""

import re

from forecasts.reading.speakers.names import PERSON
from forecasts.reading.speakers.people import ROLES, SAID, People

NEAR = 160  # characters around a quotation in which its credit is looked for
INTRODUCED = re.compile(r"[:,]\s*$")
_WHO = (
    rf"({PERSON}|he|she|they|(?:[Aa]n?|[Oo]ne|[Tt]he|[Aa]nother)\s(?:[\w'-]+\s){{0,3}}?{ROLES}s?"
    r"|(?:[Tt]he\s|an?\s|one\s|some\s|other\s|many\s)?[a-z-]+(?:\s[a-z-]+){0,4}?)"
)
_HELPED = r"(?:has\s|have\s|had\s|also\s|later\s|then\s)?"
_AFTER = [
    re.compile(
        rf"[,\s]*\b{SAID}\s+{_WHO}"
        r"(?=[,.;:\"]|\s(?:of|at|from|in|who|on|with|for|now|and|based|as|close)\b|\s*$)"
    ),
    re.compile(
        r"[,\s]*is the (?:view|verdict|judge?ment|opinion|assessment|conclusion|warning|forecast"
        rf"|prediction) (?:of|from) {_WHO}(?=[,.;:]|\s*$)"
    ),
    re.compile(rf"[,\s]*{_WHO}(?:,[^,\".]{{1,80}},)?\s+{_HELPED}{SAID}\b"),
]
# "Tom Reed of Harbour Analytics" is Tom Reed.
_AFFILIATED = re.compile(r"^([A-ZÀ-Þ][\w'-]+(?: [A-ZÀ-Þ][\w.'-]*)+) of [A-ZÀ-Þ].*$")
# "its director, Pål Rustad, said", "said its director, Pål Rustad"
_APPOSED = re.compile(r"[a-z]{3,},\s([A-ZÀ-Þ][\w'-]+(?:\s[A-ZÀ-Þ][\w.'-]*)+)\s?(?:,|\.|$)")
_BELOW = re.compile(rf"\s*[—-]*\s*({PERSON})\s*(?:,[^\n]{{0,80}})?(?<!:)(?<!: )(?=\n|$)")
_SENTENCE_END = re.compile(r"[.!?]\s|\n|\"|$")
_SAID = re.compile(rf"\b{SAID}\b")
_BEFORE = re.compile(
    rf"(?<![\w']){_WHO}(?<! and)(?:,[^,\".]{{1,80}},)?\s+{_HELPED}{SAID}\b[^.\"]{{0,40}}[,:]?\s*$"
)
_OF_A_BODY = re.compile(r"[A-ZÀ-Þ][\w'-]+,? (?:of|at|from|with) (?:[\w'-]+ ){0,4}$")
_PASSED_ON = re.compile(r"[,\s]*(?:according to )?[A-ZÀ-Þ][\w .]{1,30}? reported\b")
_OPENER = re.compile(r"^(?:But|And|Yet|Still|Then|So|Now) (?=[A-ZÀ-Þ])")


def credited_with(text: str, start: int, end: int, people: People, *, beside: bool) -> str | None:
    """Who is credited; with ``beside`` also whoever is named in the sentence of saying."""
    found = _credit(text, start, end)
    if beside and (found is None or not (found.islower() or " " in found)):
        found = _person_beside(text, start, end, people) or found
    if found is None:
        return None
    return _AFFILIATED.sub(r"\1", _OPENER.sub("", found)).rstrip(" .")


def _person_beside(text: str, start: int, end: int, people: People) -> str | None:
    """Who is named in a sentence of saying that goes on after the quotation or leads up to it:
    ' ..." Colonel (ret.) Jo Berg, who planned it, said', 'Ann Lee, of the bank, said: "'."""
    stop = _SENTENCE_END.search(text, end)
    after = text[end : min(stop.start() if stop else end, end + NEAR)]
    if _SAID.search(after) and not _is_ended(text, end):
        return people.last_before(end + len(after), after=end)
    line = text.rfind("\n", 0, start) + 1
    before = max(line, start - NEAR)
    opening = [m.end() for m in re.finditer(r"[.!?]\"?\s(?=[A-Z])", text[before:start])]
    before += opening[-1] if opening else 0
    if INTRODUCED.search(text, before, start) and _SAID.search(text, before, start):
        return people.last_before(start, after=before)
    return None


def _is_ended(text: str, end: int) -> bool:
    """Whether the sentence ends with its quotation: the next one credits what it quotes itself."""
    return text[end - 2 : end] == '."' and re.match(r"\s+[A-ZÀ-Þ]", text[end : end + 9]) is not None


def _is_heading(name: str, text: str) -> bool:
    """ "DOUBLING DOWN", in capitals and never written as a name."""
    return name.isupper() and " " in name and name.title() not in text


def _credit(text: str, start: int, end: int) -> str | None:
    after = text[end : end + NEAR].split("\n\n\n")[0]
    if _PASSED_ON.match(after):
        after = ""  # "Ann Lee said: "...", the agency reported": she is whose words they are
    said = _SAID.search(after) or after.lstrip(", ").startswith("is the ")
    for pattern in _AFTER if said and not _is_ended(text, end) else []:
        if found := pattern.match(after.partition("\n")[0]):
            named = _APPOSED.search(found.group() + after[found.end() :][:60])
            return named[1] if found[1].islower() and named else found[1]
    if (found := _BELOW.match(after)) and not _is_heading(found[1], text):
        return found[1]
    before = text[max(0, start - NEAR) : start].rpartition("\n")[2]
    found = _BEFORE.search(before) if _SAID.search(before) else None
    if found and _OF_A_BODY.search(before[: found.start()]):
        return None  # "Ann Lee of the union said": see ``_person_beside``
    return found[1] if found else None
