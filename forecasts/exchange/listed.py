"""A list of questions as a CSV file."""

import io
from collections.abc import Iterable

from forecasts.exchange.cells import write_rows
from forecasts.results.questions import QuestionRow

COLUMNS = (
    "id",
    "question",
    "kind",
    "state",
    "outcome",
    "opens_at",
    "closes_at",
    "mine",
    "mine_at",
    "mine_change_7d",
    "crowd",
    "crowd_size",
    "crowd_change_7d",
    "source",
    "publisher",
    "tags",
)


def questions_csv(rows: Iterable[QuestionRow]) -> str:
    """The questions in their order: shares in [0, 1], instants in ISO 8601, formulas guarded.

    The crowd is the median of everyone with a standing forecast, the reader included.
    """
    file = io.StringIO(newline="")
    write_rows(file, COLUMNS, (_cells(row) for row in rows))
    return file.getvalue()


def _cells(row: QuestionRow) -> tuple[str | float | None, ...]:
    return (
        row.id,
        row.title,
        row.kind,
        row.status,
        row.outcome,
        row.opens_at.isoformat(),
        row.closes_at.isoformat(),
        row.mine,
        row.mine_at.isoformat() if row.mine_at else None,
        row.change_7d,
        row.crowd,
        row.crowd_size,
        row.crowd_change_7d,
        row.source,
        row.publisher,
        "; ".join(row.tags),
    )
