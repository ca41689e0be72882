"""What an analyst does with statements: under a scale, on a condition, into a question."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, select

from db.engine import open_engine
from db.tables import Forecast, Ledger, Question, Statement, StatementDecision
from forecasts.errors import InvalidInput, NotFound, StatementAlreadyDecided
from forecasts.reading.statements import read_statements
from forecasts.results.terms import PartialDate
from forecasts.services.articles import add_article, mark_statement
from forecasts.services.questions import ask_question
from forecasts.services.resolutions import resolve_question
from forecasts.services.statements import accept_statement, dismiss_statement, merge_statement
from forecasts.views.inbox import article, best_first, similar_questions

TEXT = (
    "China is unlikely to complain. If talks fail, prices will probably rise by December 2024. "
    "Something vague may be felt. There is a 70% chance of rain in July."
)
PUBLISHED = PartialDate(date(2024, 7, 11), "day")
CLOSE = datetime(2025, 1, 1, tzinfo=UTC)


@pytest.fixture(params=["sqlite", "postgresql"])
def on_both(request, desk):
    """A desk on each database."""
    if request.param == "sqlite":
        yield desk
        return
    engine = open_engine(request.getfixturevalue("postgres_db"))
    yield type(desk)(engine)
    engine.dispose()


def store(desk, *, published=PUBLISHED, found=None) -> int:
    candidates = read_statements(TEXT, published=PUBLISHED.day) if found is None else found
    return desk.do(
        add_article, text=TEXT, title="T", author="Roe", published=published, candidates=candidates
    ).id


def statements(desk, article_id: int, **view):
    return desk.ask(article, article_id, **view).statements


def rows(desk, table):
    with Session(desk.engine) as session:
        return session.exec(select(table).order_by(table.id)).all()


def body(desk) -> dict:
    with Session(desk.engine) as session:
        entries = session.exec(select(Ledger).order_by(Ledger.seq)).all()
    return json.loads(entries[-1].body)


class TestScale:
    def test_the_numbers_of_a_view_follow_the_scale(self, on_both):
        key = store(on_both)
        first = statements(on_both, key)[0]
        assert (first.probability, first.scale, first.phrase) == (0.22, "recommended", "unlikely")
        switched = statements(on_both, key, scale="icd203")[0]
        assert (switched.probability_low, switched.probability, switched.probability_high) == (
            0.2,
            0.325,
            0.45,
        )
        assert statements(on_both, key)[0] == first

    def test_accepting_records_the_source_under_the_scale_chosen(self, on_both, draft):
        first = statements(on_both, store(on_both))[0]
        on_both.do(accept_statement, statement_id=first.id, draft=draft(), scale="nato")
        (said,) = rows(on_both, Forecast)
        assert (said.probability_low, said.probability, said.probability_high, said.scale) == (
            0.1,
            0.25,
            0.4,
            "nato",
        )
        logged = [row for name, row in body(on_both)["rows"] if name == "forecast"]
        assert [(row["scale"], row["probability"]) for row in logged] == [("nato", 0.25)]

    def test_without_a_choice_it_is_the_scale_it_was_read_by(self, desk, draft):
        first = statements(desk, store(desk))[0]
        desk.do(accept_statement, statement_id=first.id, draft=draft())
        (said,) = rows(desk, Forecast)
        assert (said.probability, said.scale) == (0.22, "recommended")

    def test_a_number_of_the_text_stays(self, desk, draft):
        stated = statements(desk, store(desk))[-1]
        desk.do(accept_statement, statement_id=stated.id, draft=draft(), scale="nato")
        (said,) = rows(desk, Forecast)
        assert (said.probability, said.scale) == (0.7, "stated")

    def test_an_unknown_scale_is_refused(self, desk, draft):
        first = statements(desk, store(desk))[0]
        with pytest.raises(InvalidInput, match=r"^scale 'guess'"):
            desk.do(accept_statement, statement_id=first.id, draft=draft(), scale="guess")
        assert rows(desk, Question) == []


class TestCondition:
    def parent(self, draft, **changes):
        return draft(title="Will talks fail by December 2024?", closes_at=CLOSE, **changes)

    def test_the_parent_is_asked_alongside_in_one_act(self, on_both, draft):
        hanging = statements(on_both, store(on_both))[1]
        receipt = on_both.do(
            accept_statement,
            statement_id=hanging.id,
            draft=draft(closes_at=CLOSE, parent_outcome="yes"),
            parent=self.parent(draft),
        )
        parent, child = rows(on_both, Question)
        assert receipt.id == child.id
        assert (child.parent_id, child.parent_outcome) == (parent.id, "yes")
        assert parent.opens_at == child.opens_at < on_both.now
        assert [said.question_id for said in rows(on_both, Forecast)] == [child.id]
        assert [name for name, _ in body(on_both)["rows"]].count("question") == 2

    def test_the_child_is_void_once_the_parent_turned_out_otherwise(self, desk, draft):
        hanging = statements(desk, store(desk))[1]
        child = desk.do(
            accept_statement,
            statement_id=hanging.id,
            draft=draft(closes_at=CLOSE, parent_outcome="yes"),
            parent=self.parent(draft),
        ).id
        desk.later(days=1).do(
            resolve_question, question_id=1, outcome="no", known_at=desk.now, evidence="They held."
        )
        with pytest.raises(InvalidInput, match="is void, because its condition was not met"):
            desk.do(
                resolve_question, question_id=child, outcome="yes", known_at=desk.now, evidence="E"
            )

    @pytest.mark.parametrize(
        ("parent", "child", "refusal"),
        [
            ({"criteria": "[to decide: the deadline]"}, {}, "still has to be decided"),
            ({}, {"criteria": "Yes. [to decide: the source]"}, "still has to be decided"),
            ({}, {"parent_outcome": "perhaps"}, "^parent outcome 'perhaps'"),
            ({}, {"parent_outcome": None}, "^parent outcome"),
            ({}, {"parent_id": 1}, "^parent question '1': is not asked alongside too"),
        ],
    )
    def test_what_is_open_or_unfit_is_refused_whole(self, desk, draft, parent, child, refusal):
        hanging = statements(desk, store(desk))[1]
        with pytest.raises(InvalidInput, match=refusal):
            desk.do(
                accept_statement,
                statement_id=hanging.id,
                draft=draft(**({"closes_at": CLOSE, "parent_outcome": "yes"} | child)),
                parent=self.parent(draft, **parent),
            )
        assert rows(desk, Question) == rows(desk, StatementDecision) == []


class TestMerging:
    def asked(self, desk, draft, **changes) -> int:
        values = {"closes_at": CLOSE, "opens_at": datetime(2024, 7, 1, tzinfo=UTC)}
        return desk.do(ask_question, draft=draft(**(values | changes))).id

    def test_what_the_source_said_is_added_to_the_question(self, on_both, draft):
        question = self.asked(on_both, draft)
        first = statements(on_both, store(on_both))[0]
        receipt = on_both.do(
            merge_statement, statement_id=first.id, question_id=question, scale="icd203"
        )
        assert receipt.id == question
        (said,) = rows(on_both, Forecast)
        assert (said.question_id, said.probability, said.scale) == (question, 0.325, "icd203")
        after = statements(on_both, 1)[0]
        assert (after.decision, after.question_id) == ("accepted", question)
        assert len(rows(on_both, Question)) == 1
        assert body(on_both)["kind"] == "merge"

    def test_a_question_about_the_opposite_turns_it_round(self, desk, draft):
        question = self.asked(desk, draft)
        first = statements(desk, store(desk))[0]
        desk.do(merge_statement, statement_id=first.id, question_id=question, opposite=True)
        (said,) = rows(desk, Forecast)
        assert (said.probability_low, said.probability, said.probability_high) == (0.65, 0.78, 0.9)

    def test_a_condition_needs_a_question_with_a_condition(self, desk, draft):
        plain = self.asked(desk, draft)
        hanging = statements(desk, store(desk))[1]
        with pytest.raises(InvalidInput, match="has no condition, the statement has: If talks"):
            desk.do(merge_statement, statement_id=hanging.id, question_id=plain)
        on_it = self.asked(desk, draft, parent_id=plain, parent_outcome="yes")
        desk.do(merge_statement, statement_id=hanging.id, question_id=on_it)
        assert [said.question_id for said in rows(desk, Forecast)] == [on_it]

    def test_what_cannot_take_it_is_refused(self, desk, draft):
        number = self.asked(desk, draft, kind="numeric")
        closed = self.asked(
            desk, draft, closes_at=datetime(2024, 7, 11, tzinfo=UTC), retrospective=True
        )
        first, second, *_ = statements(desk, store(desk))
        with pytest.raises(InvalidInput, match="only a yes/no question"):
            desk.do(merge_statement, statement_id=first.id, question_id=number)
        with pytest.raises(InvalidInput, match="closed before the statement was made"):
            desk.do(merge_statement, statement_id=first.id, question_id=closed)
        with pytest.raises(NotFound, match="no question 99"):
            desk.do(merge_statement, statement_id=first.id, question_id=99)
        desk.do(dismiss_statement, statement_id=second.id, reason="vague")
        with pytest.raises(StatementAlreadyDecided, match="dismissed"):
            desk.do(merge_statement, statement_id=second.id, question_id=number)
        assert rows(desk, Forecast) == []


class TestWhatIsStored:
    def test_confidence_is_kept_apart_from_likelihood(self, on_both):
        first, *others = read_statements(TEXT)
        key = store(on_both, found=[replace(first, confidence="moderate"), *others])
        stored = statements(on_both, key)
        assert [one.confidence for one in stored] == ["moderate", None, None, None]
        assert stored[0].probability == first.probability

    def test_the_database_knows_three_levels_of_confidence(self, on_both):
        store(on_both)
        copied = ", ".join(
            f'"{column.name}"'
            for column in Statement.__table__.columns
            if column.name not in ("id", "start", "confidence")
        )
        wrong = text(
            f"INSERT INTO statement ({copied}, start, confidence) "
            f"SELECT {copied}, start + 1, 'very' FROM statement WHERE id = 1"
        )
        refused = pytest.raises(DBAPIError, match="ck_statement_confidence_known")
        with refused, on_both.engine.begin() as connection:
            connection.execute(wrong)

    def test_who_found_a_statement_is_known(self, desk):
        first, second, *_ = read_statements(TEXT)
        key = store(desk, found=[])
        desk.do(mark_statement, article_id=key, candidate=first, found_by="assistant")
        desk.do(mark_statement, article_id=key, candidate=second)
        assert [one.found_by for one in statements(desk, key)] == ["assistant", "analyst"]
        with pytest.raises(InvalidInput, match=r"^found by 'somebody'"):
            desk.do(mark_statement, article_id=key, candidate=first, found_by="somebody")

    def test_a_statement_is_marked_once(self, desk):
        key = store(desk)
        with pytest.raises(InvalidInput, match="is statement 1 already"):
            desk.do(mark_statement, article_id=key, candidate=read_statements(TEXT)[0])


class TestInbox:
    def test_the_most_resolvable_waits_first_and_what_is_decided_comes_last(self, desk):
        view = desk.ask(article, store(desk))
        scores = [judged.score for _, judged in best_first(view)]
        assert scores == sorted(scores, reverse=True)
        best = best_first(view)[0][0]
        desk.do(dismiss_statement, statement_id=best.id, reason="known")
        again = best_first(desk.ask(article, 1))
        assert again[-1][0].id == best.id
        assert [one.id for one, _ in again[:-1]] == [one.id for one, _ in best_first(view)[1:]]

    def test_similar_questions_are_named_likest_first(self, desk, draft):
        for title in ("Will China complain in public?", "Will it rain?", "Will China go to war?"):
            desk.do(ask_question, draft=draft(title=title))
        found = desk.ask(similar_questions, "Will China voice a complaint?", threshold=0.2)
        assert [one.id for one in found] == [1, 3]
        assert found[0].likeness > found[1].likeness
