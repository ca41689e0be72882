"""How probable an indicator's outcomes are in each scenario, by numbers or by words."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from forecasts.errors import InvalidInput
from forecasts.reading.scales import estimate, normal_form, scale_names
from forecasts.services.inputs import (
    SUM_TOLERANCE,
    check_choice,
    check_line,
    check_probabilities,
    check_probability,
)
from forecasts.services.likelihood import parse_likelihood
from forecasts.services.scenarios import confirm, position_of

Entry = float | str | None
Likelihoods = Mapping[str, Sequence[Entry]]
"""By scenario, one entry an outcome: a number, a word of the scale, or None for what is left.

At most one entry of a scenario is None; an empty sequence leaves the scenario to be judged later.
"""


@dataclass(frozen=True, slots=True)
class Cell:
    """One likelihood, and the words and scale that it came from, if any."""

    probability: float
    words: str | None = None
    scale: str | None = None


Column = tuple[Cell, ...]


def read_entry(text: str, scale: str, *, field: str) -> Entry:
    """What was typed of one outcome: a number, or the words themselves, which the record keeps.

    Nothing typed is None: what the other outcomes leave. Raises InvalidInput as
    ``parse_likelihood`` does.
    """
    if not text.strip():
        return None
    chosen = check_choice("scale", scale, scale_names())
    probability, meant = parse_likelihood(text, chosen, field=field)
    return probability if meant is None else text


def judged(
    names: Sequence[str], outcomes: Sequence[str], given: Likelihoods, scale: str, certain: bool
) -> dict[int, Column]:
    """The likelihoods given, by position of the scenario; an empty column leaves it open.

    Raises InvalidInput for a scenario that is not there or named twice, a word that no scale
    has, a column that does not sum to 1, or a 0 or 1 that is not confirmed by ``certain``.
    """
    chosen = check_choice("scale", scale, scale_names())
    found: dict[int, Column] = {}
    for name, entries in given.items():
        position = position_of(names, name)
        if position in found:
            raise InvalidInput("scenario", name, "is named twice")
        found[position] = _column(names[position], outcomes, entries, chosen) if entries else ()
        for outcome, cell in zip(outcomes, found[position], strict=False):
            confirm(
                f"likelihood of {outcome} in {names[position]}",
                cell.probability,
                certain,
                "an answer could make a scenario impossible",
            )
    return found


def _column(scenario: str, outcomes: Sequence[str], entries: Sequence[Entry], scale: str) -> Column:
    """One scenario's likelihoods over the outcomes, summing to 1."""
    field = f"likelihoods in {scenario}"
    if isinstance(entries, str) or len(entries) != len(outcomes):
        raise InvalidInput(field, entries, f"give one of each outcome: {', '.join(outcomes)}")
    cells = [None if entry is None else _cell(field, entry, scale) for entry in entries]
    stated = math.fsum(cell.probability for cell in cells if cell)
    if cells.count(None) > 1:
        raise InvalidInput(field, list(entries), "only one outcome can be left to the rest")
    if stated > 1 + SUM_TOLERANCE:
        raise InvalidInput(field, list(entries), f"they sum to {stated:.7g}, more than 1")
    rest = Cell(_rest([cell.probability for cell in cells if cell]))
    column = tuple(rest if cell is None else cell for cell in cells)
    check_probabilities([cell.probability for cell in column], outcomes)
    return column


def _rest(shares: Iterable[float]) -> float:
    """What the shares leave of 1, reckoned in decimals, in which 1 - 0.68 is 0.32.

    Less than can be told from rounding is 0, and so is asked about.
    """
    left = 1 - sum((Decimal(repr(share)) for share in shares), Decimal())
    return float(max(round(left, 15), Decimal()))


def _cell(field: str, entry: float | str, scale: str) -> Cell:
    if not isinstance(entry, str):
        return Cell(check_probability(entry, field=field))
    words = check_line(field, entry)
    try:
        found = estimate(words, scale)
    except ValueError as error:
        raise InvalidInput(field, words, "is no word of a scale; write a number") from error
    return Cell(found.point, normal_form(words), found.scale)
