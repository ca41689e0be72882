"""Read an article's statements about the future: what, how sure, by when, says who."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from spacy.tokens import Doc

from forecasts.reading.attribution import Voices
from forecasts.reading.candidate import Candidate as Candidate
from forecasts.reading.clauses import clause_bounds
from forecasts.reading.conditions import condition_of
from forecasts.reading.dates import interval_of
from forecasts.reading.futurity import is_about_the_future
from forecasts.reading.hedges import Hedge
from forecasts.reading.horizons import horizon_in, horizon_of_heading
from forecasts.reading.language import parse
from forecasts.reading.names import spelled_out
from forecasts.reading.scales import RECOMMENDED, Estimate, estimate
from forecasts.reading.selection import GATE, hedges_in, independent
from forecasts.reading.sentences import Sentence, sentences

# Sentences without a hedge that still tell who speaks next.
_SAYS = re.compile(
    r"\b(?:said|says|added|told|believes?|argue[sd]?|warn(?:s|ed)|draws|according)\b"
)

STATED = "stated"  # name of the "scale" of numbers that the text gives itself


def read_statements(
    text: str, *, published: date | None = None, scale: str = RECOMMENDED
) -> list[Candidate]:
    """Statements about the future in an English article, ordered by where they start.

    Parameters
    ----------
    text : str
        The article as stored; page furniture in it is not read.
    published : date, optional
        Anchors horizons such as "this month". Without it they stay words.
    scale : str
        One of :func:`forecasts.reading.scales.scale_names`.

    Raises
    ------
    ValueError
        If there is no such scale.
    """
    estimate("likely", scale)
    read = [s for s in sentences(text) if _is_worth_parsing(s.text)]
    voices = Voices.of(text)
    candidates: list[Candidate] = []
    supposed = (-1, False)
    for sentence, doc in zip(read, parse(s.text for s in read), strict=True):
        for token in doc:
            voices.hear(token)
        hedges = _claims(doc, supposed=supposed == (sentence.paragraph, True))
        supposed = (sentence.paragraph, bool(hedges))
        for hedge in hedges:
            reading = _Reading(text, sentence, hedge, hedges, published, scale)
            candidates.append(reading.candidate(voices))
    return sorted(candidates, key=lambda c: (c.start, c.end))


def _is_worth_parsing(sentence: str) -> bool:
    if len(sentence.split()) < 2 or sentence.rstrip('"”’) ').endswith("?"):
        return False
    return bool(GATE.search(sentence) or _SAYS.search(sentence))


def _claims(doc: Doc, *, supposed: bool) -> list[Hedge]:
    chosen = independent(hedges_in(doc))
    return [h for h in chosen if is_about_the_future(h, supposed=supposed)]


@dataclass(frozen=True, slots=True)
class _Reading:
    """All that is needed to turn one hedge into a candidate."""

    text: str
    sentence: Sentence
    hedge: Hedge
    hedges: list[Hedge]
    published: date | None
    scale: str

    def candidate(self, voices: Voices) -> Candidate:
        first, stop = clause_bounds(self.hedge, self.hedges)
        start, end = self._offsets(first, stop)
        numbers = self._estimate()
        horizon = self._horizon(start, end)
        begins, ends = interval_of(horizon, self.published) if horizon else (None, None)
        speaker, kind = voices.speaker_of(self.hedge, start)
        alone = len(self.hedges) == 1
        return Candidate(
            start=start,
            end=end,
            quote=self.text[start:end],
            hedge=self._words(),
            polarity="negative" if self.hedge.negative else "affirm",
            probability=numbers.point,
            probability_low=numbers.low,
            probability_high=numbers.high,
            scale=numbers.scale,
            is_possibility=self.hedge.is_possibility,
            horizon=horizon,
            horizon_start=begins,
            horizon_end=ends,
            speaker=speaker,
            speaker_kind=kind,
            condition=condition_of(self.hedge.head, first, stop, alone=alone),
            actors=tuple(self._actors(first, stop, voices)),
        )

    def _offsets(self, first: int, stop: int) -> tuple[int, int]:
        doc = self.hedge.head.doc
        last = doc[stop - 1]
        return self.sentence.start + doc[first].idx, self.sentence.start + last.idx + len(last)

    def _words(self) -> str:
        """The hedge as the article writes it; words that stand apart are joined by a space."""
        base = self.sentence.start
        pieces = [(base + t.idx, base + t.idx + len(t)) for t in self.hedge.words]
        said = self.text[slice(*pieces[0])]
        for (_, left), (start, end) in pairwise(pieces):
            gap = self.text[left:start]
            said += (gap if not gap.strip() and len(gap) < 2 else " ") + self.text[start:end]
        return said

    def _estimate(self) -> Estimate:
        if self.hedge.numbers is not None:
            low, high = self.hedge.numbers
            return Estimate(low, round((low + high) / 2, 6), high, STATED)
        return estimate(self.hedge.phrase, self.scale)

    def _horizon(self, start: int, end: int) -> str | None:
        year = self.published.year if self.published else None
        lead = self.text[self.sentence.start : start]
        opening = lead if len(lead) <= 60 and lead.rstrip().endswith(",") else ""
        return (
            horizon_in(self.text[start:end], not_before=year)
            or horizon_in(opening, not_before=year)
            or horizon_of_heading(self.sentence.heading)
        )

    def _actors(self, first: int, stop: int, voices: Voices) -> Iterator[str]:
        seen: set[str] = set()
        for entity in self.hedge.head.doc[first:stop].ents:
            if entity.label_ in {"PERSON", "ORG", "GPE"}:
                start = self.sentence.start + entity.start_char
                name = self.text[start : start + len(entity.text)].removesuffix("’s")
                name = spelled_out(name.removesuffix("'s").removeprefix("the "), voices.names)
                if name not in seen:
                    seen.add(name)
                    yield name
