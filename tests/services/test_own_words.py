"""What a person types beside the record's public matter can be erased, wherever it was typed."""

import zipfile

import pytest
import rich_record
from database_files import found_in_files
from sqlalchemy import String, select, text
from sqlmodel import AutoString

from db.engine import open_engine
from db.erasing import scrub
from db.session import reading
from db.tables import IndicatorLink, metadata
from db.verification import verify
from forecasts import keeping
from forecasts.results.terms import PartialDate
from forecasts.services.articles import add_article
from forecasts.services.erasure import erase, words_of
from forecasts.services.forecasts import record_forecast, withdraw_forecast
from forecasts.services.indicators import change_indicator, link_indicator, unlink_indicator
from forecasts.services.notes import attach_evidence, comment
from forecasts.services.questions import ask_question
from forecasts.services.relations import relate_questions, unrelate_questions
from forecasts.services.scenarios import make_scenario_set, set_prior, tell_narrative
from forecasts.services.statements import dismiss_statement
from forecasts.views.inbox import statement
from forecasts.views.own_words import ERASED
from forecasts.views.people import person_id
from forecasts.views.record import evidence, record
from forecasts.views.relations import load_relations
from forecasts.views.scenarios import scenario_board
from forecasts.views.snapshot import look

WRITER = "Zebedee Kumquat"
TYPED = (
    "dismissal", "narrative", "retold", "prior", "link", "changed", "unlinked", "relation",
    "unrelated", "evidence", "comment", "rationale", "withdrawal",
)  # fmt: skip

PUBLIC = {
    # what is asked, and how it is told apart and settled
    "question": {"kind", "title", "background", "criteria", "resolution_source", "zone", "unit",
                 "base_rate_class", "parent_outcome"},
    "question_option": {"name"}, "tagging": {"tag"}, "clarification": {"text"},
    "resolution": {"state", "outcome", "known_precision", "evidence", "source_url", "reason"},
    # what was published, and what stands in it
    "article": {"title", "publisher", "author", "url", "published_precision", "text",
                "content_sha256"},
    "statement": {"quote", "hedge", "polarity", "scale", "horizon", "speaker", "speaker_kind",
                  "condition", "actors", "found_by", "phrase", "confidence"},
    "evidence": {"url", "dated_precision"},
    # what a choice from a list leaves
    "forecast": {"forecast_class", "scale", "confidence"}, "statement_decision": {"decision"},
    "indicator_likelihood": {"words", "scale"},
    "relation": {"kind", "first_outcome", "second_outcome"},
    # who may do what, and what was erased: an admin's account to everybody
    "role_assignment": {"role", "reason"}, "redaction": {"reason"}, "signing_key": {"public_key"},
    # hidden from the log, and erased with the person
    "forecaster": {"handle", "kind", "name", "publisher", "login"},
    "private_text": {"commitment", "text"},
}  # fmt: skip
BEFORE = {
    "statement_decision": {"reason"}, "evidence": {"text"}, "narrative": {"text"},
    "scenario_prior": {"note"}, "indicator": {"note"}, "relation": {"note"},
}  # fmt: skip
"""Columns that held a person's words in records of earlier versions."""


def typed(name):
    return f"xylophone {name} quagmire"


def who(desk, login):
    return desk.ask(person_id, login)


@pytest.fixture
def written(desk, draft):
    """A record in which Zebedee filled every field for free text; Ana did the rest."""
    found = [
        rich_record.candidate("The port is unlikely to close before December.", "unlikely"),
        rich_record.candidate("Its pilots may strike.", "may", is_possibility=True),
    ]
    day = PartialDate(rich_record.date(2024, 7, 11), "day")
    desk.do(add_article, text=rich_record.TEXT, title="A", published=day, candidates=found)
    one, two = (desk.do(ask_question, draft=draft(title=name)).id for name in ("1?", "2?"))

    def write(service, **request):
        return desk.later(minutes=1).do(service, by=WRITER, **request).id

    future = draft(title="Which?", options=("war", "peace"))
    futures = write(make_scenario_set, draft=future, narratives={"war": typed("narrative")})
    write(tell_narrative, set_id=futures, scenario="peace", text=typed("retold"))
    write(set_prior, set_id=futures, probabilities=[0.2, 0.3, 0.5], note=typed("prior"))
    link = {"set_id": futures, "question_id": one}
    write(link_indicator, **link, note=typed("link"))
    write(change_indicator, **link, note=typed("changed"))
    write(link_indicator, set_id=futures, question_id=two)
    write(unlink_indicator, set_id=futures, question_id=two, note=typed("unlinked"))
    ends = {"kind": "implies", "first_id": one, "second_id": two}
    other = ends | {"kind": "complement"}
    write(relate_questions, **ends, note=typed("relation"))
    write(relate_questions, **other)
    write(unrelate_questions, **other, note=typed("unrelated"))
    write(dismiss_statement, statement_id=1, reason=typed("dismissal"))
    write(attach_evidence, question_id=one, text=typed("evidence"), url="https://example.org/")
    write(comment, question_id=one, text=typed("comment"))
    write(record_forecast, question_id=one, probability=0.3, rationale=typed("rationale"))
    write(withdraw_forecast, question_id=one, rationale=typed("withdrawal"))
    desk.do(dismiss_statement, statement_id=2, reason="Ana's reason.")
    desk.later(minutes=1).do(change_indicator, **link, weight=0.5)  # whose note it is stays
    return desk


def read(desk):
    """What the pages show of the texts that hold, by field."""
    board = desk.ask(scenario_board, 3, me=None, now=desk.now)
    related = desk.ask(lambda session: load_relations(session, look(session).questions))
    said = desk.ask(lambda session: record(session, look(session).questions[1]))
    return {
        "dismissal": desk.ask(statement, 1).reason,
        "narrative": board.scenarios[0].narrative,
        "retold": board.scenarios[1].narrative,
        "prior": board.prior.note,
        "changed": board.indicators[0].note,
        "relation": related[0].view.note,
        "evidence": desk.ask(evidence, 1)[0].text,
        "rationale": said[0].rationale,
        "withdrawal": said[1].rationale,
    }


def everything(folder):
    return b"".join(path.read_bytes() for path in folder.iterdir())


def test_what_a_person_typed_is_shown_and_once_erased_found_nowhere(written, tmp_path):
    with written.engine.connect() as connection:
        for table in metadata.sorted_tables:
            rows = connection.execute(table.select()).all()
            holds = any("xylophone" in str(value) for row in rows for value in row)
            assert holds == (table.name == "private_text"), table.name
    shown = read(written)
    assert shown == {name: typed(name) for name in shown}
    keeping.export_record(written.engine, tmp_path / "before")
    assert all(typed(name).encode() in everything(tmp_path / "before") for name in TYPED)
    person = who(written, WRITER)
    assert {one.text for one in written.ask(words_of, person)} == set(map(typed, TYPED))
    assert [one.text for one in written.ask(words_of, who(written, "ana"))] == ["Ana's reason."]

    written.do(erase, people=[person], reason="asked for")
    scrub(written.engine, now=written.now)

    assert not found_in_files(written, "xylophone")
    keeping.export_record(written.engine, tmp_path / "after")
    assert verify(written.engine).findings == ()
    assert keeping.back_up(written.engine, tmp_path / "kept").findings == ()
    with zipfile.ZipFile(tmp_path / "kept") as packed:
        packed.extractall(tmp_path / "packed")
    for folder in ("after", "packed"):
        assert b"xylophone" not in everything(tmp_path / folder)
        assert b"Ana's reason." in everything(tmp_path / folder)
    assert read(written) == dict.fromkeys(shown, ERASED)
    assert written.ask(statement, 2).reason == "Ana's reason."


def test_an_altered_text_is_found(written):
    with written.engine.begin() as connection:
        postgres = connection.dialect.name == "postgresql"
        where = " ON private_text" if postgres else ""
        connection.exec_driver_sql(f"DROP TRIGGER private_text_bounded{where}")
        connection.execute(
            text("UPDATE private_text SET text = 'mine' WHERE text = :said"),
            {"said": typed("narrative")},
        )
    kinds = {one.kind for one in verify(written.engine).findings}
    assert kinds == {"private text", "schema"}


def test_a_note_carried_on_by_somebody_else_is_still_its_writers(written):
    with reading(written.engine) as session:
        links = select(IndicatorLink.recorded_by, IndicatorLink.own_words)
        rows = session.execute(links.where(IndicatorLink.question_id == 1)).all()
    by, words = zip(*sorted(rows, key=lambda row: row[0] == who(written, "ana")), strict=True)
    assert by[-2:] == (who(written, WRITER), who(written, "ana"))
    assert words[-1] in words[:-1]
    written.do(erase, people=[who(written, "ana")], reason="asked for", by=WRITER)
    assert read(written)["changed"] == typed("changed")


def test_a_column_for_text_is_public_matter_or_can_be_erased():
    """Whoever adds one decides here which it is."""
    words = metadata.tables["private_text"].c.commitment
    held = {}
    for table in metadata.sorted_tables:
        if table.info.get("logged", True):
            names = {
                column.name
                for column in table.c
                if isinstance(column.type, String | AutoString) and not column.references(words)
            }
            held |= {table.name: names} if names else {}
    assert held == {
        name: PUBLIC.get(name, set()) | BEFORE.get(name, set()) for name in PUBLIC | BEFORE
    }


def test_postgresql_samples_nothing_that_can_be_erased(postgres_db):
    """The planner's statistics would keep it."""
    engine = open_engine(postgres_db)
    with engine.begin() as connection:
        for number in range(5):
            row = {"commitment": f"{number}" * 64, "salt": b"s", "text": "xylophone"}
            connection.execute(metadata.tables["private_text"].insert(), row)
        connection.exec_driver_sql("ANALYZE")
        sampled = connection.exec_driver_sql(
            "SELECT attname FROM pg_stats WHERE tablename = 'private_text'"
        ).scalars()
        assert set(sampled) == {"commitment", "salt"}
    engine.dispose()
