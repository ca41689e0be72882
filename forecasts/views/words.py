"""What the sources' words turned out to mean: "likely" happened 9 times in 12."""

from dataclasses import dataclass, fields, replace
from datetime import datetime

import numpy as np
from sqlmodel import Session, col, select

from db.tables import Statement
from forecasts.maths.bins import wilson_interval
from forecasts.maths.checks import Bools, Ints
from forecasts.reading.scales import RECOMMENDED, estimate
from forecasts.results.calibration import (
    EVERYTHING,
    Choice,
    WordRange,
    WordRow,
    WordStatement,
    WordsView,
)
from forecasts.views.chosen import Chosen, choose
from forecasts.views.scoring import chosen_questions
from forecasts.views.snapshot import Snapshot, look
from forecasts.views.wordings import UNCLEAR, Wordings, wordings

SCALES = (RECOMMENDED, "icd203", "phia", "nato", "kent", "kucharski")
"""Whose ranges stand behind a word: this desk's, three standards', Kent's, and a survey's."""

YOUNG = "statements on questions whose scheduled close lies ahead"
NUMBERS = "statements that gave a number of their own"
SIDELESS = "statements merged in words that would say the same of both outcomes"


def words(
    session: Session,
    choice: Choice = EVERYTHING,
    *,
    now: datetime,
    word: str | None = None,
    most: int = 50,
) -> WordsView:
    """How often what was said in each word came true, by the chosen sources.

    The publisher is that of the article a statement stands in, and the time before the close
    narrows nothing: a statement is made once. Bare possibilities count, shown and not scored.
    Where the choice is of persons, who use no words here, it is all sources' that are given.
    With ``word``, the rows are by publisher, and at most so many statements stand behind them.

    Raises
    ------
    NotFound
        There is no such forecaster.
    """
    snapshot = look(session).settled
    chosen = choose(snapshot, replace(choice, publisher=None, lead=None), now)
    known = wordings(session, snapshot)

    def work() -> WordsView:
        found, left_out = _used(snapshot, known, chosen, choice.publisher)
        if word is not None:
            place = known.words.index(word) if word in known.words else -1
            found = found.of(found.word == place)
        return WordsView(
            word=word,
            rows=_rows(snapshot, found, known.words, by_publisher=word is not None),
            statements=() if word is None else _behind(session, snapshot, found, most),
            counted=found.word.size,
            left_out=left_out,
        )

    key = ("words", chosen.key, choice.publisher, word, most)
    return snapshot.remembered(key, work)


@dataclass(frozen=True, slots=True)
class _Used:
    """Statements that are held against an outcome, all of shape (n,)."""

    word: Ints  # place in ``Wordings.words``
    statement: Ints
    question: Ints
    speaker: Ints
    possibility: Ints
    happened: Bools  # the event as the word spoke of it

    def of(self, chosen: Bools | Ints) -> "_Used":
        return _Used(*(getattr(self, field.name)[chosen] for field in fields(self)))


def _used(
    snapshot: Snapshot, known: Wordings, chosen: Chosen, publisher: str | None
) -> tuple[_Used, tuple[tuple[str, int], ...]]:
    """The statements of the choice that have an outcome; and those left out, with the reason."""
    said = snapshot.said
    row = np.flatnonzero(np.isin(said.id, known.forecast) & ~said.withdrawn(slice(None)))
    fits = np.isin(said.forecaster[row], _speakers(snapshot, chosen, publisher))
    fits &= chosen_questions(snapshot, chosen.questions)[said.question[row]]
    fits &= snapshot.outcome[said.question[row]] >= 0
    row = row[fits & (said.made[row] < snapshot.ends[said.question[row]])]
    place = np.searchsorted(known.forecast, said.id[row])
    question, side, word = said.question[row], known.side[place], known.word[place]
    old = chosen_questions(snapshot, chosen.old)[question]
    found = _Used(
        word=word,
        statement=known.statement[place],
        question=question,
        speaker=said.forecaster[row],
        possibility=known.possibility[place],
        happened=(snapshot.outcome[question] == 0) == (side == 1),
    ).of(old & (word >= 0) & (side != UNCLEAR))
    reasons = (
        (YOUNG, int((~old).sum())),
        (NUMBERS, int((old & (word < 0)).sum())),
        (SIDELESS, int((old & (word >= 0) & (side == UNCLEAR)).sum())),
    )
    return found, tuple((reason, count) for reason, count in reasons if count)


def _speakers(snapshot: Snapshot, chosen: Chosen, publisher: str | None) -> list[int]:
    """The sources that were chosen, or all of them where only others were; of a publisher."""
    sources = {key for key, one in snapshot.speakers.items() if one.kind == "source"}
    return [
        key
        for key in sources & chosen.forecasters or sources
        if publisher is None or snapshot.speakers[key].publisher == publisher
    ]


def _rows(
    snapshot: Snapshot, found: _Used, names: tuple[str, ...], *, by_publisher: bool
) -> tuple[WordRow, ...]:
    """A row for each word, or for each publisher that used the one word; the strongest first."""
    publisher = np.array([snapshot.speakers[key].publisher or "" for key in found.speaker.tolist()])
    rows = []
    for group in np.unique(publisher) if by_publisher else np.unique(found.word):
        part = found.of(publisher == group if by_publisher else found.word == group)
        happened, questions = int(part.happened.sum()), np.unique(part.question).size
        word = names[part.word[0]]
        rows.append(
            WordRow(
                word=word,
                publisher=str(group) if by_publisher else None,
                statements=part.word.size,
                questions=questions,
                happened=happened,
                interval=wilson_interval(happened / part.word.size, questions),
                ranges=ranges(word),
                is_possibility=bool(part.possibility.any()),
            )
        )
    return tuple(sorted(rows, key=_strength))


def _strength(row: WordRow) -> tuple[float, int, str, str]:
    point = row.ranges[0].point if row.ranges else -1.0
    return -point, -row.statements, row.word, row.publisher or ""


def ranges(word: str) -> tuple[WordRange, ...]:
    """What each scale that lists the word, or a synonym of it, says it stands for."""
    found = []
    for scale in SCALES:
        try:
            numbers = estimate(word, scale)
        except ValueError:  # no scale lists it at all
            return ()
        if numbers.scale == scale:
            found.append(WordRange(scale, numbers.low, numbers.point, numbers.high))
    return tuple(found)


def _behind(
    session: Session, snapshot: Snapshot, found: _Used, most: int
) -> tuple[WordStatement, ...]:
    """The latest of the statements, with their words in full."""
    latest = found.of(np.argsort(-found.statement, kind="stable")[:most])
    wanted = col(Statement.id).in_(latest.statement.tolist())
    quotes = dict(session.exec(select(Statement.id, Statement.quote).where(wanted)).all())
    columns = zip(latest.statement, latest.question, latest.speaker, latest.happened, strict=True)
    return tuple(
        WordStatement(
            question_id=int(question),
            title=snapshot.questions[int(question)].title,
            quote=quotes[int(statement)],
            speaker=snapshot.speakers[int(speaker)].name,
            publisher=snapshot.speakers[int(speaker)].publisher or None,
            happened=bool(happened),
        )
        for statement, question, speaker, happened in columns
    )
