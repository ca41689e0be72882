"""Every role against every kind of act, on both servers; and how roles are given."""

import ast
import importlib
import logging
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, func, select

import forecasts
from db.tables import Ledger, RoleAssignment, Statement, metadata
from db.tables.role import ROLES
from forecasts.errors import InvalidInput, KeyReused, NotAllowed, NotFound, TrackerError
from forecasts.exchange.claims import Claim, Claims, Place
from forecasts.reading.candidate import Candidate
from forecasts.results.terms import PartialDate
from forecasts.services.acts import Act, recorded
from forecasts.services.articles import add_article
from forecasts.services.erasure import erase_again
from forecasts.services.forecasts import record_forecast
from forecasts.services.indicators import link_indicator
from forecasts.services.people import assign_role, enter
from forecasts.services.questions import ask_question
from forecasts.services.relations import relate_questions
from forecasts.services.resolutions import resolve_question
from forecasts.services.roles import LEAST_ROLE, is_shared, provider_login, role_of, suffices
from forecasts.services.scenarios import make_scenario_set
from forecasts.services.statements import dismiss_statement
from forecasts.views.people import people

SOURCES = Path(forecasts.__file__).parent
TEXT = "China is unlikely to complain.  Seoul may protest.  Tokyo will probably follow."
QUOTES = ("China is unlikely to complain", "Seoul may protest", "Tokyo will probably follow")
CLOSE = datetime(2024, 8, 1, tzinfo=UTC)
ISSUER = "https://login.example.org"


def candidate(quote):
    start = TEXT.index(quote)
    return Candidate(
        start=start, end=start + len(quote), quote=quote, hedge="is unlikely to",
        polarity="negative", probability=0.22, probability_low=0.1, probability_high=0.35,
        scale="recommended", is_possibility=False, horizon=None, horizon_start=None,
        horizon_end=None, speaker="author", speaker_kind="author", condition=None, actors=(),
    )  # fmt: skip


def claim():
    return Claim(
        question="1", forecaster="viewer", kind="person", publisher="", expires_at=None,
        made_at=datetime(2024, 7, 5, tzinfo=UTC), rationale="", places=[Place("f.csv", 2)],
        probability=0.5,
    )  # fmt: skip


def discovered(*, by_role=True):
    """The acts of the code by kind: what stands under ``@recorded(kind)`` and asks for a role."""
    found = {}
    for path in sorted(SOURCES.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.FunctionDef):
                continue
            for call in node.decorator_list:
                decorated = isinstance(call, ast.Call) and ast.unparse(call.func) == "recorded"
                if decorated and by_role == (not call.keywords):
                    module = ".".join(
                        ("forecasts", *path.relative_to(SOURCES).with_suffix("").parts)
                    )
                    kind = ast.literal_eval(call.args[0])
                    found[kind] = getattr(importlib.import_module(module), node.name)
    return found


ACTS = discovered()


def requests(draft):
    """A request of each kind that a record made by ``shared`` takes from whoever may ask."""
    settled = {"outcome": "no", "known_at": CLOSE - timedelta(days=20), "evidence": "Seen."}
    return {
        "person": {},
        "article": {"text": "Another article.", "title": "Another"},
        "statement": {"article_id": 1, "candidate": candidate(QUOTES[2])},
        "accept": {"statement_id": 1, "draft": draft()},
        "dismiss": {"statement_id": 1, "reason": "too vague"},
        "merge": {"statement_id": 1, "question_id": 1},
        "reopen": {"statement_id": 2},
        "question": {"draft": draft(title="Another?")},
        "tag": {"question_id": 1, "add": ["asia"]},
        "forecast": {"question_id": 1, "probability": 0.4},
        "withdraw": {"question_id": 1},
        "comment": {"question_id": 1, "text": "Watch it."},
        "evidence": {"question_id": 1, "text": "A fact."},
        "clarification": {"question_id": 1, "text": "Public statements only."},
        "resolve": {"question_id": 1, **settled},
        "correct": {"question_id": 2, "version": 1, "reason": "A slip.", **settled},
        "annul": {"question_id": 1, "reason": "Void."},
        "scenario_set": {
            "draft": draft(title="Which?", kind="multiple_choice", options=("war", "peace"))
        },
        "narrative": {"set_id": 3, "scenario": "war", "text": "It escalates."},
        "prior": {"set_id": 3, "probabilities": [0.2, 0.5, 0.3]},
        "link_indicator": {"set_id": 3, "question_id": 2},
        "change_indicator": {"set_id": 3, "question_id": 1, "weight": 0.5},
        "unlink_indicator": {"set_id": 3, "question_id": 1},
        "relate": {"kind": "complement", "first_id": 1, "second_id": 2},
        "unrelate": {"kind": "implies", "first_id": 1, "second_id": 2},
        "role": {"login": "viewer", "role": "resolver", "reason": "She settles."},
        "import": {"found": Claims(claims=[claim()], rows=1)},
        "redact": {"people": [2], "reason": "She asked for it."},
        "rotate": {"public_key": "0f" * 32},
    }


@pytest.fixture
def shared(desk, draft):
    """A record with something for every kind of act, then shared; each role is its own login."""
    desk.do(
        add_article, by="admin", text=TEXT, title="A", publisher="P",
        published=PartialDate(date(2024, 7, 11), "day"),
        candidates=[candidate(quote) for quote in QUOTES[:2]],
    )  # fmt: skip
    desk.do(dismiss_statement, by="admin", statement_id=2, reason="r")
    opens = datetime(2024, 7, 1, tzinfo=UTC)
    for _ in range(2):
        desk.do(ask_question, by="admin", draft=draft(opens_at=opens))
    futures = draft(title="What?", kind="multiple_choice", options=("war", "peace"))
    desk.do(make_scenario_set, by="admin", draft=futures)
    desk.do(link_indicator, by="admin", set_id=3, question_id=1)
    desk.do(relate_questions, by="admin", kind="implies", first_id=1, second_id=2)
    for role in ROLES:
        desk.do(record_forecast, by=role, question_id=1, probability=0.3)
    desk.do(
        resolve_question, by="admin", question_id=2, outcome="yes", evidence="E",
        known_at=CLOSE - timedelta(days=25),
    )  # fmt: skip
    desk.do(assign_role, by="admin", login="admin", role="admin", reason="Runs the desk.")
    for role in ROLES[:-1]:
        desk.do(assign_role, by="admin", login=role, role=role, reason="A member.")
    return desk.later(hours=1)


def rows(session):
    return {
        table.name: session.exec(select(func.count()).select_from(table)).one()
        for table in metadata.tables.values()
    }


def test_every_act_has_its_least_role_and_no_other_is_listed(draft):
    assert set(ACTS) == set(LEAST_ROLE) == set(requests(draft))
    with pytest.raises(ValueError, match="which role 'unheard-of' needs"):
        recorded("unheard-of")


def test_only_what_a_restore_does_is_done_without_asking_for_a_role():
    assert discovered(by_role=False) == {"redact": erase_again}
    using = {path.name for path in SOURCES.rglob("*.py") if "erase_again" in path.read_text()}
    assert using == {"erasure.py", "redactions.py"}


def test_every_role_may_do_just_what_it_should(shared, draft):
    """Each cell of the matrix is tried on the same record and rolled back."""
    allowed = refused = 0
    for kind, request in requests(draft).items():
        for role in ROLES:
            with Session(shared.engine) as session:
                before = rows(session)
                act = Act(role, shared.now, f"try {kind} as {role}")
                if suffices(role, kind):
                    assert ACTS[kind](session, act, **request).seq == before["ledger"] + 1
                    allowed += 1
                else:
                    with pytest.raises(NotAllowed) as refusal:
                        ACTS[kind](session, act, **request)
                    words = str(refusal.value)
                    assert f"{role} has the role {role}" in words
                    assert f"needs the role {LEAST_ROLE[kind]}" in words
                    assert "\n" not in words
                    assert rows(session) == before
                    refused += 1
                session.rollback()
    print(f"{allowed} allowed, {refused} refused of {len(ACTS)} acts x {len(ROLES)} roles")
    assert allowed + refused == len(ACTS) * len(ROLES)


def test_the_matrix_is_the_one_that_was_decided():
    may = {role: {kind for kind in LEAST_ROLE if suffices(role, kind)} for role in ROLES}
    assert may["viewer"] == {"person"}
    assert {"forecast", "comment", "accept"} <= may["forecaster"]
    assert not {"resolve", "correct", "annul", "clarification"} & may["forecaster"]
    assert {"resolve", "correct", "annul", "forecast"} <= may["resolver"]
    assert not {"role", "import", "redact", "rotate"} & may["resolver"]
    assert may["admin"] == set(LEAST_ROLE)


def test_alone_the_machines_user_may_do_everything(desk, draft):
    for kind, request in list(requests(draft).items())[:8]:
        if kind in ("article", "question"):
            desk.do(ACTS[kind], by="ana", **request)
    assert desk.ask(role_of, "ana") == "admin"
    assert not desk.ask(is_shared)


def test_a_stranger_is_a_viewer_from_the_first_role_on(shared, draft):
    assert shared.ask(role_of, "stranger") == "viewer"
    with pytest.raises(NotAllowed, match="stranger has the role viewer"):
        shared.do(ask_question, by="stranger", draft=draft())
    assert not [one for one in shared.ask(people) if one.login == "stranger"]


def test_who_signed_in_is_a_viewer_even_before_there_is_an_admin(desk, draft):
    login = provider_login(ISSUER, "auth0|17")
    assert login == f"{ISSUER}|auth0|17"
    assert desk.ask(role_of, login) == "viewer"
    with pytest.raises(NotAllowed, match="needs the role forecaster"):
        desk.do(ask_question, by=login, draft=draft())
    with pytest.raises(NotAllowed, match="needs the role admin"):
        desk.do(assign_role, by=login, login=login, role="admin", reason="Why not.")


def test_entering_is_recorded_once_and_keeps_the_name(desk):
    login = provider_login(ISSUER, "17")
    act = Act(login, desk.now, "first visit", name="Ana Example")
    with Session(desk.engine) as session, session.begin():
        first = enter(session, act)
        assert enter(session, act).seq == first.seq
    (one,) = desk.ask(people)
    assert (one.id, one.name, one.login, one.role) == (first.id, "Ana Example", login, None)


def test_a_role_holds_from_the_next_act_on(shared, draft):
    with pytest.raises(NotAllowed):
        shared.do(ask_question, by="viewer", draft=draft())
    shared.do(assign_role, by="admin", login="viewer", role="forecaster", reason="She joins.")
    shared.do(ask_question, by="viewer", draft=draft())
    shared.do(assign_role, by="admin", login="viewer", role="viewer", reason="She left.")
    with pytest.raises(NotAllowed):
        shared.do(ask_question, by="viewer", draft=draft())
    (one,) = [one for one in shared.ask(people) if one.login == "viewer"]
    assert (one.role, one.given_by, one.reason) == ("viewer", "admin", "She left.")
    with Session(shared.engine) as session:
        versions = session.exec(
            select(RoleAssignment.version).where(RoleAssignment.forecaster_id == one.id)
        ).all()
    assert sorted(versions) == [1, 2, 3]


def test_a_repeated_request_is_answered_and_not_done_again(shared, draft):
    request = {"by": "forecaster", "key": "k", "draft": draft(title="Once?")}
    first = shared.do(ask_question, **request)
    shared.do(assign_role, by="admin", login="forecaster", role="viewer", reason="She left.")
    assert shared.do(ask_question, **request).seq == first.seq
    with pytest.raises(KeyReused):
        shared.do(ask_question, **(request | {"by": "admin"}))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"role": "owner"}, "role"),
        ({"role": "Admin"}, "role"),
        ({"reason": " "}, "reason"),
        ({"login": ""}, "login"),
        ({"login": "forecaster", "role": "forecaster"}, "role"),
        ({"login": "admin", "role": "viewer"}, "role"),
    ],
)
def test_bad_assignments_change_nothing(shared, changes, field):
    with Session(shared.engine) as session:
        before = rows(session)
    request = {"login": "viewer", "role": "forecaster", "reason": "Why."}
    with pytest.raises(InvalidInput, match=f"^{field} "):
        shared.do(assign_role, by="admin", **(request | changes))
    with Session(shared.engine) as session:
        assert rows(session) == before


def test_the_first_role_cannot_lock_everybody_out(desk):
    with pytest.raises(InvalidInput, match="first role"):
        desk.do(assign_role, login="ana", role="forecaster", reason="A start.")
    with pytest.raises(NotFound, match="no person amna"):
        desk.do(assign_role, login="amna", role="admin", reason="A slip.")
    desk.do(assign_role, login="ana", role="admin", reason="Runs the desk.")
    desk.do(assign_role, login="bob", role="admin", reason="Stands in.")
    desk.do(assign_role, login="ana", role="viewer", reason="Leaves.")
    with pytest.raises(InvalidInput, match="without an admin"):
        desk.do(assign_role, by="bob", login="bob", role="viewer", reason="Leaves too.")
    with pytest.raises(NotFound):
        desk.do(
            assign_role, by="bob", login=f"{ISSUER}|nobody", role="viewer", reason="Never came."
        )


def test_a_refusal_stands_in_the_programs_log(shared, caplog):
    with caplog.at_level(logging.WARNING), pytest.raises(NotAllowed):
        shared.do(
            resolve_question, by="forecaster", question_id=1, outcome="no", known_at=shared.now,
            evidence="Mine.",
        )  # fmt: skip
    (line,) = [entry.getMessage() for entry in caplog.records]
    assert line == "Refused: forecaster, role forecaster, tried resolve"


@pytest.mark.parametrize("login", ["", " ana", "a\nb", "a" * 501, "\ud800"])
def test_a_login_that_is_no_line_is_refused(desk, draft, login):
    with pytest.raises(TrackerError):
        desk.do(ask_question, by=login, draft=draft())
    with Session(desk.engine) as session:
        assert not session.exec(select(Ledger)).all()
        assert not session.exec(select(Statement)).all()
