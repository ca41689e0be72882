"""Pledges, plans, terms of treaties and forecasts of long ago: future tense without a forecast."""

import re

from spacy.tokens import Token

from forecasts.reading.grammar import subject, tense
from forecasts.reading.hedges import Hedge
from forecasts.reading.lexicon import word_set
from forecasts.reading.reports import PLEDGES, SAYING, TEXTS, reporting_verb

_TERMS = word_set(
    "ban require allow impose establish provide prohibit authorize authorise create extend "
    "oblige permit grant mandate come apply cover"
)
_PRONOUNS_OF_SPEAKERS = word_set("i we he she they it")
_LONG_AGO = re.compile(
    r"^in (?:\w+ )?(?:19|20)\d\d$|\bago\b|\blast (?:year|decade|century)\b"
    r"|^(?:previously|originally|initially|once|formerly)$"
)


def is_promised(hedge: Hedge) -> bool:
    """Pledges, plans and wishes of the one who speaks, and the terms of treaties and laws."""
    head = hedge.head
    report = reporting_verb(head)
    who = subject(head)
    if report is not None:
        if _is_old(report):
            return True
        speaker = subject(report)
        if report.lemma_ in PLEDGES and not any(c.dep_ == "nsubjpass" for c in report.children):
            return True
        if speaker is not None and report.lemma_ in SAYING and speaker.lemma_.lower() in TEXTS:
            return True
        own = who is not None and who.lower_ in _PRONOUNS_OF_SPEAKERS and not _is_witnessed(hedge)
        if own and hedge.phrase in {"will", "would", "will not"} and report.lemma_ in SAYING:
            return who is not None and (speaker is None or _may_be_same(speaker, who))
    bare = hedge.phrase in {"will", "will not", "going", "would"}
    if who is not None and who.lower_ in {"i", "we"} and bare:
        return not _is_witnessed(hedge)
    return (
        who is not None
        and who.lemma_.lower() in TEXTS
        and hedge.phrase in {"will", "would", "shall"}
        and hedge.event.lemma_ in _TERMS
    )


def _is_witnessed(hedge: Hedge) -> bool:
    """ "We will see more attacks" is no plan of ours."""
    who = subject(hedge.event)
    if who is None or who.lower_ != "we" or hedge.event.lemma_ not in {"see", "face"}:
        return False
    return any(c.dep_ == "dobj" for c in hedge.event.children)


def _is_old(report: Token) -> bool:
    """ "Experts predicted in 2019 that ...": an old forecast retold."""
    if tense(report) != "past":
        return False
    for child in report.children:
        if child.dep_ in {"prep", "npadvmod", "advmod", "tmod"}:
            text = child.doc[child.left_edge.i : child.right_edge.i + 1].text.lower()
            if _LONG_AGO.search(text):
                return True
    return False


def _may_be_same(speaker: Token, pronoun: Token) -> bool:
    if speaker.dep_ == "expl" or (speaker.lower_ in {"it", "that"} and speaker.head.tag_ == "VBN"):
        return False
    plural = speaker.tag_ in {"NNS", "NNPS"}
    return plural == (pronoun.lower_ == "they") or pronoun.lower_ in {"i", "we"}
