"""What a model may know of a clause: grammar, time, who speaks, and what stands around it.

Every feature is a name that a clause has or has not, such as ``tense=present``.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from forecasts.reading.acceptance.clauses import KIND
from forecasts.reading.acceptance.wording import Wording
from forecasts.reading.acceptance.words import WORDS, classes_of
from forecasts.reading.hedges.hedge import Hedge, text_of
from forecasts.reading.horizons.horizon import HORIZON
from forecasts.reading.parsing.conditions import has_condition
from forecasts.reading.parsing.embedding import clauses_around
from forecasts.reading.parsing.grammar import ancestors, auxiliaries, marks, subject, tense
from forecasts.reading.parsing.lexicon import word_set
from forecasts.reading.parsing.reports import reporting_verb

_PAST = re.compile(
    r"\b(?:last (?:year|month|week|summer|winter|spring|autumn|decade|night|\w+day)|yesterday|ago"
    r"|since|earlier|previously|already|so far|until now)\b", re.I,
)  # fmt: skip
_AHEAD = re.compile(
    r"\b(?:next|coming|tomorrow|by|until|before|within|later|soon|eventually|ultimately"
    r"|this (?:year|month|week|autumn|winter|summer|spring|quarter)"
    r"|in the (?:first|second|third|fourth))\b", re.I,
)  # fmt: skip
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_LAST = 2  # sentences that end an article
_PRONOUNS = word_set("i we he she it they you this that these those who which what there nobody")
_TOLD = frozenset({"acomp", "attr", "dobj", "xcomp", "oprd"})  # whose class is a feature
_SMALL = frozenset({"prep", "mark", "advmod", "prt", "cc"})
_OTHERS = frozenset({"neg", "expl", "agent", "npadvmod", "advcl", "ccomp", "pobj", "intj"})


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where a sentence stands in its article."""

    is_title: bool
    place: float | None  # characters before it, as a share of the article's; None in a mere piece
    to_come: int | None  # sentences after it
    year: int  # in which the article was written
    has_heading: bool
    before: int  # hedges in the sentence before, of the same paragraph
    after: int  # and in the one after


@dataclass(slots=True)
class _Sentence:
    """What all clauses of a sentence share."""

    doc: Doc
    hedges: int
    wording: Wording
    names: list[str] = field(default_factory=list)
    times: list[tuple[int, int, str]] = field(default_factory=list)
    words: list[tuple[int, str]] = field(default_factory=list)


def features_of(doc: Doc, hedges: list[Hedge], around: Surroundings) -> list[set[str]]:
    """The features of each of a sentence's ``hedges``, those of mere clauses among them."""
    sentence = _Sentence(doc, sum(h.kind != KIND for h in hedges), Wording(doc))
    text = text_of(doc)
    sentence.names = list(_of_sentence(text, sentence, around))
    for name, pattern in (("dated", HORIZON), ("past", _PAST), ("ahead", _AHEAD)):
        sentence.times += [(*m.span(), name) for m in pattern.finditer(text)]
    sentence.times += [(*m.span(), _era(m[0], around.year)) for m in _YEAR.finditer(text)]
    sentence.times += [(t.idx, t.idx + len(t), "number") for t in doc if t.like_num]
    sentence.words = [(t.i, c) for t in doc for c in WORDS.get(t.lower_, ())]
    return [set(_of_hedge(hedge, sentence)) for hedge in hedges]


def _of_sentence(text: str, sentence: _Sentence, around: Surroundings) -> Iterator[str]:
    last = text.rstrip()[-1:]
    yield f"end={'w' if last.isalnum() else last}"
    if '"' in text:
        yield "quotes"
    yield f"long={min(len(sentence.doc) // 8, 5)}"
    yield f"hedges={min(sentence.hedges, 3)}"
    if around.is_title:
        yield "title"
    if around.has_heading:
        yield "heading"
    if around.place is not None:
        yield f"place={int(5 * around.place)}"
    if around.to_come is not None and around.to_come < _LAST:
        yield "last"
    yield f"before={min(around.before, 2)}"
    yield f"after={min(around.after, 2)}"


def _era(year: str, written: int) -> str:
    if int(year) == written:
        return "this year"
    return "past" if int(year) < written else "ahead"


def _of_hedge(hedge: Hedge, sentence: _Sentence) -> Iterator[str]:
    head, event = hedge.head, hedge.event
    modal = next((a.lower_ for a in auxiliaries(event) if a.tag_ == "MD"), "none")
    when = tense(head)
    yield from sentence.names
    yield f"kind={hedge.kind}"
    yield f"kind={hedge.kind}|{when}"
    yield f"phrase={hedge.phrase}"
    yield from sentence.wording.features(head, event)
    if hedge.numbers:
        yield "numbers"
    if hedge.negative:
        yield "negative"
    yield f"modal={modal}"
    yield from _of_verb("head", head)
    if event != head:
        yield from _of_verb("event", event)
    yield from _of_subject(head, modal)
    yield from _of_times(head, sentence, f"{modal if modal != 'none' else when}")
    yield from _of_governors(head, modal, when)
    yield from _of_marks(head, modal)
    if sentence.doc[: head.i].text.count('"') % 2:
        yield "quoted"
    if has_condition(head):
        yield "condition"
        yield f"condition|{modal}"


def _of_verb(role: str, verb: Token) -> Iterator[str]:
    when = tense(verb)
    yield f"{role}.tense={when}"
    yield f"{role}.tag={verb.tag_}"
    yield f"{role}.dep={verb.dep_}"
    for kind in classes_of(verb):
        yield f"{role}:{kind}"
        yield f"{role}:{kind}|{when}"
    for child in verb.children:
        if child.dep_ in _SMALL:
            yield f"{role}.{child.dep_}={child.lower_}"
        elif child.dep_ in _TOLD:
            yield f"{role}.{child.dep_}"
            for kind in classes_of(child):
                yield f"{role}.said:{kind}"
        elif child.dep_ in _OTHERS:
            yield f"{role}.{child.dep_}"


def _of_subject(verb: Token, modal: str) -> Iterator[str]:
    who = subject(verb)
    if who is None:
        yield "who=none"
        yield f"who=none|{modal}"
        return
    if who.lower_ in _PRONOUNS:
        yield f"who={who.lower_}"
        yield f"who={who.lower_}|{modal}"
    else:
        opening = who.left_edge
        yield f"who.tag={who.tag_}"
        yield f"who.tag={who.tag_}|{modal}"
        yield f"who.opens={opening.lower_ if opening.pos_ in {'DET', 'PRON', 'NUM'} else 'no'}"
    for kind in classes_of(who):
        yield f"who:{kind}"
        yield f"who:{kind}|{modal}"


def _of_times(verb: Token, sentence: _Sentence, when: str) -> Iterator[str]:
    left, right = verb.left_edge, verb.right_edge
    start, end = left.idx, right.idx + len(right)
    for first, last, name in sentence.times:
        inside = first >= start and last <= end
        yield f"sentence.{name}"
        if inside:
            yield f"clause.{name}"
            yield f"clause.{name}|{when}"
        near = first >= verb.idx and not any(
            t.pos_ in {"VERB", "AUX"} and t.tag_ != "TO"
            for t in verb.doc[verb.i + 1 : right.i + 1]
            if t.idx < first
        )
        if inside and near:
            yield f"near.{name}"
            yield f"near.{name}|{when}"
    for at, kind in sentence.words:
        yield f"sentence:{kind}"
        if left.i <= at <= right.i:
            yield f"clause:{kind}"
            yield f"clause:{kind}|{when}"


def _of_governors(verb: Token, modal: str, when: str) -> Iterator[str]:
    depth = 0
    for governor, child in ancestors(verb):
        if governor.pos_ == "NOUN" and depth == 0:
            yield f"of={child.dep_}"
            for kind in classes_of(governor):
                yield f"of:{kind}"
        if governor.pos_ not in {"VERB", "AUX"}:
            continue
        depth += 1
        if depth > 2:
            break
        then = tense(governor)
        yield f"by{depth}.dep={child.dep_}"
        yield f"by{depth}.tense={then}"
        yield f"by{depth}.tense={then}|{when}"
        yield f"by{depth}.dep={child.dep_}|{then}|{modal}"
        for kind in classes_of(governor):
            yield f"by{depth}:{kind}"
            yield f"by{depth}:{kind}|{modal}"
            yield f"by{depth}:{kind}|{then}|{when}"
    yield f"depth={min(depth, 3)}"
    report = reporting_verb(verb)
    if report is None:
        yield f"narrated|{modal}"
        return
    yield f"told={tense(report)}|{modal}|{when}"
    for kind in classes_of(report):
        yield f"told:{kind}"
    teller, who = subject(report), subject(verb)
    if teller is not None and who is not None:
        same = teller.lower_ == who.lower_ or who.lower_ in _PRONOUNS
        yield "told.self" if same else "told.other"


def _of_marks(verb: Token, modal: str) -> Iterator[str]:
    for clause, _ in clauses_around(verb, None)[:3]:
        for mark in marks(clause) & _MARKS:
            yield f"mark={mark}"
            yield f"mark={mark}|{modal}"
        for child in clause.lefts:
            if child.tag_ in {"WP", "WDT", "WRB", "WP$"}:
                yield f"asks={child.lower_}"
                yield f"asks={child.lower_}|{modal}"
    if verb.dep_ == "relcl":
        start = verb.left_edge.i
        cut = start > 0 and verb.doc[start - 1].text == ","
        yield f"relative={'aside' if cut else 'close'}"
        yield f"relative|{modal}"


_MARKS = word_set(
    "if unless whether that because as since so when while although though before after "
    "until once how why where than lest for"
)
