"""Hedges carried by auxiliaries and adverbs: "will probably", "may not", "potentially reviving"."""

import re
from collections.abc import Sequence

from spacy.tokens import Token

from forecasts.reading.hedges.hedge import POSSIBILITY, Hedge, in_order
from forecasts.reading.parsing.grammar import (
    COPULAS,
    DENYING,
    auxiliaries,
    denial_of_object,
    is_dated,
    is_negated,
    own_subject,
    subject,
    tense,
)
from forecasts.reading.parsing.lexicon import word_set
from forecasts.reading.parsing.reports import BELIEFS

_ESTIMATES = word_set("probably likely certainly presumably potentially")
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
    if token.lower_ == "ought":
        return _ought(token)
    if token.tag_ != "MD" or token.lower_ not in MODALS or token.dep_ not in {"aux", "auxpass"}:
        return None
    verb = _verb_of(token)
    if verb.i < token.i or _is_inverted(token, verb):
        return None
    words, phrase = _with_adverb(token)
    if _is_disbelieved(verb) and phrase in {"will", "would"}:
        believer = verb.head
        denial = [c for c in believer.children if c.dep_ == "neg"]
        said = in_order([*denial, believer, *words])
        return Hedge(believer, verb, said, "unlikely", negative=True, kind="report")
    if phrase in {"will", "would"} and (doubter := _doubter(verb)):
        denial = [c for c in doubter.children if c.dep_ == "neg"]
        said = in_order([*denial, doubter, *words])
        doubt = "not doubt" if denial else "doubt"
        holds = doubter if doubter.pos_ == "VERB" else doubter.head  # "*was* sceptical"
        return Hedge(holds, verb, said, doubt, negative=not denial, kind="report")
    if phrase == "will" and verb.dep_ == "ccomp" and verb.head.lemma_ in _VIEWS:
        words, phrase = [verb.head, *words], _VIEWS[verb.head.lemma_]
    negated = is_negated(verb)
    words += [c for c in verb.lefts if c.dep_ == "neg" or c.lower_ in DENYING]
    words += filter(None, [denial_of_object(verb)])
    phrase, negative = _denied(phrase, negated)
    return Hedge(verb, verb, in_order(words), phrase, negative)


def _ought(modal: Token) -> Hedge | None:
    """ "Demand *ought to* pick up": "should" with its verb hung below it."""
    verb = next((c for c in modal.rights if c.dep_ == "xcomp"), None)
    verb = modal.head if verb is None and modal.dep_ == "aux" else verb
    if verb is None or verb.i < modal.i:
        return None
    denied = [c for c in modal.rights if c.dep_ == "neg"]  # one of the verb's is seen to later
    phrase, negative = _denied("should", bool(denied))
    head = modal if modal in verb.ancestors else verb
    return Hedge(head, verb, in_order([modal, *denied]), phrase, negative)


def _verb_of(modal: Token) -> Token:
    """The verb helped; in "might one day look" the parser hangs the auxiliary on the day."""
    if modal.head.pos_ in {"VERB", "AUX"}:
        return modal.head
    after = (t for t in modal.doc[modal.i + 1 : modal.i + 5] if t.tag_ == "VB")
    return next(after, modal.head)


def modal_phrase(modal: Token, words: Sequence[Token]) -> tuple[str, bool]:
    """Phrase and polarity of an auxiliary without its verb, as in "it probably won't"."""
    near = words[0].doc[max(0, modal.i - 2) : words[-1].i + 1]
    adverb = next((t for t in near if t.lower_ in _ADVERBS), None)
    phrase = _name(modal)
    if adverb is not None:
        almost = any(t.lower_ in {"almost", "nearly"} for t in near)
        phrase = f"almost {adverb.lower_}" if almost else adverb.lower_
        phrase = _adverb_phrase(adverb) if phrase != "almost certainly" else phrase
    elif any(t.lower_ == "well" for t in words) and phrase in POSSIBILITY:
        phrase = f"{phrase} well"
    return _denied(phrase, any(t.lower_ in {"not", "n't", "never"} for t in near))


def _denied(phrase: str, negated: bool) -> tuple[str, bool]:
    against = phrase == "unlikely"
    if negated:  # as a forecast, "could not survive" denies, as "would not" does
        phrase = "would not" if phrase == "could" else f"{phrase} not"
    return phrase, negated != against


def _name(modal: Token) -> str:
    return _MODAL_NAMES.get(modal.lower_, modal.lower_)


def _is_inverted(modal: Token, verb: Token) -> bool:
    """ "Will it hold?", "should talks fail": the auxiliary stands before its subject."""
    who = own_subject(verb)
    if who is None or modal.i > who.left_edge.i:
        return False
    # "Nor will the bank move", "only in 2030 will output recover": turned round, and no question.
    opening = verb.doc[min(verb.left_edge.i, modal.i)].lower_
    return not (opening in _TURNING and modal.lower_ in {"will", "would", "may"})


_TURNING = frozenset({"nor", "neither", "not", "only", "never", "rarely", "seldom", "nowhere"})


def _with_adverb(token: Token) -> tuple[list[Token], str]:
    name = _name(token)
    adverb = _adverb_between(token, token.head)
    if adverb is not None:
        phrase = _adverb_phrase(adverb)
        if phrase in POSSIBILITY and name in POSSIBILITY:
            phrase = name
        return [token, *with_strength(adverb)], phrase
    if _IN_ALL_LIKELIHOOD.search(token.doc[: token.head.i].text):
        return [token], "likely"
    following = token.doc[token.i + 1 : token.i + 2].text.lower()
    if name in POSSIBILITY and following in {"well", "easily"}:
        return [token, token.nbor()], f"{name} well"
    return [token], name


def _is_disbelieved(verb: Token) -> bool:
    """ "I don't think there will be a deal" denies the deal, not the thinking."""
    believer = verb.head
    if verb.dep_ != "ccomp" or believer.lemma_ not in BELIEFS - {"doubt"}:
        return False
    who = subject(believer)
    few = who is not None and any(t.lower_ == "few" for t in (who, *who.children))
    return is_negated(believer) or few


# "We think the bank will wait" says less than that it will.
_VIEWS = {
    **dict.fromkeys(
        ("think", "believe", "reckon", "suspect", "guess", "imagine", "suppose", "estimate"),
        "expected",
    ),
    **dict.fromkeys(("fear", "worry"), "risk"),
}


def _doubter(verb: Token) -> Token | None:
    """ "They *doubt* that it will", "she was *sceptical* that it would"."""
    doubting = verb.head.lemma_ == "doubt" or verb.head.lower_ in _DOUBTFUL
    return verb.head if verb.dep_ == "ccomp" and doubting and verb.head.i < verb.i else None


_DOUBTFUL = word_set("sceptical skeptical doubtful unconvinced")


def _adverb_between(modal: Token, verb: Token) -> Token | None:
    near = (c for c in verb.children if modal.i - 3 <= c.i <= verb.i and c.lower_ in _ADVERBS)
    trailing = (c for c in verb.rights if c.lower_ in _ADVERBS and _is_set_off(c))
    return (
        next(near, None)
        or next(trailing, None)
        or next((t for t in modal.doc[modal.i + 1 : verb.i] if t.lower_ in _ADVERBS), None)
    )


def _is_set_off(adverb: Token) -> bool:
    """ "Italy will count a bridge, *perhaps*."""
    after = adverb.doc[adverb.i + 1 : adverb.i + 2].text
    return adverb.i > 0 and adverb.nbor(-1).text == "," and after in {"", ".", ",", ";", "!"}


def _by_when(adverb: Token) -> Token | None:
    """The verb in "the campaign begins, *possibly as early as* the spring"."""
    after = adverb.doc[adverb.i + 1 : adverb.i + 4].text.lower()
    if adverb.i == 0 or adverb.nbor(-1).text != "," or not after.startswith(_TIMES):
        return None
    verb = next((t for t in adverb.ancestors if t.pos_ == "VERB" and t.i < adverb.i), None)
    return verb if verb is not None and tense(verb) == "present" else None


_TIMES = (
    "as early as",
    "as soon as",
    "by ",
    "before ",
    "within ",
    "next ",
    "this ",
    "later ",
    "in ",
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


_STATES = word_set("deserve have need know want own believe belong depend own merit matter")
_RESULTS = frozenset({"mean", "leave", "spell", "doom", "force"})  # "probably means another vote"


def aside_hedge(token: Token) -> Hedge | None:
    """A hedged participle after a comma (", potentially reviving trade"), or a plain verb."""
    if token.lower_ not in _ADVERBS or token.dep_ != "advmod":
        return None
    verb = token.head
    if (late := _by_when(token)) is not None:
        return Hedge(late, late, (token,), _adverb_phrase(token), kind="aside")
    modals = [a for a in auxiliaries(verb) if a.tag_ == "MD"]
    can = [a.lower_ for a in modals] == ["can"] and token.lower_ in _ESTIMATES
    if (modals and not can) or verb.i < token.i:
        return None
    phrase = _adverb_phrase(token)
    if can:  # "he can *probably* bring them to talk"
        denied = is_negated(verb)
        said = in_order([*modals, *with_strength(token)])
        return Hedge(verb, verb, said, f"{phrase} not" if denied else phrase, denied)
    words = in_order(with_strength(token))
    against = phrase.endswith("unlikely")
    if verb.tag_ == "VBG" and not auxiliaries(verb):
        return Hedge(verb, verb, words, phrase, against, kind="aside")
    result = verb.lemma_ in _RESULTS and any(c.dep_ == "dobj" for c in verb.rights)
    dated = is_dated(verb) and verb.lemma_ not in COPULAS | _STATES
    if tense(verb) == "present" and (dated or result):
        return Hedge(verb, verb, words, phrase, against, kind="aside")
    return None
