"""Records as earlier versions made them: today's acts, less what those versions did not know."""

import json
from pathlib import Path

from sqlalchemy import Engine, inspect

from db.engine import open_engine
from db.ledger import canonical
from db.merkle import add_leaf, leaf_hash, root_of
from db.revisions import migrate
from db.tables import metadata

_PLAIN = {
    "statement_decision": "reason", "evidence": "text", "narrative": "text",
    "scenario_prior": "note", "indicator": "note", "relation": "note",
}  # fmt: skip
"""Where words stood before they were kept apart."""


def make_old(engine: Engine, new: Engine, to: str) -> None:
    """Fill an empty database at revision ``to`` with the record of ``new``, as far as it goes."""
    with engine.begin() as connection:
        migrate(connection, to)
    with engine.begin() as connection, new.connect() as source:
        inspector = inspect(connection)
        known = {
            name: {column["name"] for column in inspector.get_columns(name)}
            for name in inspector.get_table_names()
        }
        for row in source.exec_driver_sql("SELECT * FROM forecaster").mappings():
            _insert(connection, "forecaster", dict(row))
        said = source.exec_driver_sql("SELECT * FROM private_text").mappings()
        words = {row["commitment"]: dict(row) for row in said}
        frontier, seq, lost = b"", 0, set()
        for (body,) in source.exec_driver_sql("SELECT body FROM ledger ORDER BY seq").all():
            act = json.loads(body)
            act["rows"] = list(_without_names(act["rows"], known))
            if any(name not in known or _needs(name, row, lost) for name, row in act["rows"]):
                lost |= {(name, _key(row)) for name, row in act["rows"]}
                continue
            act["rows"] = list(_earlier(act["rows"], known, words))
            seq, text = seq + 1, canonical(act | {"seq": seq + 1})
            frontier, leaf = add_leaf(frontier, seq - 1, leaf_hash(text)), leaf_hash(text)
            _insert(connection, "ledger", {
                "seq": seq, "event_id": act["id"], "body": text, "leaf": leaf,
            })  # fmt: skip
            for name, row in act["rows"]:
                if name != "forecaster":
                    _insert(connection, name, words[_key(row)] if name == "private_text" else row)
        head = {"id": 1, "size": seq, "frontier": frontier, "root": root_of(frontier)}
        _insert(connection, "ledger_head", head | {"last_at": act["recorded_us"]})


def _without_names(rows, known):
    """The rows of an act as a version wrote them that did not commit to names."""
    unknown = "naming" not in known
    said = {row["commitment"] for name, row in rows if unknown and name == "naming"}
    for name, row in rows:
        if row.get("commitment") not in said:
            yield [name, row]


def _needs(table, row, lost) -> bool:
    """Whether a row points at one that the earlier version did not have."""
    keys = metadata.tables[table].foreign_keys
    return any((key.column.table.name, row.get(key.parent.name)) in lost for key in keys)


def _key(row):
    return row.get("id", row.get("commitment"))


def _earlier(rows, known, words):
    """The rows of an act as a version wrote them that knew only these columns of its tables.

    Words that it did not keep apart stand in the row itself.
    """
    plain = {row["own_words"] for name, row in rows if "own_words" in row.keys() - known[name]}
    for name, row in rows:
        if name == "private_text" and _key(row) in plain:
            continue
        held = {key: value for key, value in row.items() if key in known[name]}
        if "own_words" in row and "own_words" not in known[name] and row["own_words"]:
            held[_PLAIN[name]] = words[row["own_words"]]["text"]
        yield [name, held]


def _insert(connection, table, row) -> None:
    quote = connection.dialect.identifier_preparer.quote
    postgres = connection.dialect.name == "postgresql"
    marks = ", ".join(f"%({name})s" if postgres else f":{name}" for name in row)
    names = ", ".join(map(quote, row))
    connection.exec_driver_sql(f"INSERT INTO {table} ({names}) VALUES ({marks})", row)


def open_at(path: Path) -> Engine:
    """The SQLite database in a file."""
    return open_engine(f"sqlite:///{path}")
