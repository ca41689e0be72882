"""From a statement to a resolved question, by the acts an analyst has."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import select

from db.session import reading
from db.tables import Forecast, Ledger, Resolution, Statement, metadata
from forecasts.errors import (
    AlreadyResolved,
    ArticleAlreadyStored,
    InvalidInput,
    NotFound,
    QuestionClosed,
    QuestionSettled,
    ResolutionConflict,
    StatementAlreadyDecided,
    TrackerError,
)
from forecasts.reading.candidate import Candidate
from forecasts.results.terms import PartialDate
from forecasts.services.articles import add_article, mark_statement
from forecasts.services.forecasts import record_forecast, withdraw_forecast
from forecasts.services.notes import attach_evidence, clarify_criteria, comment
from forecasts.services.questions import ask_question, tag_question
from forecasts.services.resolutions import annul_question, correct_resolution, resolve_question
from forecasts.services.statements import accept_statement, dismiss_statement, reopen_statement
from forecasts.views.inbox import article
from forecasts.views.inbox_items import inbox
from forecasts.views.question import question
from forecasts.views.questions import question_list

TEXT = "China is unlikely to complain.  Seoul may protest."
PUBLISHED = PartialDate(date(2024, 7, 11), "day")
CLOSE = datetime(2024, 8, 1, tzinfo=UTC)


def candidate(quote: str = "China is unlikely to complain", **changes) -> Candidate:
    start = TEXT.index(quote)
    values = {
        "start": start,
        "end": start + len(quote),
        "quote": quote,
        "hedge": "is unlikely to",
        "polarity": "negative",
        "probability": 0.22,
        "probability_low": 0.1,
        "probability_high": 0.35,
        "scale": "recommended",
        "is_possibility": False,
        "horizon": None,
        "horizon_start": None,
        "horizon_end": None,
        "speaker": "author",
        "speaker_kind": "author",
        "condition": None,
        "actors": ("China",),
    }
    return Candidate(**(values | changes))


MAY = {
    "hedge": "may",
    "polarity": "affirm",
    "probability": 0.38,
    "probability_low": 0.25,
    "probability_high": 0.5,
    "is_possibility": True,
}


def store(desk, **changes) -> int:
    request = {
        "text": TEXT,
        "title": "Parlays",
        "publisher": "BISI",
        "author": "Lily Donahue",
        "published": PUBLISHED,
        "candidates": [candidate(), candidate("Seoul may protest", **MAY)],
    }
    return desk.do(add_article, **(request | changes)).id


def statements(desk, article_id: int):
    return desk.ask(article, article_id).statements


def counts(desk) -> dict[str, int]:
    with reading(desk.engine) as session:
        return {
            name: len(session.execute(select(table)).all())
            for name, table in metadata.tables.items()
        }


class TestReading:
    def test_an_article_brings_its_statements_into_the_inbox(self, desk):
        key = store(desk)
        (item,) = desk.ask(inbox)
        assert (item.head.id, item.waiting, item.total) == (key, 2, 2)
        view = desk.ask(article, key)
        assert view.text == TEXT
        assert [view.text[one.start : one.end] for one in view.statements] == [
            one.quote for one in view.statements
        ]
        assert view.head.published == PUBLISHED

    def test_the_same_words_are_one_article(self, desk):
        key = store(desk)
        with pytest.raises(ArticleAlreadyStored) as refusal:
            store(desk, text=f"\n{TEXT.replace('  ', ' ')}\n", candidates=[])
        assert refusal.value.article_id == key

    def test_a_quote_must_stand_in_the_article(self, desk):
        before = counts(desk)
        with pytest.raises(InvalidInput, match="quote"):
            store(desk, candidates=[replace(candidate(), quote="China will complain")])
        assert counts(desk) == before

    def test_an_analyst_marks_what_the_reader_missed(self, desk):
        key = store(desk, candidates=[])
        desk.do(mark_statement, article_id=key, candidate=candidate())
        with reading(desk.engine) as session:
            assert session.exec(select(Statement)).one().found_by == "analyst"

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"text": "  \n"}, "article"),
            ({"text": "a\x00b"}, "article"),
            ({"text": "a\ud800b"}, "article"),
            ({"title": " "}, "title"),
            ({"title": "two\nlines"}, "title"),
            ({"title": "x" * 501}, "title"),
            ({"url": "javascript:alert(1)"}, "URL"),
            ({"published": PartialDate(date(2031, 1, 1), "day")}, "published"),
        ],
    )
    def test_bad_articles_change_nothing(self, desk, changes, field):
        before = counts(desk)
        with pytest.raises(InvalidInput, match=f"^{field} ") as refusal:
            store(desk, **({"candidates": []} | changes))
        assert "\n" not in str(refusal.value)
        assert counts(desk) == before


class TestDeciding:
    def test_accepting_asks_the_question_and_records_what_the_source_said(self, desk, draft):
        first, _ = statements(desk, store(desk))
        key = desk.do(
            accept_statement, statement_id=first.id, draft=draft(tags=("China",)), probability=0.3
        ).id
        view = desk.ask(question, key, me="ana", now=desk.now)
        source, mine = view.record
        assert (source.forecaster, source.cls, source.probabilities[0]) == (
            "Lily Donahue",
            "source",
            0.22,
        )
        assert (source.probability_low, source.probability_high) == (0.1, 0.35)
        assert source.made_at == datetime(2024, 7, 11, 23, 59, 59, 999999, UTC)
        assert source.recorded_at == desk.now
        assert (mine.forecaster, mine.cls, mine.probabilities[0]) == ("ana", "live", 0.3)
        assert view.row.tags == ("china",)
        assert view.row.opens_at == source.made_at
        assert view.statement.decision == "accepted"
        assert view.statement.question_id == key

    @pytest.mark.parametrize(
        ("changes", "name"),
        [
            ({}, "Lily Donahue"),
            ({"author": None}, "BISI"),
            ({"author": None, "publisher": None}, "the author of “Parlays”"),
        ],
    )
    def test_an_author_is_scored_under_the_best_name_there_is(self, desk, draft, changes, name):
        first, _ = statements(desk, store(desk, **changes))
        key = desk.do(accept_statement, statement_id=first.id, draft=draft()).id
        assert desk.ask(question, key, me=None, now=desk.now).record[0].forecaster == name

    def test_a_named_speaker_is_scored_in_person(self, desk, draft):
        named = candidate(speaker="Yang Uk", speaker_kind="named")
        first = statements(desk, store(desk, candidates=[named]))[0]
        key = desk.do(accept_statement, statement_id=first.id, draft=draft()).id
        assert desk.ask(question, key, me=None, now=desk.now).record[0].forecaster == "Yang Uk"

    def test_an_undated_article_gives_no_source_forecast(self, desk, draft):
        first, _ = statements(desk, store(desk, published=None))
        key = desk.do(accept_statement, statement_id=first.id, draft=draft()).id
        assert desk.ask(question, key, me=None, now=desk.now).record == ()

    def test_a_statement_is_decided_once(self, desk, draft):
        first, second = statements(desk, store(desk))
        desk.do(accept_statement, statement_id=first.id, draft=draft())
        with pytest.raises(StatementAlreadyDecided, match="accepted"):
            desk.do(accept_statement, statement_id=first.id, draft=draft())
        desk.do(dismiss_statement, statement_id=second.id, reason="too vague")
        with pytest.raises(StatementAlreadyDecided, match="dismissed"):
            desk.do(dismiss_statement, statement_id=second.id, reason="again")

    def test_a_dismissal_can_be_taken_back(self, desk):
        first, _ = statements(desk, store(desk))
        desk.do(dismiss_statement, statement_id=first.id, reason="too vague")
        assert statements(desk, 1)[0].reason == "too vague"
        desk.do(reopen_statement, statement_id=first.id)
        assert statements(desk, 1)[0].decision == "waiting"
        with pytest.raises(InvalidInput, match="is waiting"):
            desk.do(reopen_statement, statement_id=first.id)

    def test_a_dismissal_needs_a_reason(self, desk):
        first, _ = statements(desk, store(desk))
        with pytest.raises(InvalidInput, match=r"^reason"):
            desk.do(dismiss_statement, statement_id=first.id, reason=" ")


class TestAsking:
    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"title": ""}, "title"),
            ({"criteria": " "}, "criteria"),
            ({"criteria": "Yes if [to decide: what counts]."}, "criteria"),
            ({"kind": "ternary"}, "kind"),
            ({"closes_at": datetime(2024, 7, 1, tzinfo=UTC)}, "close"),
            ({"closes_at": datetime(2024, 8, 1)}, "close"),  # noqa: DTZ001
            ({"closes_at": datetime(9999, 1, 1, tzinfo=UTC)}, "close"),
            ({"opens_at": CLOSE}, "close"),
            ({"retrospective": True}, "close"),
            ({"options": ("a", "b")}, "options"),
            ({"kind": "ordered"}, "options"),
            ({"kind": "multiple_choice", "options": ("only",)}, "options"),
            ({"kind": "multiple_choice", "options": ("Yes", "Ｙes ")}, "option"),
            ({"zone": "Mars/Olympus"}, "zone"),
            ({"base_rate": 0.1}, "base rate"),
            ({"base_rate": 1.5, "base_rate_class": "all"}, "base rate"),
            ({"parent_outcome": "yes"}, "parent outcome"),
            ({"lower": 1.0}, "lower bound"),
            ({"kind": "numeric", "lower": 2.0, "upper": 2.0}, "upper bound"),
            ({"tags": ("",)}, "tag"),
        ],
    )
    def test_bad_drafts_change_nothing(self, desk, draft, changes, field):
        before = counts(desk)
        with pytest.raises(InvalidInput, match=f"^{field} ") as refusal:
            desk.do(ask_question, draft=draft(**changes))
        assert "\n" not in str(refusal.value)
        assert counts(desk) == before

    def test_a_question_without_an_article(self, desk, draft):
        key = desk.do(ask_question, draft=draft(zone="Asia/Seoul")).id
        view = desk.ask(question, key, me="ana", now=desk.now)
        assert (view.row.status, view.options, view.zone) == ("open", ("yes", "no"), "Asia/Seoul")

    def test_a_past_question_is_retrospective_and_takes_claims_only(self, desk, draft):
        past = draft(
            opens_at=datetime(2024, 6, 1, tzinfo=UTC),
            closes_at=datetime(2024, 7, 1, tzinfo=UTC),
            retrospective=True,
        )
        key = desk.do(ask_question, draft=past).id
        with pytest.raises(QuestionClosed):
            desk.do(record_forecast, question_id=key, probability=0.5)
        claimed = datetime(2024, 6, 15, tzinfo=UTC)
        desk.do(record_forecast, question_id=key, probability=0.5, made_at=claimed)
        (entry,) = desk.ask(question, key, me="ana", now=desk.now).record
        assert (entry.cls, entry.made_at, entry.recorded_at) == ("retrospective", claimed, desk.now)

    def test_a_conditional_question_names_its_parent(self, desk, draft):
        parent = desk.do(ask_question, draft=draft()).id
        child = desk.do(ask_question, draft=draft(parent_id=parent, parent_outcome="yes")).id
        assert desk.ask(question, child, me=None, now=desk.now).parent_id == parent
        with pytest.raises(NotFound, match="parent question 99"):
            desk.do(ask_question, draft=draft(parent_id=99, parent_outcome="yes"))
        with pytest.raises(InvalidInput, match="parent outcome"):
            desk.do(ask_question, draft=draft(parent_id=parent, parent_outcome="maybe"))

    def test_notes_and_tags_are_added(self, desk, draft):
        key = desk.do(ask_question, draft=draft(tags=("asia",))).id
        desk.do(clarify_criteria, question_id=key, text="Only statements in public count.")
        desk.do(comment, question_id=key, text="Watch the ministry.")
        desk.do(attach_evidence, question_id=key, text="A fact.", url="https://example.org/a")
        desk.do(tag_question, question_id=key, add=["Korea"], remove=["asia"])
        view = desk.ask(question, key, me="ana", now=desk.now)
        assert [note.text for note in view.clarifications] == ["Only statements in public count."]
        assert [note.text for note in view.comments] == ["Watch the ministry."]
        assert [(note.text, note.url) for note in view.evidence] == [
            ("A fact.", "https://example.org/a")
        ]
        assert view.row.tags == ("korea",)


class TestForecasting:
    @pytest.fixture
    def key(self, desk, draft) -> int:
        return desk.do(ask_question, draft=draft()).id

    def test_a_change_of_mind_is_a_new_row(self, desk, key):
        desk.do(record_forecast, question_id=key, probability=0.3, rationale="First look.")
        desk.later(days=2).do(record_forecast, question_id=key, probability=0.1, confidence="low")
        desk.later(days=1).do(withdraw_forecast, question_id=key)
        record = desk.ask(question, key, me="ana", now=desk.now).record
        assert [one.probabilities[:1] for one in record] == [(0.3,), (0.1,), ()]
        assert [one.withdrawn for one in record] == [False, False, True]
        assert record[0].rationale == "First look."
        assert record[1].confidence == "low"
        assert desk.ask(question_list, me="ana", now=desk.now)[0].mine is None

    @pytest.mark.parametrize("value", [-0.01, 1.0000001, float("nan"), float("inf"), True, "0.5"])
    def test_only_a_number_between_0_and_1_is_a_probability(self, desk, key, value):
        before = counts(desk)
        with pytest.raises(InvalidInput, match=r"^probability "):
            desk.do(record_forecast, question_id=key, probability=value)
        assert counts(desk) == before

    @pytest.mark.parametrize("microseconds", [-1, 0, 1])
    def test_closed_means_closed_to_the_microsecond(self, desk, key, microseconds):
        desk.now = CLOSE + timedelta(microseconds=microseconds)
        if microseconds < 0:
            desk.do(record_forecast, question_id=key, probability=0.5)
        else:
            with pytest.raises(QuestionClosed, match="2024-08-01 00:00"):
                desk.do(record_forecast, question_id=key, probability=0.5)

    def test_a_claimed_forecast_comes_before_the_close_and_before_now(self, desk, key):
        for moment, refusal in (
            (desk.now + timedelta(days=1), InvalidInput),
            (CLOSE, InvalidInput),
        ):
            with pytest.raises(refusal):
                desk.do(record_forecast, question_id=key, probability=0.5, made_at=moment)
        desk.now = CLOSE + timedelta(days=1)
        with pytest.raises(QuestionClosed):
            desk.do(record_forecast, question_id=key, probability=0.5, made_at=CLOSE)

    def test_options_take_a_distribution(self, desk, draft):
        key = desk.do(ask_question, draft=draft(kind="ordered", options=("low", "mid", "high"))).id
        desk.do(record_forecast, question_id=key, probabilities=[0.2, 0.5, 0.3])
        for wrong in ([0.2, 0.5], [0.2, 0.5, 0.31], [1.2, -0.1, -0.1]):
            with pytest.raises(InvalidInput, match="probabilit"):
                desk.do(record_forecast, question_id=key, probabilities=wrong)
        with pytest.raises(InvalidInput, match="takes probabilities"):
            desk.do(record_forecast, question_id=key, probability=0.5)
        (entry,) = desk.ask(question, key, me="ana", now=desk.now).record
        assert entry.probabilities == (0.2, 0.5, 0.3)

    def test_numbers_take_quantiles(self, desk, draft):
        key = desk.do(ask_question, draft=draft(kind="numeric", lower=0.0, upper=100.0)).id
        desk.do(record_forecast, question_id=key, quantiles=[(0.1, 5.0), (0.5, 8.0), (0.9, 20.0)])
        for wrong in (
            [(0.5, 8.0), (0.1, 9.0)],
            [(0.1, 9.0), (0.5, 8.0)],
            [(0.0, 1.0)],
            [(0.5, 101.0)],
            [],
        ):
            with pytest.raises(InvalidInput, match="quantile"):
                desk.do(record_forecast, question_id=key, quantiles=wrong)
        (entry,) = desk.ask(question, key, me="ana", now=desk.now).record
        assert entry.quantiles == ((0.1, 5.0), (0.5, 8.0), (0.9, 20.0))

    def test_nothing_to_withdraw(self, desk, key):
        with pytest.raises(InvalidInput, match="no standing forecast"):
            desk.do(withdraw_forecast, question_id=key)

    def test_an_expiry_lies_ahead(self, desk, key):
        with pytest.raises(InvalidInput, match=r"^expiry"):
            desk.do(record_forecast, question_id=key, probability=0.5, expires_at=desk.now)

    def test_an_unknown_question(self, desk):
        with pytest.raises(NotFound, match="There is no question 99"):
            desk.do(record_forecast, question_id=99, probability=0.5)


class TestSettling:
    @pytest.fixture
    def key(self, desk, draft) -> int:
        key = desk.do(ask_question, draft=draft()).id
        desk.do(record_forecast, question_id=key, probability=0.3)
        desk.now = CLOSE + timedelta(days=1)
        return key

    def resolve(self, desk, key, **changes):
        request = {
            "question_id": key,
            "outcome": "no",
            "known_at": CLOSE,
            "evidence": "Nothing happened.",
        }
        return desk.do(resolve_question, **(request | changes))

    def test_a_resolution_settles_the_question(self, desk, key):
        self.resolve(desk, key, outcome="No")
        row = desk.ask(question_list, me="ana", now=desk.now)[0]
        assert (row.status, row.outcome) == ("resolved", "no")

    def test_a_second_resolution_is_told_of_the_first(self, desk, key):
        self.resolve(desk, key)
        with pytest.raises(AlreadyResolved, match="already resolved no by ana on 2024-08-02"):
            self.resolve(desk, key, outcome="yes", by="bob")

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"outcome": "maybe"}, "outcome"),
            ({"known_at": datetime(2024, 7, 1, tzinfo=UTC)}, "known at"),
            ({"known_at": datetime(2024, 9, 1, tzinfo=UTC)}, "known at"),
            ({"known_at": datetime(2024, 8, 1)}, "known at"),  # noqa: DTZ001
            ({"evidence": ""}, "evidence"),
            ({"known_precision": "hour"}, "precision"),
            ({"source_url": "file:///etc/passwd"}, "URL"),
        ],
    )
    def test_bad_resolutions_change_nothing(self, desk, key, changes, field):
        before = counts(desk)
        with pytest.raises(InvalidInput, match=f"^{field} "):
            self.resolve(desk, key, **changes)
        assert counts(desk) == before

    def test_a_numeric_outcome_is_a_number_within_bounds(self, desk, draft):
        desk.now = CLOSE - timedelta(days=2)
        key = desk.do(ask_question, draft=draft(kind="numeric", lower=0.0, upper=10.0)).id
        desk.now = CLOSE + timedelta(days=1)
        for wrong in ("eleven", "11", "nan"):
            with pytest.raises(InvalidInput, match=r"^outcome"):
                self.resolve(desk, key, outcome=wrong)
        self.resolve(desk, key, outcome="7")
        assert desk.ask(question, key, me=None, now=desk.now).resolutions[0].outcome == "7.0"

    def test_a_correction_supersedes_and_keeps(self, desk, key):
        self.resolve(desk, key)
        request = {
            "question_id": key,
            "outcome": "yes",
            "known_at": CLOSE,
            "evidence": "It did happen.",
            "reason": "A report was missed.",
        }
        with pytest.raises(ResolutionConflict, match="version 1, not 2"):
            desk.do(correct_resolution, version=2, **request)
        desk.do(correct_resolution, version=1, **request)
        view = desk.ask(question, key, me=None, now=desk.now)
        assert [one.outcome for one in view.resolutions] == ["no", "yes"]
        assert view.row.outcome == "yes"
        with reading(desk.engine) as session:
            assert len(session.exec(select(Resolution)).all()) == 2

    def test_annulling_takes_the_scores_away(self, desk, key):
        self.resolve(desk, key)
        assert desk.ask(question, key, me=None, now=desk.now).scores
        desk.do(annul_question, question_id=key, reason="The criteria could not be applied.")
        view = desk.ask(question, key, me=None, now=desk.now)
        assert (view.row.status, view.scores) == ("annulled", ())
        with pytest.raises(InvalidInput, match="annulled already"):
            desk.do(annul_question, question_id=key, reason="again")

    def test_a_settled_question_takes_no_forecast(self, desk, draft):
        desk.now = CLOSE - timedelta(days=9)
        key = desk.do(ask_question, draft=draft()).id
        self.resolve(desk, key, known_at=desk.now)
        with pytest.raises(QuestionSettled, match="is resolved"):
            desk.do(record_forecast, question_id=key, probability=0.5)


def test_every_refusal_is_one_line_of_the_same_family(desk, draft):
    key = desk.do(ask_question, draft=draft()).id
    attempts = [
        (record_forecast, {"question_id": key, "probability": 2}),
        (record_forecast, {"question_id": 99, "probability": 0.2}),
        (ask_question, {"draft": draft(title="a\nb")}),
        (comment, {"question_id": key, "text": "a" + "\u0301" * 50}),
        (dismiss_statement, {"statement_id": 99, "reason": "x\ny"}),
    ]
    for service, request in attempts:
        with pytest.raises(TrackerError) as refusal:
            desk.do(service, **request)
        assert "\n" not in str(refusal.value)


def test_a_retrospective_or_source_row_never_claims_to_be_live(desk, draft):
    first, _ = statements(desk, store(desk))
    desk.do(accept_statement, statement_id=first.id, draft=draft(), probability=0.4)
    with reading(desk.engine) as session:
        for row in session.exec(select(Forecast)):
            assert (row.forecast_class == "live") == (row.made_at == row.recorded_at)
        assert len(session.exec(select(Ledger)).all()) == 2
