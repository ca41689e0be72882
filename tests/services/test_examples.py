"""The examples: into an empty record only, by an admin, once."""

from typing import Any

import pytest
from sqlmodel import Session, col, func, select

from db.tables import Article, Ledger, Question
from forecasts import clock
from forecasts.errors import InvalidInput, NotAllowed
from forecasts.exchange.seeds import FOLDER, read_seeds
from forecasts.services.articles import add_article
from forecasts.services.examples import load_examples
from forecasts.services.people import assign_role

SEEDS = read_seeds(FOLDER)
READ = {"seeds": SEEDS, "read": lambda article: []}


def size(desk: Any) -> tuple[int, ...]:
    with Session(desk.engine) as session:
        tables = (Ledger.seq, Article.id, Question.id)
        return tuple(session.exec(select(func.count(col(one)))).one() for one in tables)


def test_they_are_loaded_once(file_desk: Any) -> None:
    file_desk.now = clock.now()  # after the outcomes of the examples
    first = file_desk.do(load_examples, **READ)
    entries, articles, questions = size(file_desk)
    assert articles == len(SEEDS.articles)
    assert questions == len(SEEDS.questions) + len(SEEDS.scenarios)
    assert file_desk.do(load_examples, **READ) == first
    assert size(file_desk) == (entries, articles, questions)


def test_a_record_at_work_is_left_alone(file_desk: Any) -> None:
    file_desk.do(add_article, text="Mine.", title="Mine")
    before = size(file_desk)
    with pytest.raises(InvalidInput, match="empty one"):
        file_desk.do(load_examples, **READ)
    assert size(file_desk) == before


def test_only_an_admin_may(file_desk: Any) -> None:
    file_desk.do(assign_role, by="ana", login="ana", role="admin", reason="Runs it.")
    file_desk.do(assign_role, by="ana", login="bob", role="resolver", reason="Settles it.")
    file_desk.now = clock.now()  # after the outcomes of the examples
    before = size(file_desk)
    with pytest.raises(NotAllowed):
        file_desk.do(load_examples, by="bob", **READ)
    assert size(file_desk) == before
    file_desk.do(load_examples, by="ana", **READ)
