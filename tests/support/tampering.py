"""What the owner of a database can do to it: triggers aside, then back as if nothing had been."""

import contextlib
import json
import random
import sqlite3
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import psycopg
from sqlalchemy import Table, make_url

from db.ledger import canonical
from db.merkle import add_leaf, leaf_hash, root_of
from db.tables import metadata

FACTS = [table for table in metadata.sorted_tables if table.info.get("logged", True)]


class Owner:
    """Raw access with every right. ``run`` takes ``?`` for values on both databases."""

    def __init__(self, url: str) -> None:
        target = make_url(url)
        self.postgres = target.get_backend_name() == "postgresql"
        if self.postgres:
            dsn = target.set(drivername="postgresql").render_as_string(hide_password=False)
            self.link: Any = psycopg.connect(dsn, autocommit=True)
            self.run("SET session_replication_role = replica")  # foreign keys aside
        else:
            self.link = sqlite3.connect(str(target.database), isolation_level=None)
            self.run("PRAGMA synchronous = OFF")

    def run(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        mark = statement.replace("?", "%s") if self.postgres else statement
        cursor = self.link.execute(mark, values) if values else self.link.execute(mark)
        return cursor.fetchall() if cursor.description else []

    def triggers(self) -> list[tuple[str, str, str]]:
        """(name, table, what makes it again)."""
        if not self.postgres:
            return self.run("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
        rows = self.run(
            "SELECT tgname, relname, pg_get_triggerdef(t.oid) FROM pg_trigger t "
            "JOIN pg_class c ON c.oid = tgrelid WHERE NOT tgisinternal"
        )
        return [
            (name, table, f"{made}; ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")
            for name, table, made in rows
        ]

    def drop(self, name: str, table: str) -> None:
        self.run(self.dropping(name, table))

    def dropping(self, name: str, table: str) -> str:
        return f"DROP TRIGGER {name}" + (f" ON {table}" if self.postgres else "")

    def run_all(self, statements: list[str]) -> None:
        """Many statements, in one transaction and one go."""
        text = "; ".join(["BEGIN", *statements, "COMMIT"])
        if self.postgres:
            self.link.execute(text)
        else:
            self.link.executescript(text)

    @contextlib.contextmanager
    def unguarded(self) -> Iterator[None]:
        """Without triggers, which stand again afterwards exactly as they were."""
        found = self.triggers()
        self.run_all([self.dropping(name, table) for name, table, _ in found])
        yield
        self.run_all([made for _, _, made in found])

    @contextlib.contextmanager
    def unguarded_and_closed(self) -> Iterator["Owner"]:
        """``unguarded``, and gone afterwards."""
        with self.unguarded():
            yield self
        self.link.close()

    def entries(self) -> list[tuple[int, str, str]]:
        return self.run("SELECT seq, event_id, body FROM ledger ORDER BY seq")

    def write_body(self, seq: int, body: str, *, leaf: bool) -> None:
        self.run("UPDATE ledger SET body = ? WHERE seq = ?", body, seq)
        if leaf:
            self.run("UPDATE ledger SET leaf = ? WHERE seq = ?", leaf_hash(body), seq)

    def rehash(self) -> None:
        """Leaves and head as if the log had always been as it is now."""
        frontier, size, last = b"", 0, 0
        for seq, _, body in self.entries():
            self.write_body(seq, body, leaf=True)
            frontier = add_leaf(frontier, size, leaf_hash(body))
            size, last = size + 1, json.loads(body)["recorded_us"]
        self.run(
            "UPDATE ledger_head SET size = ?, frontier = ?, root = ?, last_at = ?",
            size, frontier, root_of(frontier), last,
        )  # fmt: skip


def changed(value: Any) -> Any:
    """Another value of the same type."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, float):
        return value / 2 + 0.001
    if isinstance(value, int):
        return value + 1
    if isinstance(value, date):
        return value.replace(year=value.year - 1)
    if isinstance(value, bytes):
        return bytes([value[0] ^ 1]) + value[1:]
    return f"{value[:-1]}{'x' if value[-1:] != 'x' else 'y'}"


def edit_body(owner: Owner, rng: random.Random) -> None:
    """One value inside one entry; half of the time with its leaf hash made anew."""
    seq, _, body = rng.choice(owner.entries())
    act = json.loads(body)
    key = rng.choice(["actor", "request", "subject", "recorded_us", "kind", "seq", "id"])
    act[key] = changed(act[key]) if act[key] != "" else "x"
    owner.write_body(seq, canonical(act), leaf=rng.random() < 0.5)


def edit_time(owner: Owner, rng: random.Random) -> None:
    """One act an hour earlier, in the log and in every row it wrote."""
    seq, _, body = rng.choice(owner.entries())
    act = json.loads(body)
    act["recorded_us"] -= 3_600_000_000
    for table, row in act["rows"]:
        names = [name for name in ("made_at", "recorded_at") if name in row]
        if "recorded_at" in names:
            row |= dict.fromkeys(names, act["recorded_us"])
            values = *(row[name] for name in names), row["id"]
            assigned = ", ".join(f"{name} = ?" for name in names)
            owner.run(f"UPDATE {table} SET {assigned} WHERE id = ?", *values)
    owner.write_body(seq, canonical(act), leaf=True)


def delete_entry(owner: Owner, seq: int) -> None:
    """An entry and all that it wrote."""
    (body,) = owner.run("SELECT body FROM ledger WHERE seq = ?", seq)[0]
    for table, row in json.loads(body)["rows"]:
        keys = [column.name for column in metadata.tables[table].primary_key]
        where = " AND ".join(f'"{key}" = ?' for key in keys)
        owner.run(f"DELETE FROM {table} WHERE {where}", *(row[key] for key in keys))
    owner.run("DELETE FROM ledger WHERE seq = ?", seq)


def delete_middle(owner: Owner, rng: random.Random) -> None:
    delete_entry(owner, rng.choice(owner.entries()[1:-1])[0])


def delete_tail(owner: Owner, rng: random.Random) -> None:
    """The newest entries with all they wrote, and a head that agrees."""
    for seq, _, _ in owner.entries()[-rng.randint(1, 8) :]:
        delete_entry(owner, seq)
    owner.rehash()


def insert(owner: Owner, rng: random.Random) -> None:
    """A forecast that no act recorded, or an entry put in at the end."""
    if rng.random() < 0.5:
        row = rng.choice(owner.run("SELECT * FROM forecast"))
        held = dict(zip(columns_of(owner, "forecast"), row, strict=True))
        held |= {"id": rng.randint(1000, 10**9), "rationale": None}
        add_row(owner, "forecast", held)
        return
    seq, event_id, body = owner.entries()[-1]
    forged = canonical(json.loads(body) | {"seq": seq + 1, "id": event_id + "'"})
    add_entry(owner, forged)


def back_date(owner: Owner, rng: random.Random) -> None:
    """A forecast more, with an entry of the true time and a head that agrees, said to be old.

    Whoever may add rows and move the head on can do it; no trigger stands in the way.
    """
    acts = [json.loads(body) for _, _, body in owner.entries()]
    made = [dict(act["rows"])["forecast"] for act in acts if act["kind"] == "forecast"]
    forecast = dict(rng.choice([row for row in made if row["probability"] is not None]))
    ((newest,),) = owner.run("SELECT max(id) FROM forecast")
    earlier = forecast["recorded_at"] - rng.randint(1, 100 * 24 * 3_600_000_000)
    forecast |= {"id": newest + 1, "rationale": None, "made_at": earlier, "recorded_at": earlier}
    add_row(owner, "forecast", forecast)
    seq, key, recorded = (acts[-1][name] for name in ("seq", "id", "recorded_us"))
    act = acts[-1] | {"seq": seq + 1, "id": f"{key}'", "recorded_us": recorded + 1}
    act |= {"kind": "forecast", "subject": newest + 1, "rows": [["forecast", forecast]]}
    add_entry(owner, canonical(act))
    owner.rehash()


def add_row(owner: Owner, table: str, row: dict[str, Any]) -> None:
    marks = ", ".join("?" * len(row))
    owner.run(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", *row.values())


def add_entry(owner: Owner, body: str) -> None:
    act = json.loads(body)
    entry = {"seq": act["seq"], "event_id": act["id"], "body": body, "leaf": leaf_hash(body)}
    add_row(owner, "ledger", entry)


def swap(owner: Owner, rng: random.Random) -> None:
    """Two entries in each other's place, hashes and all; or two forecasts' probabilities."""
    if rng.random() < 0.5:
        (one, _, first), (two, _, second) = rng.sample(owner.entries(), 2)
        owner.write_body(one, second, leaf=True)
        owner.write_body(two, first, leaf=True)
        return
    rows = owner.run(
        "SELECT id, probability FROM forecast WHERE probability IS NOT NULL "
        "AND probability_low IS NULL"
    )
    first = rng.choice(rows)
    second = rng.choice([row for row in rows if row[1] != first[1]])
    owner.run("UPDATE forecast SET probability = ? WHERE id = ?", second[1], first[0])
    owner.run("UPDATE forecast SET probability = ? WHERE id = ?", first[1], second[0])


def columns_of(owner: Owner, table: str) -> list[str]:
    """The columns in the database's own order."""
    cursor = owner.link.execute(f"SELECT * FROM {table} WHERE 1 = 0")
    return [part[0] for part in cursor.description]


def edit_table(owner: Owner, rng: random.Random) -> tuple[str, str]:
    """One value of one row of one table, and nothing in the log: (table, column)."""
    tables = [table for table in FACTS if owner.run(f"SELECT 1 FROM {table.name}")]
    while True:
        table = rng.choice(tables)
        name = rng.choice(columns_of(owner, table.name))
        if change_column(owner, table, name, rng) is not None:
            return table.name, name


def change_column(
    owner: Owner, table: Table, name: str, rng: random.Random | None = None
) -> Callable[[], None] | None:
    """Change one value of a column, of a row that ``rng`` chooses or the first that has one.

    Nothing in the log is touched. Returns what undoes it; None if no value can be changed.
    """
    names = columns_of(owner, table.name)
    keys = [column.name for column in table.primary_key]
    setting = f'UPDATE {table.name} SET "{name}" = ? WHERE ' + " AND ".join(
        f'"{key}" = ?' for key in keys
    )
    rows = owner.run(f"SELECT * FROM {table.name}")
    for values in rows if rng is None else [rng.choice(rows)]:
        row = dict(zip(names, values, strict=True))
        if row[name] is None or row[name] == "":
            continue
        after = row | {name: changed(row[name])}
        with contextlib.suppress(sqlite3.IntegrityError, psycopg.IntegrityError):
            owner.run(setting, after[name], *(row[key] for key in keys))
            return lambda: owner.run(setting, row[name], *(after[key] for key in keys)) and None
    return None


def drop_trigger(owner: Owner, rng: random.Random) -> None:
    """A trigger gone, put out of action, or made harmless; nothing else is touched yet."""
    name, table, _ = rng.choice(
        [found for found in owner.triggers() if found[0] != "ledger_gapless"]
    )
    owner.drop(name, table)
    if rng.random() < 0.5 and not owner.postgres:
        owner.run(f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} BEGIN SELECT 1; END")


def rewrite_all(owner: Owner, rng: random.Random) -> None:
    """One forecast changed in table and log, and the whole log hashed anew; no trace inside."""
    entries = [found for found in owner.entries() if '"kind":"forecast"' in found[2]]
    seq, _, body = rng.choice(entries)
    act = json.loads(body)
    for table, row in act["rows"]:
        if table in ("forecast", "forecast_option") and row.get("probability") is not None:
            row["probability"] = changed(row["probability"])
            keys = [column.name for column in metadata.tables[table].primary_key]
            where = " AND ".join(f"{key} = ?" for key in keys)
            values = row["probability"], *(row[key] for key in keys)
            owner.run(f"UPDATE {table} SET probability = ? WHERE {where}", *values)
    act["actor"] = changed(act["actor"])
    owner.write_body(seq, canonical(act), leaf=True)
    owner.rehash()
    owner.run("DELETE FROM checkpoint")


Attack = Callable[[Owner, random.Random], object]
GUARDED: dict[str, Attack] = {
    "edit a body": edit_body,
    "edit a time": edit_time,
    "delete in the middle": delete_middle,
    "delete the tail": delete_tail,
    "insert": insert,
    "back-date": back_date,
    "swap": swap,
    "edit a table only": edit_table,
    "rewrite the whole log": rewrite_all,
    "forge a checkpoint": rewrite_all,
}
"""Attacks that put the triggers back; by the name of the kind of tampering."""
