"""Turns of phrase that foretell: "is a tall order", "only a matter of time", "risks losing".

The parser takes many of them apart, so they are found as words and only then
tied to the verb that carries them.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

from spacy.tokens import Doc, Span, Token

from forecasts.reading.hedges.hedge import Hedge, text_of
from forecasts.reading.parsing.grammar import is_of_nobody, own_subject, still_ahead, subject, tense
from forecasts.reading.parsing.lexicon import ACTORS, word_set

_AGAINST = frozenset({"unlikely", "little chance", "out of the question"})


@cache
def idioms() -> tuple[re.Pattern[str], Mapping[str, str]]:
    """All idioms of ``idioms.txt`` as one pattern, and the estimative word of each group in it."""
    text = files("forecasts.reading.hedges").joinpath("idioms.txt").read_text(encoding="utf-8")
    fragments: dict[str, str] = {}
    phrases: dict[str, str] = {}
    by_opening: dict[str, list[str]] = {}
    section = ""
    for line in text.splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif section == "fragments" and line:
            name, _, pattern = line.partition(" = ")
            fragments[name] = _expanded(pattern, fragments)
        elif section and line:
            group = f"g{len(phrases)}"
            phrases[group] = section
            opening = next((o for o in _OPENINGS if line.startswith(o)), "")
            rest = line.removeprefix(opening)
            pattern = f"(?P<{group}>{_expanded(rest, fragments)})"
            by_opening.setdefault(_expanded(opening, fragments), []).append(pattern)
    # Lines that open with the same fragment share it, or each would try it at every word.
    patterns = [f"{opening}(?:{'|'.join(rest)})" for opening, rest in by_opening.items()]
    # They begin with a word or with the end of "don't": elsewhere none of them need be tried.
    return re.compile(rf"(?:\b|(?=n['’]t))(?:{'|'.join(patterns)})", re.I), phrases


_OPENINGS = ("{be} ", "{there} ")


def _expanded(pattern: str, fragments: Mapping[str, str]) -> str:
    pattern = re.sub(r"\((?!\?)", "(?:", pattern).replace(" ", r"\s")
    return re.sub(r"\{([a-z]+)\}", lambda found: fragments[found[1]], pattern)


def idiom_hedges(doc: Doc) -> Iterator[Hedge]:
    """The idioms of a sentence as hedges, in order."""
    pattern, phrases = idioms()
    for found in pattern.finditer(text_of(doc)):
        span = doc.char_span(*found.span(), alignment_mode="contract")
        if span is None or not len(span) or found.lastgroup is None:
            continue
        head = _carrier(span)
        phrase = phrases[found.lastgroup]
        sure = phrase in {"almost certain", "uncertain"}
        if head is not None and _is_held(head) and not (sure and _is_truism(head)):
            yield _hedge(head, tuple(span), phrase, _content(span))
    for token in doc:
        if hedge := _risk(token) or _threat(token):
            yield hedge


def _hedge(head: Token, words: tuple[Token, ...], phrase: str, event: Token | None = None) -> Hedge:
    against = phrase in _AGAINST
    who = subject(head)
    if is_of_nobody(head) and who not in words:  # "*no one* should expect a vote"
        phrase, against = f"not {phrase}", not against
    return Hedge(head, event or head, words, phrase, against, kind="idiom")


def _content(span: Span) -> Token | None:
    """The verb of the clause that an idiom such as "my guess is that" opens."""
    if span[-1].lower_ != "that":
        return None
    after = span.doc[span.end : span.end + 25]
    return next((t for t in after if t.pos_ in {"VERB", "AUX"} and own_subject(t)), None)


def _carrier(span: Span) -> Token | None:
    """The verb that the idiom's clause hangs on."""
    root = span.root
    up = next((t for t in (root, *root.ancestors) if t.pos_ in {"VERB", "AUX"}), None)
    inside = next((t for t in span if t.pos_ in {"VERB", "AUX"} and t.tag_ != "MD"), None)
    return up or inside or root


def _is_held(head: Token) -> bool:
    """Told of today, or of what looked so and is still ahead: "seemed set for a vote next May"."""
    return tense(head) != "past" or still_ahead(head)


def _is_truism(verb: Token) -> bool:
    """ "A 60 % chance is not a certainty": about forecasts, not one of them."""
    who = subject(verb)
    return who is not None and who.lemma_.lower() in {
        "chance", "probability", "prediction", "forecast", "poll", "projection",
    }  # fmt: skip


def _risk(token: Token) -> Hedge | None:
    """ "The party risks losing its seats", which the parser may take for a heap of nouns."""
    if token.lower_ not in {"risk", "risks", "risking"} or token.i + 1 >= len(token.doc):
        return None
    following = token.nbor()
    who = subject(token)
    harmed = next((c for c in token.rights if c.dep_ == "dobj" and c.pos_ == "NOUN"), None)
    harms = token.tag_ in {"VBZ", "VBP"} and harmed is not None and who is not None
    fatal = harmed is not None and harmed.lemma_ in _FATES
    if harms and who is not None and (fatal or (who.pos_ == "NOUN" and not _is_somebody(who))):
        return _hedge(token, (token,), "risk")  # "the strike risks further delays"
    if token.i and following.lemma_ in _FATES and _is_a_verb(token):
        return _hedge(token, (token,), "risk")  # "the firm risks bankruptcy"
    if following.tag_ != "VBG" or token.i == 0:
        return None
    helped = any(c.tag_ in {"MD", "TO"} for c in token.children)
    is_verb = token.pos_ == "VERB" or token.dep_ == "ROOT" or _is_a_verb(token)
    if helped or not is_verb or token.nbor(-1).pos_ in {"DET", "ADJ"}:
        return None
    return _hedge(token, (token,), "risk")


def _is_a_verb(risks: Token) -> bool:
    """ "The *spillover risks* creating": behind a noun and before a gerund it is no noun."""
    named = risks.nbor(-1).tag_ in {"NN", "NNS", "NNP", "NNPS"}
    return risks.lower_ == "risks" and named and risks.nbor(-1).dep_ != "poss"


def _threat(token: Token) -> Hedge | None:
    """ "The row threatens to split the party": a threat made by a thing is a forecast."""
    if token.lemma_ not in {"threaten", "promise"} or token.tag_ not in {"VBZ", "VBP", "VBG"}:
        return None
    if tense(token) != "present" or token.i + 2 >= len(token.doc) or token.nbor().tag_ != "TO":
        return None
    if token.lemma_ == "promise" and token.nbor(2).lemma_ not in {"be", "become", "prove"}:
        return None
    who = subject(token)
    if who is not None and token.nbor(2).lemma_ in _UNDOING:
        return _hedge(token, (token, token.nbor()), "risk")  # a fate is nobody's threat
    if who is None or who.pos_ not in {"NOUN", "PRON"} or _is_somebody(who):
        return None
    return _hedge(token, (token, token.nbor()), "risk" if token.lemma_ == "threaten" else "likely")


_FATES = word_set(
    "defeat collapse default bankruptcy insolvency isolation recession stagnation famine ruin "
    "extinction relegation eviction impeachment deadlock chaos ouster"
)
_UNDOING = word_set(
    "come collapse slide slip fall break unravel spill drift fracture sink spiral become crumble "
    "disintegrate spread escalate boil overflow implode fail falter"
)


def _is_somebody(who: Token) -> bool:
    return who.lemma_.lower() in ACTORS or who.lower_ in {"he", "she", "they", "i", "we", "who"}
