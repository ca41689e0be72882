"""Who says so? The author, unless somebody is quoted or reported."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from forecasts.reading.documents.furniture import furniture_spans
from forecasts.reading.hedges.hedge import Hedge
from forecasts.reading.parsing.clauses import clause_root
from forecasts.reading.parsing.language import plain
from forecasts.reading.speakers.bodies import Bodies
from forecasts.reading.speakers.cast import Cast
from forecasts.reading.speakers.credits import credited_paragraphs
from forecasts.reading.speakers.digests import retold_report
from forecasts.reading.speakers.holders import holder_of, reporter, reporting
from forecasts.reading.speakers.interviews import dialogue_turns
from forecasts.reading.speakers.names import full_names
from forecasts.reading.speakers.people import People
from forecasts.reading.speakers.quotations import quotations
from forecasts.reading.speakers.quoted_spans import Spoken, quoted_spans
from forecasts.reading.speakers.referents import Referents, SpeakerKind
from forecasts.reading.speakers.retellings import retellings
from forecasts.reading.speakers.sources import according_to
from forecasts.reading.speakers.tellers import Tellers

_ORATION = re.compile(  # "Prepared remarks from Gov. Ann Lee", as the title of the text
    r"(?:(?i:full text|transcript)(?:[:,]| of) )?"
    r"(?:(?i:the|his|her|prepared|opening|closing|keynote)\s)*"
    r"(?i:remarks|speech|testimony|address|lecture)\s(?:from|by|of|delivered by|given by)\s"
    r"((?:[A-ZÀ-Þ][\w'’.-]*)(?:\s(?:[A-ZÀ-Þ][\w'’.-]*|of|de|van|von|bin|al))*)(?=[,:\n]|\s[a-z(])"
)


@dataclass(frozen=True, slots=True)
class Voices:
    """Who speaks where in one article."""

    known: Referents
    turns: list[Spoken]
    orator: str | None  # whose speech the text is, by its title, or whose report it retells
    credited: list[Spoken]  # whole paragraphs: "According to ...", "... – The Daily Star"
    retold: list[Spoken]  # what follows "It may close, Ann Lee said."

    @classmethod
    def of(cls, text: str) -> "Voices":
        smooth = plain(text.replace("\n", "\ufffc")).replace("\ufffc", "\n")
        for start, end in furniture_spans(text):  # which may stand between two paragraphs
            smooth = smooth[:start] + "\n" * (end - start) + smooth[end:]
        spans = quoted_spans(smooth, text)
        people = People.of(smooth).without(spans)
        tellers = Tellers.of(smooth)
        cast = Cast.of(smooth, people)
        known = Referents(
            quotations(smooth, spans, people, tellers, cast),
            people,
            People.strangers(smooth).without(spans),
            tellers,
            cast,
            Bodies.of(smooth, people, cast),
            full_names(text),
        )
        oration = _ORATION.match(text.lstrip())
        return cls(
            known,
            dialogue_turns(smooth, people),
            oration[1] if oration else retold_report(smooth, known.quotations, people, cast),
            credited_paragraphs(smooth),
            retellings(smooth, known),
        )

    def speaker_of(self, hedge: Hedge, at: int, base: int) -> tuple[str, SpeakerKind]:
        """Name and kind of who makes the claim of ``hedge``.

        ``at`` is the offset of its clause in the text, ``base`` that of its sentence.
        """
        found = self._speaker_of(hedge, at, base)
        if found[1] == "author" and self.orator is not None:
            return self.orator, "named"
        return found

    def _speaker_of(self, hedge: Hedge, at: int, base: int) -> tuple[str, SpeakerKind]:
        quotation = _covering(self.known.quotations, at) or _covering(
            self.known.quotations, base + hedge.head.idx
        )
        root = clause_root(hedge)
        report = reporting(hedge)
        if quotation is not None and quotation.speaker is not None and report is not None:
            inside = quotation.start <= base + report.idx < quotation.end
            report = report if inside else None  # "said Tom Reed": its credit is known already
        found = reporter(self.known, report, at) if report is not None else None
        turn = _covering(self.turns, at)
        if found is not None and (found[1] != "author" or (quotation is None and turn is None)):
            return found
        if found is None and quotation is None and (holder := holder_of(self.known, hedge, at)):
            return holder
        if (
            report is None
            and quotation is None
            and (named := according_to(self.known, root, at, base))
        ):
            return named
        if quotation is not None and quotation.speaker is not None:
            return self.known.speaker(quotation.speaker, at)
        if turn is not None and turn.speaker is not None:
            return self.known.speaker(turn.speaker, at)
        goes_on = _covering(self.credited, at) or _covering(self.retold, at)
        own = found is not None and found[1] == "author" and quotation is not None  # "we expect"
        said = own or (found is None and hedge.kind != "report")
        if said and goes_on is not None and goes_on.speaker is not None:
            return self.known.speaker(goes_on.speaker, at)
        return "author", "author"


def _covering(spans: Sequence[Spoken], at: int) -> Spoken | None:
    i = bisect_right(spans, at, key=lambda one: one.start) - 1
    return spans[i] if i >= 0 and at < spans[i].end else None
