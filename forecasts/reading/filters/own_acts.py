"""What a speaker says of their own acts: pledges and threats, which foretell nothing."""

from spacy.tokens import Token

from forecasts.reading.hedges.hedge import Hedge
from forecasts.reading.parsing.grammar import subject
from forecasts.reading.parsing.lexicon import CHANGES, word_set

_FORCES = word_set("military army force troop navy government country fighter soldier side")
_DRIVEN = frozenset({"force", "compel", "oblige"})
_UNWILLED = CHANGES | word_set(
    "have know see face suffer struggle regret miss witness experience run need fail be become "
    "seem remain exceed default post record report"
)


def may_be_same(report: Token, pronoun: Token) -> bool:
    """Whether ``pronoun`` may mean the one who speaks by ``report``."""
    speaker = subject(report)
    if pronoun.lower_ not in {"i", "we"} and _is_quoted_word_for_word(report, pronoun):
        return False  # who speaks says "I"
    if speaker is None:
        return True
    if speaker.dep_ == "expl" or (speaker.lower_ in {"it", "that"} and speaker.head.tag_ == "VBN"):
        return False
    if speaker.lower_ in {"i", "we"}:
        return pronoun.lower_ in {"i", "we"}
    if pronoun.lower_ == "it" and speaker.ent_type_ == "PERSON":
        return False
    plural = speaker.tag_ in {"NNS", "NNPS"}
    return plural == (pronoun.lower_ == "they") or pronoun.lower_ in {"i", "we"}


def is_threatened(hedge: Hedge, report: Token) -> bool:
    """ "Rome warned that it might use force", "added that its troops will use all means"."""
    who = subject(hedge.head)
    if who is None or hedge.kind != "modal":
        return False
    verb = hedge.event
    chosen = verb.lemma_ not in _UNWILLED
    passive = any(c.dep_ == "auxpass" for c in verb.children)
    if who.lower_ in {"it", "they", "he", "she", "we", "i"}:
        driven = passive and verb.lemma_ in _DRIVEN
        acts = driven or (chosen and not passive)
        return report.lemma_ == "warn" and acts and may_be_same(report, who)
    ours = any(c.tag_ == "PRP$" for c in who.lefts) and who.lemma_.lower() in _FORCES
    bare = hedge.phrase in {"will", "would", "will not", "would not"}
    return ours and bare and chosen and not passive


def _is_quoted_word_for_word(report: Token, word: Token) -> bool:
    """Whether one of the two stands between quotation marks and the other does not."""
    first, last = sorted((report.i, word.i))
    return sum(t.text == '"' for t in word.doc[first:last]) % 2 == 1
