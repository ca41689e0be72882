"""Whom a pronoun, a surname, an office or a short name means at a place of the text."""

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from forecasts.reading.speakers.bodies import Bodies
from forecasts.reading.speakers.cast import Cast
from forecasts.reading.speakers.names import spelled_out
from forecasts.reading.speakers.people import People
from forecasts.reading.speakers.quoted_spans import Spoken
from forecasts.reading.speakers.tellers import Tellers

SpeakerKind = Literal["author", "publisher", "named", "unnamed"]
Found = tuple[str, SpeakerKind]

_NEAR = 600  # characters before a pronoun in which a nameless speaker is looked for


@dataclass(frozen=True, slots=True)
class Referents:
    """Everybody whom one article names, quotes or lets speak."""

    quotations: list[Spoken]
    people: People
    strangers: People
    tellers: Tellers
    cast: Cast
    bodies: Bodies
    names: Mapping[str, str]

    def last_body(self, at: int) -> tuple[int, str] | None:
        """The body that spoke or acted last, by name or without one."""
        told = self.tellers.last_before(at, among="bodies", after=at - _NEAR)
        named = self.bodies.last_before(at, after=at - _NEAR)
        wrote = self.bodies.writer_before(at, after=at - _NEAR)
        last = max((one for one in (told, named, wrote) if one is not None), default=None)
        return last or self.tellers.acting_before(at, after=at - _NEAR)

    def meant_by(self, pronoun: str, at: int, *, going_on: bool = False) -> str | None:
        """Whom "he", "she" or "they" means: the one who spoke last, or was spoken of last."""
        spoken = [self.tellers.last_before(at, among="persons", after=at - _NEAR)]
        if pronoun == "they":
            spoken.append(self.tellers.last_before(at, among="crowds", after=at - _NEAR))
            spoken.append(self.last_body(at))
        spoken.append(self.cast.meant_by(pronoun, at, going_on=going_on))
        ended = bisect_left(self.quotations, at, key=lambda one: one.end)
        recent = (self.quotations[i] for i in range(ended - 1, -1, -1))
        quoted = next((q for q in recent if q.speaker), None)
        if quoted is not None and quoted.speaker is not None and quoted.end > at - _NEAR:
            spoken.append((quoted.end, quoted.speaker))
        if told := max((one for one in spoken if one is not None), default=None):
            return told[1]
        return (
            self.cast.named(pronoun, at)
            or self._last_quoted(at)
            or (None if pronoun == "they" else self.strangers.last_before(at))
        )

    def _last_quoted(self, at: int) -> str | None:
        earlier = [q.speaker for q in self.quotations if q.start < at and q.speaker]
        return next((name for name in reversed(earlier) if name[0].isupper()), None)

    def speaker(self, name: str, at: int, *, crowd: bool | None = None) -> Found:
        if name.lower() in {"i", "we", "the author"}:
            return "author", "author"
        if name.lower() == "it" and (body := self.last_body(at)):
            return body[1], "named"
        if known := self.cast.holding(name, at) or self.bodies.meant_by(name, at):
            return known, "named"
        if " " not in name and (person := self.people.called(name)):
            return person, "named"
        if crowd is None:
            name = re.sub(r"^(?:The|An?|One|Another)(?= [a-z])", lambda m: m[0].lower(), name)
            crowd = not any(word[:1].isupper() for word in name.split())
        return spelled_out(name, self.names), "unnamed" if crowd else "named"
