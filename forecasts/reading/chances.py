"""Estimates made with a noun: "little chance of", "a 60 % probability that", "unclear whether"."""

import re
from collections.abc import Iterator

from spacy.tokens import Doc, Token

from forecasts.reading.grammar import ancestors, is_negated, subject, tense
from forecasts.reading.hedges import Hedge
from forecasts.reading.lexicon import word_set
from forecasts.reading.percentages import stated_percentage

_NOUNS = word_set(
    "chance chances probability likelihood possibility prospect prospects odds risk risks "
    "potential danger doubt reason"
)
# What is feared, discussed or warned of is not thereby estimated.
_BLOCKERS = word_set(
    "concern fear worry warning anxiety hope talk question alarm threat apprehension"
)
_LEVELS = {
    "no": "no chance", "little": "little chance", "slim": "slim chance", "small": "small chance",
    "low": "little chance", "slight": "slim chance", "negligible": "remote possibility",
    "minimal": "slim chance", "remote": "remote possibility", "even": "even chance",
    "50-50": "even chance", "fair": "fair chance", "reasonable": "fair chance",
    "good": "good chance", "decent": "good chance", "strong": "good chance", "high": "high chance",
    "excellent": "excellent chance", "real": "real possibility", "slimmest": "slim chance",
    "realistic": "realistic possibility", "serious": "serious possibility",
    "distinct": "realistic possibility", "significant": "realistic possibility",
    "substantial": "realistic possibility", "considerable": "realistic possibility",
    "credible": "realistic possibility", "strongest": "good chance", "great": "good chance",
}  # fmt: skip
_AGAINST = frozenset({"no chance", "little chance", "slim chance", "small chance",
                      "remote possibility", "no reason to imagine"})  # fmt: skip
_OPEN = word_set("unclear uncertain uncertainty question seen early soon unknown doubt")
_LABELLED = re.compile(
    r"\b(?:prediction|probability|risk|forecast|likelihood|confidence|chances?|odds|estimate)\b"
    r"[^.:=\d]{0,40}[:=]\s*(?:about|around|roughly|~)?\s*\d[\d.\s–—-]{0,12}\s?(?:%|per ?cent)",
    re.I,
)


def noun_hedges(doc: Doc) -> Iterator[Hedge]:
    """Hedges carried by nouns and set phrases, in order."""
    for token in doc:
        found = _chance(token) or _open_question(token) or _ruled_out(token)
        if found:
            yield found
    if label := _LABELLED.search(doc.text):
        span = doc.char_span(*label.span(), alignment_mode="expand")
        numbers = stated_percentage(label.group())
        if span is not None and numbers is not None:
            root = span.root
            top = next((a for a in root.ancestors if a.dep_ == "ROOT"), root)
            yield Hedge(top, top, tuple(span), "", numbers=numbers, kind="label")


def _chance(noun: Token) -> Hedge | None:
    if noun.lower_ not in _NOUNS or noun.pos_ != "NOUN":
        return None
    verb = _stating_verb(noun)
    if verb is None or not (verb.lemma_ == "put" or tense(verb) in {"present", "perfect", "modal"}):
        return None
    event = _content(noun, verb)
    numbers = _numbers(noun, verb)
    level = _level(noun, verb)
    if event is None and numbers is None:
        return None
    if noun.lower_ == "reason":
        if level != "no chance" or not noun.doc[noun.i + 1 : noun.i + 3].text.lower().startswith(
            ("to imagine", "to think", "to expect", "to believe", "to suppose")
        ):
            return None
        level = "no reason to imagine"
    if noun.lower_ == "doubt":
        if level not in {"no chance", "little chance"}:
            return None
        level = "no doubt"
    phrase = level or _BARE.get(noun.lower_, noun.lower_)
    negated = (
        is_negated(verb) and level != "no chance" and level not in _AGAINST and level != "no doubt"
    )
    if negated:
        phrase = "no chance"
    words = _words(noun, verb)
    against = numbers is None and phrase in _AGAINST
    return Hedge(verb, event or verb, words, phrase, against, numbers=numbers, kind="noun")


_BARE = {
    "chances": "chance", "risks": "risk", "prospects": "prospect", "potential": "possibility",
    "danger": "risk", "prospect": "possibility", "probability": "likely", "likelihood": "likely",
    "odds": "likely",
}  # fmt: skip


def _stating_verb(noun: Token) -> Token | None:
    """The verb by which the noun is stated: "there *is* a chance", "she *has* no chance"."""
    for governor, child in ancestors(noun):
        if governor.lemma_ in _BLOCKERS:
            return None
        existential = any(c.dep_ == "expl" and c.lower_ == "there" for c in governor.children)
        if existential:
            return governor
        if governor.lemma_ in {"put", "estimate", "see", "assign", "give", "price", "imply"}:
            return governor if _numbers(noun, governor) else None
        if child == noun:
            if governor.lemma_ in {"have", "stand", "face"} and child.dep_ == "dobj":
                bare = noun.lower_ in {"risk", "risks", "danger", "doubt", "reason", "prospects"}
                return None if bare else governor
            if governor.lemma_ in {"be", "remain", "look", "seem", "appear", "stand"}:
                return governor if child.dep_ in {"nsubj", "attr"} else None
        if governor.pos_ not in {"NOUN", "ADP", "NUM"}:
            return None
    return None


def _content(noun: Token, verb: Token) -> Token | None:
    """What the chance is a chance of: a clause, an infinitive or a noun."""
    # The parser may hang the clause on any noun between the chance and the verb.
    path = [noun, *(g for g, _ in ancestors(noun) if verb.i < g.i < noun.i), verb]
    for child in (c for parent in path for c in parent.children if c.i > noun.i):
        if child.dep_ in {"acl", "ccomp", "relcl", "xcomp", "advcl"}:
            return child
        if child.dep_ == "prep" and child.lower_ in {"of", "for", "that"} and child.head == noun:
            return next(child.children, None)
    if noun.dep_ == "attr":  # "a settlement remains a remote possibility"
        return subject(verb)
    return None


def _level(noun: Token, verb: Token) -> str | None:
    near = [c for c in noun.children if c.i < noun.i]
    near += [t for c in near for t in c.children]
    near += [c for c in verb.children if c.dep_ == "acomp"]
    named = next((_LEVELS[t.lower_] for t in near if t.lower_ in _LEVELS), None)
    very = any(
        t.lower_ in {"very", "extremely"} for t in (*near, *(g for t in near for g in t.children))
    )
    if named is None and noun.lower_ == "odds" and verb.lemma_ == "be":
        return "likely"
    if very and named == "good chance":
        return "very good chance"
    if any(t.lower_ in {"almost", "virtually"} for t in near) and named == "no chance":
        return "almost no chance"
    return named


def _numbers(noun: Token, verb: Token) -> tuple[float, float] | None:
    before = noun.doc[max(0, noun.i - 6) : noun.i].text
    direct = re.search(r"(?:%|per ?cent|\bin[ -](?:\d+|\w+))(?: \w+)?$", before, re.I)
    if direct:
        return stated_percentage(before)
    after = noun.doc[noun.i : verb.right_edge.i + 1].text
    levels = re.search(
        r"\b(?:at|is|to|as|of|stands at|about|around)\s+(?:\w+\s){0,3}?\d[^,;.]*(?:%|per ?cent)",
        after,
    )
    return stated_percentage(levels.group()) if levels else None


def _words(noun: Token, verb: Token) -> tuple[Token, ...]:
    kinds = {"amod", "det", "compound", "nummod"}
    left = [c for c in noun.children if c.i < noun.i and c.dep_ in kinds and c.lower_ != "the"]
    left += [g for c in left for g in c.subtree]
    level = [c for c in verb.children if c.dep_ in {"acomp", "neg"}]
    after = [t for t in noun.doc[noun.i + 1 : noun.i + 2] if t.lower_ in {"of", "that", "for"}]
    after = after if noun.dep_ != "nsubj" else []
    return tuple(sorted({*left, noun, *level, *after}, key=lambda t: t.i))


def _open_question(token: Token) -> Hedge | None:
    """ "It is unclear whether the talks will resume": about even, and no more than that."""
    if token.lower_ not in {"whether", "if"} or token.dep_ not in {"mark", "advmod"}:
        return None
    event = token.head
    if not any(a.lower_ in {"will", "'ll"} for a in event.children):
        return None
    chain = [g for g, _ in ancestors(event)][:4]
    ground = next((g for g in chain if g.lower_ in _OPEN), None)
    if ground is None:
        ground = next(
            (
                c
                for g in chain
                for c in g.children
                if c.lower_ in _OPEN and g.lemma_ in {"be", "remain"}
            ),
            None,
        )
    if ground is None:
        return None
    head = next(
        (t for t in (ground, *ground.ancestors) if tense(t) in {"present", "perfect"}), None
    )
    if head is None:
        return None
    words = (ground, token) if ground.i < token.i else (token, ground)
    return Hedge(head, event, words, "too early to say whether", kind="question")


def _ruled_out(token: Token) -> Hedge | None:
    """ "A second attack cannot be ruled out"."""
    if token.lemma_ != "rule" or token.i + 1 >= len(token.doc) or token.nbor().lower_ != "out":
        return None
    if not is_negated(token) or not any(a.lower_ in {"can", "could"} for a in token.children):
        return None
    words = tuple(c for c in token.children if c.dep_ in {"aux", "auxpass", "neg"})
    event = next((c for c in token.children if c.dep_ in {"ccomp", "dobj", "nsubjpass"}), token)
    return Hedge(
        token, event, (*words, token, token.nbor()), "cannot be ruled out", kind="judgement"
    )
