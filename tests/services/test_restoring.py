"""A record to files and back: the same bytes, the same record, on the other database too."""

import contextlib
import json

import pytest
import rich_record
from sqlalchemy import select, text
from sqlmodel import col

from db.engine import open_engine
from db.erasing import is_scrubbed
from db.rebuilding import is_empty
from db.session import reading, transaction
from db.tables import Checkpoint, Forecaster, PrivateText, Verification, metadata
from db.types import EPOCH
from db.verification import verify
from forecasts import keeping
from forecasts.errors import InvalidInput
from forecasts.exchange import record_files
from forecasts.redactions import erased_since
from forecasts.services.acts import Act
from forecasts.services.erasure import erase
from forecasts.services.forecasts import record_forecast
from forecasts.services.people import assign_role
from forecasts.services.questions import ask_question
from forecasts.views.people import people, person_id

NOT_KEPT = {"verification", "scrub"}  # about this copy alone: who looked at it, its files


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def rows(engine):
    """Every table's rows, sorted as texts: PostgreSQL and SQLite order them differently."""
    with engine.connect() as connection:
        return {
            table.name: sorted(map(repr, connection.execute(table.select()).all()))
            for table in metadata.sorted_tables
            if table.name not in NOT_KEPT
        }


@contextlib.contextmanager
def other(request, name):
    """An empty database of either kind, beside the one the test began with."""
    if name == "postgresql":
        url = request.getfixturevalue("postgres_db")
    else:
        path = request.getfixturevalue("tmp_path") / "other.db"
        path.write_bytes(request.getfixturevalue("empty_template").read_bytes())
        url = f"sqlite:///{path}"
    engine = open_engine(url)
    try:
        yield engine
    finally:
        engine.dispose()


def test_a_restored_record_is_the_same_record(rich, request, tmp_path):
    """From SQLite to SQLite and to PostgreSQL and back: bytes, rows, verification, next ids."""
    rich_record.share(rich)
    with transaction(rich.engine) as session:
        head = session.execute(text("SELECT size FROM ledger_head")).scalar_one()
        session.add(Checkpoint(size=head, note="a note\nkept\n", made_at=rich.now))
        session.add(Verification(made_at=EPOCH, size=0, root=b"0" * 32, findings=0))
    first = keeping.export_record(rich.engine, tmp_path / "first")
    expected = rows(rich.engine)
    assert all(expected.values()), "a new table should get a row in rich_record"
    source = tmp_path / "first"
    for turn, kind in enumerate(("sqlite", "postgresql")):
        with other(request, kind) as engine:
            restored = keeping.import_record(engine, source)
            assert (restored.size, restored.root, restored.again) == (first.size, first.root, 0)
            assert rows(engine) == expected
            outcome = verify(engine)
            assert {kind for kind, _ in outcome.counts} == {"checkpoint"}  # the note is no note
            folder = tmp_path / f"again{turn}"
            assert keeping.export_record(engine, folder) == first
            assert contents(folder) == contents(source)
            act_on(rich, engine)
            with pytest.raises(InvalidInput, match="not empty"):
                keeping.import_record(engine, source)
        source = folder
    print(f"{len(expected)} tables, {sum(map(len, expected.values()))} rows, both databases")


def act_on(desk, engine):
    """The next act finds its numbers free and is verified like any other."""
    copy = type(desk)(engine)
    copy.now, copy.count = desk.now, 10_000
    key = copy.do(
        ask_question, draft=rich_record.draft("New?", closes_at=desk.now.replace(year=2030))
    ).id
    copy.do(record_forecast, question_id=key, probability=0.5, rationale="Words.")
    assert {kind for kind, _ in verify(engine).counts} == {"checkpoint"}


def test_an_empty_record_is_restored_too(desk, request, tmp_path):
    assert keeping.export_record(desk.engine, tmp_path / "first").size == 0
    with other(request, "sqlite") as engine:
        keeping.import_record(engine, tmp_path / "first")
        keeping.export_record(engine, tmp_path / "again")
        assert verify(engine).total == 0
    assert contents(tmp_path / "first") == contents(tmp_path / "again")


def reseal(folder):
    """A manifest that says the files are as they should be: what a forger would write."""
    path = folder / record_files.MANIFEST
    told = json.loads(path.read_text())
    told["files"] = {name: record_files._digest(folder / name) for name in told["files"]}
    path.write_text(json.dumps(told))


def edit(folder, name, change):
    path = folder / name
    lines = path.read_text().split("\n")
    path.write_text("\n".join(change(lines)))


def first(old, new):
    """Change the first line."""
    return lambda lines: [lines[0].replace(old, new), *lines[1:]]


FORGERIES = {
    "an entry's text": ("log.jsonl", first("unlikely", "likely")),
    "an entry is gone": ("log.jsonl", lambda lines: [*lines[:3], *lines[4:]]),
    "the last entry is gone": ("log.jsonl", lambda lines: [*lines[:-2], ""]),
    "entries are swapped": ("log.jsonl", lambda lines: [lines[1], lines[0], *lines[2:]]),
    "no JSON": ("log.jsonl", lambda lines: ["{", *lines[1:]]),
    "another table": ("log.jsonl", first('["article",', '["x",')),
    "another column": ("log.jsonl", first('"title":', '"x":')),
    "another version": ("log.jsonl", first('"v":1', '"v":2')),
    "other words": ("words.jsonl", first('"text":"', '"text":"x')),
    "a word is gone": ("words.jsonl", lambda lines: lines[1:]),
    "a name is gone": ("names.jsonl", lambda lines: lines[1:]),
    "no such field": ("names.jsonl", first("login", "x")),
}


@pytest.mark.parametrize("resealed", [False, True], ids=["careless", "resealed"])
def test_files_that_were_changed_are_refused_and_nothing_is_entered(
    rich, request, tmp_path, resealed
):
    folder = tmp_path / "record"
    keeping.export_record(rich.engine, folder)
    before = contents(folder)
    with other(request, "sqlite") as engine:
        for name, (file, change) in FORGERIES.items():
            edit(folder, file, change)
            assert contents(folder) != before, name
            if resealed:
                reseal(folder)
            with pytest.raises(InvalidInput):
                keeping.import_record(engine, folder)
            with engine.connect() as connection:
                assert is_empty(connection), name
            for kept, content in before.items():
                (folder / kept).write_bytes(content)
        keeping.import_record(engine, folder)  # the means to tell: unchanged files are taken
    print(f"{len(FORGERIES)} of {len(FORGERIES)} changes refused")


def test_an_export_touches_nothing_that_is_there(desk, tmp_path):
    (tmp_path / "mine").write_text("kept")
    with pytest.raises(InvalidInput, match="something is there"):
        keeping.export_record(desk.engine, tmp_path)
    with pytest.raises(InvalidInput, match="exists already"):
        keeping.back_up(desk.engine, tmp_path / "mine")
    assert (tmp_path / "mine").read_text() == "kept"


def test_a_backup_is_one_file_for_both_databases(rich, request, tmp_path):
    first = keeping.back_up(rich.engine, tmp_path / "first")
    assert first.total == 0
    with other(request, "postgresql") as engine:
        with keeping.unpacked(tmp_path / "first") as folder:
            assert keeping.import_record(engine, folder).root == first.root
        assert rows(engine) == rows(rich.engine)
        assert keeping.back_up(engine, tmp_path / "second").root == first.root
    assert (tmp_path / "first").read_bytes() == (tmp_path / "second").read_bytes()
    assert not list(tmp_path.glob(".*"))  # nothing is left lying about


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut", b"SQLite format 3\x00"])
def test_what_is_no_backup_is_refused(tmp_path, content):
    path = tmp_path / "file"
    path.write_bytes(content)
    with pytest.raises(InvalidInput, match="is no backup"), keeping.unpacked(path):
        pass


@pytest.fixture
def backups(rich, tmp_path):
    """A shared record before and after its only admin, Ana, handed over and was erased."""
    rich.do(assign_role, by="ana", login="ana", role="admin", reason="First.")
    keeping.export_record(rich.engine, tmp_path / "early")
    rich.do(assign_role, by="ana", login="bob", role="admin", reason="Takes over.")
    gone = [rich.ask(person_id, login) for login in ("ana", "=cmd()")]
    rich.do(erase, by="bob", people=gone, reason="asked")
    keeping.export_record(rich.engine, tmp_path / "late")
    with reading(rich.engine) as session:
        kept = session.scalars(select(PrivateText.text).where(col(PrivateText.text).is_not(None)))
        return tmp_path / "early", tmp_path / "late", gone, sorted(kept)


def test_what_was_erased_since_the_backup_never_comes_back(backups, request):
    """Also where that leaves nobody who could give roles: then whoever restores can."""
    early, late, gone, kept = backups
    since = erased_since(late, early)
    (act,) = since.acts
    assert (list(act.people), act.reason) == (gone, "asked")
    for kind in ("sqlite", "postgresql"):
        with other(request, kind) as engine:
            assert keeping.import_record(engine, early, since=since, by="carol").again == 1
            assert verify(engine).total == 0
            with reading(engine) as session:
                assert is_scrubbed(session)
                found = {one.name: one for one in people(session)}
                handles = [session.get_one(Forecaster, key).handle for key in gone]
                assert [found[one].role for one in handles] == ["viewer", None]
                assert (found["carol"].role, found["bob"].role) == ("admin", None)
                words = [one for one in session.scalars(select(PrivateText.text)) if one]
                assert sorted(words) == sorted([*kept, '["carol","carol"]'])
            with transaction(engine) as session:
                later = Act("carol", EPOCH.replace(year=2031), "next")
                assign_role(session, later, login="bob", role="admin", reason="r")


def test_erasures_are_taken_only_from_a_later_state(backups, request, tmp_path):
    early, late, gone, _ = backups
    with pytest.raises(InvalidInput, match="no later state"):
        erased_since(early, late)
    assert erased_since(early, early).acts == ()
    with other(request, "sqlite") as engine:
        keeping.import_record(engine, early)
        with transaction(engine) as session:
            act = Act("ana", EPOCH.replace(year=2031), "x")
            erase(session, act, people=gone[1:], reason="forked")
        keeping.export_record(engine, tmp_path / "forked")
    with pytest.raises(InvalidInput, match="no later state"):
        erased_since(late, tmp_path / "forked")
