"""Upgrades: all or nothing, also when killed; what protects the record is there afterwards."""

import contextlib
import multiprocessing
import shutil
import signal
import sqlite3

import old_record
import pytest
from killed_upgrade import upgrade_and_die
from sqlalchemy import event, inspect
from sqlmodel import select

from db import schema
from db.engine import open_engine
from db.findings import Findings
from db.revisions import NEWER, is_current, migrate, revision, revisions
from db.schema import check_schema, objects
from db.session import transaction
from db.tables import Forecaster, Naming
from db.types import EPOCH
from db.upgrade import upgrade
from db.verification import verify
from forecasts.cli import main
from forecasts.errors import DatabaseUnavailable
from forecasts.opening import open_record
from forecasts.services.acts import Act
from forecasts.services.people import enter

REVISIONS = revisions()
OLD = REVISIONS[:-1]
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["db.upgrade", "psycopg"])


@pytest.fixture(scope="module")
def old_files(rich_template, tmp_path_factory):
    """A record at each earlier revision; the empty file is the revision before the first."""
    folder = tmp_path_factory.mktemp("old")
    (folder / "none.db").touch()
    new = old_record.open_at(rich_template)
    for name in OLD:
        engine = old_record.open_at(folder / f"{name}.db")
        old_record.make_old(engine, new, name)
        engine.dispose()
    new.dispose()
    return folder


def at(path):
    engine = old_record.open_at(path)
    with engine.connect() as connection:
        found = revision(connection), objects(connection)
    engine.dispose()
    return found


def files(folder):
    """The databases in a folder; not the empty journals beside them."""
    return sorted(one.name for one in folder.iterdir() if not one.name.endswith("-journal"))


def upgraded(path):
    engine = old_record.open_at(path)
    upgrade(engine)
    findings = Findings()
    check_schema(engine, findings)
    assert findings.kept == []
    assert is_current(engine)
    outcome = verify(engine)
    engine.dispose()
    assert outcome.findings == ()
    return outcome


@pytest.mark.parametrize("name", OLD)
def test_every_earlier_record_is_upgraded_and_verifies(old_files, tmp_path, name):
    path = tmp_path / "desk.db"
    shutil.copy(old_files / f"{name}.db", path)
    before, triggers = at(path)
    assert before == name
    assert upgraded(path).rows > 150
    lost = {
        key for key, text in triggers.items() if key[0] == "trigger" and at(path)[1][key] != text
    }
    assert lost == set()
    copy = tmp_path / f"desk.db.{name}"
    assert at(copy) == (name, triggers)
    assert files(tmp_path) == ["desk.db", copy.name]


def test_persons_of_an_earlier_record_are_committed_to_by_the_next_act(old_files, tmp_path):
    path = tmp_path / "desk.db"
    shutil.copy(old_files / "0009.db", path)
    assert "could be changed unseen" in upgraded(path).notes[-1]
    engine = old_record.open_at(path)
    with transaction(engine) as session:
        enter(session, Act("zoe", EPOCH.replace(year=2031), "next"))
        persons = session.exec(select(Forecaster.id).where(Forecaster.kind == "person")).all()
        assert session.exec(select(Naming.forecaster_id).order_by(Naming.id)).all() == persons
    outcome = verify(engine)
    engine.dispose()
    assert (outcome.findings, outcome.notes) == ((), ())


def test_a_copy_made_before_an_upgrade_is_never_replaced(old_files, tmp_path):
    name, path = OLD[-1], tmp_path / "desk.db"
    in_the_way, first, second = (tmp_path / f"desk.db.{name}{end}" for end in ("", ".1", ".2"))
    in_the_way.write_text("somebody's")
    for _ in range(2):  # the same record twice is one copy
        shutil.copy(old_files / f"{name}.db", path)
        upgraded(path)
    shutil.copy(old_files / f"{name}.db", path)
    with contextlib.closing(sqlite3.connect(path)) as link:
        link.execute("PRAGMA user_version = 7")  # another record of the same name and revision
    upgraded(path)
    assert in_the_way.read_text() == "somebody's"
    assert at(first) == at(second) == at(old_files / f"{name}.db")
    assert first.read_bytes() != second.read_bytes()
    assert len(files(tmp_path)) == 4


def statements(path):
    """How many statements an upgrade of this file takes, its commit included."""
    engine = old_record.open_at(path)
    seen = []
    event.listen(engine, "before_cursor_execute", lambda *args: seen.append(args[2]))
    event.listen(engine, "commit", lambda *_: seen.append("COMMIT"))
    upgrade(engine)
    engine.dispose()
    return len(seen)


class Undone(Exception):
    """Stops an upgrade at its commit."""


def statements_undone(engine):
    """How many statements an upgrade takes, its commit included, found without committing it."""
    seen = []

    def count(*args):
        seen.append(args[2])

    def stop(_connection):
        seen.append("COMMIT")
        raise Undone

    event.listen(engine, "before_cursor_execute", count)
    event.listen(engine, "commit", stop)
    with pytest.raises(Undone):
        upgrade(engine)
    event.remove(engine, "before_cursor_execute", count)
    event.remove(engine, "commit", stop)
    engine.dispose()
    return len(seen)


def killed(url, before):
    child = PROCESSES.Process(target=upgrade_and_die, args=(url, before))
    child.start()
    child.join()
    return child.exitcode == -signal.SIGKILL


def kill_at_each(old_files, folder, name, chosen):
    """Kill before the chosen statements, one after the other; the schema stays the old one."""
    path = folder / "desk.db"
    shutil.copy(old_files / f"{name}.db", path)
    before = at(path)
    total = statements(shutil.copy(path, folder / "count.db"))
    kills = 0
    for number in chosen(total):
        assert killed(f"sqlite:///{path}", number), number
        assert at(path) == before, number
        kills += 1
    assert not killed(f"sqlite:///{path}", total + 1)
    upgraded(path)
    return kills


@pytest.mark.parametrize("name", ["none", OLD[-1]])
def test_a_killed_upgrade_leaves_the_old_schema(old_files, tmp_path, name):
    """A statement here and there, the last one, the commit; all of them in the long version."""
    kills = kill_at_each(
        old_files, tmp_path, name,
        lambda total: sorted({*range(1, total, 7 if name in OLD else 60), total - 1, total}),
    )  # fmt: skip
    print(f"killed {kills} times from {name}: the old schema each time")


@pytest.mark.long
@pytest.mark.parametrize("name", ["none", *OLD])
def test_an_upgrade_killed_at_any_statement_leaves_the_old_schema(old_files, tmp_path, name):
    kills = kill_at_each(old_files, tmp_path, name, lambda total: range(1, total + 1))
    print(f"killed {kills} times from {name}: the old schema each time")


def counted(connection, place):
    """How many rows each table of a schema of PostgreSQL has."""
    tables = inspect(connection).get_table_names(place)
    ask = 'SELECT count(*) FROM "{}"."{}"'
    return {one: connection.exec_driver_sql(ask.format(place, one)).scalar() for one in tables}


def test_a_killed_upgrade_of_postgresql_leaves_the_old_schema(
    rich_template, postgres_db, monkeypatch
):
    monkeypatch.setattr(schema, "_POSTGRES", {})  # counted as a fresh process does it
    engine = open_engine(postgres_db)
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP SCHEMA public CASCADE")
        connection.exec_driver_sql("CREATE SCHEMA public")
    new = old_record.open_at(rich_template)
    old_record.make_old(engine, new, OLD[-1])
    new.dispose()
    with engine.connect() as connection:
        before, rows = objects(connection), counted(connection, "public")
    engine.dispose()
    total = statements_undone(engine)
    chosen = [total // 2, *range(total - 3, total + 1)]  # what it tries first, then does
    for number in chosen:
        assert killed(postgres_db, number), number
        with engine.connect() as connection:
            assert objects(connection) == before
            assert revision(connection) == OLD[-1]
            assert f"record_{OLD[-1]}" not in inspect(connection).get_schema_names()
        engine.dispose()
    assert not killed(postgres_db, total + 1)
    assert is_current(engine)
    assert verify(engine).findings == ()
    with engine.connect() as connection:
        assert counted(connection, f"record_{OLD[-1]}") == rows
    engine.dispose()
    print(f"killed {len(chosen)} times on PostgreSQL: the old schema each time")


def test_an_upgrade_that_would_lose_a_trigger_is_undone(old_files, tmp_path):
    path = tmp_path / "desk.db"
    shutil.copy(old_files / f"{OLD[-1]}.db", path)
    with sqlite3.connect(path) as link:
        link.execute("DROP TRIGGER forecast_refuse_update")
    link.close()
    before = at(path)
    engine = old_record.open_at(path)
    with pytest.raises(ValueError, match="lose or change the trigger forecast_refuse_UPDATE"):
        upgrade(engine)
    engine.dispose()
    assert at(path) == before


def test_a_newer_schema_is_refused_in_one_line(empty_db, capsys, monkeypatch):
    engine = open_engine(empty_db)
    with transaction(engine) as session:
        session.connection().exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(ValueError, match="made by a newer version"):
        upgrade(engine)
    engine.dispose()
    for create in (False, True):
        with pytest.raises(DatabaseUnavailable, match=NEWER):
            open_record(create=create)
    monkeypatch.setattr("sys.argv", ["forecasts", "list"])
    with pytest.raises(SystemExit):
        main()
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert NEWER in err


def test_a_database_of_something_else_is_left_alone(tmp_path):
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as link:
        link.execute("CREATE TABLE other (id)")
    link.close()
    before = path.read_bytes()
    engine = old_record.open_at(path)
    for attempt in (upgrade, is_current):
        with pytest.raises(ValueError, match="something else"):
            attempt(engine)
    engine.dispose()
    assert path.read_bytes() == before


def test_two_upgrades_in_a_row_change_nothing(empty_db):
    engine = open_engine(empty_db)
    with engine.connect() as connection:
        before = objects(connection)
    upgrade(engine)
    with engine.begin() as connection:
        migrate(connection)
    with engine.connect() as connection:
        assert objects(connection) == before
    engine.dispose()
