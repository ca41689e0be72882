"""Which files were entered before, asked of a log that somebody changed."""

import json

import pytest
from sqlmodel import col, select
from tampering import Owner

from db.ledger import canonical
from db.tables import PrivateText
from forecasts.exchange.claim_files import read_claims
from forecasts.services.entered_files import earlier_entry, marks_of
from forecasts.services.erasure import erase
from forecasts.services.importing import import_claims
from forecasts.views.people import person_id

ASKED = (
    "question_id,kind,opened_at,closes_at,outcome\nq,binary,2024-01-01T00:00Z,2099-02-01T00:00Z,\n"
)
SAID = "question_id,forecaster,made_at,probability\nq,bob,2024-01-05T00:00Z,0.25\n"
DIGEST = "d" * 64


def without(name: str):
    return lambda act: {key: value for key, value in act.items() if key != name}


def with_row(*row: object):
    return lambda act: act | {"rows": [*act["rows"], list(row)]}


def nothing_said(act):
    rows = [[name, {key: row[key] for key in row if key != "rationale"}]
            for name, row in act["rows"]]  # fmt: skip
    return act | {"rows": rows}


CHANGES = {
    "no JSON": None,
    "no kind": without("kind"),
    "no key": without("id"),
    "no rationale": nothing_said,
    "no commitment": with_row("private_text", {}),
    "a rationale that is a list": with_row("forecast", {"id": 9, "rationale": []}),
    "a row that is none": with_row("private_text", 5),
}


@pytest.fixture
def entered(desk, tmp_path):
    """Files in which Bob forecast, entered."""
    for name, text in (("questions.csv", ASKED), ("forecasts.csv", SAID)):
        (tmp_path / name).write_text(text)
    found = read_claims(tmp_path / "questions.csv", [tmp_path / "forecasts.csv"])
    desk.do(import_claims, key="one", found=found, files=DIGEST)
    return desk


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_log_gives_no_mark_and_stops_no_erasure(entered, change):
    bob = entered.ask(person_id, "bob")
    assert entered.ask(earlier_entry, DIGEST) == "one"
    assert len(entered.ask(marks_of, bob)) == 1
    owner = Owner(entered.engine.url.render_as_string(hide_password=False))
    alter = CHANGES[change]
    with owner.unguarded():
        for seq, key, body in owner.entries():
            if key == "one":
                changed = f"no {body}" if alter is None else canonical(alter(json.loads(body)))
                owner.write_body(seq, changed, leaf=True)
    owner.link.close()
    assert entered.ask(earlier_entry, DIGEST) is None
    assert entered.ask(marks_of, bob) == []
    entered.do(erase, people=[bob], reason="asked")
    names = "SELECT name FROM forecaster"
    with entered.engine.connect() as connection:
        assert "bob" not in connection.exec_driver_sql(names).scalars().all()
        left = connection.scalars(select(col(PrivateText.text))).all()
    # Nothing says any more that it was his.
    assert [one for one in left if one and "ana" not in one] == [f"files {DIGEST}"]
