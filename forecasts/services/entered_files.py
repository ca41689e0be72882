"""Which files were entered before, told without keeping what anybody could guess from.

The digest of a file names those it names: whoever guesses a name can try it. So it is kept as a
private text, salted, that goes when any person does whose forecasts came with the file.
"""

import json

from sqlmodel import Session, col, select

from db import ledger
from db.entries import UNREADABLE, entries_of, entry_of_text
from db.tables import Forecast, PrivateText
from forecasts.services.acts import Record

SAID = {"forecast": "rationale", "naming": "commitment"}
"""The columns that point at an import's private texts, by table; a mark is what none points at."""


def mark(record: Record, files: str) -> None:
    """Note that this act enters the files with this digest; "" where it was not taken."""
    record.private(_text(files))


def earlier_entry(session: Session, files: str) -> str | None:
    """The key of the act that entered the files with this digest; None if none did.

    Rows that it refused do not count: what was entered must not come twice.
    """
    known = select(PrivateText.commitment).where(PrivateText.text == _text(files))
    for commitment in session.exec(known):
        entry = entry_of_text(session, commitment)
        if entry is not None and commitment in _marks(entry.body):
            return str(json.loads(entry.body)["id"])
    return next((key for key in _as_once_named(files) if _is_import(session, key)), None)


def _as_once_named(files: str) -> tuple[str, ...]:
    """The keys under which earlier versions entered the files with this digest."""
    return f"import/{files}/rest", f"import/{files}"


def _is_import(session: Session, key: str) -> bool:
    found = ledger.find(session, key)
    return found is not None and found[1]["kind"] == "import"


def marks_of(session: Session, person: int) -> list[PrivateText]:
    """The marks, not erased, of the files that named this person: those that came with forecasts.

    A mark is a text of its act that none of its rows points at.
    """
    ids = select(Forecast.id).where(
        Forecast.forecaster_id == person, Forecast.forecast_class == "retrospective"
    )
    entries = entries_of(session, "forecast", [key for key in session.exec(ids) if key])
    bodies = {entry.seq: entry.body for entry in entries.values()}
    marks = [one for body in bodies.values() for one in _marks(body)]
    return list(
        session.exec(
            select(PrivateText).where(
                col(PrivateText.commitment).in_(marks), col(PrivateText.text).is_not(None)
            )
        )
    )


def _marks(body: str) -> list[str]:
    """The marks of an entry; none if it is no import's, or its text no act's at all."""
    try:
        act = json.loads(body)
        rows = act["rows"] if act["kind"] == "import" and isinstance(act["id"], str) else []
        said = {row[SAID[table]] for table, row in rows if table in SAID}
        texts = [row["commitment"] for table, row in rows if table == PrivateText.__tablename__]
        return [text for text in texts if isinstance(text, str) and text not in said]
    except UNREADABLE:  # somebody changed it: see verification
        return []


def _text(files: str) -> str:
    return f"files {files}"
