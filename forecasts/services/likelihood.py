"""A probability as people say it: a percentage, odds, or a word of likelihood."""

import re
from decimal import Decimal

from forecasts.errors import InvalidInput
from forecasts.reading.naming import is_bare_possibility
from forecasts.reading.scales import RECOMMENDED, Estimate, estimate
from forecasts.services.inputs import parse_probability

_NUMBER = r"(\d{1,9}(?:\.\d{1,9})?)"
_ODDS = re.compile(rf"{_NUMBER} ?(?::|/|to) ?{_NUMBER}(?: ?(on|for|against))?", re.ASCII)
_ONE_IN = re.compile(rf"{_NUMBER} in {_NUMBER}", re.ASCII)
_EVENS = ("evens", "even odds", "even money")
_LETTER = re.compile(r"[^\W\d_]")
LONGEST = 80  # characters; no wording of any scale is longer


def parse_likelihood(
    text: str, scale: str = RECOMMENDED, *, field: str = "probability"
) -> tuple[float, Estimate | None]:
    """A share in [0, 1] from "37%", "0.37", "2:1 against", "1 in 4" or "likely".

    A word also gives the range that ``scale`` has for it. Odds other than 1:1 must say whether
    they are on or against: bookmakers and bettors read a bare "3:1" in opposite ways.

    Raises
    ------
    InvalidInput
        The text is none of these, or says only that something is possible.
    """
    said = " ".join(text.split()).lower()
    if len(said) > LONGEST:
        raise InvalidInput(field, text, "write 37%, 2:1 against, or a word such as likely")
    odds = _odds(said, field)
    if odds is not None:
        return odds, None
    if not _LETTER.search(said):
        return parse_probability(text, field=field), None
    if is_bare_possibility(said):
        raise InvalidInput(field, text, "says that it can happen, not how likely it is")
    try:
        found = estimate(said, scale)
    except ValueError:
        raise InvalidInput(
            field, text, "write a percentage (37%), odds (2:1 against) or a word such as likely"
        ) from None
    return found.point, found


def _odds(said: str, field: str) -> float | None:
    """The share behind odds; None where the text is no odds."""
    if said in _EVENS:
        return 0.5
    if match := _ONE_IN.fullmatch(said):
        few, many = Decimal(match[1]), Decimal(match[2])
        if not many or few > many:
            raise InvalidInput(field, said, "the first number cannot exceed the second")
        return float(few / many)
    match = _ODDS.fullmatch(said)
    if match is None:
        return None
    first, second = Decimal(match[1]), Decimal(match[2])
    if not first or not second:
        raise InvalidInput(field, said, "both numbers of odds must be above 0")
    if match[3] is None and first != second:
        raise InvalidInput(field, said, "say which way: 3:1 on is 75%, 3:1 against is 25%")
    return float((second if match[3] == "against" else first) / (first + second))
