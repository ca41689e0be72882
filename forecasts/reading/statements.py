"""Read an article's statements about the future: what, how sure, by when, says who."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from forecasts.reading.acceptance.candidates import LEARNED_IN, Considered, considered
from forecasts.reading.acceptance.model import is_accepted
from forecasts.reading.candidate import Candidate as Candidate
from forecasts.reading.hedges.confidence import Confidence, confidence_by_sentence
from forecasts.reading.hedges.hedge import Hedge
from forecasts.reading.hedges.selection import independent, shared
from forecasts.reading.horizons.dates import interval_of
from forecasts.reading.horizons.horizon import horizon_in, horizon_of_heading
from forecasts.reading.horizons.horizon import spelled_out as spelled_out_time
from forecasts.reading.parsing.clauses import clause_bounds
from forecasts.reading.parsing.conditions import condition_of
from forecasts.reading.parsing.language import find_names
from forecasts.reading.parsing.sentences import Sentence, sentences
from forecasts.reading.scales import RECOMMENDED, Estimate, estimate
from forecasts.reading.speakers.attribution import Voices
from forecasts.reading.speakers.names import spelled_out

_AHEAD = re.compile(r"\b(?:outlook|forecasts?|scenarios?|predictions?|the year ahead)\b", re.I)
_MEMORY = 400  # characters before "by then" in which the time it means is looked for

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
    cut = sentences(text)
    year = published.year if published else LEARNED_IN
    read = [(one, _claims(one)) for one in considered(text, cut, year=year)]
    # Names cost as much as the parse, and only what is offered has need of them.
    find_names([one.doc for one, claims in read if claims])
    article = _Article(text, Voices.of(text), confidence_by_sentence(cut), published, scale)
    candidates = [
        _Reading(article, one.sentence, hedge, claims).candidate()
        for one, claims in read
        for hedge in claims
    ]
    return sorted(candidates, key=lambda c: (c.start, c.end))


def _claims(read: Considered) -> list[Hedge]:
    pairs = zip(read.hedges, read.features, strict=True)
    taken = [hedge for hedge, features in pairs if is_accepted(features)]
    return [one for hedge in independent(taken) for one in (hedge, *shared(hedge))]


@dataclass(frozen=True, slots=True)
class _Article:
    """What the readings of one article share."""

    text: str
    voices: Voices
    confidence: Mapping[int, Confidence]
    published: date | None
    scale: str


@dataclass(frozen=True, slots=True)
class _Reading:
    """All that is needed to turn one hedge into a candidate."""

    article: _Article
    sentence: Sentence
    hedge: Hedge
    hedges: list[Hedge]

    @property
    def text(self) -> str:
        return self.article.text

    @property
    def published(self) -> date | None:
        return self.article.published

    def candidate(self) -> Candidate:
        first, stop = clause_bounds(self.hedge, self.hedges)
        start, end = self._offsets(first, stop)
        numbers = self._estimate()
        horizon = self._horizon(start, end)
        begins, ends = self._interval(horizon, start) if horizon else (None, None)
        speaker, kind = self.article.voices.speaker_of(self.hedge, start, self.sentence.start)
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
            actors=tuple(self._actors(first, stop)),
            phrase=None if self.hedge.numbers is not None else self.hedge.phrase,
            confidence=self.article.confidence.get(self.sentence.start),
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
        return estimate(self.hedge.phrase, self.article.scale)

    def _horizon(self, start: int, end: int) -> str | None:
        year = self.published.year if self.published else None
        lead = self.text[self.sentence.start : start]
        opening = lead if len(lead) <= 60 and lead.rstrip().endswith(",") else ""
        return (
            horizon_in(self.text[start:end], not_before=year)
            or horizon_in(opening, not_before=year)
            or horizon_of_heading(self.sentence.heading, not_before=year)
            or self._horizon_of_title(year)
        )

    def _horizon_of_title(self, year: int | None) -> str | None:
        """Of an article that announces itself as a forecast: "Cyber outlook 2026"."""
        title = self.text.lstrip()[:200].partition("\n")[0]
        return horizon_of_heading(title, not_before=year) if _AHEAD.search(title) else None

    def _interval(self, horizon: str, start: int) -> tuple[date | None, date | None]:
        before = self.text[max(0, start - _MEMORY) : start]
        return interval_of(spelled_out_time(horizon, before), self.published)

    def _actors(self, first: int, stop: int) -> Iterator[str]:
        seen: set[str] = set()
        for entity in self.hedge.head.doc[first:stop].ents:
            if entity.label_ in {"PERSON", "ORG", "GPE"}:
                start = self.sentence.start + entity.start_char
                name = self.text[start : start + len(entity.text)].removesuffix("’s")
                name = spelled_out(
                    name.removesuffix("'s").removeprefix("the "), self.article.voices.known.names
                )
                if name not in seen:
                    seen.add(name)
                    yield name
