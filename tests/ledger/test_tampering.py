"""Eleven kinds of tampering by the database's owner, each at many places: all are seen."""

import base64
import random
from datetime import timedelta

import lived_in
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlmodel import Session, select
from tampering import GUARDED, Owner, drop_trigger

from db.checkpoints import Verifier, origin_of, signed
from db.engine import open_engine
from db.holding import Held
from db.tables import Ledger, LedgerHead, metadata
from db.verification import Verified, verify
from forecasts.services.forecasts import record_forecast
from forecasts.services.notes import comment

OWN = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
FORGER = Ed25519PrivateKey.from_private_bytes(b"f" * 32)
KINDS = (*GUARDED, "drop a trigger")


def note(url: str, key: Ed25519PrivateKey) -> str:
    """A checkpoint of the record as it stands, by ``key``."""
    engine = open_engine(url)
    with Session(engine) as session:
        head = session.exec(select(LedgerHead)).one()
        first = session.get(Ledger, 1)
        found = signed(origin_of(first.leaf), head.size, head.root, key)
    engine.dispose()
    return found


def attacked(url: str, kind: str, seed: int) -> tuple[Verified, object]:
    """Attack one record and verify it against a checkpoint made before (or a forged one)."""
    held = note(url, OWN)
    trusted = [Verifier(held.split("\n")[0], OWN.public_key().public_bytes_raw())]
    owner, rng = Owner(url), random.Random(f"{kind} {seed}")
    if kind == "drop a trigger":
        done = drop_trigger(owner, rng)
    else:
        with owner.unguarded():
            done = GUARDED[kind](owner, rng)
    owner.link.close()
    if kind == "forge a checkpoint":
        held = note(url, FORGER)
        if seed % 2:  # under the true key's public id
            text, _, signature = held.rpartition(" ")
            forged = trusted[0].key_id + base64.b64decode(signature)[4:]
            held = f"{text} {base64.b64encode(forged).decode()}\n"
    engine = open_engine(url)
    found = verify(engine, against=[Held.read("held", held)], trusted=trusted)
    engine.dispose()
    return found, done


def tamper(copies, kind: str, times: int) -> None:
    missed = []
    for seed in range(times):
        with copies() as url:
            found, _ = attacked(url, kind, seed)
        if not found.total:
            missed.append(seed)
    print(f"\n{kind}: {times - len(missed)} of {times} seen", end="")
    assert missed == []


@pytest.mark.parametrize("kind", KINDS)
def test_tampering_is_seen(copies, kind):
    tamper(copies, kind, 5)


@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS)
def test_tampering_is_seen_at_a_hundred_places(copies, kind):
    tamper(copies, kind, 100)


def clean_runs(copies, runs: int) -> None:
    """Verify after every act of a growing record: nothing may be found."""
    with copies() as url:
        engine = open_engine(url)
        life = lived_in.Life(engine, lived_in.BEGIN + timedelta(days=20))
        question = life.question()
        for run in range(runs):
            if run % 3:
                life.act(record_forecast, question_id=question, probability=run / runs)
            else:
                life.act(comment, question_id=question, text=f"words {run}")
            found = verify(engine)
            assert found.findings == ()
        print(f"\n{runs} clean verifications, up to {found.size} entries: no false alarm", end="")
        engine.dispose()


def test_clean_records_raise_no_alarm(copies):
    clean_runs(copies, 20)


@pytest.mark.long
def test_five_hundred_clean_records_raise_no_alarm(copies):
    clean_runs(copies, 250)  # on each of two servers


def test_a_back_dated_forecast_is_named_as_such(copies):
    with copies() as url:
        found, _ = attacked(url, "back-date", 0)
    expected = f"entry {found.size}: its row of forecast says it was recorded at another time"
    assert [str(one) for one in found.findings] == [expected]


@pytest.mark.parametrize("seed", range(5))
def test_a_changed_value_is_named_by_row_and_column(copies, seed):
    with copies() as url:
        found, (table, column) = attacked(url, "edit a table only", seed)
    named = [str(one).replace("private text", "private_text") for one in found.findings]
    assert any(table in one for one in named), named
    keys = metadata.tables[table].primary_key.columns.keys()
    if column not in keys and table != "private_text":
        assert named[0].startswith(f"{table} "), named
        assert f": {column} is " in named[0], named
