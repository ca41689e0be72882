"""Putting the rows together that make one forecast: its options, or its quantiles."""

import numpy as np

from forecasts.errors import InvalidInput
from forecasts.exchange.said import Said
from forecasts.maths.checks import Ints
from forecasts.maths.engine.columns import Codes


def together(said: Said, rows: Ints, part: Codes | Ints) -> Ints:
    """Return the order that brings the parts of each forecast together, in order of part.

    The n-th row of a part at one instant belongs to the n-th forecast made then.
    """
    keys = (part, said.recorded[rows], said.made[rows], said.forecaster[rows], said.question[rows])
    order = np.lexsort(keys)
    new = np.ones(rows.size, dtype=np.bool_)
    new[1:] = np.any([key[order][1:] != key[order][:-1] for key in keys], axis=0)
    begin = np.maximum.accumulate(np.where(new, np.arange(rows.size), 0))
    turn = np.empty(rows.size, dtype=np.int64)
    turn[order] = np.arange(rows.size) - begin
    return np.lexsort((part, turn, *keys[1:]))


def runs(said: Said, parts: Ints) -> tuple[Ints, Ints]:
    """Return where each numeric forecast starts among its parts, and its first row."""
    if not parts.size:
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    columns = (said.question, said.forecaster, said.made, said.recorded)
    new = np.any([column[parts][1:] != column[parts][:-1] for column in columns], axis=0)
    new |= said.level[parts][1:] <= said.level[parts][:-1]
    starts = np.concatenate([[0], np.flatnonzero(new) + 1])
    return starts, np.minimum.reduceat(parts, starts)


def check_complete(said: Said, parts: Ints, option: Ints, k: int) -> None:
    """Refuse unless every k rows are one forecast with the options 0..k-1."""
    count = parts.size // k * k
    block = parts[:count].reshape(-1, k)
    wrong = (option[:count].reshape(-1, k) != np.arange(k)).any(axis=1)
    for column in (said.question, said.forecaster, said.made, said.recorded):
        wrong |= (column[block] != column[block][:, :1]).any(axis=1)
    at = block[wrong][:1].ravel() if wrong.any() else parts[count:]
    refuse_rows(
        said, at[:1], "belongs to a forecast that does not have every option of its question once"
    )


def refuse_rows(said: Said, rows: Ints, reason: str) -> None:
    """Raise InvalidInput for the first of these rows, if there is one."""
    if rows.size:
        row = int(rows.min())
        asked = f"{said.table.path.name}, row {row + 1}"
        raise InvalidInput(asked, said.names[said.forecaster[row]], reason)
