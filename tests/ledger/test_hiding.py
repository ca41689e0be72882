"""Changes made where a verification might not look: behind other rows, beside the tables."""

import json
import random
import sqlite3
from datetime import timedelta

import lived_in
import psycopg
import pytest
import rich_record
from sqlalchemy import make_url
from sqlmodel import Session, select
from tampering import Owner, add_entry, add_row, change_column, columns_of, delete_tail

from db.engine import open_engine
from db.facts import DAY_TEXT, rows_of
from db.ledger import canonical
from db.session import transaction
from db.tables import Forecaster, Verification, metadata
from db.verification import verify


def told(engine) -> list[str]:
    return [str(one) for one in verify(engine).findings]


def test_a_row_is_not_hidden_behind_one_that_is_logged_twice(lived, engine):
    """As many rows in the log as in the table, and yet one that no act recorded."""
    with Owner(lived).unguarded_and_closed() as owner:
        act = json.loads(owner.entries()[-1][2])
        again = next(
            row
            for _, _, body in owner.entries()
            for table, row in json.loads(body)["rows"]
            if table == "forecast_option"
        )
        add_row(owner, "forecast_option", again | {"forecast_id": 1, "probability": 1.0})
        forged = {"seq": act["seq"] + 1, "id": "forged", "recorded_us": act["recorded_us"] + 1}
        add_entry(owner, canonical(act | forged | {"rows": [["forecast_option", again]]}))
        owner.rehash()
    key = f"{again['forecast_id']}, {again['position']}"
    assert told(engine) == [
        f"forecast_option {key}: was recorded twice",
        f"forecast_option 1, {again['position']}: stands there, but no act recorded it",
    ]


def test_numbers_that_do_not_rise_are_no_finding(lived, engine):
    """Rows of one act in another order; whoever moves the head on can write such an entry."""
    with Owner(lived).unguarded_and_closed() as owner:
        act = json.loads(owner.entries()[-1][2])
        rows = [{"forecast_id": 1, "position": place, "probability": 0.5} for place in (2, 1)]
        for row in rows:
            add_row(owner, "forecast_option", row)
        forged = {"seq": act["seq"] + 1, "id": "forged", "recorded_us": act["recorded_us"] + 1}
        said = [["forecast_option", row] for row in rows]
        add_entry(owner, canonical(act | forged | {"rows": said}))
        owner.rehash()
    assert told(engine) == []


def test_swapped_names_are_found(lived, engine):
    """Whose forecasts these are is what a reputation stands on."""
    with Session(engine) as session:
        persons = session.exec(select(Forecaster).where(Forecaster.kind == "person")).all()
    ana, bob = (next(one for one in persons if one.login == login) for login in ("ana", "bob"))
    turns = (("x", ana.id), ("ana", bob.id), ("bob", ana.id))
    with Owner(lived).unguarded_and_closed() as owner:
        for login, key in turns:
            owner.run("UPDATE forecaster SET login = ?, name = ? WHERE id = ?", login, login, key)
    assert told(engine) == [
        f"forecaster {ana.id}: login is 'bob', and was recorded as 'ana'",
        f"forecaster {bob.id}: login is 'ana', and was recorded as 'bob'",
    ]


def test_who_cuts_the_tail_must_remember_earlier_verifications(lived, engine):
    before = verify(engine)
    with transaction(engine) as session:
        row = {"size": before.size, "root": before.root, "findings": 0}
        session.add(Verification(made_at=lived_in.BEGIN + timedelta(days=30), **row))
    assert told(engine) == []
    with Owner(lived).unguarded_and_closed() as owner:
        delete_tail(owner, random.Random(1))
    left = verify(engine).size
    assert told(engine) == [
        f"verification 1: went over {before.size} entries; the log holds {left}"
    ]


CHANGED = "is not the one that the migrations made"
BESIDE = {
    "rows hidden from some users": (
        "ALTER TABLE forecast ENABLE ROW LEVEL SECURITY; "
        "CREATE POLICY few ON forecast USING (probability > 0.5)",
        {"policy forecast.few: was made by none of the migrations",
         f"table forecast: {CHANGED}"},
    ),
    "a table that a crash empties": (
        "ALTER TABLE verification SET UNLOGGED",
        {f"table verification: {CHANGED}"},
    ),
    "a foreign key that is not asked": (
        "DO $$ DECLARE one text; BEGIN FOR one IN SELECT tgname FROM pg_trigger WHERE tgisinternal "
        "AND tgrelid = 'resolution'::regclass LOOP EXECUTE format("
        "'ALTER TABLE resolution ENABLE REPLICA TRIGGER %I', one); END LOOP; END $$",
        {f"constraint resolution.fk_resolution_question_id: {CHANGED}",
         f"constraint resolution.fk_resolution_recorded_by: {CHANGED}"},
    ),
    "an index that is not kept": (
        "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'ix_forecast_history'::regclass",
        {f"index ix_forecast_history: {CHANGED}"},
    ),
    "a view in a table's place": (
        "ALTER TABLE forecast RENAME TO other; CREATE VIEW forecast AS SELECT * FROM other",
        {"column forecast.confidence: is missing"},
    ),
    "a table whose rows count among another's": (
        "CREATE SCHEMA beside; CREATE TABLE beside.more () INHERITS (forecast)",
        {f"table forecast: {CHANGED}"},
    ),
    "names swapped, and an operator by which nobody is a person": (
        "ALTER TABLE forecaster DISABLE TRIGGER ALL; "
        "UPDATE forecaster SET login = 'x', name = 'x' WHERE login = 'ana'; "
        "UPDATE forecaster SET login = 'ana', name = 'ana' WHERE login = 'bob'; "
        "UPDATE forecaster SET login = 'bob', name = 'bob' WHERE login = 'x'; "
        "CREATE FUNCTION never(varchar, varchar) RETURNS boolean LANGUAGE sql AS 'SELECT false'; "
        "CREATE OPERATOR = (LEFTARG = varchar, RIGHTARG = varchar, FUNCTION = never)",
        {"operator '=': stands in for one of PostgreSQL's own"},
    ),
    "a function that says another day": (
        "CREATE FUNCTION to_char(date, text) RETURNS text LANGUAGE sql AS 'SELECT $2'",
        {"function 'to_char': stands in for one of PostgreSQL's own"},
    ),
    "a number changed in digits that are not shown": (
        "ALTER TABLE forecast DISABLE TRIGGER ALL; "
        "UPDATE forecast SET probability = probability + 1.4e-17 WHERE id = 1; "
        "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET extra_float_digits = 0', "
        "current_database()); END $$",
        {"forecast 1: probability is 0.06250000000000001, and was recorded as 0.0625 (entry 7)"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("change", BESIDE)
def test_what_postgresql_can_hide_is_found(postgres_copies, change):
    statement, expected = BESIDE[change]
    with postgres_copies() as url:
        target = make_url(url)
        with psycopg.connect(host=target.query["host"], user="postgres",
                             dbname=target.database) as link:  # fmt: skip
            link.execute(statement)
        engine = open_engine(url)
        found = set(told(engine))
        engine.dispose()
    assert expected <= found


@pytest.mark.parametrize("day", ["2026-01-02", "0044-03-15 BC"])
def test_a_day_before_christ_is_not_taken_for_one_after(postgres_db, day):
    engine = open_engine(postgres_db)
    with engine.connect() as connection:
        read = DAY_TEXT.format(f"DATE '{day}'")
        assert rows_of(connection, f"SELECT {read}") == [(day,)]
    engine.dispose()


@pytest.mark.parametrize("kind", ["trigger", "TRIGGER"])
@pytest.mark.parametrize("name", ["sqlite_keep", "keep"])
def test_a_trigger_written_into_the_schema_by_hand_is_found(sqlite_copies, kind, name):
    """SQLite makes none of such a name or type for anybody, but runs what stands there."""
    with sqlite_copies() as url:
        made = f"CREATE TRIGGER {name} BEFORE INSERT ON forecast BEGIN SELECT RAISE(IGNORE); END"
        link = sqlite3.connect(make_url(url).database, isolation_level=None)
        link.execute("PRAGMA writable_schema = ON")
        link.execute(
            "INSERT INTO sqlite_master (type, name, tbl_name, rootpage, sql) "
            "VALUES (?, ?, 'forecast', 0, ?)",
            (kind, name, made),
        )
        link.close()
        engine = open_engine(url)
        assert told(engine) == [f"trigger {name}: was made by none of the migrations"]
        engine.dispose()


UNSEEN = {("article_sketch", "article_id"), ("article_sketch", "sketch")}
"""Where to look for articles alike; the texts then tell, so no page shows it."""


def every_column(url: str) -> None:
    """Change each column that has a value, one after another; see that each is found."""
    engine, owner = open_engine(url), Owner(url)
    assert told(engine) == []
    unseen, tried = set(), 0
    found = owner.triggers()
    for name, table, _ in found:
        owner.drop(name, table)
    for table in metadata.sorted_tables:
        for column in columns_of(owner, table.name):
            if (undo := change_column(owner, table, column)) is not None:
                tried += 1
                if not [one for one in told(engine) if not one.startswith("trigger ")]:
                    unseen.add((table.name, column))
                undo()
    owner.run_all([made for _, _, made in found])
    owner.link.close()
    assert told(engine) == []
    engine.dispose()
    print(f"\n{tried} columns changed, all found but {len(unseen)}", end="")
    assert tried > 150
    assert unseen == UNSEEN


def test_a_change_of_any_column_is_found(rich_db):
    """Of every table, those to come included."""
    every_column(rich_db)


@pytest.mark.long
def test_a_change_of_any_column_is_found_on_each_database(desk):
    rich_record.share(rich_record.fill(desk))
    every_column(desk.engine.url.render_as_string(hide_password=False))
