"""Estimates given as labels: "Prediction: 5 %", "Base case (60 %)", "Likelihood: low"."""

import re

from spacy.tokens import Doc

from forecasts.reading.chances.percentages import stated_percentage
from forecasts.reading.hedges.hedge import Hedge, text_of
from forecasts.reading.horizons.horizon import HORIZON
from forecasts.reading.parsing.grammar import is_negated, tense

_NUMBER = r"(?:about|around|roughly|c\.|~|≈|<|>)?\s*\d[\d.\s–—-]{0,12}\s?(?:%|per ?cent)"
_LABELLED = re.compile(
    r"\b(?:prediction|probability|risk|forecast|likelihood|confidence|chances?|odds|estimate)\b"
    rf"[^.:=\d]{{0,40}}[:=]\s*{_NUMBER}"
    rf"|\(\s*(?:probability|likelihood|chance|odds)[:,]?\s(?:of\s)?{_NUMBER}\s*\)"
    rf"|\b(?:low|high|medium|moderate|even)[ -](?:probability|likelihood|chance)"
    rf"\s*\(\s*{_NUMBER}\s*\)"
    rf"|\((?:we|I)(?:\swould|'d)?\s(?:say|put it at|guess|reckon)\s{_NUMBER}"
    rf"|^[^().]{{3,80}}\(\s*{_NUMBER}\s*[:;,—]\s(?=\w)"
    rf"|\(\s*{_NUMBER}\s(?:probability|likelihood|chance|odds|likely)\s*\)"
    r"|^\W*(?:(?:best|base|worst|central|downside|upside|bear|bull|baseline|adverse)\b[^.;]{0,60}"
    rf"|(?:scenario|case|outcome|option)\s(?:\w+\b)[^.;]{{0,70}}?)\(\s*{_NUMBER}\s*\)",
    re.I,
)
_RATED = re.compile(
    r"\b(?:probability|likelihood|chances?|odds)\s*(?:[:=]|—)\s*(?P<level>(?:very\s|highly\s"
    r"|extremely\s|almost\s)?(?:likely|unlikely|certain|probable|improbable|possible|remote"
    r"|low|high|even))\b"
    r"|^[^.:]{2,60}:\s(?P<before>(?:very\s)?(?:low|high|even|remote|likely|unlikely))"
    r"\s(?:probability|likelihood|chances?|odds)\W*$", re.I,
)  # fmt: skip
_RATINGS = {
    "low": "little chance", "very low": "remote possibility", "high": "high chance",
    "very high": "high chance", "even": "even chance", "remote": "remote possibility",
}  # fmt: skip


_ENTRY = re.compile(
    rf"(?P<claim>\W*\w[^:%]{{8,180}}?)(?P<label>\s?(?::|—|-)\s{_NUMBER}|\s\({_NUMBER}\)"
    rf"|[.]\s{_NUMBER})\W*"
)


def _entry(doc: Doc) -> Hedge | None:
    """ "The bank cuts twice: 65 %.": an entry in a list of predictions."""
    found = _ENTRY.fullmatch(text_of(doc))
    if found is None:
        return None
    root = next((t for t in doc if t.dep_ == "ROOT"), doc[0])
    verbs = [t for t in doc if t.pos_ in {"VERB", "AUX"} and tense(t) in {"present", "modal"}]
    told = any(t.tag_ == "VBD" for t in doc)
    bracketed = found["label"].lstrip().startswith("(")
    will = any(t.lower_ in {"will", "wo"} for t in doc)
    plain = found["label"].strip()[:1] in ":—-"
    if not verbs or told or not (plain or will or (bracketed and HORIZON.search(text_of(doc)))):
        return None
    span = doc.char_span(*found.span("label"), alignment_mode="contract")
    numbers = stated_percentage(found["label"])
    if span is None or numbers is None:
        return None
    words = tuple(t for t in span if t.is_alpha or t.like_num or t.text == "%")
    denied = is_negated(root)  # "there will be no second vote: 80 %" is 20 % for the vote
    if denied:
        numbers = round(1 - numbers[1], 6), round(1 - numbers[0], 6)
    return Hedge(root, root, words, "", denied, numbers=numbers, kind="label") if words else None


_BRIEF = re.compile(
    r"(?P<claim>\W*[^.:;%]{3,60}:\s[^.:;]{0,60}?)"
    r"(?P<how>(?P<odds>\b\w+ (?:in|to) \w+(?: against| on)?)\b"
    r"|\b(?P<word>(?:very |highly |almost )?(?:likely|unlikely|certain|possible|probable|improbable"
    r"|doubtful)))(?P<rest>\W*|\s(?:for|that|of)\s[^.:;]{0,60}\W*|(?<=against)\s[^.:;]{0,60}\W*)"
)


def _brief_entry(doc: Doc) -> Hedge | None:
    """ "Chaco: government gain likely", "Salta: 7 in 10 for the governor": a list's short entry."""
    found = _BRIEF.fullmatch(text_of(doc))
    if found is None or any(t.tag_ in {"VBD", "VBZ", "VBP", "MD"} for t in doc):
        return None
    span = doc.char_span(*found.span("how"), alignment_mode="contract")
    if span is None:
        return None
    numbers = stated_percentage(found["odds"]) if found["odds"] else None
    if numbers is None and found["odds"]:
        return None
    phrase = (found["word"] or "").replace("very", "highly")
    against = phrase.endswith(("unlikely", "improbable", "doubtful"))
    return Hedge(span.root, span.root, tuple(span), phrase, against, numbers=numbers, kind="label")


_BRACKETED = re.compile(rf"\(\s*{_NUMBER}\s(?:probability|likelihood|chance|odds)\s*\)", re.I)


def bracketed_hedges(doc: Doc) -> list[Hedge]:
    """ "Either a win (40 % probability) or a coalition (60 % probability)": one for each."""
    found = list(_BRACKETED.finditer(text_of(doc)))
    hedges = []
    start = 0
    for match in found if len(found) > 1 else []:
        span = doc.char_span(*match.span(), alignment_mode="expand")
        numbers = stated_percentage(match.group())
        if span is None or numbers is None:
            return []
        cuts = [t.i + 1 for t in doc[start : span.start] if t.text in _CUTS]
        first = max(cuts, default=start)
        head = doc[first : span.start].root
        words = tuple(t for t in span if not t.is_punct or t.text == "%")
        hedges.append(Hedge(
            head, head, words, "", numbers=numbers, kind="reduced", bounds=(first, span.end),
        ))  # fmt: skip
        start = span.end
    return hedges


_CUTS = frozenset({",", ";", ":", "—", "or", "and", "either"})


def label_hedge(doc: Doc) -> Hedge | None:
    """ "Prediction: 5 %", "Base case (60 %)", "Likelihood: highly unlikely"."""
    found = _LABELLED.search(text_of(doc)) or _RATED.search(text_of(doc))
    span = doc.char_span(*found.span(), alignment_mode="expand") if found else None
    if found is None or span is None:
        return _entry(doc) or _brief_entry(doc)
    top = next((a for a in span.root.ancestors if a.dep_ == "ROOT"), span.root)
    if level := found.groupdict().get("level") or found.groupdict().get("before"):
        phrase = _RATINGS.get(level.lower(), level.lower())
        against = phrase in {"little chance", "remote possibility"} or phrase.endswith(
            ("unlikely", "improbable")
        )
        return Hedge(top, top, tuple(span), phrase, against, kind="label")
    numbers = stated_percentage(found.group())
    bracket = next((t.i for t in span if t.text == "("), span.start) - span.start
    words = tuple(t for t in span[bracket:] if not t.is_punct or t.text in "%-") or tuple(span)
    return Hedge(top, top, words, "", numbers=numbers, kind="label") if numbers else None
