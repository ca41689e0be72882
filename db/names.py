"""Persons' names and logins, held against what was committed to when they were recorded.

The log does not hold them, so that they can be erased; a private text, to which the log holds a
commitment, says them a second time (``db.tables.naming``).
"""

import json

from sqlalchemy import Connection

from db.facts import Values, rows_of
from db.findings import Findings, brief
from db.ledger import canonical

PERSONS = """
SELECT f.id, f.handle, f.login, f.name, n.id, p.text,
    EXISTS (SELECT 1 FROM redaction r WHERE r.forecaster_id = f.id)
FROM forecaster f
LEFT JOIN naming n ON n.forecaster_id = f.id
LEFT JOIN private_text p ON p.commitment = n.commitment
WHERE f.kind = 'person' ORDER BY f.id
"""


def names_text(login: str, name: str) -> str:
    """The private text that says which login and name a person has."""
    return canonical([login, name])


def check_names(connection: Connection, findings: Findings) -> list[str]:
    """Hold every person's name and login against their commitment; returns what has none."""
    unsaid = 0
    for person in rows_of(connection, PERSONS):
        key, handle, login, name, naming, _, erased = person
        if (wrong := _wrong(person)) is not None:
            findings.add("row", f"forecaster {key}", wrong)
        elif naming is None and not erased and handle not in (login, name):
            unsaid += 1
    return [_unsaid(unsaid)] if unsaid else []


def _wrong(person: Values) -> str | None:
    _, handle, login, name, _, said, erased = person
    if erased:
        return None if login == name == handle else "was erased, and has a name or login again"
    if handle in (login, name):
        return "has no name or login any more, and no act erased them"
    if said is None or said == names_text(login, name):
        return None  # a text that is gone is named where private texts are checked
    try:
        recorded = dict(zip(("login", "name"), json.loads(said), strict=True))
    except (ValueError, TypeError):
        recorded = {}
    for column, held in (("login", login), ("name", name)):
        if recorded.get(column) != held:
            return f"{column} is {brief(held)}, and was recorded as {brief(recorded.get(column))}"
    return None


def _unsaid(count: int) -> str:
    who = "one person" if count == 1 else f"{count:,} persons"
    return (
        f"The name and login of {who} could be changed unseen: they are from before revision "
        "0010, and are committed to by the next act that is recorded."
    )
