"""Turn a hedged clause into the neutral question whether it will come about."""

import re
from collections.abc import Sequence

from spacy.tokens import Token

from forecasts.reading.hedges.hedge import Hedge
from forecasts.reading.hedges.modals import STRENGTHS
from forecasts.reading.hedges.selection import hedges_in, independent
from forecasts.reading.parsing.grammar import (
    DENYING,
    auxiliaries,
    denial_of_object,
    own_subject,
    tense,
)
from forecasts.reading.parsing.language import parse

WHO = "[to decide: who or what]"
_FILLERS = frozenset(
    {"also", "still", "therefore", "however", "thus", "now", "even", "then", "not", *DENYING}
)
_OPEN_WORDS = {"no one": "anyone", "nobody": "anyone", "nothing": "anything", "no": "any"}
_CONDITIONS = re.compile(
    r"(?:even |only |especially |particularly )?(?:if|unless|should|without|otherwise|in the event"
    r"|in case|were|had|with|provided|assuming|as long as|in that case)\b",
    re.I,
)


def question_of(quote: str, *, horizon: str | None, condition: str | None) -> str:
    """ "Will Russia attack again", without question mark, hedge, denial and ``horizon``.

    A condition that is a clause of its own is put first: "If talks fail, will
    ...". Where the quotation names no subject the analyst is asked for one.
    """
    text = " ".join(quote.split())
    opening = ""
    if condition and _CONDITIONS.match(condition) and condition in text:
        text = text.replace(condition, "").strip(" ,;")
        opening = condition[:1].upper() + condition[1:] + ", "
    body = re.sub(r"\s+at\s+(?:about\s|around\s)?\d[^,;]*$", "", _event(text))
    if not body.replace(WHO, "").strip():
        body = f"this come true: “{text.rstrip('.')}”"
    body = without_horizon(body, horizon)
    return f"{opening}will {body}" if opening else f"Will {body}"


def without_horizon(body: str, horizon: str | None) -> str:
    """``body`` on one line without the time it names and without punctuation at its ends."""
    if horizon and not body.lower().startswith(horizon.lower()):  # then it is the subject
        leading = r"\s*(?:\b(?:on|in|by|for|over|during|within|at)\s)?(?<!\w)"
        body = re.sub(rf"{leading}{re.escape(horizon)}(?!\w)", "", body, count=1)
    return re.sub(r"\s+([,.;])", r"\1", " ".join(body.split())).strip(" ,.;—–-")


def _event(text: str) -> str:
    doc = next(parse([text]))
    hedges = independent(hedges_in(doc))
    if not hedges:
        return f"this come true: “{text.rstrip('.')}”"
    hedge = hedges[0]
    if hedge.kind in {"judgement", "report", "noun", "question"} and hedge.event != hedge.head:
        return _complement(hedge, text)
    if hedge.kind == "judgement":
        who = own_subject(hedge.head)
        return f"{phrase_under(text, who)} come about" if who is not None else WHO
    return clause(hedge.event, text, hedge.words)


def _complement(hedge: Hedge, text: str) -> str:
    """The event is what the hedge is about: an infinitive, a clause or a noun."""
    event = hedge.event
    if event.pos_ in {"NOUN", "PROPN"}:
        return f"there be {phrase_under(text, event)}" if event.i > hedge.at else (
            f"{phrase_under(text, event)} come about"
        )  # fmt: skip
    who = own_subject(event) or own_subject(hedge.head)
    if who is None or (who.lower_ in {"it", "there"} and own_subject(event) is None):
        return f"{WHO} {_predicate(event, text, hedge.words)}"
    return f"{phrase_under(text, who)} {_predicate(event, text, hedge.words)}"


def clause(verb: Token, text: str, words: Sequence[Token] = ()) -> str:
    """Subject and plain predicate of ``verb``, without denial and without ``words``."""
    who = own_subject(verb)
    if who is None and any(c.lower_ == "there" for c in verb.children):
        return f"there {_predicate(verb, text, words)}"
    named = who is not None and who.tag_ not in {"WDT", "WP"}
    subject = phrase_under(text, who) if named and who is not None else WHO
    return f"{subject} {_predicate(verb, text, words)}"


def phrase_under(text: str, head: Token) -> str:
    """The words under ``head``, its capital lowered unless it is a name."""
    first, last = head.left_edge, head.right_edge
    words = text[first.idx : last.idx + len(last)]
    for denial, open_word in _OPEN_WORDS.items():
        words = re.sub(rf"^{denial}\b", open_word, words, flags=re.I)
    article = first.lower_ in {"the", "a", "an"}
    common = first.pos_ != "PROPN" and first.ent_type_ == "" and len(first) > 1
    return words[:1].lower() + words[1:] if first.i == 0 and (article or common) else words


def _predicate(verb: Token, text: str, words: Sequence[Token] = ()) -> str:
    """The verb in its plain form with all that follows it, and the adverbs before it."""
    helpers = [a for a in auxiliaries(verb) if a.lemma_ != "do"]
    done = {a.i for a in auxiliaries(verb) if a.lemma_ == "do"}
    modal = max((a.i for a in helpers if a.tag_ in {"MD", "TO"}), default=None)
    subject = own_subject(verb)
    start = modal + 1 if modal is not None else subject.right_edge.i + 1 if subject else verb.i
    dropped = done | {t.i for t in words} | {h.i for h in helpers if h.tag_ in {"MD", "TO"}}
    end = max(verb.right_edge.i, verb.i)
    pieces = []
    finite = verb if not helpers else helpers[0]
    denial = denial_of_object(verb)
    for token in verb.doc[min(start, verb.i) : end + 1]:
        if token == denial:
            pieces.append(_OPEN_WORDS.get(token.lower_, token.text) + token.whitespace_)
            continue
        skip = token.i in dropped or token.dep_ == "neg" or token.lower_ in _FILLERS
        skip = skip or (token.i < verb.i and token.lower_ in STRENGTHS)
        if skip and token.i <= max([verb.i, *(word.i for word in words)]):
            continue
        plain = token == finite and modal is None and tense(verb) != "modal"
        word = token.lemma_ if plain else text[token.idx : token.idx + len(token)]
        pieces.append(word + token.whitespace_)
        if plain and not token.whitespace_:
            pieces.append("")
    return "".join(pieces)
