"""What the record held at one head of its log, kept while nothing is added to it.

The head's root is the hash of everything recorded. A snapshot with the head that a session sees
is therefore what the session would load, in whichever database it is; nothing is loaded, and no
answer worked out, a second time.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from threading import RLock
from typing import Any, TypeVar

import numpy as np
from sqlalchemy import select
from sqlmodel import Session, col

from db.tables import Ledger, LedgerHead
from forecasts.maths.checks import Ints
from forecasts.views.answers import Answers
from forecasts.views.columns import Said, load_said
from forecasts.views.earlier import (
    DECISIONS,
    FORECASTS,
    QUESTIONS,
    TEXTS,
    Earlier,
    handed_on,
    recorded_between,
    touched_questions,
)
from forecasts.views.loading import Asked, Speaker, load_questions, load_speakers

T = TypeVar("T")
KEPT = 2
"""Snapshots held at once; one of a million forecasts takes about 100 MB."""


@dataclass(frozen=True)
class Head:
    """The state of the log: how many entries, the hash of all, and that of the last."""

    size: int
    root: bytes
    leaf: bytes


@dataclass(eq=False)
class Snapshot:
    """Everything that scores and lists are made of. Never changed once made."""

    head: Head
    questions: Mapping[int, Asked]
    speakers: Mapping[int, Speaker]
    said: Said
    before: "Snapshot | None" = None  # an earlier one that has the same settled questions
    earlier: Earlier | None = None  # where there is none with the same
    apart: Answers = field(default_factory=Answers)
    """Answers that depend on questions alone: handed on over forecasts and decisions."""
    texts: Answers = field(default_factory=Answers)
    """Answers that depend on articles and statements alone: handed on until one is added."""
    _answers: Answers = field(default_factory=Answers)

    def remembered(self, key: Hashable, work: Callable[[], T]) -> T:
        """The answer to ``key``, worked out once; it must depend on this snapshot and it only."""
        return self._answers.remembered(key, work)

    def answers(self) -> list[tuple[Hashable, Any]]:
        """Every answer that is remembered, the one asked for last at the end."""
        return self._answers.all()

    @property
    def settled(self) -> "Snapshot":
        """A snapshot with the same speakers, settled questions, and forecasts on these.

        What depends on nothing else is asked of it, and then outlives acts on open questions.
        """
        return self.before or self

    def by_login(self, login: str | None) -> int | None:
        """The forecaster behind a login; None before the person's first act."""
        return None if login is None else self._logins.get(login)

    @cached_property
    def _logins(self) -> dict[str, int]:
        return {one.login: one.id for one in self.speakers.values() if one.login is not None}

    @cached_property
    def options(self) -> Ints:
        """How many options a question has, by id; 0 if numeric."""
        return self._by_question("options", lambda asked: len(asked.options))

    @cached_property
    def outcome(self) -> Ints:
        """The option that came true, by question id; -1 where forecasts are held against none."""

        def place(asked: Asked) -> int:
            found = None if asked.parent_failed else asked.outcome
            return -1 if found is None else found

        return self._by_question("outcome", place)

    @cached_property
    def binary(self) -> Ints:
        """1 for questions of yes and no, by question id."""
        return self._by_question("binary", lambda asked: asked.kind == "binary")

    @cached_property
    def ordered(self) -> Ints:
        """1 where the options have an order, by question id."""
        return self._by_question("ordered", lambda asked: asked.kind == "ordered")

    @cached_property
    def opens(self) -> Ints:
        """The starts of the scoring windows by question id, microseconds since the epoch."""
        return self._by_question("opens", lambda asked: asked.opens)

    @cached_property
    def ends(self) -> Ints:
        """The ends of the scoring windows by question id, microseconds since the epoch."""
        return self._by_question("ends", lambda asked: asked.ends)

    @cached_property
    def persons(self) -> Ints:
        """1 for persons, 0 for others, by forecaster id."""
        found = np.zeros(max(self.speakers, default=0) + 1, dtype=np.int64)
        found[[one.id for one in self.speakers.values() if one.kind == "person"]] = 1
        return found

    def _by_question(self, name: str, value: Callable[[Asked], int]) -> Ints:
        """A number of each question, by id; 0 where there is no such question."""

        def work() -> Ints:
            found = np.zeros(max(self.questions, default=0) + 1, dtype=np.int64)
            found[list(self.questions)] = [value(asked) for asked in self.questions.values()]
            return found

        return self.apart.remembered(("by question", name), work)


_snapshots: OrderedDict[Head, Snapshot] = OrderedDict()
_guard = RLock()


def look(session: Session) -> Snapshot:
    """The snapshot of what ``session`` sees.

    After an act, the forecasts recorded since are added to those already held, and the small
    tables read again.
    """
    head = _head(session)
    with _guard:
        found = _snapshots.get(head)
        if found is None:
            earlier = _earlier(session, head)
            found = _loaded(session, head, earlier)
            if earlier is not None:
                _snapshots.pop(earlier.head)  # nobody will ask for it again, or it is loaded anew
            _snapshots[head] = found
            while len(_snapshots) > KEPT:
                _snapshots.popitem(last=False)
        _snapshots.move_to_end(head)
        return found


def _loaded(session: Session, head: Head, earlier: Snapshot | None) -> Snapshot:
    if earlier is None:
        said = load_said(session, None)
        return Snapshot(head, load_questions(session), load_speakers(session), said)
    added = recorded_between(session, earlier.head.size, head.size)
    if added is not None and added <= FORECASTS | DECISIONS:
        questions, speakers, apart = earlier.questions, earlier.speakers, earlier.apart
    else:
        more = added is not None and added <= FORECASTS | DECISIONS | QUESTIONS
        questions = load_questions(session, earlier.questions if more else {})
        speakers, apart = load_speakers(session), Answers()
    texts = Answers() if added is None or added & TEXTS else earlier.texts
    said = load_said(session, earlier.said)
    origin = earlier.settled
    after = int(origin.said.id.max(initial=0))
    touched = touched_questions(earlier.questions, questions, said, after)
    if not touched and origin.speakers == speakers:
        return Snapshot(head, questions, speakers, said, before=origin, apart=apart, texts=texts)
    carried = handed_on(origin.answers(), touched, said, after)
    return Snapshot(head, questions, speakers, said, earlier=carried, apart=apart, texts=texts)


def _head(session: Session) -> Head:
    row = session.connection().execute(select(col(LedgerHead.size), col(LedgerHead.root))).first()
    size, root = (0, b"") if row is None else (row[0], bytes(row[1]))
    return Head(size, root, _leaf(session, size) or b"")


def _earlier(session: Session, head: Head) -> Snapshot | None:
    """The last snapshot that this log continues: one whose last entry is an entry of it."""
    for known in sorted(_snapshots, key=lambda one: -one.size):
        if 0 < known.size < head.size and _leaf(session, known.size) == known.leaf:
            return _snapshots[known]
    return None


def _leaf(session: Session, seq: int) -> bytes | None:
    found = session.connection().execute(select(col(Ledger.leaf)).where(col(Ledger.seq) == seq))
    leaf = found.scalar()
    return None if leaf is None else bytes(leaf)


def forget() -> None:
    """Drop everything that is kept, so that the next look loads it again."""
    with _guard:
        _snapshots.clear()
