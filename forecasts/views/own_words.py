"""A person's own words, which may have been erased since."""

from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import Session, SQLModel, col, select

from db.tables import PrivateText

ERASED = "[erased]"


def shown(text: str | None) -> str:
    """Words as a page shows them; None stands for those that were erased."""
    return ERASED if text is None else text


def own_words(
    session: Session, table: type[SQLModel], *which: ColumnElement[bool]
) -> dict[int, str]:
    """What stands in ``PrivateText`` for rows of a table, as shown, by the row's id.

    Rows of earlier versions, which hold their words themselves, are left out.
    """
    row: Any = table
    rows = session.exec(
        select(row.id, PrivateText.text)
        .join(PrivateText, col(PrivateText.commitment) == row.own_words)
        .where(*which)
    )
    return {key: shown(text) for key, text in rows}
