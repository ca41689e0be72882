"""Which readings of "would" look ahead."""

import re

from spacy.tokens import Token

from forecasts.reading.hedges.hedge import Hedge, text_of
from forecasts.reading.parsing.conditions import has_condition
from forecasts.reading.parsing.grammar import (
    auxiliaries,
    is_dated,
    is_infinitive,
    is_perfect,
    subject,
    tense,
)
from forecasts.reading.parsing.lexicon import ACTORS, CHANGES, word_set
from forecasts.reading.parsing.relatives import EQUAL, is_descriptive
from forecasts.reading.parsing.reports import TEXTS, minding_verb, reporting_verb

_IDIOMS = word_set("like love prefer rather argue say note add think suggest hate imagine")
_REGARDS = word_set("see view regard treat consider perceive interpret read take")
_POINTERS = word_set("this that such these those")
_SUPPOSES = re.compile(r"\b(?:if|unless|should|were)\b|^(?:without|absent|barring)\b", re.I)


def would_claims(hedge: Hedge, supposed: bool) -> bool:
    verb, who = hedge.event, subject(hedge.head)
    if verb.lemma_ in _IDIOMS:
        return False
    if is_perfect(verb) or (verb.lemma_ in _REGARDS and any(c.lower_ == "as" for c in verb.rights)):
        return False  # "he would see a deal as a boost": how he sees it today
    if verb.lemma_ == "be" and any(c.lower_ in EQUAL for c in verb.rights):
        return False  # "would be tantamount to war": what it would count as
    if verb.lemma_ == "have" and _is_obliged(verb):
        return bool(_SUPPOSES.search(text_of(verb.doc)))
    if has_condition(hedge.head):
        return True
    if is_descriptive(verb) and not is_dated(verb):
        return False
    report = reporting_verb(hedge.head)
    if report is not None and (
        tense(report) in {"past", "perfect", "present"} or report.tag_ == "VBG"
    ):
        return True  # "..., warning that growth would slow"
    if minding_verb(hedge.head) is not None:
        return True  # "most are confident that it would"
    if who is None:
        return False
    if who.lower_ == "which":  # "..., which would be enough for a veto"
        return _follows_from_a_claim(verb, who)
    if supposed and who.pos_ in {"NOUN", "PROPN"}:
        return True
    if _has_effect(verb, who):
        return True
    if who.lower_ == "it" and verb.lemma_ == "take" and is_dated(verb):
        return True  # "it would take them until 2032 to rebuild"
    if who.lower_ in {"it", "he", "she", "they", "i", "we", "you"}:
        if who.lower_ in {"i", "we", "you"} or is_descriptive(verb):
            return False
        return (supposed and who.lower_ == "it") or not _is_in_a_tale(verb)
    first = who.left_edge.lower_
    if first in _POINTERS or who.lower_ in _POINTERS:
        return supposed or who.lower_ not in _POINTERS or first == "such"
    return (
        first in {"a", "an", "any", "another", "such", "no", "more", "fewer", "further"}
        or who.dep_ == "csubj"
        or who.tag_ == "VBG"
        or ((verb.lemma_ != "be" or _is_an_act(who)) and not _is_in_a_tale(verb))
    )


def _is_an_act(who: Token) -> bool:
    """ "*The withdrawal of troops* would be": an event, which may or may not come about."""
    named = who.lemma_.lower().endswith(("tion", "sion", "ment", "al", "ance", "ence", "ure", "se"))
    return who.pos_ == "NOUN" and named and any(c.lower_ in {"of", "from"} for c in who.rights)


def _is_in_a_tale(verb: Token) -> bool:
    """Among verbs in the past, "would" is what was then to come, or what used to be done."""
    told = any(_is_of_the_past(t) for t in verb.doc if t != verb)
    return told or any(t.lower_ in _THEN for t in verb.doc)


def _is_of_the_past(token: Token) -> bool:
    """A verb in the past; "could be sent" and "has been sent" are none, "sent" alone may be."""
    if token.tag_ not in {"VBD", "VBN"} or token.dep_ not in _TELLING:
        return False
    return tense(token) == "past" or not auxiliaries(token)


_TELLING = frozenset({"ROOT", "conj", "ccomp", "advcl", "relcl", "parataxis"})
_THEN = word_set("rather later eventually sometimes often always usually then prefer love like")


def _follows_from_a_claim(verb: Token, which: Token) -> bool:
    if verb.dep_ != "relcl" or which.i == 0 or which.nbor(-1).text != ",":
        return False
    if verb.head.lemma_.lower() in TEXTS | {"plan", "proposal", "package", "scheme"}:
        return False
    main = next((t for t in verb.head.ancestors if t.pos_ in {"VERB", "AUX"}), None)
    return main is None or tense(main) in {"present", "modal", "none"}


def _has_effect(verb: Token, who: Token) -> bool:
    """ "Higher rates would hurt consumers": what would come of it, not what a plan provides."""
    thing = who.pos_ == "NOUN" and who.lemma_.lower() not in TEXTS | ACTORS | _PLANS
    if (who.lower_ in {"this", "that"} or verb.lemma_ == "be") and (
        verb.lemma_ not in EFFECTS | CHANGES
    ):
        return False
    if not (thing or who.lower_ in {"this", "that"}):
        return False
    told = any(t.tag_ == "VBD" or t.lower_ in {"later", "eventually"} for t in verb.doc)
    anyone = who.tag_ == "NNS" and not any(c.dep_ in {"det", "poss"} for c in who.children)
    told = told and not (anyone and not any(t.tag_ == "VBD" for t in verb.doc))
    return not told and verb.dep_ in {"ROOT", "conj", "ccomp"}


_PLANS = word_set("plan proposal package scheme project road programme program reform budget move")
EFFECTS = word_set(
    "lead push hurt raise cause increase reduce mean cost benefit undermine trigger force make "
    "leave help weaken strengthen hit harm follow damage boost lower drive send put plunge erode "
    "widen deepen fuel spark prompt provoke unsettle cripple destroy ruin slow support take "
    "require worsen provide ensure allow enable offer attract prevent protect secure generate "
    "deliver yield produce mitigate limit curb relieve lift encourage exacerbate jeopardise "
    "jeopardize threaten create bring disrupt delay kill split"
)


def _is_obliged(verb: Token) -> bool:
    """ "would have to": what is required, not what comes of it."""
    return any(c.dep_ == "xcomp" and is_infinitive(c) for c in verb.children)
