"""Hedges carried by predicates: "is unlikely to", "looks set to", "is expected on Friday"."""

from spacy.tokens import Token

from forecasts.reading.grammar import COPULAS, auxiliaries, is_infinitive, is_negated, tense
from forecasts.reading.hedges import Hedge, in_order
from forecasts.reading.lexicon import word_set
from forecasts.reading.modals import STRENGTHS
from forecasts.reading.percentages import stated_percentage
from forecasts.reading.reports import BELIEFS

# Adjectives and participles that judge; those of the second kind need to say what comes after them.
_ALONE = word_set(
    "likely unlikely probable improbable possible impossible doubtful inevitable conceivable "
    "plausible inconceivable unthinkable unfathomable questionable"
)
_WITH_MORE = word_set(
    "certain sure bound poised set due slated scheduled expected projected forecast predicted "
    "anticipated destined guaranteed forecasted"
)
_SEEMING = ("seem", "appear", "look")
_AGAINST = word_set(
    "unlikely improbable impossible doubtful inconceivable unthinkable unfathomable "
    "questionable doubt"
)


def judgement_hedge(token: Token) -> Hedge | None:
    word = token.lower_
    if word not in _ALONE | _WITH_MORE:
        return None
    verb = _copula(token)
    if verb is None or token.i < verb.i:
        return None
    complement = _complement(token, verb)
    if complement is None and word in _WITH_MORE and not has_date(token):
        return None
    if word in {"set", "due", "bound"} and complement is not None and not is_infinitive(complement):
        return None
    strengths = [c for c in token.children if c.lower_ in {*STRENGTHS, "more", "less", "not"}]
    phrase = _adjective_phrase(token, strengths)
    finite = [t for t in (*auxiliaries(verb), verb) if t.lemma_ in COPULAS and t.i < token.i]
    if word in {"poised", "set"} and any(t.lower_.startswith(_SEEMING) for t in finite):
        phrase = "seems poised"
    negated = is_negated(verb) or any(c.dep_ == "neg" for c in token.children)
    words = [*strengths, token]
    words += finite + [c for c in (*verb.children, *token.children) if c.dep_ == "neg"]
    words += [t for t in token.doc[token.i + 1 : token.i + 2] if t.tag_ == "TO"]
    against = phrase.split()[-1] in _AGAINST
    whole = f"not {phrase}" if negated else phrase
    event = complement if complement is not None else verb
    percent = _percent_of(token)
    return Hedge(
        verb if verb.lemma_ in COPULAS or verb == token else token,
        event,
        in_order(words),
        whole,
        against != negated,
        numbers=percent,
        kind="judgement",
    )


def _adjective_phrase(token: Token, strengths: list[Token]) -> str:
    word = {"forecasted": "forecast", "unfathomable": "inconceivable"}.get(
        token.lower_, token.lower_
    )
    said = {s.lower_ for s in strengths}
    if "less" in said:
        return "unlikely" if word == "likely" else word
    strength = next((STRENGTHS[s] for s in said if STRENGTHS.get(s)), "")
    if strength == "almost":
        return {"certain": "almost certain", "impossible": "almost impossible"}.get(word, word)
    if strength and word in {"possible", "plausible"}:
        return "very possible"
    return f"{strength} {word}".strip()


def _copula(token: Token) -> Token | None:
    """The verb through which an adjective or participle is said of its subject."""
    if any(c.lemma_ in COPULAS and c.dep_ in {"aux", "auxpass", "cop"} for c in token.children):
        return token
    said = {"acomp", "attr", "oprd", "xcomp", "advmod", "ccomp", "advcl", "prep"}
    if token.dep_ in said and token.head.lemma_ in COPULAS and token.head.i < token.i:
        is_adverb = token.dep_ == "advmod" and token.tag_.startswith("RB")
        if is_adverb and not (token.i + 1 < len(token.doc) and token.nbor().tag_ == "TO"):
            return None
        return token.head
    if token.dep_ in {"ccomp", "oprd"} and token.head.lemma_ in BELIEFS | {
        "consider",
        "deem",
        "judge",
    }:
        return token.head
    if token.dep_ == "conj" and token.head.dep_ in {"acomp", "attr"}:
        return _copula(token.head)
    return None


def _complement(token: Token, verb: Token) -> Token | None:
    """The infinitive or clause that is judged: "likely *to rise*", "unlikely that it *rises*"."""
    for parent in (token, verb):
        for child in parent.children:
            if child.i > token.i and child.dep_ in {"xcomp", "ccomp", "advcl", "csubj", "acl"}:
                before = {c.lower_ for c in child.children if c.i < child.i}
                if is_infinitive(child) or "that" in before or "whether" in before:
                    return child
                if child.dep_ == "ccomp" and tense(child) == "modal":
                    return child
    return None


def has_date(token: Token) -> bool:
    return any(
        t.ent_type_ in {"DATE", "TIME"} for t in token.doc[token.i + 1 : token.right_edge.i + 1]
    )


def _percent_of(token: Token) -> tuple[float, float] | None:
    near = token.doc[max(0, token.i - 6) : token.i].text
    return stated_percentage(near)
