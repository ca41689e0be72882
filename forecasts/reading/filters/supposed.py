"""What is laid down, argued for or held possible in principle, and so foretold by nobody."""

import re

from spacy.tokens import Token

from forecasts.reading.hedges.hedge import Hedge, text_of
from forecasts.reading.parsing.embedding import clauses_around
from forecasts.reading.parsing.grammar import ancestors, auxiliaries, is_dated, subject
from forecasts.reading.parsing.lexicon import ACTORS, word_set
from forecasts.reading.parsing.reports import TEXTS

_LAWS = TEXTS | word_set("measure provision proposal plan amendment reform regulation initiative")
# What may come of a law, besides what it says.
_FATES = word_set(
    "pass fail die win lose survive become face hurt harm cost lead cause trigger boost help "
    "damage mean result have be come go make reach get take drive push hit benefit"
)
_ANYBODY = word_set(
    "employer employee person taxpayer patient buyer seller tenant landlord student parent "
    "customer applicant individual couple candidate donor borrower lender passenger player"
)
_IN_PRINCIPLE = re.compile(r"\b(?:in (?:principle|theory)|theoretically|hypothetically)\b", re.I)
_POSITIONS = word_set("position view idea claim argument notion belief theory contention case")
_HOLDING = word_set("hold share accept buy believe endorse reject dismiss dispute deny refute")
_NOBODY = word_set("few nobody none hardly")
_REJECTING = word_set("reject dismiss dispute deny refute")
_GENERIC = word_set("want like wish prefer enjoy love")


def is_only_supposed(hedge: Hedge) -> bool:
    """Terms of bills, rules for anybody, what could be in principle, positions nobody holds."""
    if hedge.kind not in {"modal", "judgement", "scheduled"}:
        return False
    verb, who = hedge.event, subject(hedge.head)
    modals = {a.lower_ for a in auxiliaries(verb) if a.tag_ == "MD"}
    if modals & {"could", "might", "may", "would"} and _IN_PRINCIPLE.search(text_of(verb.doc)):
        return True
    if _is_held_by_nobody(hedge.head) or _is_for_anybody(hedge.head):
        return True
    if verb.lemma_ in _GENERIC and hedge.phrase in {"will", "going"} and not is_dated(verb):
        return True
    if who is None or "would" not in modals or is_dated(verb):
        return False
    law = who.lemma_.lower() in _LAWS and who.tag_ == "NN"
    return (law and verb.lemma_ not in _FATES) or _is_called_upon(who)


def _is_called_upon(who: Token) -> bool:
    """ "*A Congress with self-respect* would put reform first": what is asked of it."""
    one = who.left_edge.lower_ in {"a", "an", "any"} and who.lemma_.lower() in ACTORS
    return one and any(c.dep_ == "prep" and c.lower_ in {"with", "of"} for c in who.rights)


def _is_for_anybody(verb: Token) -> bool:
    """ "If *an employer* pays more than $15, the benefit becomes taxable"."""
    for child in verb.children:
        if child.dep_ != "advcl" or child.left_edge.lower_ != "if":
            continue
        who = subject(child)
        if who is None or who.lemma_.lower() not in _ANYBODY or who.tag_ != "NN":
            continue
        opening = who.left_edge.lower_
        limit = re.search(r"\b(?:more|less|fewer) than\b", _phrase(child))
        if opening in {"a", "an", "any"} or (opening == "the" and limit is not None):
            return not is_dated(verb)
    return False


def _phrase(token: Token) -> str:
    text: str = token.doc[token.left_edge.i : token.right_edge.i + 1].text
    return text


def _before(verb: Token) -> str:
    text: str = verb.doc[: verb.i].text
    return text


# "Few hold the position, as the paper argues, that": wherever the parser hung what follows.
_DENIED = re.compile(
    r"\b(?:few|nobody|no one|none)\b.{0,30}\b(?:holds?|shares?|accepts?|argues?)"
    r" (?:the|this|that) (?:position|view|idea|claim)\b.*\bthat\b"
    r"|\b(?:fallacy|misconception|canard|delusion|myth)\b.*\bthat\b", re.I,
)  # fmt: skip


def _is_held_by_nobody(verb: Token) -> bool:
    """ "*Few hold the position* that it will be needed", "he *rejects the claim* that it will"."""
    if _DENIED.search(_before(verb)):
        return True
    for clause, noun in clauses_around(verb, None):
        if noun is None or noun.lemma_ not in _POSITIONS or clause.i < noun.i:
            continue
        holder = next((g for g, _ in ancestors(noun) if g.pos_ == "VERB"), None)
        if holder is None or holder.lemma_ not in _HOLDING:
            continue
        who = subject(holder)
        scarce = who is not None and any(t.lower_ in _NOBODY for t in (who, *who.children))
        return scarce or holder.lemma_ in _REJECTING
    return False
