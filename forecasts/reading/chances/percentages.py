"""Probabilities that a text gives as numbers: "60-70 %", "one in five"."""

import re

_COUNTS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5,
    "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
}  # fmt: skip


_ODDS = re.compile(r"\b(\w+)[ -](?:to|/)[ -](\w+) (against|on)\b")


def stated_percentage(text: str) -> tuple[float, float] | None:
    """The last percentage in ``text`` as (lowest, highest) probability: "60-70 %" is (0.6, 0.7).

    Odds count too: "one in five", and "three to one against", which is 0.25.
    """
    for part, whole in re.findall(r"\b(\w+)[ -]in[ -](\w+)\b", text.lower()):
        counted = [_COUNTS.get(w) or (int(w) if w.isdecimal() else 0) for w in (part, whole)]
        if 0 < counted[0] <= counted[1]:
            share = round(counted[0] / counted[1], 4)
            return share, share
    for left, right, side in _ODDS.findall(text.lower()):
        counted = [_COUNTS.get(w) or (int(w) if w.isdecimal() else 0) for w in (left, right)]
        if all(counted):
            lost = counted[0] / sum(counted)
            share = round(1 - lost if side == "against" else lost, 4)
            return share, share
    number = r"(\d{1,3}(?:\.\d+)?)"
    found = re.findall(
        rf"{number}\s?(?:%|per\s?cent)?(?:\s?(?:-|–|—|to|and)\s?{number})?\s?(?:%|per\s?cent)", text
    )
    if not found:
        return None
    values = sorted(float(v) / 100 for v in found[-1] if v)
    return (values[0], values[-1]) if values[-1] <= 1 else None
