"""A shared desk in a real browser, with a real OpenID provider beside it."""

import getpass

import pytest
from desk_server import DRAWN, serving
from oidc_provider import provider
from playwright.sync_api import Page, expect
from sqlmodel import func, select

from db.tables import Ledger
from forecasts.services.people import assign_role
from forecasts.services.roles import provider_login
from forecasts.views.people import people
from forecasts.views.question import question
from forecasts.views.questions import question_list

OPERATOR = getpass.getuser()
THOUGHTS = "Long thoughts that must not be lost."


@pytest.fixture
def shared_desk(seeded, seeded_db, tmp_path):
    """The dashboard on the seeds with sign-in; yields its address and the provider's."""
    with (
        provider(tmp_path, {"17": "Ana Example"}) as (issuer, secrets),
        serving(seeded_db, tmp_path, secrets) as (address, _),
    ):
        yield address, issuer


def settled(page: Page) -> Page:
    page.locator(DRAWN).wait_for(timeout=60_000)
    return page


def entries(desk) -> int:
    return desk.ask(lambda session: session.exec(select(func.count()).select_from(Ledger)).one())


def test_roles_from_the_first_visit_to_signing_out(page, seeded, shared_desk):
    address, issuer = shared_desk
    login = provider_login(issuer, "17")
    row = next(
        one
        for one in seeded.ask(question_list, me=None, now=seeded.now)
        if one.status == "open" and one.kind == "binary"
    )
    here = f"{address}/question?id={row.id}"
    page.set_default_timeout(20_000)
    # The provider's own page asks for a style sheet from elsewhere.
    page.context.route(
        lambda url: not url.startswith((address, issuer)), lambda route: route.abort()
    )

    # Nobody sees anything of the record before signing in, whatever address they ask for.
    page.goto(here)
    settled(page)
    expect(page.get_by_role("heading", level=1, name="Sign in")).to_be_visible()
    expect(page.get_by_text(row.title)).to_have_count(0)
    expect(page.get_by_role("link", name="Scores")).to_have_count(0)

    # A new identity is entered by issuer and subject, as a viewer: it looks and changes nothing.
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="17").click()
    settled(page)
    expect(page.get_by_text("Ana Example, viewer")).to_be_visible()
    page.goto(here)
    settled(page)
    expect(
        page.get_by_text("Forecasting needs the role forecaster; yours is viewer.")
    ).to_be_visible()
    expect(page.get_by_label("Probability of yes")).to_have_count(0)
    expect(page.get_by_role("button", name="Resolve")).to_have_count(0)
    (ana,) = [one for one in seeded.ask(people) if one.login == login]
    assert (ana.name, ana.role) == ("Ana Example", None)

    # The operator names an admin on the machine, who makes her a forecaster.
    seeded.do(assign_role, by=OPERATOR, login=OPERATOR, role="admin", reason="Runs the desk.")
    seeded.do(assign_role, by=OPERATOR, login=login, role="forecaster", reason="She joins.")
    page.reload()
    settled(page)
    expect(page.get_by_text("Ana Example, forecaster")).to_be_visible()
    forecast(page, "37%", "A first look.")
    expect(page.get_by_text("Saved as entry")).to_be_visible()
    (entry,) = mine(seeded, row.id)
    assert (entry.forecaster, entry.forecaster_id) == ("Ana Example", ana.id)
    assert entry.probabilities[0] == 0.37
    expect(page.get_by_text("Yours stands at 37")).to_be_visible()

    # Demoted while she types: one line, nothing recorded, nothing typed is lost.
    page.get_by_label("Probability of yes").fill("41%")
    page.get_by_label("Why (optional)").fill(THOUGHTS)
    seeded.do(assign_role, by=OPERATOR, login=login, role="viewer", reason="She left.")
    before = entries(seeded)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_test_id("stAlert")).to_have_text(
        "Ana Example has the role viewer; this (forecast) needs the role forecaster. "
        "An admin can give it."
    )
    expect(page.get_by_label("Probability of yes")).to_have_value("41%")
    expect(page.get_by_label("Why (optional)")).to_have_value(THOUGHTS)
    assert entries(seeded) == before

    # Signed out, the record is out of sight again.
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="End session").click()
    settled(page)
    expect(page.get_by_role("heading", level=1, name="Sign in")).to_be_visible()
    page.goto(here)
    settled(page)
    expect(page.get_by_text(row.title)).to_have_count(0)


def forecast(page: Page, probability: str, why: str) -> None:
    page.get_by_label("Probability of yes").fill(probability)
    page.get_by_label("Why (optional)").fill(why)
    page.get_by_label("Why (optional)").press("Tab")
    page.get_by_role("button", name="Save").click()


def mine(desk, question_id):
    view = desk.ask(question, question_id, me=None, now=desk.now)
    return [entry for entry in view.record if entry.cls == "live"]
