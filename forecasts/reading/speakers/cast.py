"""Who has spoken or acted so far, so that "he", "the director" and "the bank" can be resolved."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from forecasts.reading.speakers.people import ROLES, SAID, TITLED, People

_APPOSITION = r"(?:\s\([^)\n]{1,30}\))?(?:,\s[^,\".\n]{2,100}(?:,\s[^,\".\n]{2,60})?,)?"
_SPEAKS_AFTER = re.compile(
    rf"(?:'s)?{_APPOSITION}(?:\sof\s[^,.\"\n]{{2,40}},?)?"
    rf"\s(?:also\s|has\s|had\s|later\s|then\s|further\s|all\s|both\s)*{SAID}\b"
)
_SPEAKS_BEFORE = re.compile(
    rf"\b(?!tell|told|tells|asked|admitted)(?:{SAID}|in the (?:view|words|opinion) of),?"
    r"\s(?:(?!(?:that|will|would|could|with|to|on|for|about|and|by|if|as|than)\b)"
    r"(?:(?:Dr|Mr|Mrs|Ms|Prof|Gen|Sen|Lt|Col)\.|[\w'-]+,?)\s){0,6}$"
)
# "Ana Ruiz opened", "On Monday, the union's head, Ana Ruiz, opened": the subject of its sentence.
_OPENS = re.compile(
    r"(?:^|[.!?:]\"?\s|\n)\W{0,3}(?:[^.!?\n\"]{0,80},\s)?"
    r"(?:(?!(?:of|on|to|with|for|by|from|in|at|about|against|than|as|that|and|or|under|over|like"
    r"|between|after|before|if|when|while|because)\b)[\w.'-]+\s){0,6}$"
)
_GIVEN_NAMES = re.compile(r"(?:[A-ZÀ-Þ][\w.'-]*\s){1,5}$")
_BEFORE = 200  # characters before a mention in which its sentence's beginning is looked for
_WOMEN = re.compile(
    r"\b(?:Mrs|Ms|Miss|Dame|Madam|Baroness|Queen|Princess)\.?\s(?:[\w'-]+\s){0,2}?$"
)
_MEN = re.compile(r"\b(?:Mr|Sir|Lord|Baron|King|Prince|Sheikh)\.?\s(?:[\w'-]+\s){0,2}?$")
_ROLE = re.compile(rf"\b(?:{ROLES})s?\b", re.I)
_OFFICE_BEFORE = re.compile(  # "its chief economist, Ana Ruiz"
    rf"\b(?P<role>{ROLES}|Prof)(?:\s(?:of|at|for)\s[^,.\n]{{2,40}},|,|\.)?\s*$", re.I
)
_ANY_SPEAKER = frozenset({"expert", "analyst", "observer"})  # whose field is told of itself
_LEAD = 400  # characters; who is nameless in an article's opening is named after it
_NAMED_SOON = 700
_DEFINITE = re.compile(rf"(?:[Tt]he|[Tt]his|[Tt]hat)\s(?:[a-z-]+\s){{0,2}}?(?P<role>{ROLES})$")
_INDEFINITE = re.compile(
    rf"(?:[Aa]n?|[Oo]ne)\s(?:[\w'-]+\s){{0,6}}?(?P<role>{ROLES})(?:\s(?:at|from|of|in|with|for)\s.*)?$"
)


@dataclass(frozen=True, slots=True)
class Person:
    """One mention of a person in the narrator's own words."""

    at: int
    name: str
    spoke: bool  # a verb of saying is theirs
    opens: bool  # they are the subject of their sentence


@dataclass(frozen=True, slots=True)
class Cast:
    """The persons of one article, by what they do in it."""

    _mentions: Sequence[Person]
    _offices: Mapping[str, str]  # name -> all that is said of who they are, in small letters
    _pronouns: Mapping[str, str]  # surname -> "he" or "she", where a title tells
    _breaks: Sequence[int]  # where lines end

    @classmethod
    def of(cls, text: str, people: People) -> "Cast":
        found = list(_mentions(text, people))
        offices: dict[str, str] = {}
        pronouns: dict[str, str] = {}
        for one in found:
            offices[one.name] = f"{offices.get(one.name, '')} {_office(text, one.at)}"
            before = text[max(0, one.at - 40) : one.at]
            if _WOMEN.search(before) or _MEN.search(before):
                pronouns[one.name.split()[-1]] = "she" if _WOMEN.search(before) else "he"
        return cls(found, offices, pronouns, [m.start() for m in re.finditer("\n", text)])

    def meant_by(self, pronoun: str, at: int, *, going_on: bool = False) -> tuple[int, str] | None:
        """Whom "he" or "she" means before ``at``, and where: who spoke last or opened a sentence.

        With ``going_on``, as in "he added", only who has spoken counts, or opened a sentence of
        the same paragraph.
        """
        above = bisect_left(self._breaks, at)
        paragraph = self._breaks[above - 1] if above else -1
        for one in self._backwards(at):
            told = one.spoke or (one.opens and (not going_on or one.at > paragraph))
            if told and self.may_be(pronoun, one.name):
                return one.at, one.name
        return None

    def named(self, pronoun: str, at: int) -> str | None:
        """The person named last before ``at``, whatever they do there."""
        return next((p.name for p in self._backwards(at) if self.may_be(pronoun, p.name)), None)

    def holding(self, label: str, at: int) -> str | None:
        """Whom "the director" means; or "a professor", who opens an article and is then named."""
        if known := _DEFINITE.fullmatch(label):
            role = known["role"].lower()
            holder = next((p.name for p in self._backwards(at) if self._holds(p.name, role)), None)
            if holder is None and role in _ANY_SPEAKER:
                return next((p.name for p in self._backwards(at) if p.spoke), None)
            return holder
        if at < _LEAD and _INDEFINITE.fullmatch(label):
            after = (p for p in self._mentions if at < p.at < at + _NAMED_SOON)
            first = next((p.name for p in after if p.opens or p.spoke), None)
            return first if first is not None and self._offices.get(first, "").strip() else None
        return None

    def has_spoken(self) -> bool:
        """Whether anybody of these says anything."""
        return any(one.spoke for one in self._mentions)

    def is_person(self, name: str) -> bool:
        """Whether the article says what this one is, or calls them by a title."""
        known = self._offices.get(name, "").strip() or name.split()[-1] in self._pronouns
        return bool(known) or TITLED.search(name) is not None

    def _holds(self, name: str, role: str) -> bool:
        return role in self._offices.get(name, "").split()

    def may_be(self, pronoun: str, name: str) -> bool:
        """Whether nothing that is known of them speaks against the pronoun."""
        return self._pronouns.get(name.split()[-1], pronoun) == pronoun or pronoun == "they"

    def _backwards(self, at: int) -> Iterator[Person]:
        i = bisect_left(self._mentions, at, key=lambda one: one.at)
        return (self._mentions[k] for k in range(i - 1, -1, -1))


def _mentions(text: str, people: People) -> Iterator[Person]:
    for at, end, name in people.mentions():
        lead = _GIVEN_NAMES.sub("", text[max(0, at - _BEFORE) : at])
        spoke = bool(_SPEAKS_AFTER.match(text, end) or _SPEAKS_BEFORE.search(lead))
        yield Person(at, name, spoke, bool(_OPENS.search(lead)))


def _office(text: str, at: int) -> str:
    """The roles that stand right before and, after a comma or "is", behind a name."""
    stop = re.compile(r"[.!?\n\"]").search(text, at + 1)
    after = text[at : min(stop.start() if stop else len(text), at + 120)]
    behind = re.match(r"[\w'-]+(?:,|\s(?:is|was|who))\s(?P<what>.*)", after)
    before = text[max(0, at - 70) : at]
    lead = _GIVEN_NAMES.sub("", before)
    opening = _OFFICE_BEFORE.search(lead)
    said = (opening["role"] if opening else "") + " " + (behind["what"][:90] if behind else "")
    said = re.sub(r"\bProf\b", "professor", said)
    return " ".join(found.group().lower().rstrip("s") for found in _ROLE.finditer(said))
