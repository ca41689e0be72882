"""The Merkle log: hashing as published, one body an act, no gaps, no second counting."""

import hashlib
import json
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from db.merkle import add_leaf, leaf_hash, node_hash, root_of
from db.session import reading
from db.tables import Forecast, Ledger, LedgerHead, PrivateText, metadata
from db.types import to_us
from forecasts.errors import InvalidInput, KeyReused
from forecasts.services.forecasts import record_forecast
from forecasts.services.notes import comment
from forecasts.services.questions import ask_question

# The published test entries of Certificate Transparency (RFC 6962 reference code) and the tree
# heads over the first 0, 1, ... 8 of them.
ENTRIES = [
    b"",
    b"\x00",
    b"\x10",
    b"\x20\x21",
    b"\x30\x31",
    b"\x40\x41\x42\x43",
    b"\x50\x51\x52\x53\x54\x55\x56\x57",
    bytes(range(0x60, 0x70)),
]
HEADS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def raw_leaf(entry: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + entry).digest()


def test_tree_heads_are_the_published_ones():
    frontier = b""
    assert root_of(frontier).hex() == HEADS[0]
    for size, entry in enumerate(ENTRIES):
        frontier = add_leaf(frontier, size, raw_leaf(entry))
        assert root_of(frontier).hex() == HEADS[size + 1]


def tree_head(leaves: list[bytes]) -> bytes:
    """RFC 9162, section 2.1.1, written as it stands there: split at the largest power of two."""
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return node_hash(tree_head(leaves[:split]), tree_head(leaves[split:]))


@given(st.lists(st.text(max_size=5), min_size=1, max_size=70))
def test_the_frontier_gives_the_root_of_the_definition(bodies):
    frontier = b""
    for size, body in enumerate(bodies):
        frontier = add_leaf(frontier, size, leaf_hash(body))
    assert root_of(frontier) == tree_head([leaf_hash(body) for body in bodies])


def entries(desk):
    with reading(desk.engine) as session:
        rows = session.exec(select(Ledger).order_by(Ledger.seq)).all()
        head = session.exec(select(LedgerHead)).one()
        return [(row.seq, row.body, row.leaf) for row in rows], head.size, head.root


def test_every_act_appends_one_body_without_gaps(desk, draft):
    question = desk.do(ask_question, draft=draft()).id
    for share in (0.3, 0.1, 0.2):
        desk.later(days=1).do(record_forecast, question_id=question, probability=share)
    with pytest.raises(InvalidInput):
        desk.do(record_forecast, question_id=question, probability=7)
    rows, size, root = entries(desk)
    assert [seq for seq, _, _ in rows] == [1, 2, 3, 4]
    assert size == 4
    assert all(leaf == leaf_hash(body) for _, body, leaf in rows)
    assert root == tree_head([leaf for _, _, leaf in rows])
    assert [json.loads(body)["seq"] for _, body, _ in rows] == [1, 2, 3, 4]


def test_a_body_holds_the_rows_as_they_stand_in_the_tables(desk, draft):
    question = desk.do(ask_question, draft=draft()).id
    made = desk.do(record_forecast, question_id=question, probability=0.3, rationale="secret")
    rows, _, _ = entries(desk)
    body = json.loads(rows[-1][1])
    assert (body["kind"], body["subject"]) == ("forecast", made.id)
    held = dict(body["rows"])["forecast"]
    with reading(desk.engine) as session:
        stored = session.get(Forecast, made.id)
        assert held["probability"] == stored.probability
        assert held["made_at"] == held["recorded_at"] == body["recorded_us"]
        assert set(held) == set(metadata.tables["forecast"].columns.keys())


def test_a_persons_words_and_name_stay_out_of_the_log(desk, draft):
    question = desk.do(ask_question, by="Ana Example", draft=draft()).id
    desk.do(comment, by="Ana Example", question_id=question, text="my private doubts")
    rows, _, _ = entries(desk)
    logged = "".join(body for _, body, _ in rows)
    assert "private doubts" not in logged
    assert "Ana Example" not in logged
    with reading(desk.engine) as session:
        kept = session.exec(select(PrivateText)).all()
        words = {one.text for one in kept}
        for one in kept:
            digest = hashlib.sha256(b"\x02" + one.salt + one.text.encode()).hexdigest()
            assert one.commitment == digest
            assert digest in logged
    assert words == {'["Ana Example","Ana Example"]', "my private doubts"}


def test_the_same_key_acts_once_and_gives_the_same_receipt(desk, draft):
    question = desk.do(ask_question, draft=draft()).id
    first = desk.do(record_forecast, key="k", question_id=question, probability=0.3)
    again = desk.later(days=3).do(record_forecast, key="k", question_id=question, probability=0.3)
    assert again == first
    rows, size, root = entries(desk)
    assert size == len(rows) == 2
    assert first.root == root.hex()


def test_a_receipt_states_the_root_of_its_own_time_ever_after(desk, draft):
    question = desk.do(ask_question, draft=draft()).id
    request = [{"key": f"k{n}", "question_id": question, "probability": n / 20} for n in range(12)]
    first = [desk.later(hours=1).do(record_forecast, **one) for one in request]
    leaves = [leaf for _, _, leaf in entries(desk)[0]]
    for receipt, one in zip(first, request, strict=True):
        assert receipt.root == tree_head(leaves[: receipt.size]).hex()
        assert desk.do(record_forecast, **one) == receipt


def kinds_and_times(desk):
    bodies = [json.loads(body) for _, body, _ in entries(desk)[0]]
    return [(body["kind"], body["recorded_us"]) for body in bodies]


def test_a_clock_that_runs_backwards_writes_a_warning_and_its_true_time(desk, draft):
    at = desk.now
    question = desk.do(ask_question, draft=draft()).id
    for span in ({"days": 365}, {"days": -366}, {"hours": 1}, {"microseconds": -1}, {}):
        desk.later(**span).do(comment, question_id=question, text="words")
    hour = timedelta(hours=1)
    back, later = at - timedelta(days=1), at - timedelta(days=1) + hour
    last = later - timedelta(microseconds=1)
    expected = [
        ("question", at), ("comment", at + timedelta(days=365)), ("clock", back),
        ("comment", back), ("comment", later), ("clock", last), ("comment", last),
        ("comment", last),
    ]  # fmt: skip
    assert kinds_and_times(desk) == [(kind, to_us(moment)) for kind, moment in expected]
    rows, size, root = entries(desk)
    assert size == len(rows) == len(expected)
    assert root == tree_head([leaf for _, _, leaf in rows])
    warning = json.loads(rows[2][1])
    assert warning["last_us"] == to_us(at + timedelta(days=365))
    assert warning["rows"] == []


@pytest.mark.parametrize("change", [{"probability": 0.4}, {"by": "bob"}])
def test_the_same_key_with_other_content_is_a_conflict(desk, draft, change):
    question = desk.do(ask_question, draft=draft()).id
    request = {"by": "ana", "question_id": question, "probability": 0.3}
    desk.do(record_forecast, key="k", **request)
    with pytest.raises(KeyReused):
        desk.do(record_forecast, key="k", **(request | change))
    assert entries(desk)[1] == 2
