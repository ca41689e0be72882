"""What number does an estimative word stand for? It depends on whose scale one reads it by."""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

RECOMMENDED = "recommended"

# Name of a scale, and how the ``source`` column of phrases.csv begins for it.
_SOURCES = {
    RECOMMENDED: "RECOMMENDED",
    "icd203": "ICD 203",
    "phia": "UK PHIA",
    "nato": "NATO",
    "kent": "Kent 1964",
    "ipcc": "IPCC",
    "efsa": "EFSA",
    "kesselman": "Kesselman",
    "zonination": "zonination",
    "mauboussin": "Mauboussin",
    "kucharski": "Kucharski",
    "fagen-ulmschneider": "Fagen-Ulmschneider",
}

# Wordings taken as one word when a scale lists only one of them. The first is the name.
_SYNONYMS = (
    ("will", "'ll", "shall", "going", "will happen"),
    ("will not", "impossible", "inconceivable", "unthinkable", "out of the question", "never",
     "no chance", "no prospect", "no reason to imagine"),
    ("almost certainly", "almost certain", "nearly certain", "virtually certain", "certainly",
     "certain", "sure", "surely", "bound", "guaranteed", "inevitable", "inevitably", "undoubtedly",
     "no doubt", "destined"),
    ("highly likely", "very likely", "extremely likely", "highly probable", "very good chance",
     "with high probability", "high probability", "high chance", "excellent chance"),
    ("likely", "probable", "probably", "expected", "projected", "forecast", "predicted",
     "anticipated", "presumably", "good chance", "strong chance", "in all likelihood",
     "more likely than not", "better than even"),
    ("on track", "set", "poised", "on course", "due", "scheduled", "slated", "about", "headed"),
    ("should help", "should"),
    ("realistic possibility", "very possible", "real possibility", "serious possibility",
     "may well", "could well", "might well", "fair chance", "strong possibility"),
    ("about even", "even chance", "roughly even chance", "roughly even odds", "even odds",
     "chances about even", "about as likely as not", "too early to say whether", "uncertain",
     "unclear"),
    ("could", "may", "might", "possibly", "potentially", "perhaps", "maybe", "possible",
     "conceivable", "plausible", "chance", "possibility", "risk", "may happen", "could happen",
     "might happen"),
    ("unlikely", "improbable", "not likely"),
    ("doubtful", "doubt", "we doubt", "questionable"),
    ("highly unlikely", "very unlikely", "extremely unlikely", "highly improbable",
     "little prospect", "little chance", "slim chance", "small chance", "chances are slight",
     "with low probability", "low probability", "remote chance"),
    ("cannot be ruled out", "not impossible", "not inconceivable", "not beyond imagination",
     "not out of the question", "not unthinkable", "not unfathomable"),
    ("remote", "remote possibility", "almost no chance", "almost impossible"),
)  # fmt: skip

_GROUP_OF = {word: group for group in _SYNONYMS for word in group}
_STRONGER = re.compile(r"(?:very|highly|extremely|overwhelmingly|exceedingly|most|quite) (.+)")


@dataclass(frozen=True, slots=True)
class Estimate:
    """Numbers for a wording: 0 <= low <= point <= high <= 1, of the event as worded."""

    low: float
    point: float
    high: float
    scale: str  # the scale that gave the numbers; not the one asked for if that lacks the word

    def complement(self) -> "Estimate":
        """The same judgement seen from the opposite event."""
        low, point, high = (round(1 - p, 6) for p in (self.high, self.point, self.low))
        return Estimate(low, point, high, self.scale)

    def stronger(self) -> "Estimate":
        """Half as far from the nearer end of the scale, as "very" makes it.

        Reference: Mosteller & Youtz (1990), "Quantifying probabilistic
        expressions", Statistical Science 5(1), 2-12.
        """
        values = (self.low, self.point, self.high)
        if self.point >= 0.5:
            low, point, high = (round(1 - (1 - p) / 2, 6) for p in values)
        else:
            low, point, high = (round(p / 2, 6) for p in values)
        return Estimate(low, point, high, self.scale)


def scale_names() -> tuple[str, ...]:
    """The scales that :func:`estimate` knows, the default first."""
    return tuple(_SOURCES)


def normal_form(phrase: str) -> str:
    """A wording without the verb "to be", trailing particles, case and parentheses.

    >>> normal_form("is expected to"), normal_form("May not (affirmative event)")
    ('expected', 'may not')
    """
    words = re.sub(r"\([^)]*\)", " ", phrase.replace("’", "'").lower())
    words = re.sub(r"\bwon't\b", "will not", words)
    words = " ".join(re.sub(r"n't\b", " not", words).split())
    words = re.sub(r"^(?:is|are|am|be|it is) (?=\w)", "", words)
    return re.sub(r"(?<=\w) (?:to|that|of)$", "", words)


def estimate(phrase: str, scale: str = RECOMMENDED) -> Estimate:
    """The numbers that ``phrase`` stands for.

    The scale's own entry goes first, then a synonym's, then the rules for
    "very" (:meth:`Estimate.stronger`) and "not" (the complement, as in Kent's
    own table, where "almost certain" is 93 % and "almost certainly not" 7 %).
    A wording that none of these reaches is read by the recommended scale.

    Raises
    ------
    ValueError
        If there is no such scale, or no scale reaches the phrase.
    """
    if scale not in _SOURCES:
        raise ValueError(f"scale must be one of {', '.join(_SOURCES)}, got {scale!r}")
    words = normal_form(phrase)
    found = _by_rule(words, scale) or _by_rule(words, RECOMMENDED)
    if found is None:
        raise ValueError(f"no scale has the phrase {phrase!r}")
    return found


def _by_rule(words: str, scale: str) -> Estimate | None:
    table = entries(scale)
    for candidate in (words, *_GROUP_OF.get(words, ())):
        if candidate in table:
            return table[candidate]
    if stronger := _STRONGER.fullmatch(words):
        base = _by_rule(stronger[1], scale)
        return base and base.stronger()
    if negated := re.fullmatch(r"not (.+)|(.+?) not", words):
        base = _by_rule(negated[1] or negated[2], scale)
        return base and base.complement()
    return None


@cache
def entries(scale: str) -> Mapping[str, Estimate]:
    """Every wording a scale lists, in normal form, with its numbers."""
    text = files("forecasts.reading").joinpath("phrases.csv").read_text(encoding="utf-8")
    table: dict[str, Estimate] = {}
    for row in csv.DictReader(text.splitlines()):
        if row["source"].startswith(_SOURCES[scale]) and row["point"]:
            value = Estimate(float(row["low"]), float(row["point"]), float(row["high"]), scale)
            for wording in wordings(row["phrase"]):
                table.setdefault(normal_form(wording), value)
    return MappingProxyType(table)


def wordings(cell: str) -> Iterator[str]:
    """The single wordings in a cell such as "will / is going to" or "highly/very likely"."""
    for part in cell.split(" / "):
        first, _, rest = part.partition(" ")
        for variant in first.split("/"):
            yield f"{variant} {rest}".strip()
