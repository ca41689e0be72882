"""Where does the clause that makes a claim begin and end?"""

import re
from collections.abc import Iterable

from spacy.tokens import Doc, Token

from forecasts.reading.hedges.hedge import Hedge, text_of
from forecasts.reading.parsing.grammar import marks, own_subject, subject, tense
from forecasts.reading.parsing.lexicon import word_set
from forecasts.reading.parsing.relatives import is_misread
from forecasts.reading.parsing.reports import SAYING

_CONCESSIVE = frozenset({"though", "although", "while", "whilst", "whereas"})
LONGEST_OPENING = 40  # characters
_CONDITIONAL = word_set("without in absent barring should were had otherwise on by to")
_OPENERS = word_set(
    "however still nevertheless nonetheless moreover meanwhile thus hence therefore also but "
    "and or furthermore additionally yet so conversely similarly consequently"
)
_EDGES = frozenset(
    {",", ";", ":", "—", "-", "--", '"', ".", "!", "?", "(", ")", "'", "*", "**", "#", ">"}
)


def clause_root(hedge: Hedge) -> Token:
    """The token whose subtree is the clause: its noun, where the claim is made of a noun."""
    head = hedge.head
    summing_up = head.dep_ == "relcl" and head.head.dep_ in {"appos", "npadvmod", "conj"}
    if summing_up or is_misread(head):
        return head.head
    return head


def clause_bounds(hedge: Hedge, others: Iterable[Hedge]) -> tuple[int, int]:
    """Token bounds [start, end) of the statement, clear of the other statements' clauses.

    The subtree of the predicate, without clauses that make their own
    statement, concessions ("though ...") and coordinated clauses with a
    subject of their own.
    """
    if hedge.bounds is not None:
        return hedge.bounds
    root = clause_root(hedge)
    anchors = {hedge.first, hedge.last}
    roots = {clause_root(o).i for o in others if o is not hedge}
    kept = sorted(_kept(root, roots - {root.i}))
    doc = root.doc
    low, high = min((*anchors, root.i)), max((*anchors, root.i))
    who = own_subject(hedge.head)
    if who is not None:
        low, high = min(low, who.i), max(high, who.i)
    start, end = low, high
    inside = set(kept)
    while start - 1 >= 0 and start - 1 in inside:
        start -= 1
    while end + 1 < len(doc) and end + 1 in inside:
        end += 1
    start = _not_before(hedge, others, _with_shared_subject(hedge, others, start, end), low)
    end = _not_after(hedge, others, end, high)
    start = _after_opening(root, start, low)
    start, stop = _trim(root, start, _before_afterthought(root, end, high) + 1)
    return start, _completed(doc, start, _through_inversion(doc, stop, others))


def _with_shared_subject(hedge: Hedge, others: Iterable[Hedge], start: int, end: int) -> int:
    """Where "The court faces a deadline and will rule by then" begins: it names the subject.

    Not where that would more than double the statement, or take in another one.
    """
    root, who = hedge.head, subject(hedge.head)
    if root.dep_ != "conj" or hedge.kind == "shared" or who is None or own_subject(root):
        return start
    opening = who.left_edge.i
    if opening >= start or any(
        opening <= o.last and o.first < start for o in others if o is not hedge
    ):
        return start
    return opening if start - opening <= end + 1 - start else start


def _through_inversion(doc: Doc, stop: int, others: Iterable[Hedge]) -> int:
    """Take in a condition that follows by inversion: "prices could spike *should talks fail*"."""
    if stop >= len(doc) or doc[stop].lower_ not in {"should", "were", "had"}:
        return stop
    if doc[stop].i + 1 >= len(doc) or doc[stop + 1].pos_ not in {"DET", "NOUN", "PROPN", "PRON"}:
        return stop
    end = stop
    while (
        end < len(doc) and doc[end].text not in _EDGES and not any(o.first == end for o in others)
    ):
        end += 1
    return end


def _completed(doc: Doc, start: int, stop: int) -> int:
    """Take in the parenthesis that closes one opened inside."""
    opened = sum((t.text == "(") - (t.text == ")") for t in doc[start:stop])
    return stop + 1 if opened == 1 and stop < len(doc) and doc[stop].text == ")" else stop


def _after_opening(root: Token, start: int, low: int) -> int:
    """Leave out a long opening such as "With the rejection of his terms, ..."."""
    for child in root.children:
        last = child.right_edge
        opens = start + (root.doc[start].lower_ in _OPENERS)  # "Yet despite the rain, ..."
        if child.dep_ not in {"prep", "advcl"} or child.left_edge.i > opens or last.i + 1 >= low:
            continue
        opening = root.doc[child.left_edge.i : last.i + 1]
        bare = child.dep_ == "prep" or not any(c.dep_ == "mark" for c in child.children)
        first = opening[0].lower_
        if bare and len(opening.text) > LONGEST_OPENING and first not in _CONDITIONAL:
            return last.i + 1
    return start


_REASON = re.compile(  # what a forecast rests on, or tells of its place, once it is made
    r", (?:where|though|according to|thanks to|due to|owing to|given|despite|in spite of"
    r"|partly because"
    r"|(?:especially|particularly|even) (?:after|now|as|since|given|because))\b"
)


def _before_afterthought(root: Token, end: int, high: int) -> int:
    """Leave out what follows the last word on the matter: "- a first in Europe", ", as it ..."."""
    dashes = [i for i in range(high + 1, end) if root.doc[i].text == "—"]
    if len(dashes) == 1:
        end = dashes[0] - 1
    for comma in (t for t in root.doc[high + 1 : end] if t.text == ","):  # ", the lowest since"
        record = root.doc[comma.i + 1 : comma.i + 4]
        if record[0].dep_ == "det" and any(t.tag_ in {"JJS", "RBS"} for t in record):
            end = comma.i - 1
            break
        if _REASON.match(text_of(root.doc), comma.idx):
            end = comma.i - 1
            break
    for child in root.children:
        start = child.left_edge.i
        reason = child.dep_ == "advcl" and marks(child) & {"as", "because", "since"}
        telling = child.dep_ == "advcl" and child.tag_ == "VBG" and child.lemma_ in SAYING
        if (reason or telling) and high < start <= end and root.doc[start - 1].text == ",":
            end = start - 2
    return end


def _kept(token: Token, roots: set[int]) -> set[int]:
    kept = {token.i}
    for child in token.children:
        if child.i in roots or _is_separate(child, token):
            continue
        kept |= _kept(child, roots)
    return kept


def _is_separate(child: Token, parent: Token) -> bool:
    if child.dep_ == "advcl" and marks(child) & _CONCESSIVE:
        return True
    beside = child.dep_ == "conj" and child.pos_ in {"VERB", "AUX"}
    if beside and (own_subject(child) is not None or _is_of_another_time(child, parent)):
        return True
    if child.dep_ == "relcl" and _is_aside(child):
        return True
    leading = child.dep_ in {"ccomp", "parataxis"} and child.i < parent.i
    return leading and own_subject(parent) is not None and own_subject(child) is not None


def _is_of_another_time(verb: Token, claim: Token) -> bool:
    """ "... could stoke inflation *and have raised fears*": beside what is foretold."""
    told = tense(verb) in {"past", "perfect"} or verb.tag_ in {"VBD", "VBZ"}
    return told and tense(claim) == "modal"


def _is_aside(clause: Token) -> bool:
    """ "..., which fought a war in 1998": tells of a thing what is so, and of no forecast."""
    start = clause.left_edge.i
    cut = start > 0 and clause.doc[start - 1].text == ","
    return cut and tense(clause) in {"past", "perfect", "present"}


def _not_before(hedge: Hedge, others: Iterable[Hedge], start: int, low: int) -> int:
    """Begin after the last boundary that stands between an earlier statement and this one."""
    earlier = [o.last for o in others if o is not hedge and o.last < low]
    inside = [i for i in earlier if i >= start]
    if not inside:
        return start
    doc = hedge.head.doc
    cuts = [i for i in range(max(inside) + 1, low) if _is_boundary(doc[i])]
    return cuts[-1] + 1 if cuts else max(inside) + 1


def _not_after(hedge: Hedge, others: Iterable[Hedge], end: int, high: int) -> int:
    doc = hedge.head.doc
    later = [o.first for o in others if o is not hedge and o.first > high]
    inside = [i for i in later if i <= end]
    if not inside:
        return end
    cuts = [i for i in range(high + 1, min(inside)) if _is_boundary(doc[i])]
    return cuts[-1] - 1 if cuts else min(inside) - 1


def _is_boundary(token: Token) -> bool:
    return token.text in {",", ";", ":", "—", "--"} or (
        token.dep_ == "cc"
        and token.head.pos_
        in {
            "VERB",
            "AUX",
        }
    )


def _trim(root: Token, start: int, end: int) -> tuple[int, int]:
    doc = root.doc
    while start < end - 1:
        token = doc[start]
        opener = token.lower_ in _OPENERS and (start + 1 < end)
        that = token.lower_ == "that" and (token.dep_ == "mark" or token.tag_ == "IN")
        if token.text in _EDGES or token.is_space or opener or that:
            start += 1
        else:
            break
    while end - 1 > start and (
        doc[end - 1].text in _EDGES - {")"} or doc[end - 1].is_space or doc[end - 1].dep_ == "cc"
    ):
        end -= 1
    return start, end
