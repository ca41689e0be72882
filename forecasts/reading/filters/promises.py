"""Pledges, plans, terms of treaties and forecasts of long ago: future tense without a forecast."""

import re

from spacy.tokens import Token

from forecasts.reading.filters.own_acts import is_threatened, may_be_same
from forecasts.reading.hedges.hedge import Hedge
from forecasts.reading.parsing.conditions import has_condition
from forecasts.reading.parsing.grammar import auxiliaries, marks, subject, tense
from forecasts.reading.parsing.lexicon import word_set
from forecasts.reading.parsing.reports import BELIEFS, PLEDGES, SAYING, TEXTS, reporting_verb

_TERMS = word_set(
    "ban require allow impose establish provide prohibit authorize authorise create extend "
    "oblige permit grant mandate come apply cover run last renew lapse "
    "govern contain include terminate remain consist involve place"
)
_PRONOUNS_OF_SPEAKERS = word_set("i we he she they it")
_BEFALLING = word_set(
    "have know see face lose suffer struggle regret miss witness experience run end "
    "pay need get fail crash collapse slide slip drift sink drown starve freeze die perish survive "
    "default end up miss"
)
_AMENDING = word_set("extend renew amend terminate revoke suspend modify prolong")
_HINDSIGHT = word_set(  # what these once said is told because it came out otherwise
    "commentator columnist pundit optimist pessimist enthusiast headline newspaper everyone "
    "everybody nobody prophet doomster booster i we"
)
_IMAGINED = word_set("think believe imagine assume suppose")
_CROWDS = word_set("many most some few people others everyone")
_EARLIER = word_set("previous earlier past")
_LONG_AGO = re.compile(
    r"^in (?:\w+ )?(?:19|20)\d\d$|\bago\b|\blast (?:year|decade|century)\b"
    r"|^(?:previously|originally|initially|once|formerly)$"
)


def is_promised(hedge: Hedge) -> bool:
    """Pledges, plans and wishes of the one who speaks, and the terms of treaties and laws."""
    head = hedge.head
    report = None if _is_told_beside_it(hedge) else reporting_verb(head)
    who = subject(head)
    if hedge.kind == "report" and _is_old(head):
        return True
    if _is_a_term(head, who):
        return True
    if report is not None:
        if _is_old(report) and not (_is_backdated(report) and _still_will(hedge)):
            return True
        speaker = subject(report)
        feared = report.lemma_ in {"fear", "worry"} and hedge.kind == "modal"
        if (
            report.lemma_ in PLEDGES
            and not feared
            and not any(c.dep_ == "nsubjpass" for c in report.children)
        ):
            return True
        if speaker is not None and report.lemma_ in SAYING and speaker.lemma_.lower() in TEXTS:
            return True
        if is_threatened(hedge, report):
            return True
        own = who is not None and who.lower_ in _PRONOUNS_OF_SPEAKERS and not _is_witnessed(hedge)
        own = own and not (hedge.event.lemma_ == "take" and _is_a_while(hedge.event))
        own = own and hedge.event.lemma_ not in _UNCHOSEN and not _is_empty(who, hedge.event)
        own = own and not any(c.dep_ == "auxpass" for c in hedge.event.children)
        if (
            own
            and hedge.phrase in {"will", "would", "will not", "would not"}
            and report.lemma_ in SAYING
        ):
            return who is not None and may_be_same(report, who)
    if who is not None and who.lemma_.lower() in TEXTS and hedge.event.lemma_ in _AMENDING:
        return True
    bare = hedge.phrase in {"will", "will not", "going", "would"}
    if who is not None and who.lower_ in {"i", "we"} and bare:
        supposed = hedge.phrase == "would" and has_condition(head)
        return not (supposed or _is_witnessed(hedge))
    return (
        who is not None
        and _is_a_text(who)
        and hedge.phrase in {"will", "would", "shall"}
        and hedge.event.lemma_ in _TERMS
        and not _is_a_sum(hedge.event)
    )


def _is_a_sum(verb: Token) -> bool:
    """ "The bill will *come to 18 million dollars*"."""
    to = (c for c in verb.rights if c.lower_ == "to" and c.dep_ == "prep")
    return verb.lemma_ == "come" and any(t.like_num for c in to for t in c.subtree)


def _is_told_beside_it(hedge: Hedge) -> bool:
    """ "They agreed to a truce, *which is set to begin on Monday*": no part of what was agreed."""
    head = hedge.head
    start = head.left_edge.i
    cut = start > 0 and head.doc[start - 1].text == ","
    return hedge.kind == "judgement" and head.dep_ == "relcl" and cut and tense(head) == "present"


def _is_a_text(who: Token) -> bool:
    """A law or a plan; "foreign policy" without an article is neither."""
    word = who.lemma_.lower()
    if word == "policy" and who.tag_ == "NN":
        return any(c.dep_ in {"det", "poss"} for c in who.lefts)
    return word in TEXTS | _PLANS


_PLANS = word_set("proposal plan package scheme draft measure sanction blueprint")


def _is_a_term(verb: Token, who: Token | None) -> bool:
    """ "an act *under which* NATO would not", "it states that *the parties will* cooperate"."""
    if verb.dep_ == "relcl" and verb.head.lemma_.lower() in TEXTS:
        return any(t.tag_ == "WDT" and t.dep_ == "pobj" for t in verb.doc[verb.head.i : verb.i])
    if who is None or who.lower_ not in {"parties", "signatories"} or who.i < 2:
        return False
    return all(t.lower_ == "the" for t in who.lefts)  # "both smaller parties" stand for election


def _is_a_while(verb: Token) -> bool:
    """ "It will take some time": nobody's plan."""
    taken = (c for c in verb.rights if c.dep_ in {"dobj", "npadvmod"})
    return any(c.lemma_ in {"time", "while", *_SPANS} for c in taken)


def _is_empty(who: Token | None, verb: Token) -> bool:
    """ "*It* would be hard for them to stay": nobody's plan, for it means nobody."""
    clause = any(
        c.dep_ in {"advcl", "ccomp", "xcomp", "csubj"} and c.i > verb.i for c in verb.rights
    )
    judged = any(c.dep_ in {"acomp", "attr"} for c in verb.rights)
    return who is not None and who.lower_ == "it" and verb.lemma_ == "be" and clause and judged


_UNCHOSEN = word_set("fuel boost hurt cause mean trigger exacerbate worsen harm weaken strengthen")
_SPANS = word_set("hour day week month year decade generation")


def _is_witnessed(hedge: Hedge) -> bool:
    """ "We will see more attacks" is no plan of ours, nor is what we think that we will do."""
    who = subject(hedge.event)
    if who is None or who.lower_ not in {"we", "they", "he", "she", "it"}:
        return False
    report = reporting_verb(hedge.head)
    if report is not None and report.lemma_ in BELIEFS:
        return True
    if who.lower_ == "we" and hedge.event.lemma_ == "be" and _is_a_state(hedge.event):
        return True
    return hedge.event.lemma_ in _BEFALLING and any(
        c.dep_ in {"dobj", "attr", "acomp", "prep", "prt", "advmod"} for c in hedge.event.rights
    )


def _is_a_state(verb: Token) -> bool:
    """ "We will be *back where we were*, *in recession*, *worse off*", not "be back soon"."""
    for child in verb.rights:
        inner = (child, *child.rights) if child.lower_ == "back" else (child,)
        if any(c.dep_ == "prep" and c.lower_ in {"in", "at", "under", "without"} for c in inner):
            return True
        if child.tag_ in {"JJR", "RBR"}:
            return True
    return any(c.dep_ == "ccomp" and marks(c) & {"where"} for c in verb.rights)


def _is_old(report: Token) -> bool:
    """ "Experts predicted in 2019 that ...": an old forecast retold."""
    if tense(report) != "past":
        return False
    if any(a.lower_ in {"had", "'d"} for a in auxiliaries(report)):
        return True  # "I had predicted": a later sentence says what came of it
    if report.lemma_ == "agree":
        return True  # "they agreed that talks would resume" is a plan
    who = subject(report)
    if who is not None and report.lemma_ in _IMAGINED and who.lower_ in _CROWDS:
        return True
    if who is not None and who.lemma_.lower() in _HINDSIGHT and report.lemma_ in SAYING:
        return True
    if who is not None and any(t.lower_ in _EARLIER for t in who.children):
        return True
    for child in report.children:
        if child.dep_ in {"prep", "npadvmod", "advmod", "tmod"}:
            text = child.doc[child.left_edge.i : child.right_edge.i + 1].text.lower()
            if _LONG_AGO.search(text):
                return True
    return False


def _is_backdated(report: Token) -> bool:
    """Old by its day or its verb ("agreed"), which may belong to what is told as well."""
    who = subject(report)
    return who is None or who.lemma_.lower() not in _HINDSIGHT


def _still_will(hedge: Hedge) -> bool:
    """ "Most agreed that it *will* pass": no backshift, so still to come when it was written."""
    modals = {a.lower_ for a in auxiliaries(hedge.head) if a.tag_ == "MD"}
    if hedge.kind == "report":
        return False
    return bool(modals & {"will", "wo", "'ll"}) or tense(hedge.head) == "present"
