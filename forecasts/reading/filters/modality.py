"""Which readings of "may", "could", "should", "would" and "will" look ahead."""

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
from forecasts.reading.parsing.reports import SAYING, TEXTS, minding_verb, reporting_verb

# A mind's present state: "may believe" guesses at what is, not at what will be.
_MINDS = word_set(
    "believe think hope want wish prefer fear suspect know view regard perceive consider "
    "interpret understand need like love see"
)
_IDIOMS = word_set("like love prefer rather argue say note add think suggest hate imagine")
_REGARDS = word_set("see view regard treat consider perceive interpret read take")
_OUTLOOK = word_set(
    "help prove ease rise fall grow recover improve remain continue lead slow arrive become "
    "see result boost drop decline stabilise stabilize return follow reach increase decrease "
    "reduce lower support keep pick emerge push last hold allow make come average peak bottom "
    "clear pass settle hover stay end bring give benefit win gain survive profit prevail rebound "
    "weaken strengthen widen narrow shrink expand accelerate start begin take improve firm total "
    "amount"
)
_FARING = word_set("benefit win gain recover survive profit prevail rebound struggle grow rise")
_MOODS = word_set(
    "tempted inclined reluctant willing unwilling keen eager unhappy happy hoping aware"
)
_STANDING = word_set("right wrong true false correct aware unaware dead alive guilty responsible")
_VAGUE = frozenset({"fine", "ok", "okay", "alright"})
_FATES = frozenset({"dead", "alive"})  # that will be, though not may be: "dead on arrival"
_IN_A_YEAR = re.compile(r"\b(?:in|since) (?:19|20)\d\d\b|\blast (?:year|month|week)\b|\bago\b")
_POINTERS = word_set("this that such these those")
_SUPPOSES = re.compile(r"\b(?:if|unless|should|were)\b|^(?:without|absent|barring)\b", re.I)


def modal_claims(hedge: Hedge, supposed: bool) -> bool:
    verb, phrase = hedge.event, hedge.phrase
    modal = hedge.words[0].lower_ if hedge.words else ""
    if _is_a_topic(verb):
        return False
    modal = "should" if modal == "ought" else modal
    said = {c.lower_ for c in verb.children if c.dep_ == "acomp"}
    if said & _VAGUE and verb.lemma_ == "be":
        return False
    standing = said & _STANDING
    if standing - (_FATES if hedge.phrase in {"will", "will not"} else set()):
        return False
    if verb.lemma_ == "reach" and "for comment" in verb.doc[verb.i :].text:
        return False
    modals = {a.lower_ for a in auxiliaries(verb) if a.tag_ == "MD"} | {modal}
    if verb.lemma_ == "have" and not any(c.i > verb.i and not c.is_punct for c in verb.children):
        return False  # "it might have": the perfect, its participle left out
    if modals & {"may", "might", "could"}:
        if (verb.lemma_ in _MINDS and not _is_met_with(verb)) or _is_inclined(verb):
            return False
        if verb.tag_ == "VBG" and not is_dated(verb):
            return False
        return not ("could" in modals and _is_past_ability(hedge))
    if modals & {"would", "'d"}:
        return _would_claims(hedge, supposed)
    if "should" in modals:
        able = any(c.lower_ == "able" for c in verb.children) or _is_measured(verb)
        able = able or _does_much(verb)
        expected = verb.lemma_ in _OUTLOOK | _EFFECTS | CHANGES or (
            is_dated(verb) and verb.tag_ == "VB"
        )
        return able or (expected and (_is_thing(subject(verb)) or verb.lemma_ in _FARING))
    going_on = any(c.lower_ in {"still", "continue"} for c in verb.children)
    return phrase not in {"will", "would"} or not (
        (is_descriptive(verb) and not going_on) or verb.lemma_ in {"like", "love"}
    )


def _is_a_topic(verb: Token) -> bool:
    """ "One thing to watch will be the price": what to look at, and not how it turns out."""
    who = subject(verb)
    looked_at = who is not None and any(
        c.dep_ in {"relcl", "acl"} and is_infinitive(c) and c.lemma_ in _LOOKING
        for c in who.children
    )
    return verb.lemma_ == "be" and looked_at


_LOOKING = word_set("watch ask answer follow monitor look see resolve consider track remember")


def _is_measured(verb: Token) -> bool:
    """ "The trees should absorb *13 million tons*": a number is no advice."""
    things = (c for c in verb.rights if c.dep_ in {"dobj", "npadvmod"})
    return any(t.like_num for c in things for t in c.subtree) and _is_thing(subject(verb))


def _does_much(verb: Token) -> bool:
    """ "That should not *do much* to weaken it": what comes of it, and no advice."""
    amounts = (c for c in verb.rights if c.lower_ in {"much", "little", "nothing"})
    return verb.lemma_ == "do" and any(amounts) and _is_thing(subject(verb))


def _is_inclined(verb: Token) -> bool:
    """ "may be tempted", a mood of today; "may be more inclined" tells of a change."""
    moods = [verb, *(c for c in verb.children if c.dep_ == "acomp")]
    changed = any(t.lower_ in {"more", "less"} for m in moods for t in m.children)
    return not changed and any(m.lower_ in _MOODS for m in moods)


def _is_met_with(verb: Token) -> bool:
    """ "We could see some flooding": what is seen will come about."""
    met = any(c.dep_ in {"dobj", "ccomp"} for c in verb.rights)
    judged = any(c.lower_ == "as" for c in verb.rights)
    could = any(a.lower_ == "could" for a in auxiliaries(verb))
    return verb.lemma_ == "see" and could and met and not judged


def _is_past_ability(hedge: Hedge) -> bool:
    """ "tried but could not escape", "he could not attend": told, not foretold."""
    verb, who = hedge.event, subject(hedge.event)
    passive = any(c.dep_ == "auxpass" for c in verb.children)
    clause = verb.doc[verb.left_edge.i : verb.right_edge.i + 1].text
    if _IN_A_YEAR.search(clause) and not has_condition(hedge.head):
        return True
    if passive and hedge.negative and not has_condition(hedge.head):
        return True  # "the claim could not be verified"
    person = who is not None and who.lower_ in {"he", "she", "i", "they", "we"}
    if person and hedge.negative and not has_condition(hedge.head) and not is_dated(verb):
        return True
    if reporting_verb(verb) is not None:
        return False  # "warned that tempers were rising and any act could lead to war"
    around = [verb.head] if verb.dep_ in {"conj", "advcl"} and verb.head != verb else []
    around += [c for c in verb.children if c.dep_ in {"conj", "advcl"}]
    return any(tense(t) == "past" and t.lemma_ not in SAYING for t in around)


def _would_claims(hedge: Hedge, supposed: bool) -> bool:
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
        verb.lemma_ not in _EFFECTS | CHANGES
    ):
        return False
    if not (thing or who.lower_ in {"this", "that"}):
        return False
    told = any(t.tag_ == "VBD" or t.lower_ in {"later", "eventually"} for t in verb.doc)
    anyone = who.tag_ == "NNS" and not any(c.dep_ in {"det", "poss"} for c in who.children)
    told = told and not (anyone and not any(t.tag_ == "VBD" for t in verb.doc))
    return not told and verb.dep_ in {"ROOT", "conj", "ccomp"}


_PLANS = word_set("plan proposal package scheme project road programme program reform budget move")
_EFFECTS = word_set(
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


def _is_thing(who: Token | None) -> bool:
    if who is None or who.lower_ in {"we", "you", "i", "he", "she", "they", "one"}:
        return False
    if who.lower_ in {"this", "that", "these"} and who.pos_ == "PRON" and who.tag_ != "WDT":
        return True
    if who.tag_ == "WDT" and who.head.dep_ == "relcl":
        who = who.head.head
    common = (
        who.pos_ == "NOUN" or who.dep_ == "csubj" or (who.i == 0 and not who.ent_type_)
    )  # "Turnout should ..."
    return common and who.lemma_.lower() not in ACTORS
