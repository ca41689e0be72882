"""What an earlier look worked out question by question, handed on to a later one."""

import json
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import select
from sqlmodel import Session, col

from db.entries import UNREADABLE
from db.tables import Ledger
from forecasts.maths.checks import Ints
from forecasts.views.columns import Said
from forecasts.views.loading import Asked

BY_QUESTION = "by question"
"""What the key of an answer begins with that is made of one part a settled question."""

FEW = 200
"""Entries of the log that are read sooner than every question anew."""

FORECASTS = frozenset({"forecast", "forecast_option", "forecast_quantile", "private_text"})
"""The tables in which a forecast is recorded."""

DECISIONS = frozenset({"statement_decision"})
"""The table in which a decision about a statement is recorded."""

QUESTIONS = frozenset({"question", "question_option", "forecaster"})
"""The tables in which a question is recorded, with whoever a statement made into it is by."""

TEXTS = frozenset({"article", "statement"})
"""The tables in which an article is recorded."""

CARRIED = 4
"""Such answers, those asked for last, that are handed on; every second may take some 35 MB."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """Answers to keys that begin with ``BY_QUESTION``, and where they no longer hold."""

    answers: Mapping[Hashable, Any]
    touched: frozenset[int]  # the questions whose part no longer holds
    rows: Ints  # where each of the earlier rows now stands


def recorded_between(session: Session, after: int, size: int) -> frozenset[str] | None:
    """The tables in which entries ``after`` + 1 to ``size`` recorded rows.

    None where they are too many to read, or one of them recorded no row of its own that can be
    read: then anything may have changed.
    """
    if size - after > FEW:
        return None
    bodies = session.connection().scalars(
        select(col(Ledger.body)).where(col(Ledger.seq) > after, col(Ledger.seq) <= size)
    )
    found = [_recorded_in(body) for body in bodies]
    if not all(tables - {"private_text"} for tables in found):
        return None
    return frozenset().union(*found)


def _recorded_in(body: str) -> frozenset[str]:
    """The tables of the rows that an entry recorded; none if its text is no act's."""
    try:
        tables = frozenset(table for table, _ in json.loads(body)["rows"])
        # Whoever asks a question tags that one and no other.
        return tables - {"tagging"} if "question" in tables else tables
    except UNREADABLE:  # somebody changed it: see verification
        return frozenset()


def touched_questions(
    then: Mapping[int, Asked], now: Mapping[int, Asked], said: Said, after: int
) -> frozenset[int]:
    """The settled questions, then or now, that changed or got forecasts with ids over ``after``."""
    changed: set[int] = set()
    if now is not then:
        before, settled = _settled(then), _settled(now)
        both = before.keys() | settled.keys()
        changed = {key for key in both if before.get(key) != settled.get(key)}
    new = np.unique(said.question[said.id > after]).tolist()
    return frozenset(changed | {key for key in new if now[key].is_settled})


def handed_on(
    answers: Sequence[tuple[Hashable, Any]], touched: frozenset[int], said: Said, after: int
) -> Earlier:
    """The last of the answers, all to forecasts with ids up to ``after``."""
    held = [(k, v) for k, v in answers if isinstance(k, tuple) and k[0] == BY_QUESTION]
    # Rows are only ever put between others, so the earlier ones still come in the same order.
    return Earlier(dict(held[-CARRIED:]), touched, np.flatnonzero(said.id <= after))


def _settled(questions: Mapping[int, Asked]) -> dict[int, Asked]:
    return {key: asked for key, asked in questions.items() if asked.is_settled}
