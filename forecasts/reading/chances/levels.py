"""How great a chance is called: "slim", "better than even", "one in six"."""

import re

from spacy.tokens import Token

from forecasts.reading.chances.percentages import FRACTION, stated_percentage

_LEVELS = {
    "no": "no chance", "little": "little chance", "slim": "slim chance", "small": "small chance",
    "low": "little chance", "slight": "slim chance", "negligible": "remote possibility",
    "minimal": "slim chance", "remote": "remote possibility", "even": "even chance",
    "50-50": "even chance", "fair": "fair chance", "reasonable": "fair chance",
    "good": "good chance", "decent": "good chance", "strong": "good chance", "high": "high chance",
    "excellent": "excellent chance", "real": "real possibility", "slimmest": "slim chance",
    "realistic": "realistic possibility", "serious": "serious possibility",
    "distinct": "realistic possibility", "significant": "realistic possibility",
    "substantial": "realistic possibility", "considerable": "realistic possibility",
    "credible": "realistic possibility", "strongest": "good chance", "great": "good chance",
    "bleak": "little chance", "dim": "little chance", "poor": "little chance",
    "gloomy": "little chance", "grim": "little chance", "thin": "slim chance",
    "distant": "little chance", "faint": "little chance", "scant": "little chance",
    "vanishing": "remote possibility", "long": "little chance", "bright": "good chance",
    "elevated": "realistic possibility", "better-than-even": "better than even",
    "moderate": "fair chance", "medium": "fair chance", "outside": "slim chance",
    "limited": "little chance", "miniscule": "slim chance",
    "minuscule": "slim chance", "zero": "no chance", "tiny": "slim chance", "nil": "no chance",
}  # fmt: skip


_NEXT_TO_NIL = re.compile(
    r"\b(?:next to|close to|near|practically|virtually|almost) (?:nil|zero|none|nothing)\b", re.I
)
_EVEN = re.compile(r"\b(?:close|closer|near|nearer|roughly|about) (?:to )?even\b", re.I)


def named_level(word: Token) -> str | None:
    """The level that a word such as "slim" names, said of a chance."""
    return _LEVELS.get(word.lower_)


def level_of(noun: Token, verb: Token) -> str | None:
    near = [c for c in noun.children if c.i < noun.i]
    near += [t for c in near for t in c.children]
    near += [c for c in verb.children if c.dep_ == "acomp"] if verb != noun else []
    said = noun.doc[max(0, noun.i - 6) : noun.i].text.lower()
    if verb != noun and _NEXT_TO_NIL.search(verb.doc[verb.i : verb.i + 6].text):
        return "almost no chance"
    if verb != noun and _EVEN.search(verb.doc[verb.i : verb.i + 6].text):
        return "even chance"
    if re.search(r"better\s?-?\s?than\s?-?\s?even\s?$", said):
        return "better than even"
    named = next((_LEVELS[t.lower_] for t in near if t.lower_ in _LEVELS), None)
    very = any(
        t.lower_ in {"very", "extremely"} for t in (*near, *(g for t in near for g in t.children))
    )
    if named is None and noun.lower_ == "odds" and verb.lemma_ == "be":
        return "likely"
    if very and named == "good chance":
        return "very good chance"
    if any(t.lower_ in {"almost", "virtually"} for t in near) and named == "no chance":
        return "almost no chance"
    return named


def numbers_of(noun: Token, verb: Token) -> tuple[float, float] | None:
    before = noun.doc[max(0, noun.i - 6) : noun.i].text
    if re.search(r"\b(?:50[ -]+50|fifty-fifty)\b", before):
        return 0.5, 0.5
    direct = re.search(
        rf"(?:%|per ?cent|\bin[ -](?:\d+|\w+)|{FRACTION}|\w+ty-(?:\w+ty|ten)\b)(?: \w+)?$",
        before,
        re.I,
    )
    if direct:
        return stated_percentage(before)
    after = noun.doc[noun.i : verb.right_edge.i + 1].text
    levels = re.search(
        r"\b(?:at|is|are|to|as|of|than|about|around)\s+(?:\w+\s){0,3}?"
        r"(?:\d[^,;.]*(?:%|per ?cent)|(?:\d+|one|two|three|four|five|six|seven|eight|nine)"
        r" in (?:\d{1,3}\b|two|three|four|five|six|seven|eight|nine|ten)"
        r"|50 ?[-—/] ?50|even\b)",
        after,
    )
    if levels is None:
        return None
    return stated_percentage(levels.group()) or (0.5, 0.5)
