"""Who is meant: full names for surnames, and people told from nameless crowds."""

import re
from collections.abc import Iterator, Mapping

from spacy.tokens import Doc, Token

from forecasts.reading.parsing.lexicon import word_set

_TITLE = (
    r"(?:Dr|Mr|Mrs|Ms|Prof|Professor|Gen|General|Sir|Lord|Sen|Senator|Col|Colonel|Lt|Adm|Admiral"
    r"|President|Governor|Minister|Chancellor|Secretary)"
)
# A person or a body, on one line.
NAME = r"(?:[A-ZÀ-Þ][\w&.'-]*)(?:[ ](?:[A-ZÀ-Þ][\w&.'-]*|of|de|van|von|and|for|the|&)){0,6}"
PERSON = r"(?:[A-ZÀ-Þ][\w.'-]*)(?:\s(?:[A-ZÀ-Þ][\w.'-]*|of|de|van|von|bin|al))*"
# Bounded: without it a hundred thousand capitals in a row are searched for each of them.
_WORD = r"[A-ZÀ-Þ](?=[\w’'-]{0,40}[a-zà-ÿ])[\w’'-]{1,41}"
_OPENING = (
    r"(?!(?:For|In|On|At|But|And|As|To|By|With|When|While|If|Then|Asked|Its|His|Her|The|This|That"
    r"|Even|Like|Unlike|According|From|Since|After|Before|Although|Though|Yet|So|Or|Not|Both)[ ])"
)
_FULL = re.compile(
    rf"(?<!\w){_OPENING}(?:{_TITLE}\.?[ ])?{_WORD}(?:[ ][A-Z]\.)*"
    rf"(?:[ ](?:(?:van|von|de|der|bin|al|el|da|di|le|la)[ ])*{_WORD}){{1,3}}"
)
_LEADING_TITLE = re.compile(rf"^{_TITLE}\.?\s")
_CROWD = word_set(
    "analyst expert economist official source diplomat researcher observer critic scientist "
    "investor strategist forecaster pollster adviser advisor insider commentator some many "
    "most people other few several trader market historian academic specialist those majority"
)


def full_name_matches(text: str) -> Iterator[re.Match[str]]:
    """Runs of two to four capitalised words, with a title where one stands before them."""
    return _FULL.finditer(text)


def full_names(text: str) -> Mapping[str, str]:
    """Surname -> the longest name with it, for names of two to four words in ``text``."""
    names: dict[str, str] = {}
    for found in full_name_matches(text):
        name = found.group()
        if _LEADING_TITLE.match(name) and len(name.split()) < 3:
            continue
        last = re.sub(r"[’']s$", "", name.split()[-1])
        name = re.sub(r"[’']s$", "", name)
        if len(name) > len(names.get(last, "")):
            names[last] = name
    return names


def spelled_out(name: str, names: Mapping[str, str]) -> str:
    """ "Dr. Loo" as "Dr. Bernard Loo", if the article gave the full name somewhere."""
    words = name.removeprefix("the ").split()
    given = [w for w in words if not _LEADING_TITLE.match(w + " ")]
    if len(given) == 1 and given[0] in names:
        return names[given[0]]
    return name


_AGENT = re.compile(r"\w{2,}(?:[eo]rs?|ists?|ians?|ants?|m[ae]n)|people|folk|circles?")


def is_agent_noun(noun: Token) -> bool:
    """Whether a noun is made like those of professions: "traders", "physicists", "consultants"."""
    return _AGENT.fullmatch(noun.lower_) is not None


def is_crowd(head: Token) -> bool:
    """Whether a noun names nobody in particular: "experts", "some officials"."""
    return head.lemma_.lower() in _CROWD or (head.ent_type_ == "" and head.pos_ != "PROPN")


_WHERE_SAID = frozenset({"in", "on", "during", "after", "by"})


def name_of(head: Token) -> str:
    """The noun phrase of ``head`` as a name, without what is said about it after a comma."""
    doc: Doc = head.doc
    person = next((e for e in doc.ents if e.label_ == "PERSON" and e.start <= head.i < e.end), None)
    if person is not None:
        start = person.start
        while start > 0 and re.fullmatch(_TITLE + r"\.?", doc[start - 1].text):
            start -= 1
        return re.sub(r"'s$", "", doc[start : person.end].text)
    apposed = (c for c in head.children if c.dep_ == "appos" and c.pos_ == "PROPN")
    if (named := next(apposed, None)) is not None and not head.ent_type_:
        return name_of(named)
    dropped = {"appos", "relcl", "acl", "punct", "cc", "conj"}
    if head.lower_ == "those":
        dropped -= {"relcl", "acl"}  # "those *who study it*"
    kept = [head]
    for child in head.children:
        if child.dep_ == "prep" and child.lower_ in _WHERE_SAID and head.pos_ == "PROPN":
            continue  # "OPEC *in a report*"
        if child.dep_ not in dropped or (child.dep_ == "punct" and child.text in {"-", "'"}):
            kept += list(child.subtree)
    low, high = min(t.i for t in kept), max(t.i for t in kept)
    text = doc[low : high + 1].text if high - low < 9 else doc[low : head.i + 1].text
    return re.sub(r"\s+", " ", text).partition(", including")[0]
