"""The numbers of a chart as the head and rows of a table."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from dashboard import formats
from dashboard.charts.numbers import Cell, Numbers
from dashboard.widgets.safe import Html, fill, joined


def number_rows(numbers: Numbers, limit: int) -> tuple[Html, list[Html]]:
    """Head and the first ``limit`` rows; columns of numbers are aligned at their right."""
    columns = list(zip(*numbers.rows, strict=True)) or [()] * len(numbers.columns)
    kinds = ["n" if _is_numeric(column) else "" for column in columns]
    shows = list(numbers.columns.values())
    head = [
        fill('<th scope="col" class="{kind}">{name}</th>', kind=kind, name=name)
        for name, kind in zip(numbers.columns, kinds, strict=True)
    ]
    rows = [
        [
            fill('<td class="{kind}"><bdi>{cell}</bdi></td>', kind=kind, cell=_shown(cell, show))
            for cell, show, kind in zip(row, shows, kinds, strict=True)
        ]
        for row in numbers.rows[:limit]
    ]
    return _line(head), [_line(cells) for cells in rows]


def _line(cells: list[Html]) -> Html:
    return fill("<tr>{cells}</tr>", cells=joined(cells))


def _shown(cell: Cell, show: Callable[[Any], str]) -> str:
    return formats.DASH if cell is None else show(cell)


def _is_numeric(column: Sequence[Cell]) -> bool:
    known = [cell for cell in column if cell is not None]
    return bool(known) and not any(isinstance(cell, str | datetime) for cell in known)
