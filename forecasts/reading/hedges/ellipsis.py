"""Judgements whose verb is left out: "France probably not", "Dublin less so", "it won't"."""

import re
from collections.abc import Iterator

from spacy.tokens import Doc, Token

from forecasts.reading.hedges.continuations import continuations
from forecasts.reading.hedges.hedge import Hedge, text_of
from forecasts.reading.hedges.modals import MODALS, modal_phrase
from forecasts.reading.parsing.grammar import own_subject, subject

_SURE = r"(?:(?:almost|very|most|quite|highly|nearly)\s)?"
_ADVERB = r"(?:probably|likely|possibly|perhaps|maybe|presumably|certainly|unlikely|surely)"
_ENDS = r"(?=\s*(?:[.;,:!)—]|\bbut\b|$))"
_HOW = rf"""(?P<how>{_SURE}{_ADVERB}(?:\s(?:not|too|also|as\swell|likewise))?
      | (?:much\s|far\s|rather\s|even\s)?less\sso | (?:even\s)?more\sso
      | (?:is|are|does|do)(?:\snot|n't) | in\sall\s(?:likelihood|probability)(?:\snot)?){_ENDS}"""
_ENDS_SO = re.compile(rf"\b{_HOW}", re.X)  # quick to look for, where the whole is not
_AFTER_A_CLAIM = re.compile(
    rf"""(?:[;,—]|\band|\bbut|\bwhile)\s*(?:and\s|but\s|while\s|whereas\s)?
    (?P<who>(?:[\w.'-]+\s){{1,8}}?|in\s(?:[\w.'-]+\s){{1,4}}?){_HOW}""",
    re.X,
)
_ANSWER = re.compile(
    rf"""\W*(?:[A-Z]:\s*)?(?:(?:yes|no|and|but|the\sanswer\s(?:is|to\sthat\sis))\b[\s,:—-]*)?
    (?P<how>{_SURE}{_ADVERB}(?:\snot)?|(?:highly\s|very\s|most\s)?(?:unlikely|doubtful)
      |not\s(?:very\s)?likely|in\sall\s(?:likelihood|probability)(?:\snot)?)\W*""",
    re.I | re.X,
)
_OPINION = re.compile(
    r"""\W*(?:[A-Z]:\s*)?(?P<how>I\s(?:(?:very\s|rather\s)?(?:much\s|seriously\s|strongly\s)?doubt\s
      (?:it|that)|(?:do\snot|don't)\s(?:think|believe|expect)\s(?:so|it)
      |(?:think|expect|believe|suppose|suspect)\s(?:so|not)))\W*""", re.I | re.X,
)  # fmt: skip
_NOT_SUBJECTS = frozenset({"which", "who", "that", "it", "this", "as", "or", "most", "very", "if"})
_VERBS = frozenset({"is", "are", "was", "were", "be", "seems", "seem", "looks", "look", "remains"})
_PHRASES = {
    "less so": "unlikely", "more so": "highly likely", "n't": "unlikely", "is": "unlikely",
    "I fear": "likely", "I suspect": "likely", "I think": "likely", "I expect": "likely",
    "I guess": "likely", "I believe": "likely", "I reckon": "likely",
    "are": "unlikely", "does": "unlikely", "do": "unlikely",
}  # fmt: skip
_NO_VERB = re.compile(
    rf"\W*(?:[A-Z]:\s*)?(?![^,]*\b(?:will|would|may|might|could|can|is|are|was|were)\b)[^,.;:]{{3,70}},"
    rf"\s(?P<how>{_SURE}{_ADVERB}|I\s(?:fear|suspect|think|expect|guess|believe|reckon)|in\sall\s(?:likelihood|probability))\W*",
    re.X,
)


def elided_hedges(doc: Doc) -> Iterator[Hedge]:
    """Judgements in ``doc`` that borrow their verb from the clause or sentence before."""
    for token in doc:
        if hedge := _bare_modal(token):
            yield hedge
    if opinion := _OPINION.fullmatch(text_of(doc)):
        yield from _opinion(doc, opinion.span("how"))
        return
    if answer := _ANSWER.fullmatch(text_of(doc)):
        yield from _adverbial(doc, answer.span("how"), answer.span("how"))
        return
    bare = _NO_VERB.fullmatch(text_of(doc))
    said = text_of(doc)[: bare.start("how")] if bare else ""
    if bare and not any(t.tag_ in {"VBD", "VBZ", "VBP", "MD"} for t in doc if t.idx < len(said)):
        yield from _adverbial(doc, (0, bare.end("how")), bare.span("how"))
        return
    yield from continuations(doc)
    if not _ENDS_SO.search(text_of(doc)):
        return
    for found in _AFTER_A_CLAIM.finditer(text_of(doc)):
        who = found["who"].split()
        if _VERBS & {word.lower() for word in who}:
            continue  # "the board is likely, in the end, to agree": nothing is left out
        if who[0].lower() not in _NOT_SUBJECTS and (who[0][0].isupper() or len(who) > 1):
            yield from _adverbial(doc, (found.start("who"), found.end("how")), found.span("how"))


def is_short_answer(sentence: str) -> bool:
    """Whether a sentence is nothing but a judgement, such as "Probably not."."""
    if len(sentence) >= 100:
        return False
    return any(p.fullmatch(sentence) for p in (_ANSWER, _OPINION, _NO_VERB))


def may_stand_alone(hedge: Hedge) -> bool:
    """Whether an elided judgement says something without another claim beside it: "He may."."""
    modal = hedge.head.tag_ == "MD" and hedge.head.lower_ not in {"would", "'d", "could"}
    return modal or is_short_answer(text_of(hedge.head.doc))


def _bare_modal(token: Token) -> Hedge | None:
    """ "Warsaw will veto it; Budapest *won't*": nothing follows the auxiliary."""
    if token.tag_ != "MD" or token.lower_ not in MODALS - {"should"}:
        return None
    if token.dep_ in {"aux", "auxpass"} and token.head.i > token.i:
        return None
    end = token.i + 1
    words = [token]
    while end < len(token.doc) and token.doc[end].lower_ in _TAIL:
        words.append(token.doc[end])
        end += 1
    if end < len(token.doc) and token.doc[end].text not in {".", ";", ",", "!", ":", "—", ")", '"'}:
        return None
    who = own_subject(token) or next(
        (t for t in token.lefts if t.pos_ in {"PRON", "NOUN", "PROPN"}), None
    )
    if who is None and token.i and token.nbor(-1).pos_ in {"PRON", "NOUN", "PROPN"}:
        who = token.nbor(-1)
    if who is None and token.dep_ == "conj":
        who = token if subject(token) is not None else None
    if who is None or who.tag_ in {"WP", "WDT"}:
        return None
    phrase, negative = modal_phrase(token, words)
    adverb = token.i and token.nbor(-1).pos_ == "ADV"
    first = who.left_edge.i if who.i < token.i else token.i - bool(adverb)
    bounds = (first, end)
    return Hedge(token, token, tuple(words), phrase, negative, kind="elided", bounds=bounds)


_TAIL = frozenset(
    {"not", "n't", "too", "also", "probably", "likely", "certainly", "almost", "well", "never",
     "soon", "again", "indeed"}
)  # fmt: skip


def _adverbial(doc: Doc, place: tuple[int, int], how: tuple[int, int]) -> Iterator[Hedge]:
    clause = doc.char_span(*place, alignment_mode="expand")
    words = doc.char_span(*how, alignment_mode="expand")
    if clause is None or words is None:
        return
    said = words.text.lower()
    negative = said.endswith(" not")
    phrase = re.sub(r" (?:not|too|also|as well|likewise)$", "", said)
    phrase = next((p for end, p in _PHRASES.items() if phrase.endswith(end.lower())), phrase)
    if phrase.startswith("not "):
        phrase, negative = "unlikely", True
    phrase = _normal(phrase)
    against = phrase.endswith(("unlikely", "doubtful"))
    yield Hedge(
        words[-1], words[-1], tuple(words), f"{phrase} not" if negative and not against else phrase,
        negative or against, kind="elided", bounds=(clause.start, clause.end),
    )  # fmt: skip


def _opinion(doc: Doc, how: tuple[int, int]) -> Iterator[Hedge]:
    """ "I doubt it", "I think so", "I don't think so"."""
    span = doc.char_span(*how, alignment_mode="expand")
    if span is None:
        return
    said = {t.lower_ for t in span}
    denied = bool(said & {"not", "n't"})
    phrase = "doubt" if "doubt" in said else "unlikely" if denied else "likely"
    yield Hedge(
        span[0], span[0], tuple(span), phrase, phrase != "likely", kind="elided",
        bounds=(span.start, span.end),
    )  # fmt: skip


def _normal(phrase: str) -> str:
    """The wording as the scales list it."""
    strength, _, word = phrase.rpartition(" ")
    if phrase.startswith("in all"):
        return "likely"
    if word == "certainly" or strength in {"almost", "nearly"}:
        return "almost certainly"
    return phrase if not strength else f"highly {word}".replace("probably", "likely")
