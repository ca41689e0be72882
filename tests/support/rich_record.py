"""A small record with something of every kind in it, hostile strings included."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from forecasts.exchange.claims import Claim, Claims, Place
from forecasts.reading.candidate import Candidate
from forecasts.results.terms import PartialDate
from forecasts.services.articles import add_article
from forecasts.services.erasure import erase, words_of
from forecasts.services.forecasts import record_forecast, withdraw_forecast
from forecasts.services.importing import import_claims
from forecasts.services.indicators import change_indicator, link_indicator
from forecasts.services.notes import attach_evidence, clarify_criteria, comment
from forecasts.services.people import assign_role
from forecasts.services.questions import QuestionDraft, ask_question, tag_question
from forecasts.services.relations import relate_questions
from forecasts.services.resolutions import annul_question, correct_resolution, resolve_question
from forecasts.services.scenarios import make_scenario_set, set_prior
from forecasts.services.signing import name_key
from forecasts.services.statements import (
    accept_statement,
    dismiss_statement,
    reopen_statement,
)
from forecasts.views.people import person_id

TEXT = "The port is unlikely to close before December.\n\nIts pilots may strike.\n"
CLOSE = datetime(2024, 8, 1, tzinfo=UTC)
HOSTILE = ("=HYPERLINK(1)", "+1", "-1 or so", "@SUM(A1)", "'=quoted", 'a|b,"c"', "line\u2028end")
PEOPLE = ("ana", "bob", "=cmd()")


def candidate(words: str, hedge: str, **changes: Any) -> Candidate:
    start = TEXT.index(words)
    values: dict[str, Any] = {
        "start": start, "end": start + len(words), "quote": words, "hedge": hedge,
        "polarity": "affirm", "probability": 0.22, "probability_low": 0.1,
        "probability_high": 0.35, "scale": "s", "is_possibility": False, "horizon": None,
        "horizon_start": None, "horizon_end": date(2024, 7, 31), "speaker": "Paper",
        "speaker_kind": "publisher", "condition": None, "actors": (),
    }  # fmt: skip
    fields = Candidate.__dataclass_fields__
    return Candidate(
        **{name: value for name, value in (values | changes).items() if name in fields}
    )


def draft(title: str, **changes: Any) -> QuestionDraft:
    values: dict[str, Any] = {"title": title, "criteria": "Yes\nif so.", "closes_at": CLOSE}
    return QuestionDraft(**(values | changes))


def fill(desk: Any) -> Any:
    """Act on an empty desk until every table has a row; returns it, all questions closed."""
    _articles(desk)
    options = ("-1", "+2", "a=b")
    asked = [desk.do(ask_question, draft=draft(title)).id for title in HOSTILE]
    choice = desk.do(
        ask_question, draft=draft("Which?", kind="multiple_choice", options=options)
    ).id
    order = desk.do(ask_question, draft=draft("How high?", kind="ordered", options=options)).id
    number = desk.do(ask_question, draft=draft("How many?", kind="numeric", lower=-50.0)).id
    child = desk.do(
        ask_question, draft=draft("And then?", parent_id=asked[0], parent_outcome="yes")
    ).id
    for turn, who in enumerate(PEOPLE * 2):
        desk.later(hours=30, microseconds=turn)
        for place, key in enumerate((*asked, child)):
            share = round((turn * 0.13 + place * 0.29) % 1, 2)
            desk.later(seconds=1).do(
                record_forecast, by=who, question_id=key, probability=share,
                rationale=HOSTILE[place % len(HOSTILE)] + " zebra" if turn < 3 else "",
            )  # fmt: skip
        parts = ((0.2, 0.3, 0.5), (0.0, 0.1, 0.9), (1 / 3, 1 / 3, 1 / 3))[turn % 3]
        for key in (choice, order):
            desk.later(seconds=1).do(
                record_forecast, by=who, question_id=key, probabilities=parts, confidence="low"
            )
        quantiles = [(0.1, -20.5 + turn), (0.5, -3.0), (0.9, 1e-7)]
        desk.later(seconds=1).do(record_forecast, by=who, question_id=number, quantiles=quantiles)
    expiry = desk.now + timedelta(days=2)
    desk.do(record_forecast, question_id=asked[1], probability=0.9, expires_at=expiry)
    desk.later(hours=1).do(withdraw_forecast, by="bob", question_id=asked[2])
    early = desk.now - timedelta(days=3)
    desk.do(record_forecast, by="bob", question_id=asked[2], probability=0.99, made_at=early)
    desk.do(comment, by="bob", question_id=asked[0], text="=1+1 zebra")
    desk.do(clarify_criteria, question_id=asked[0], text="Clear.")
    desk.do(attach_evidence, question_id=asked[0], text="Seen.",
            dated=PartialDate(date(2024, 7, 1), "month"))  # fmt: skip
    desk.do(tag_question, question_id=asked[0], add=["asia", "=tag"])
    desk.do(name_key, public_key="ab" * 32)
    _scenarios(desk, asked[0], asked[1])
    _settle(desk, asked, {choice: "+2", order: "-1", number: "-7.5", child: "yes"})
    return desk


def share(desk: Any) -> Any:
    """What a record of several people has besides: roles, rows from elsewhere, erasures."""
    desk.do(assign_role, login="ana", role="admin", reason="-first")
    desk.do(assign_role, login="bob", role="admin", reason="Second.")
    places = [Place("forecasts.csv", 2)]
    claim = Claim("1", "dora", "person", "", CLOSE - timedelta(days=9), None, "=why zebra", places)
    claim.probability = 0.4
    desk.do(import_claims, found=Claims(claims=[claim], rows=1), files="0f" * 32)
    gone = [desk.ask(person_id, login) for login in (PEOPLE[2], "bob")]
    said = desk.ask(words_of, desk.ask(person_id, "dora"))
    desk.do(erase, people=gone, commitments=[one.commitment for one in said], reason="=asked")
    return desk


def _scenarios(desk: Any, first: int, second: int) -> None:
    futures = desk.do(
        make_scenario_set, draft=draft("Where to?", options=HOSTILE[:2]),
        narratives={HOSTILE[0]: "=N()"},
    ).id  # fmt: skip
    desk.do(set_prior, set_id=futures, probabilities=[0.2, 0.3, 0.5], note="-P")
    desk.do(
        link_indicator, set_id=futures, question_id=first, note="+I",
        likelihoods={HOSTILE[0]: ("likely", None), HOSTILE[1]: (0.25, 0.75)},
    )  # fmt: skip
    desk.do(change_indicator, set_id=futures, question_id=first, weight=0.5)
    desk.do(relate_questions, kind="implies", first_id=first, second_id=second, note="@R")
    desk.do(annul_question, question_id=futures, reason="Void.")


def _articles(desk: Any) -> None:
    desk.do(
        add_article, text=TEXT, title="=A()", publisher="Paper", author=None,
        published=PartialDate(date(2024, 7, 11), "day"),
        candidates=[
            candidate("The port is unlikely to close before December.", "unlikely"),
            candidate("Its pilots may strike.", "may", is_possibility=True, probability_high=0.9),
        ],
    )  # fmt: skip
    desk.do(dismiss_statement, statement_id=1, reason="=slip zebra")
    desk.do(reopen_statement, statement_id=1)
    for key, title in ((1, "Will it close?"), (2, "Will they strike?")):
        desk.later(minutes=1).do(accept_statement, statement_id=key, draft=draft(title))


def _settle(desk: Any, asked: list[int], others: dict[int, str]) -> None:
    desk.now = CLOSE + timedelta(hours=1)
    known = {"known_at": CLOSE - timedelta(days=3), "evidence": "-E"}
    outcomes = {1: "no", 2: "yes"} | {key: ("yes", "no")[key % 2] for key in asked} | others
    outcomes[asked[0]] = "yes"
    for key, outcome in outcomes.items():
        desk.later(seconds=1).do(resolve_question, question_id=key, outcome=outcome, **known)
    desk.do(correct_resolution, question_id=asked[1], version=1, outcome="yes", reason="R", **known)
    desk.do(annul_question, question_id=asked[-1], reason="Void.")
