"""The numbers behind a chart, as its table shows them and as its file holds them."""

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from forecasts.exchange.cells import write_rows

Cell = str | float | datetime | None


@dataclass(frozen=True, slots=True)
class Numbers:
    """What a chart draws, one row a mark, in the units in which it was computed.

    ``columns`` maps each heading to how a value of it is written (``formats.percent`` for a share
    in [0, 1]); texts may be untrusted. A missing value is None.
    """

    columns: Mapping[str, Callable[[Any], str]]
    rows: Sequence[tuple[Cell, ...]]

    def csv(self) -> str:
        """The rows as a CSV file: plain numbers, instants in ISO 8601, formulas guarded."""
        file = io.StringIO(newline="")
        write_rows(file, tuple(self.columns), (tuple(map(_plain, row)) for row in self.rows))
        return file.getvalue()


def _plain(cell: Cell) -> str | float | None:
    return cell.isoformat() if isinstance(cell, datetime) else cell
