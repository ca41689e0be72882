"""Probabilities that a text gives as numbers: "60-70 %", "one in five", "two-thirds"."""

import re

Shares = tuple[float, float]

_COUNTS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5,
    "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
}  # fmt: skip
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "tenth": 10}
_TENS = {"fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
         "forty": 40, "thirty": 30, "twenty": 20, "ten": 10}  # fmt: skip

_IN = re.compile(r"\b(\w+)[ -]in[ -](\w+)\b")
_ODDS = re.compile(r"\b(\w+)[ -](?:to|/)[ -](\w+) (against|on)\b")
FRACTION = rf"\b(?:one|two|three|four|nine)[ -](?:{'|'.join(_PARTS)})s?\b"
_SPLIT = re.compile(r"\b(\d\d|[a-z]+ty)\s?[-–/]\s?(\d\d|[a-z]+ty|ten)\b(?!\s?(?:%|per\s?cent))")
_SHARED = re.compile(rf"{FRACTION}|\d\s?[-–/]\s?\d")
_NUMBER = r"(\d{1,3}(?:\.\d+)?)"
_PERCENT = re.compile(
    rf"{_NUMBER}\s?(?:%|per\s?cent)?(?:\s?(?:-|–|—|to|and)\s?{_NUMBER})?\s?(?:%|per\s?cent)"
)


def stated_percentage(text: str) -> Shares | None:
    """The last percentage in ``text`` as (lowest, highest) probability: "60-70 %" is (0.6, 0.7).

    What :func:`stated_odds` finds goes before it.
    """
    if odds := stated_odds(text):
        return odds
    found = _PERCENT.findall(text)
    if not found:
        return None
    values = sorted(float(v) / 100 for v in found[-1] if v)
    return (values[0], values[-1]) if values[-1] <= 1 else None


def stated_odds(text: str) -> Shares | None:
    """Odds in ``text`` as (lowest, highest) probability, the same twice.

    "one in five" is 0.2, "three to one against" 0.25, "sixty-forty" 0.6, "two-thirds" 0.6667.
    """
    lowered = text.lower()
    for part, whole in _IN.findall(lowered):
        counted = [_count(word) for word in (part, whole)]
        if 0 < counted[0] <= counted[1]:
            return _both(counted[0] / counted[1])
    for left, right, side in _ODDS.findall(lowered):
        counted = [_count(word) for word in (left, right)]
        if all(counted):
            lost = counted[0] / sum(counted)
            return _both(1 - lost if side == "against" else lost)
    for left, right in _SPLIT.findall(lowered):
        tens = [_TENS.get(word) or (int(word) if word.isdecimal() else 0) for word in (left, right)]
        if all(tens) and sum(tens) == 100:
            return _both(tens[0] / 100)
    if fraction := re.search(FRACTION, lowered):
        part, whole = re.split(r"[ -]", fraction[0])
        share = _COUNTS[part] / _PARTS[whole.removesuffix("s")]
        return _both(share) if share < 1 else None
    return None


def closing_odds(text: str) -> Shares | None:
    """Odds that ``text`` ends with: "at one in ten", but not "one in ten workers".

    What may as well be shares, of seats or votes, is left out: "two-thirds", "52-48".
    """
    words = text.rstrip(" .,;:\"'”’)").split()
    for length in (4 if words[-1:] in (["against"], ["on"]) else 1, 3):
        tail = " ".join(words[-length:])
        if _SHARED.search(tail.lower()) is None and (odds := stated_odds(tail)):
            return odds
    return None


def _count(word: str) -> int:
    return _COUNTS.get(word) or (int(word) if word.isdecimal() else 0)


def _both(share: float) -> Shares:
    return round(share, 4), round(share, 4)
