"""Hedges carried by auxiliaries and adverbs: "will probably", "may not", "potentially reviving"."""

import re

from spacy.tokens import Token

from forecasts.reading.grammar import COPULAS, auxiliaries, is_negated, tense
from forecasts.reading.hedges import POSSIBILITY, Hedge, in_order
from forecasts.reading.lexicon import word_set
from forecasts.reading.reports import BELIEFS

MODALS = frozenset({"will", "'ll", "wo", "would", "'d", "may", "might", "could", "should", "shall"})
_MODAL_NAMES = {"'ll": "will", "wo": "will", "shall": "will", "'d": "would"}
_ADVERBS = word_set(
    "likely unlikely probably possibly potentially perhaps maybe presumably certainly "
    "inevitably surely undoubtedly conceivably"
)
STRENGTHS = {
    "very": "very", "highly": "highly", "extremely": "highly", "most": "highly", "quite": "",
    "almost": "almost", "nearly": "almost", "virtually": "almost", "overwhelmingly": "highly",
}  # fmt: skip
_IN_ALL_LIKELIHOOD = re.compile(r"\bin all (?:likelihood|probability)\b[^;]*$", re.I)


def modal_hedge(token: Token) -> Hedge | None:
    """The hedge of an auxiliary such as "will" or "could", with its adverb and its "not"."""
    if token.tag_ != "MD" or token.lower_ not in MODALS or token.dep_ not in {"aux", "auxpass"}:
        return None
    verb = token.head
    if verb.i < token.i:
        return None
    name = _MODAL_NAMES.get(token.lower_, token.lower_)
    words, phrase = _with_adverb(token, name)
    if _is_disbelieved(verb) and name in {"will", "would"}:
        believer = verb.head
        denial = [c for c in believer.children if c.dep_ == "neg"]
        said = in_order([*denial, believer, *words])
        return Hedge(believer, verb, said, "unlikely", negative=True, kind="report")
    negated = is_negated(verb)
    words += [c for c in verb.children if c.dep_ == "neg" and c.i < verb.i]
    against = phrase == "unlikely"
    if negated:  # as a forecast, "could not survive" denies, as "would not" does
        phrase = "would not" if phrase == "could" else f"{phrase} not"
    return Hedge(verb, verb, in_order(words), phrase, negated != against)


def _with_adverb(token: Token, name: str) -> tuple[list[Token], str]:
    adverb = _adverb_between(token, token.head)
    if adverb is not None:
        phrase = _adverb_phrase(adverb)
        if phrase in POSSIBILITY and name in POSSIBILITY:
            phrase = name
        return [token, *with_strength(adverb)], phrase
    if _IN_ALL_LIKELIHOOD.search(token.doc[: token.i].text):
        return [token], "likely"
    if name in POSSIBILITY and token.i + 1 < len(token.doc) and token.nbor().lower_ == "well":
        return [token, token.nbor()], f"{name} well"
    return [token], name


def _is_disbelieved(verb: Token) -> bool:
    """ "I don't think there will be a deal" denies the deal, not the thinking."""
    believer = verb.head
    return verb.dep_ == "ccomp" and believer.lemma_ in BELIEFS and is_negated(believer)


def _adverb_between(modal: Token, verb: Token) -> Token | None:
    near = (c for c in verb.children if modal.i - 3 <= c.i <= verb.i and c.lower_ in _ADVERBS)
    return next(near, None) or next(
        (t for t in modal.doc[modal.i + 1 : verb.i] if t.lower_ in _ADVERBS), None
    )


def with_strength(word: Token) -> list[Token]:
    return [c for c in word.children if c.lower_ in STRENGTHS] + [word]


def _adverb_phrase(adverb: Token) -> str:
    strength = next((STRENGTHS[c.lower_] for c in adverb.children if c.lower_ in STRENGTHS), "")
    if strength == "almost" and adverb.lower_ != "certainly":
        strength = ""
    if adverb.lower_ in {"possibly", "potentially"}:
        strength = ""
    return f"{strength} {adverb.lower_}".strip()


def aside_hedge(token: Token) -> Hedge | None:
    """A hedged participle after a comma (", potentially reviving trade"), or a plain verb."""
    if token.lower_ not in _ADVERBS or token.dep_ != "advmod":
        return None
    verb = token.head
    if any(a.tag_ == "MD" for a in auxiliaries(verb)) or verb.i < token.i:
        return None
    phrase = _adverb_phrase(token)
    words = in_order(with_strength(token))
    against = phrase.endswith("unlikely")
    if verb.tag_ == "VBG" and not auxiliaries(verb):
        return Hedge(verb, verb, words, phrase, against, kind="aside")
    if (
        tense(verb) == "present"
        and any(t.ent_type_ in {"DATE", "TIME"} for t in verb.subtree)
        and verb.lemma_ not in COPULAS
    ):
        return Hedge(verb, verb, words, phrase, against, kind="aside")
    return None
