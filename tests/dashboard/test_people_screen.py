"""Giving roles on a page; a desk without sign-in on a shared record; the mark of a claim."""

import getpass
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import func, select
from streamlit.testing.v1 import AppTest

from dashboard import identity as reader
from db.tables import Ledger
from forecasts import clock
from forecasts.services.forecasts import record_forecast
from forecasts.services.people import assign_role
from forecasts.services.questions import ask_question
from forecasts.services.resolutions import resolve_question
from forecasts.views.people import people

Open = Callable[..., AppTest]
Text = Callable[[AppTest], str]
ME = getpass.getuser()


def field(elements: Any, label: str) -> Any:
    (found,) = [element for element in elements if element.label == label]
    return found


def press(tester: AppTest, label: str) -> AppTest:
    tester = field(tester.button, label).click().run()
    assert not tester.exception, [raised.value for raised in tester.exception]
    return tester


def entries(desk: Any) -> int:
    found: int = desk.ask(
        lambda session: session.exec(select(func.count()).select_from(Ledger)).one()
    )
    return found


def test_a_role_is_given_with_a_reason_and_makes_the_record_shared(
    seeded: Any, app: Open, page_text: Text
) -> None:
    tester = app("people")
    assert "There is no admin yet" in page_text(tester)
    field(tester.selectbox, "Person").select(ME)
    field(tester.selectbox, "Role").select("admin")
    press(tester, "Give the role")
    assert "reason" in tester.error[0].value
    field(tester.text_input, "Why this role").set_value("Runs the <b>desk</b>.")
    press(tester, "Give the role")
    (one,) = seeded.ask(people)
    assert (one.role, one.given_by, one.reason) == ("admin", ME, "Runs the <b>desk</b>.")
    assert "Runs the &lt;b&gt;desk&lt;/b&gt;." in page_text(tester)


def test_without_sign_in_a_shared_record_is_only_looked_at(
    seeded: Any, app: Open, page_text: Text
) -> None:
    tester = app("question", id="27")
    field(tester.text_input, "Probability of yes").set_value("37%").run()
    # Shared while the page is open: the operator may do everything, this desk's visitors may not.
    seeded.do(assign_role, by=ME, login=ME, role="admin", reason="Runs the desk.")
    before = entries(seeded)
    press(tester, "Save 37\u00a0%")
    assert "this desk has no sign\\-in" in tester.error[0].value
    assert field(tester.text_input, "Probability of yes").value == "37%"
    assert entries(seeded) == before
    fresh = app("question", id="27")
    assert "Forecasting needs the role forecaster; yours is viewer." in page_text(fresh)
    labels = {button.label for button in fresh.button}
    assert not labels & {"Save", "Resolve", "Annul", "Comment", "Attach", "Clarify"}
    for page in ("today", "inbox", "questions", "calibration", "scores", "people"):
        assert not app(page).error, page


def test_a_claimed_forecast_is_marked_wherever_it_appears(
    desk: Any, draft: Callable[..., Any], app: Open, page_text: Text
) -> None:
    desk.now = clock.now() - timedelta(days=9)
    for kind in ("numeric", "binary"):
        claim = {"quantiles": [(0.5, 8.0)]} if kind == "numeric" else {"probability": 0.8}
        opens, closes = desk.now - timedelta(days=20), desk.now + timedelta(days=30)
        key = desk.do(
            ask_question, by=ME, draft=draft(kind=kind, opens_at=opens, closes_at=closes)
        ).id
        claimed = desk.now - timedelta(days=9)
        desk.do(record_forecast, by=ME, question_id=key, made_at=claimed, **claim)
        shown = page_text(app("question", id=str(key)))
        marked = 3 if kind == "numeric" else 2  # one of them is for narrow screens alone
        assert shown.count("retrospective") == marked
    desk.do(
        resolve_question, by=ME, question_id=key, outcome="yes", evidence="E", known_at=desk.now
    )
    for page in ("scores", "calibration"):
        tester = app(page)
        assert "claimed for a time before they were recorded, are" not in page_text(tester)
        field(tester.checkbox, "With retrospective forecasts").check().run()
        assert "claimed for a time before they were recorded, are" in page_text(tester)


CLAIMS = {"is_logged_in": True, "iss": "https://login.example.org", "sub": "17"}


@pytest.mark.parametrize(
    ("claims", "name"),
    [
        ({"name": "Ana"}, "Ana"),
        ({"name": "  ", "preferred_username": "ana"}, "ana"),
        ({"name": "a\nb", "email": "ana@example.org"}, "ana@example.org"),
        ({"name": ["no", "text"] * 200}, "17"),
        ({"name": "\u202e" * 3}, "17"),
        ({}, "17"),
    ],
)
def test_a_name_is_the_first_claim_that_is_one(
    monkeypatch: pytest.MonkeyPatch, claims: dict[str, object], name: str
) -> None:
    found = signed_in(monkeypatch, claims, age=timedelta(hours=1))
    assert found is not None
    assert (found.login, found.name) == ("https://login.example.org|17", name)


def test_an_old_sign_in_is_asked_for_again_but_not_during_a_visit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    old = reader.LONGEST_SIGN_IN + timedelta(minutes=1)
    assert signed_in(monkeypatch, {}, age=old) is None
    assert signed_in(monkeypatch, {"iat": None}, age=old) is None
    assert signed_in(monkeypatch, {}, age=old, visiting=True) is not None
    assert signed_in(monkeypatch, {"is_logged_in": False}, age=timedelta(0)) is None


def signed_in(
    monkeypatch: pytest.MonkeyPatch,
    claims: dict[str, object],
    *,
    age: timedelta,
    visiting: bool = False,
) -> reader.Identity | None:
    """Who the cookie of a sign-in says it is; the cookie stands in for a whole visit."""
    now = clock.now()

    class Cookie(dict[str, object]):
        to_dict = dict.copy

    issued = (now - age).timestamp()
    monkeypatch.setattr(reader.st, "user", Cookie(CLAIMS | {"iat": issued} | claims))
    monkeypatch.setattr(reader.st, "session_state", {"admitted": True} if visiting else {})
    return reader.identity(now)
