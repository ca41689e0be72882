"""What a verification looks at beyond the kinds of tampering, and what it must not call one."""

import json
import sqlite3
import threading
from datetime import timedelta
from pathlib import Path

import lived_in
import psycopg
import pytest
from sqlalchemy import Column, Integer, MetaData, String, Table, make_url, text
from sqlmodel import Session, select
from tampering import Owner

from db import facts, looking, schema
from db.engine import open_engine
from db.session import transaction
from db.tables import PrivateText, Redaction, metadata
from db.verification import verify
from forecasts.services.acts import Act, recorded
from forecasts.services.erasure import erase as services_erase
from forecasts.services.forecasts import record_forecast


def kinds(found) -> list[str]:
    return [kind for kind, _ in found.counts]


def test_a_clean_record_is_compared_whole(engine):
    found = verify(engine)
    assert (found.findings, found.total) == ((), 0)
    with engine.connect() as connection:
        logged = [table.name for table in metadata.sorted_tables if table.info.get("logged", True)]
        rows = sum(
            connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one() for name in logged
        )
        head = connection.execute(text("SELECT size, root FROM ledger_head")).one()
    assert (found.size, found.root, found.rows) == (*head, rows)
    assert {"forecast", "private_text", "signing_key", "role_assignment"} <= set(logged)
    assert not {"ledger", "ledger_head", "checkpoint", "verification"} & set(logged)


def test_however_many_entries_are_fetched_at_once_the_same_is_found(engine, lived, monkeypatch):
    whole = verify(engine)
    owner = Owner(lived)
    with owner.unguarded():
        owner.run("UPDATE forecast SET probability = 0.999 WHERE id = 2")
        owner.run("DELETE FROM tagging WHERE id = 1")
    owner.link.close()
    changed = verify(engine)
    assert (changed.root, changed.total) == (whole.root, 2)
    for at_once in (1, 7, whole.size, whole.size + 1):
        monkeypatch.setattr(looking, "BATCH", at_once)
        assert verify(engine) == changed
        assert engine.pool.checkedout() == 0
    monkeypatch.setattr(looking, "BATCH", 5)
    with pytest.raises(ZeroDivisionError):  # whoever stops early leaves no look open
        verify(engine, progress=lambda done, _: 1 // (done - 10))
    assert engine.pool.checkedout() == 0


def test_an_empty_record_is_clean(request):
    for name in ("empty_db", "postgres_db"):
        engine = open_engine(request.getfixturevalue(name))
        assert verify(engine).findings == ()
        engine.dispose()


def test_a_table_to_come_is_covered(engine, monkeypatch):
    later = MetaData()
    for table in metadata.sorted_tables:
        table.to_metadata(later)
    Table("later", later, Column("id", Integer, primary_key=True), Column("word", String))
    monkeypatch.setattr(facts, "metadata", later)
    with engine.begin() as connection:
        later.tables["later"].create(connection)
        connection.execute(text("INSERT INTO later VALUES (7, 'slipped in')"))
    found = verify(engine)
    assert [str(one) for one in found.findings] == ["later 7: stands there, but no act recorded it"]


def test_progress_counts_up_to_the_end(engine):
    told = []
    found = verify(engine, progress=lambda done, of: told.append((done, of)))
    assert told[-1] == (found.size, found.size)


def test_writers_meanwhile_raise_no_alarm(engine):
    life = lived_in.Life(engine, lived_in.BEGIN + timedelta(days=20))
    question = life.question()
    before, ended = verify(engine).size, threading.Event()

    def write() -> None:
        for number in range(40):
            life.act(record_forecast, question_id=question, probability=number / 40)
        ended.set()

    writer = threading.Thread(target=write)
    writer.start()
    runs = 0
    while not ended.is_set() or not runs:
        assert verify(engine).findings == ()
        runs += 1
    writer.join()
    assert verify(engine).size == before + 40


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ("name = 'Robert'", "name is 'Robert', and was recorded as 'bob'"),
        ("name = handle", "has no name or login any more, and no act erased them"),
        ("name = handle, login = handle", "has no name or login any more, and no act erased them"),
    ],
)
def test_a_changed_name_is_found(engine, change, what):
    with transaction(engine) as session:  # no trigger refuses it
        session.connection().execute(text(f"UPDATE forecaster SET {change} WHERE login = 'bob'"))
    assert [str(one) for one in verify(engine).findings] == [f"forecaster 2: {what}"]


def test_a_name_that_came_back_is_found(engine):
    act(engine, services_erase, people=[2], reason="asked")
    assert verify(engine).findings == ()
    with transaction(engine) as session:
        session.connection().execute(text("UPDATE forecaster SET name = 'bob' WHERE id = 2"))
    assert [str(one) for one in verify(engine).findings] == [
        "forecaster 2: was erased, and has a name or login again"
    ]


@recorded("redact")
def erase(record, *, commitment: str, carry_out: bool = True) -> int:
    row = Redaction(
        commitment=commitment, reason="asked for", recorded_at=record.now, recorded_by=record.by
    )
    if carry_out:
        words = record.session.get(PrivateText, commitment)
        words.text = words.salt = None
    return record.insert(row)


def first_words(engine) -> str:
    with Session(engine) as session:
        return session.exec(select(PrivateText.commitment)).first()


def act(engine, service, **request):
    with transaction(engine) as session:
        now = lived_in.BEGIN + timedelta(days=30)
        return service(session, Act("ana", now, f"{request}"[:90]), **request)


def test_words_erased_by_an_act_are_no_finding(engine):
    act(engine, erase, commitment=first_words(engine))
    assert verify(engine).findings == ()


def test_words_that_are_gone_without_an_act_are_found(engine):
    with transaction(engine) as session:
        words = session.get(PrivateText, first_words(engine))
        words.text = words.salt = None
    found = verify(engine)
    assert kinds(found) == ["private text"]
    assert "no act erased it" in found.findings[0].what


def test_words_that_came_back_are_found(engine):
    act(engine, erase, commitment=first_words(engine), carry_out=False)
    found = verify(engine)
    assert kinds(found) == ["private text"]
    assert "was erased by entry" in found.findings[0].what


def test_a_clock_that_ran_backwards_is_told_and_no_finding(engine):
    life = lived_in.Life(engine, lived_in.BEGIN - timedelta(days=40))
    life.question()
    found = verify(engine)
    assert found.findings == ()
    assert "ran backwards once" in found.notes[-1]


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ("UPDATE ledger_head SET last_at = last_at - 1", "another time"),
        ("UPDATE ledger_head SET root = frontier", "another root"),
        ("UPDATE ledger_head SET size = size + 1", "entries; the log holds"),
        ("DELETE FROM ledger_head", "is missing"),
    ],
)
def test_a_changed_head_is_found(lived, engine, change, what):
    owner = Owner(lived)
    with owner.unguarded():
        owner.run(change)
    owner.link.close()
    found = verify(engine)
    assert kinds(found) == ["head"]
    assert what in found.findings[0].what


@pytest.mark.parametrize(
    "body", ["", "words", "[]", "null", "{}", '{"rows":5}', '{"seq":3,"id":4}', " {}", "{} x"]
)
def test_an_entry_of_nonsense_is_found_and_not_a_crash(lived, engine, body):
    owner = Owner(lived)
    with owner.unguarded():
        owner.write_body(3, body, leaf=True)
    owner.link.close()
    found = verify(engine)
    assert {"hash", "head"} <= set(kinds(found))


@pytest.mark.parametrize(
    "rows",
    [
        [["forecast", {"id": "x"}]],
        [["forecast", {"id": [1]}]],
        [["forecast", {"id": 10**30}]],
        [["forecast", {}]],
        [["nowhere", {"id": 1}]],
        [[["list"], {}]],
        [["private_text", {"commitment": 5}]],
        [["forecast_option", {"forecast_id": 1, "position": None}]],
        [["forecast", {"id": 1, "no such column": 1}]],
        5,
    ],
)
def test_rows_of_nonsense_are_found_and_not_a_crash(lived, engine, rows):
    owner = Owner(lived)
    seq, _, body = owner.entries()[-1]
    with owner.unguarded():
        owner.write_body(seq, json.dumps(json.loads(body) | {"rows": rows}), leaf=True)
        owner.rehash()
    owner.link.close()
    assert set(kinds(verify(engine))) & {"row", "hash"}


@pytest.mark.parametrize("key", ["x" * 64, f"{'0' * 63} ", "0 " * 32])
def test_a_key_of_nonsense_is_found_and_not_a_crash(lived, engine, key):
    owner = Owner(lived)
    with owner.unguarded():
        owner.run("UPDATE signing_key SET public_key = ?", key)
    owner.link.close()
    found = verify(engine)
    assert kinds(found) == ["row"]
    assert str(found.findings[0]).startswith("signing_key 1: public_key is ")


def test_many_findings_are_counted_and_the_first_are_kept(lived, engine):
    owner = Owner(lived)
    with owner.unguarded():
        owner.run("UPDATE ledger SET body = '{}'")
    owner.link.close()
    found = verify(engine)
    assert dict(found.counts)["hash"] == 2 * found.size
    assert len([one for one in found.findings if one.kind == "hash"]) == 20


def test_a_weakened_constraint_is_found(lived, engine):
    if engine.dialect.name == "postgresql":
        with engine.begin() as connection:
            connection.execute(text("ALTER TABLE forecast DROP CONSTRAINT ck_forecast_live_is_now"))
        expected = "constraint forecast.ck_forecast_live_is_now: is missing"
    else:
        link = sqlite3.connect(make_url(lived).database)
        link.execute("PRAGMA writable_schema = ON")
        link.execute(
            "UPDATE sqlite_master SET sql = replace(sql, 'made_at <= recorded_at', 'true') "
            "WHERE name = 'forecast'"
        )
        link.commit()
        link.close()
        expected = "table forecast: is not the one that the migrations made"
    found = verify(engine)
    assert [str(one) for one in found.findings] == [expected]


def test_a_trigger_of_somebody_elses_is_found(engine):
    made = "CREATE TRIGGER helper BEFORE INSERT ON forecast BEGIN SELECT 1; END"
    if engine.dialect.name == "postgresql":
        made = (
            "CREATE TRIGGER helper BEFORE INSERT ON forecast FOR EACH ROW "
            "EXECUTE FUNCTION refuse_change()"
        )
    with engine.begin() as connection:
        connection.execute(text(made))
    found = verify(engine)
    assert kinds(found) == ["schema"]
    assert "made by none of the migrations" in found.findings[0].what


def test_a_smashed_page_and_a_changed_letter_are_both_found(sqlite_copies):
    """Each is seen by one check only: integrity_check by the one, hashes by the other."""
    with sqlite_copies() as url:
        path = Path(make_url(url).database)
        raw = bytearray(path.read_bytes())
        place = raw.index(b"words of my own")
        raw[place] ^= 1
        path.write_bytes(raw)
        engine = open_engine(url)
        assert kinds(verify(engine)) == ["private text"]
        engine.dispose()
        link = sqlite3.connect(path)
        page = link.execute("SELECT rootpage FROM sqlite_master WHERE name = 'comment'").fetchone()
        link.close()
        raw[(page[0] - 1) * 4096 : (page[0] - 1) * 4096 + 64] = b"\xff" * 64
        path.write_bytes(raw)
        engine = open_engine(url)
        assert "engine" in kinds(verify(engine))
        engine.dispose()


def test_amcheck_runs_where_it_is_installed(postgres_copies):
    with postgres_copies() as url:
        engine = open_engine(url)
        assert "amcheck is not installed" in verify(engine).notes[0]
        with engine.begin() as connection:
            connection.execute(text("CREATE EXTENSION amcheck"))
        assert verify(engine).notes == ()
        # An index told to ignore what the table holds: its own check is what notices.
        with psycopg.connect(host=make_url(url).query["host"], user="postgres",
                             dbname=make_url(url).database) as link:  # fmt: skip
            link.execute("UPDATE pg_index SET indisready = false WHERE indexrelid = "
                         "'ix_forecast_history'::regclass")  # fmt: skip
            link.execute("SET session_replication_role = replica")
            link.execute("INSERT INTO forecast SELECT (jsonb_populate_record(forecast, "
                         "'{\"id\": 999}')).* FROM forecast WHERE id = 2")  # fmt: skip
            link.execute("UPDATE pg_index SET indisready = true WHERE indexrelid = "
                         "'ix_forecast_history'::regclass")  # fmt: skip
        found = verify(engine)
        assert set(kinds(found)) == {"engine", "row"}
        engine.dispose()


def test_a_user_with_few_rights_is_told_what_was_not_checked(postgres_copies, monkeypatch):
    monkeypatch.setattr(schema, "_POSTGRES", {})  # what a user with more rights has found out
    with postgres_copies() as url:
        engine = open_engine(url)
        with engine.begin() as connection:
            connection.execute(text("CREATE ROLE reader LOGIN"))
            connection.execute(text("GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader"))
        few = open_engine(url.replace("postgres@", "reader@"))
        found = verify(few)
        few.dispose()
        with engine.begin() as connection:
            connection.execute(text("DROP OWNED BY reader"))
            connection.execute(text("DROP ROLE reader"))
        engine.dispose()
    assert found.findings == ()
    assert any("may create a schema" in one for one in found.notes)
