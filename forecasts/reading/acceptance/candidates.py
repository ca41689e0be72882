"""All clauses of an article that may be forecasts, with what the model may know of each."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from forecasts.reading.acceptance.clauses import clause_hedges
from forecasts.reading.acceptance.features import Surroundings, features_of
from forecasts.reading.documents.heads import is_byline
from forecasts.reading.filters.futurity import objections
from forecasts.reading.filters.retold import is_retold, may_go_on
from forecasts.reading.foretelling.listed import announces_predictions, is_listed, listed_hedges
from forecasts.reading.hedges.ellipsis import is_short_answer, may_stand_alone
from forecasts.reading.hedges.hedge import Hedge
from forecasts.reading.hedges.selection import hedges_in
from forecasts.reading.parsing.language import parse
from forecasts.reading.parsing.sentences import Sentence

# A question that "Probably not." would answer with a forecast.
_ASKS_AHEAD = re.compile(
    r"\bwhether\b[^.]*\b(?:will|would|can|could|may|might)\b|\b(?:may|might)\W*$"
    r"|^(?!.*\b(?:did|was|were|had|has|have)\b).*\?\W*$", re.I | re.S,
)  # fmt: skip

# "Importers will keep buying dollars, and who can blame them?"
_TAGGED = re.compile(
    r"(?!(?:who|what|when|where|why|how|which|will|would|can|could|is|are|do|does|did)\b)[^?]{20,},"
    r" (?:and|but|so) (?:who|what|why|where|how)\b[^?]*\?", re.I,
)  # fmt: skip

# "Talks will resume in May, and the question is: will both sides come?"
_ENDS_ASKING = re.compile(r"[A-Z][^?:;—]{30,}[:;—] [^?:;]*\?\W*$")

# What is asked, supposed, over or a rule's own words is no claim, whatever else speaks for it.
_NEVER = frozenset({"against=embedded", "against=perfect", "against=rule"})
SOUND = "sound"  # the feature of a hedge to which no rule objects

LEARNED_IN = 2026  # the year of an article without a date: that of most articles learned from

_SHORTEST = 4  # sentences of an article with a title, a beginning and an end

_IMAGINED = re.compile(r"\b(?:scenario|(?:worst|best|upside|downside) case|what if)\b", re.I)


@dataclass(frozen=True, slots=True)
class Considered:
    """A sentence with its hedges, those of mere clauses among them, and the features of each."""

    sentence: Sentence
    doc: Doc
    hedges: list[Hedge]
    features: list[set[str]]


def considered(
    text: str, cut: Sequence[Sentence], *, year: int = LEARNED_IN
) -> Iterator[Considered]:
    """The sentences of ``cut`` worth parsing, in order; ``year`` is that of the article."""
    is_a_list = announces_predictions(text)
    read = [
        i
        for i, s in enumerate(cut)
        if (is_a_list and is_listed(text, s.start))
        or _is_worth_parsing(s.text, cut[i - 1].text if i else "")
    ]
    docs = dict(zip(read, parse((cut[i].text for i in read), names=False), strict=True))
    found = {i: hedges_in(doc) for i, doc in docs.items()}
    for i, doc in docs.items():
        if is_a_list and not found[i] and is_listed(text, cut[i].start):
            found[i] = list(listed_hedges(doc))
    retold = -1  # the paragraph that retells somebody's thoughts
    for i, doc in docs.items():
        around = _around(text, cut, i, found, year)
        hedges = [*found[i], *clause_hedges(doc, found[i])]
        features = features_of(doc, hedges, around)
        supposed = around.before > 0 or _IMAGINED.search(cut[i].heading) is not None
        goes_on = retold == cut[i].paragraph
        if any(is_retold(h) for h in found[i]):
            retold = cut[i].paragraph
            goes_on = False
        for hedge, known in zip(found[i], features, strict=False):
            known.update(_against(hedge, supposed=supposed, retold=goes_on))
        if not supposed:
            _leave_alone(found[i], features)
        kept = [n for n, known in enumerate(features) if _NEVER.isdisjoint(known)]
        yield Considered(cut[i], doc, [hedges[n] for n in kept], [features[n] for n in kept])


def _against(hedge: Hedge, *, supposed: bool, retold: bool) -> Iterator[str]:
    """What the rules say of a hedge that they know."""
    names = list(objections(hedge, supposed=supposed))
    if retold and may_go_on(hedge):
        names.append("retold")
    yield from (f"against={name}" for name in names)
    if not names:
        yield SOUND
        yield f"{SOUND}|{hedge.kind}"


def _leave_alone(hedges: list[Hedge], features: list[set[str]]) -> None:
    """ "Hungary may", with no other claim beside it, is not sound."""
    sound = [(h, known) for h, known in zip(hedges, features, strict=False) if SOUND in known]
    if all(h.kind == "elided" for h, _ in sound):
        for hedge, known in sound:
            if not may_stand_alone(hedge):
                known -= {SOUND, f"{SOUND}|{hedge.kind}"}


def _around(
    text: str, cut: Sequence[Sentence], i: int, found: dict[int, list[Hedge]], year: int
) -> Surroundings:
    def hedges(j: int) -> int:
        beside = 0 <= j < len(cut) and cut[j].paragraph == cut[i].paragraph
        return len(found.get(j, ())) if beside else 0

    whole = len(cut) >= _SHORTEST
    return Surroundings(
        is_title=i == 0 and whole,
        place=cut[i].start / len(text) if whole else None,
        to_come=len(cut) - 1 - i if whole else None,
        year=year,
        has_heading=bool(cut[i].heading),
        before=hedges(i - 1),
        after=hedges(i + 1),
    )


def _is_worth_parsing(sentence: str, before: str) -> bool:
    if is_short_answer(sentence):
        return _ASKS_AHEAD.search(before) is not None
    if _TAGGED.match(sentence) or _ENDS_ASKING.match(sentence):
        return True
    if len(sentence.split()) < 2 or sentence.rstrip('"”’) *_').endswith("?"):
        return False
    return not is_byline(sentence)
