"""`verify`, `checkpoint`, `prove` and `verify-proof`, as typed."""

import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlmodel import Session, select
from tampering import Owner, delete_entry

from db.checkpoints import Verifier
from db.tables import Checkpoint, Ledger, SigningKey, Verification
from forecasts import clock
from forecasts.cli import main
from forecasts.services.forecasts import record_forecast
from forecasts.services.questions import ask_question

ROOT = Path(__file__).parents[2]
on_sqlite = pytest.mark.parametrize("desk", ["sqlite"], indirect=True)


@pytest.fixture
def run(capsys, monkeypatch, tmp_path):
    """Run one command; returns exit status, output and error lines. Keys are the test's own."""
    monkeypatch.setenv("FORECASTS_KEY", str(tmp_path / "keys" / "key.pem"))

    def command(*words: object):
        monkeypatch.setattr(sys, "argv", ["forecasts", *map(str, words)])
        try:
            main()
            status = 0
        except SystemExit as end:
            status = end.code
        out, err = capsys.readouterr()
        return status, out, err

    return command


@pytest.fixture
def asked(desk, draft, monkeypatch):
    """A record with one question and two forecasts; commands act a day later."""
    question = desk.do(ask_question, draft=draft()).id
    for share in (0.3, 0.4):
        desk.later(hours=1).do(record_forecast, question_id=question, probability=share)
    monkeypatch.setattr(clock, "now", lambda: desk.later(days=1).now)
    return desk


def kept(desk, table):
    with Session(desk.engine) as session:
        return list(session.exec(select(table)))


def url_of(desk) -> str:
    return desk.engine.url.render_as_string(hide_password=False)


def edit_a_forecast(desk) -> None:
    owner = Owner(url_of(desk))
    with owner.unguarded():
        owner.run("UPDATE forecast SET probability = 0.99 WHERE id = 1")
    owner.link.close()


def test_a_clean_record_verifies_and_the_outcome_is_kept(asked, run):
    status, out, err = run("verify")
    assert (status, err) == (0, "")
    assert out.startswith("The record is as it was recorded: 3 entries, ")
    assert out.splitlines()[1].startswith("Root ")
    (row,) = kept(asked, Verification)
    assert (row.size, row.findings, row.first, row.made_by) == (3, 0, None, None)
    answer = json.loads(run("verify", "--json")[1])
    assert answer["unaltered"] is True
    assert (answer["entries"], answer["findings"]) == (3, [])
    assert len(kept(asked, Ledger)) == 3  # looking does not lengthen the log


def test_what_was_changed_is_named_and_the_exit_status_is_one(asked, run):
    edit_a_forecast(asked)
    status, out, err = run("verify")
    assert (status, err) == (1, "")
    assert out.startswith("NOT as it was recorded: 1 finding in 3 entries")
    said = "forecast 1: probability is 0.99, and was recorded as 0.3 (entry 2)"
    assert f"row: 1\n  {said}\n" in out
    assert kept(asked, Verification)[-1].first == said
    status, out, _ = run("verify", "--json")
    assert status == 1
    assert json.loads(out)["counts"] == {"row": 1}


def test_without_a_key_there_is_no_checkpoint_and_the_record_goes_on(asked, run):
    status, out, err = run("checkpoint")
    assert (status, out) == (1, "")
    assert err.count("\n") == 1
    assert "checkpoint --new-key" in err
    assert run("record", "1", "20%")[0] == 0


def test_a_checkpoint_holds_the_record_to_its_word(asked, run, tmp_path):
    held = tmp_path / "held.txt"
    status, out, err = run("checkpoint", "--new-key", held)
    assert status == 0
    assert "A new key is in" in err
    assert [row.size for row in kept(asked, Checkpoint)] == [4]  # the key was named first
    assert kept(asked, Checkpoint)[0].note == held.read_text()
    assert run("record", "1", "20%")[0] == 0
    assert run("verify", "--against", held)[0] == 0
    status, out, _ = run("checkpoint", "--public")
    assert status == 0
    public = Verifier.parse(out)
    assert public.public.hex() == kept(asked, SigningKey)[0].public_key
    owner = Owner(url_of(asked))
    with owner.unguarded():
        owner.run("DELETE FROM checkpoint")
        owner.run("DELETE FROM verification")
        for seq in (5, 4, 3):
            delete_entry(owner, seq)
        owner.rehash()
    owner.link.close()
    assert run("verify")[0] == 0  # by itself, a cut record looks whole
    status, out, _ = run("verify", "--against", held)
    assert status == 1
    assert "held.txt: is of 4 entries; the log holds 2" in out


def test_a_file_is_never_replaced(asked, run, tmp_path):
    held = tmp_path / "held.txt"
    run("checkpoint", "--new-key", held)
    before = held.read_text()
    status, _, err = run("checkpoint", held)
    assert status == 1
    assert "File exists" in err
    assert held.read_text() == before


def test_nothing_changed_is_ever_signed(asked, run):
    run("checkpoint", "--new-key")
    edit_a_forecast(asked)
    status, _, err = run("checkpoint")
    assert status == 1
    assert "not signed" in err
    assert len(kept(asked, Checkpoint)) == 1


def test_a_lost_key_is_followed_by_a_new_one_and_old_checkpoints_still_hold(asked, run, tmp_path):
    run("checkpoint", "--new-key", tmp_path / "first.txt")
    first = run("checkpoint", "--public")[1].strip()
    (tmp_path / "keys" / "key.pem").unlink()
    status, _, err = run("checkpoint")
    assert status == 1
    assert "there is none" in err
    assert run("checkpoint", "--new-key", tmp_path / "second.txt")[0] == 0
    second = run("checkpoint", "--public")[1].strip()
    bodies = [json.loads(row.body) for row in kept(asked, Ledger)]
    assert [body["kind"] for body in bodies].count("rotate") == 2
    both = ("--against", tmp_path / "first.txt", "--against", tmp_path / "second.txt")
    assert run("verify", *both)[0] == 0  # the keys made on this machine are remembered
    assert run("verify", *both, "--key", first, "--key", second)[0] == 0
    status, out, _ = run("verify", *both, "--key", second)
    assert status == 1
    assert "first.txt: is not signed by a key that is trusted here" in out


def test_without_a_key_of_ones_own_the_records_keys_are_named_as_such(asked, run, tmp_path):
    run("checkpoint", "--new-key", tmp_path / "held.txt")
    (tmp_path / "keys" / "key.pem.known").unlink()
    status, out, _ = run("verify", "--against", tmp_path / "held.txt")
    assert status == 0
    assert "keys that the record itself names" in out


def documented_check(proof: Path) -> subprocess.CompletedProcess[str]:
    """Run the script that docs/ledger.md gives to those who trust no program of ours."""
    text = (ROOT / "docs" / "ledger.md").read_text()
    script = text.split("```python\n")[1].split("```")[0]
    return subprocess.run(
        [sys.executable, "-I", "-c", script, proof], capture_output=True, text=True, check=False
    )


def test_a_forecast_is_proven_without_the_database(asked, run, tmp_path, monkeypatch):
    run("checkpoint", "--new-key")
    public = run("checkpoint", "--public")[1].strip()
    proof = tmp_path / "proof.json"
    assert run("prove", 2, proof)[0] == 0
    monkeypatch.setenv("FORECASTS_DB", "sqlite:////nowhere/at/all.db")
    status, out, err = run("verify-proof", proof, "--key", public)
    assert (status, err) == (0, "")
    assert "forecast 2 is entry 3 in the log of 4 entries" in out
    assert "Recorded 2024-07-12 11:00:00 UTC" in out
    assert '"probability": 0.4' in out
    done = documented_check(proof)
    assert done.returncode == 0, done.stderr
    assert "'probability': 0.4" in done.stdout
    proof.write_text(proof.read_text().replace("0.4", "0.5"))
    assert documented_check(proof).returncode == 1


@on_sqlite
@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda note: "junk", "no signed checkpoint"),
        (lambda note: note.replace("\n4\n", "\n400\n"), "the signature of"),
        (lambda note: note.replace("\n4\n", "\n1\n"), "outside a tree"),
        (lambda note: note[:-9] + "AAAAAAA=\n", "the signature of"),
        (lambda note: "\n".join(["other", *note.split("\n")[1:]]), "no key given here"),
    ],
)
def test_a_stored_checkpoint_that_was_changed_proves_nothing(asked, run, tmp_path, change, why):
    run("checkpoint", "--new-key")
    (kept_note,) = [row.note for row in kept(asked, Checkpoint)]
    owner = Owner(url_of(asked))
    with owner.unguarded():
        owner.run("UPDATE checkpoint SET note = ?", change(kept_note))
    owner.link.close()
    status, out, err = run("prove", 2, tmp_path / "proof.json")
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert err.startswith("stored checkpoint '4': ")
    assert why in err
    assert not (tmp_path / "proof.json").exists()


@on_sqlite  # files: the database they came from is of no matter
@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"forecast": 1}, "does not record this forecast"),
        ({"index": 1}, "does not lead to the root"),
        ({"index": "2"}, "does not lead to the root"),
        ({"path": []}, "does not lead to the root"),
        ({"path": ["zz"]}, "non-hexadecimal"),
        ({"path": 5}, "no proof file"),
        ({"body": "{}"}, "does not lead to the root"),
        ({"checkpoint": "words"}, "no signed"),
        ({"format": "other"}, "not known here"),
    ],
)
def test_a_changed_proof_is_refused(asked, run, tmp_path, change, why):
    run("checkpoint", "--new-key")
    run("prove", 2, tmp_path / "proof.json")
    proof = json.loads((tmp_path / "proof.json").read_text()) | change
    (tmp_path / "changed.json").write_text(json.dumps(proof))
    status, out, err = run("verify-proof", tmp_path / "changed.json")
    assert (status, out) == (1, "")
    assert why in err
    assert err.count("\n") == 1


@on_sqlite
def test_a_proof_by_another_key_is_refused(asked, run, tmp_path):
    run("checkpoint", "--new-key")
    run("prove", 2, tmp_path / "proof.json")
    other = str(Verifier(run("checkpoint", "--public")[1].split("+")[0], b"o" * 32))
    status, _, err = run("verify-proof", tmp_path / "proof.json", "--key", other)
    assert status == 1
    assert "no key given here signed" in err
    (tmp_path / "keys" / "key.pem.known").unlink()
    assert "--key" in run("verify-proof", tmp_path / "proof.json")[2]


def test_one_checkpoint_is_proven_to_continue_another(asked, run, tmp_path):
    run("checkpoint", "--new-key", tmp_path / "old.txt")
    for share in ("20%", "25%", "35%"):
        run("record", "1", share)
    assert run("prove-since", tmp_path / "old.txt", tmp_path / "since.json")[0] == 0
    status, out, _ = run("verify-proof", tmp_path / "since.json")
    assert status == 0
    assert "the log of 7 entries" in out
    assert "begins with its first 4 entries unchanged" in out
    proof = json.loads((tmp_path / "since.json").read_text())
    (tmp_path / "changed.json").write_text(json.dumps(proof | {"path": proof["path"][1:]}))
    assert "does not continue" in run("verify-proof", tmp_path / "changed.json")[2]


@on_sqlite
@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("prove", 99), "There is no forecast 99"),
        (("prove", -1), "There is no forecast"),
        (("verify", "--against", "/nowhere.txt"), "No such file"),
        (("verify", "--key", "x"), "as `forecasts checkpoint --public` prints it"),
        (("verify-proof", "/nowhere.json", "--key", "x"), "prints it"),
        (("prove-since", "/nowhere.txt"), "No such file"),
    ],
)
def test_refusals_are_one_line(asked, run, words, why):
    if words[1] == -1:
        words = ("prove", "--", -1)
    status, out, err = run(*words)
    assert (status, out) == (1, "")
    assert why in err
    assert err.count("\n") == 1


@on_sqlite
def test_a_damaged_database_is_not_written_to(asked, run):
    path = asked.engine.url.database
    link = sqlite3.connect(path)
    (page,) = link.execute("SELECT rootpage FROM sqlite_master WHERE name = 'evidence'").fetchone()
    link.close()
    with Path(path).open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xff" * 64)
    status, out, _ = run("verify")
    assert status == 1
    assert "engine: " in out
    assert kept(asked, Verification) == []
