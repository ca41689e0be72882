"""A statement somebody points at: found in the text by its words, then read like any other."""

import re
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Literal

from spacy.tokens import Doc

from forecasts.reading.candidate import Candidate
from forecasts.reading.chances.percentages import stated_percentage
from forecasts.reading.hedges.hedge import POSSIBILITY, Hedge
from forecasts.reading.hedges.selection import hedges_in, independent
from forecasts.reading.horizons.dates import interval_of
from forecasts.reading.horizons.horizon import horizon_in
from forecasts.reading.parsing.conditions import condition_of
from forecasts.reading.parsing.language import parse
from forecasts.reading.scales import RECOMMENDED, Estimate, estimate, normal_form
from forecasts.reading.statements import STATED

LONGEST_QUOTE = 1_000  # characters
Polarity = Literal["affirm", "negative"]


@dataclass(frozen=True, slots=True)
class Pointed:
    """What somebody says of a passage. What is left empty is read from the passage itself."""

    quote: str
    hedge: str = ""  # the words in the quote that say how likely
    phrase: str = ""  # the wording of a scale that they stand for, if no scale lists them
    polarity: Polarity | None = None
    speaker: str = ""  # the author if empty
    condition: str = ""


def located(text: str, quote: str) -> tuple[int, int]:
    """Start and end of the one place in ``text`` where ``quote`` stands, white space aside.

    Raises
    ------
    ValueError
        The quote is empty or too long, or stands nowhere or more than once in the text.
    """
    places = _places(text, quote)
    if len(places) > 1:
        raise ValueError("stands in the article more than once; quote more of it")
    return places[0]


def _places(text: str, quote: str) -> list[tuple[int, int]]:
    """The first two places of a quotation, of which there is one at least."""
    words = quote.split()
    if not words or len(quote) > LONGEST_QUOTE:
        raise ValueError(f"must have 1 to {LONGEST_QUOTE:,} characters")
    joined = r"\s+".join(re.escape(word) for word in words)
    left = r"(?<!\w)" if words[0][0].isalnum() else ""
    right = r"(?!\w)" if words[-1][-1].isalnum() else ""
    # Looking ahead finds places that overlap as well.
    places = list(islice(re.finditer(f"{left}(?=({joined}){right})", text), 2))
    if not places:
        raise ValueError("does not stand in the article word for word")
    return [place.span(1) for place in places]


def candidate_at(
    text: str, pointed: Pointed, *, published: date | None, scale: str = RECOMMENDED
) -> Candidate:
    """The statement that somebody points at in an article.

    The numbers come from ``scale`` for the words of likelihood, or from a percentage in them.

    Raises
    ------
    ValueError
        The message says what about the quote, the hedge, the condition or the speaker is wrong.
    """
    start, end = located(text, pointed.quote)
    quote = text[start:end]
    doc = next(parse([" ".join(quote.split())]))
    hedge, words = _hedge(doc, pointed.hedge)
    numbers, phrase = _numbers(hedge, words, pointed.phrase, scale)
    polarity: Polarity = "negative" if _speaks_against(hedge, numbers, phrase) else "affirm"
    if pointed.polarity is not None and pointed.polarity != polarity:
        polarity, numbers, phrase = pointed.polarity, numbers.complement(), _denied(phrase)
    horizon = horizon_in(quote, not_before=published.year if published else None)
    begins, ends = interval_of(horizon, published) if horizon else (None, None)
    speaker, kind = _speaker(pointed.speaker)
    return Candidate(
        start=start,
        end=end,
        quote=quote,
        hedge=words,
        polarity=polarity,
        probability=numbers.point,
        probability_low=numbers.low,
        probability_high=numbers.high,
        scale=numbers.scale,
        is_possibility=phrase is not None and phrase.removesuffix(" not") in POSSIBILITY,
        horizon=horizon,
        horizon_start=begins,
        horizon_end=ends,
        speaker=speaker,
        speaker_kind=kind,
        condition=_condition(text, doc, hedge, pointed.condition),
        actors=tuple(dict.fromkeys(e.text for e in doc.ents if e.label_ in _ACTORS)),
        phrase=phrase,
    )


_ACTORS = frozenset({"PERSON", "ORG", "GPE"})


def _hedge(doc: Doc, words: str) -> tuple[Hedge | None, str]:
    """What the reader makes of the passage, and the words of likelihood in it."""
    found = independent(hedges_in(doc))
    if not words.strip():
        if not found:
            raise ValueError("holds no words of likelihood that the reader knows; name them")
        return found[0], " ".join(token.text for token in found[0].words)
    try:
        start, end = _places(doc.text, words)[0]
    except ValueError as error:
        raise ValueError(f"words of likelihood “{' '.join(words.split())[:80]}”: {error}") from None
    same = [h for h in found if any(start <= t.idx < end for t in h.words)]
    return (same[0] if same else None), doc.text[start:end]


def _numbers(
    hedge: Hedge | None, words: str, phrase: str, scale: str
) -> tuple[Estimate, str | None]:
    shares = hedge.numbers if hedge is not None else stated_percentage(words)
    if shares is not None:
        low, high = shares
        return Estimate(low, round((low + high) / 2, 6), high, STATED), None
    chosen = normal_form(phrase) if phrase.strip() else hedge.phrase if hedge else words
    try:
        return estimate(chosen, scale), normal_form(chosen)
    except ValueError:
        raise ValueError(
            f"no scale lists the words “{chosen[:80]}”; name a wording they stand for"
        ) from None


def _speaks_against(hedge: Hedge | None, numbers: Estimate, phrase: str | None) -> bool:
    if hedge is not None:
        return hedge.negative
    return numbers.point < 0.5 and phrase is not None and phrase not in POSSIBILITY


def _denied(phrase: str | None) -> str | None:
    if phrase is None:
        return None
    return phrase.removesuffix(" not") if phrase.endswith(" not") else f"{phrase} not"


def _speaker(name: str) -> tuple[str, Literal["author", "named", "unnamed"]]:
    words = " ".join(name.split())
    if not words or words.lower() in {"author", "the author"}:
        return "author", "author"
    if len(words) > 200:
        raise ValueError("speaker must have at most 200 characters")
    first = next(parse([words]))[0]
    named = first.ent_type_ in _ACTORS or first.pos_ == "PROPN"
    return words, "named" if named else "unnamed"


def _condition(text: str, doc: Doc, hedge: Hedge | None, words: str) -> str | None:
    if words.strip():
        try:
            start, end = _places(text, words)[0]
        except ValueError as error:
            raise ValueError(f"condition “{' '.join(words.split())[:80]}”: {error}") from None
        return text[start:end]
    return None if hedge is None else condition_of(hedge.head, 0, len(doc), alone=True)
