"""A large record of invented forecasts, for measuring speed. Nothing in it was ever believed.

The rows and the log are as the services would have written them, in bulk: verification passes.
"""

import hashlib
import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

import numpy as np
import synthetic_articles
from sqlalchemy import Connection, Engine, func, select
from sqlmodel import SQLModel

from db.ledger import HIDDEN, canonical, columns_of, plain
from db.merkle import add_leaf, leaf_hash, root_of
from db.tables import (
    Article,
    ArticleSketch,
    Forecast,
    Forecaster,
    ForecastOption,
    ForecastQuantile,
    Ledger,
    LedgerHead,
    Question,
    QuestionOption,
    Resolution,
    Statement,
    StatementDecision,
    Tagging,
)
from db.types import EPOCH, from_us, to_us
from forecasts.reading.neighbours import sketch

END = datetime(2026, 6, 1, tzinfo=UTC)
"""When the invented record was last added to."""

DAY = 86_400_000_000
SPAN = 3 * 365 * DAY
TAGS = ("europe", "asia", "africa", "americas", "economy", "security", "elections", "climate")
OPTIONS = {"binary": 0, "multiple_choice": 4, "ordered": 5, "numeric": 0}
KINDS = ((*OPTIONS,), (0.88, 0.05, 0.05, 0.02))
ANALYST = "analyst-1"  # a login with about as many forecasts as the others
_BATCH = 20_000
_QUOTED = 21  # every so many of the sources' forecasts on yes/no questions stands in an article
Columns = dict[str, Any]
Written = tuple[type[SQLModel], Columns]
Act = tuple[int, str, int, int, list[Written]]  # time, kind, actor's id, subject, rows


def fill(
    engine: Engine,
    *,
    questions: int,
    forecasts: int,
    people: int = 500,
    sources: int = 50,
    seed: int = 0,
) -> None:
    """Fill an empty, migrated record; every tenth forecast or so is a source's.

    About one in twenty of these was taken from an article that has a second statement, waiting.
    """
    world = _World(np.random.default_rng(seed), questions, forecasts, people, sources)
    log = _Log()
    with engine.begin() as connection:
        if connection.execute(select(func.count()).select_from(Ledger)).scalar():
            raise ValueError("the record is not empty")
        for acts in _batches(world.acts()):
            waiting: dict[type[SQLModel], list[Columns]] = defaultdict(list)
            for act in acts:
                for table, columns in act[-1]:
                    waiting[table].append(columns)
                    if table is Article:  # beside the log: it can be made again from the text
                        kept = {"article_id": columns["id"], "sketch": sketch(columns["text"])}
                        waiting[ArticleSketch].append(kept)
                waiting[Ledger].append(log.entry(act, world.handles))
            for table in (*_ORDER, Ledger):
                _insert(connection, table, waiting[table])
        _insert(connection, LedgerHead, [log.head()])
        _continue_ids(connection)


class _Log:
    """The entries of the log, and where it ends."""

    def __init__(self) -> None:
        self.frontier, self.size, self.last = b"", 0, 0

    def entry(self, act: Act, handles: dict[int, str]) -> Columns:
        recorded, kind, actor, subject, rows = act
        key = hashlib.sha256(f"synthetic {self.size}".encode()).hexdigest()[:32]
        body = canonical(
            {
                "v": 1,
                "seq": self.size + 1,
                "kind": kind,
                "id": key,
                "actor": handles[actor],
                "recorded_us": recorded,
                "request": "",
                "subject": subject,
                "rows": [[table.__tablename__, _logged(table, columns)] for table, columns in rows],
            }
        )
        leaf = leaf_hash(body)
        self.frontier = add_leaf(self.frontier, self.size, leaf)
        self.size, self.last = self.size + 1, recorded
        return {"seq": self.size, "event_id": key, "body": body, "leaf": leaf}

    def head(self) -> Columns:
        ends = {"root": root_of(self.frontier), "last_at": self.last}
        return {"id": 1, "size": self.size, "frontier": self.frontier, **ends}


class _World:
    """Questions, people and what they said, all drawn at random."""

    def __init__(
        self, rng: np.random.Generator, questions: int, forecasts: int, people: int, sources: int
    ) -> None:
        self.rng, self.count, self.people = rng, forecasts, people
        now = to_us(END)
        self.opens = np.sort(now - SPAN + rng.integers(SPAN - DAY, size=questions))
        self.closes = self.opens + rng.integers(10 * DAY, 200 * DAY, size=questions)
        self.kind = rng.choice(KINDS[0], p=KINDS[1], size=questions)
        self.belief = rng.normal(-0.8, 1.5, size=questions)
        self.early = rng.random(questions) < 0.2
        early_end = self.opens + (self.closes - self.opens) * 3 // 4
        self.known = np.where(self.early, early_end, self.closes)
        self.sources = [people + 1 + i for i in range(sources)]
        self.handles = {i + 1: f"u_{i:016x}" for i in range(people)}
        self.handles |= {key: f"s_{key:016x}" for key in self.sources}
        self.articles = synthetic_articles.Articles()

    def acts(self) -> Iterator[Act]:
        """Everything that was ever done, in order of time."""
        said = self._said()
        entered = self._people()
        asked = ((int(at), 0, i) for i, at in enumerate(self.opens))
        spoken = ((int(at), 1, i) for i, at in enumerate(said["recorded"]))
        settled = ((int(at) + DAY, 2, i) for i, at in enumerate(self.known))
        events = np.array([*asked, *spoken, *settled])
        events = events[events[:, 0] < to_us(END)]
        ids = itertools.count(1)
        tags = itertools.count(1)
        yield next(entered)
        for at, what, i in events[np.lexsort((events[:, 1], events[:, 0]))].tolist():
            if what == 0:
                yield at, "question", 1, i + 1, self._question(i, at, tags)
            elif what == 1 and self._is_quoted(said, i):
                yield from self._quoted(next(ids), said, i, at)
            elif what == 1:
                key = next(ids)
                yield at, "forecast", 1, key, self._forecast(key, said, i, at)
            elif i % 50:  # some wait for ever
                yield at, "resolve", 1, i + 1, self._resolution(i, at)

    def _people(self) -> Iterator[Act]:
        at = to_us(END) - SPAN - DAY
        rows: list[Written] = []
        for key, handle in self.handles.items():
            person = key <= self.people
            row = Forecaster(
                id=key,
                handle=handle,
                kind="person" if person else "source",
                name=f"Analyst {key}" if person else f"Source {key}",
                publisher="" if person else f"Publisher {key % 8}",
                login=f"analyst-{key}" if person else None,
                recorded_at=from_us(at),
            )
            rows.append((Forecaster, {k: plain(v) for k, v in row.model_dump().items()}))
        yield at, "person", 1, 1, rows

    def _said(self) -> dict[str, np.ndarray[Any, Any]]:
        """Every forecast as columns; a question's are by a few forecasters, again and again."""
        rng, n = self.rng, self.count
        weight = rng.gamma(1.5, size=self.opens.size)
        question = rng.choice(self.opens.size, p=weight / weight.sum(), size=n)
        by_source = rng.random(n) < 0.1
        panel = (question * 7 + rng.integers(1 + self.people // 15, size=n)) % self.people + 1
        source = np.array(self.sources)[(question + rng.integers(2, size=n)) % len(self.sources)]
        ends = np.minimum(np.minimum(self.closes, self.known)[question], to_us(END) - 1)
        recorded = (
            self.opens[question]
            + 1
            + (rng.random(n) ** 1.5 * (ends - self.opens[question] - 2)).astype(np.int64)
        )
        claimed = ~by_source & (rng.random(n) < 0.005)
        noise = rng.normal(0, 1, size=n)
        share = np.round(1 / (1 + np.exp(-self.belief[question] - noise)), 2)
        return {
            "question": question,
            "who": np.where(by_source, source, panel),
            "cls": np.where(by_source, 1, np.where(claimed, 2, 0)),
            "recorded": recorded,
            "share": np.clip(share, 0.0, 1.0),
            "taken_back": ~by_source & (rng.random(n) < 0.01),
            "expires": rng.random(n) < 0.01,
        }

    def _question(self, i: int, at: int, tags: Iterator[int]) -> list[Written]:
        kind = str(self.kind[i])
        key = i + 1
        rows: list[Written] = [
            (
                Question,
                _QUESTION
                | {
                    "id": key,
                    "kind": kind,
                    "title": f"Synthetic question {key}: will the invented event happen?",
                    "opens_at": at,
                    "closes_at": int(self.closes[i]),
                    "zone": "Asia/Seoul" if i % 40 == 0 else None,
                    "recorded_at": at,
                },
            )
        ]
        for position in range(OPTIONS[kind]):
            option = {"question_id": key, "position": position, "name": f"option {position}"}
            rows.append((QuestionOption, option))
        for tag in {TAGS[i % len(TAGS)], TAGS[i // 3 % len(TAGS)]}:
            tagging = _TAGGING | {"question_id": key, "tag": tag, "recorded_at": at}
            rows.append((Tagging, tagging | {"id": next(tags)}))
        return rows

    def _forecast(
        self, key: int, said: dict[str, np.ndarray[Any, Any]], i: int, at: int
    ) -> list[Written]:
        question = int(said["question"][i])
        kind, cls = str(self.kind[question]), int(said["cls"][i])
        gone, share = bool(said["taken_back"][i]), float(said["share"][i])
        binary = kind == "binary" and not gone
        columns = _FORECAST | {
            "id": key,
            "question_id": question + 1,
            "forecaster_id": int(said["who"][i]),
            "forecast_class": ("live", "source", "retrospective")[cls],
            "made_at": at if cls == 0 else at - 3 * DAY,
            "withdrawn": gone,
            "probability": share if binary else None,
            "probability_low": max(0.0, share - 0.1) if binary and cls == 1 else None,
            "probability_high": min(1.0, share + 0.1) if binary and cls == 1 else None,
            "is_possibility": cls == 1 and i % 5 == 0,
            "expires_at": at + 20 * DAY if said["expires"][i] else None,
            "recorded_at": at,
        }
        rows: list[Written] = [(Forecast, columns)]
        if kind == "numeric" and not gone:
            for level in (0.25, 0.5, 0.75):
                value = {"forecast_id": key, "level": level, "value": 100 * (share + level)}
                rows.append((ForecastQuantile, value))
        elif not gone:
            rest = (1 - share) / max(OPTIONS[kind] - 1, 1)
            for position in range(OPTIONS[kind]):
                value = {"position": position, "probability": share if position == 0 else rest}
                rows.append((ForecastOption, {"forecast_id": key, **value}))
        return rows

    def _is_quoted(self, said: dict[str, np.ndarray[Any, Any]], i: int) -> bool:
        return bool(
            i % _QUOTED == 0 and said["cls"][i] == 1 and self.kind[said["question"][i]] == "binary"
        )

    def _quoted(
        self, key: int, said: dict[str, np.ndarray[Any, Any]], i: int, at: int
    ) -> Iterator[Act]:
        """The article in which a source said it, and the act that took it from there."""
        question, who = int(said["question"][i]) + 1, int(said["who"][i])
        ((table, columns),) = self._forecast(key, said, i, at)
        article = self.articles.write(
            f"Publisher {who % 8}",
            f"Source {who}",
            float(said["share"][i]),
            possible=bool(columns["is_possibility"]),
            at=at,
        )
        yield at, "article", 1, self.articles.articles, article.rows
        numbers = article.said
        columns |= {
            "statement_id": article.statement,
            "probability": numbers.point,
            "probability_low": numbers.low,
            "probability_high": numbers.high,
            "scale": numbers.scale,
        }
        decision = self.articles.merged(article.statement, question, at)
        yield at, "merge", 1, question, [decision, (table, columns)]

    def _resolution(self, i: int, at: int) -> list[Written]:
        kind, void = str(self.kind[i]), i % 49 == 0
        happened = bool(self.rng.random() < 1 / (1 + np.exp(-self.belief[i])))
        outcome = {"binary": "yes" if happened else "no", "numeric": "100.0"}.get(
            kind, f"option {0 if happened else 1}"
        )
        columns = _RESOLUTION | {
            "id": i + 1,
            "question_id": i + 1,
            "state": "annulled" if void else "resolved",
            "outcome": None if void else outcome,
            "known_at": int(self.known[i]),
            "recorded_at": at,
        }
        return [(Resolution, columns)]


# What a row looks like in the log, to be filled in.
_THEN = {"recorded_at": EPOCH, "recorded_by": 1}
_QUESTION = columns_of(
    Question(
        kind="binary", title="", criteria="Invented.", opens_at=EPOCH, closes_at=EPOCH, **_THEN
    )
)
_TAGGING = columns_of(Tagging(question_id=0, tag="", **_THEN))
_FORECAST = columns_of(
    Forecast(question_id=0, forecaster_id=0, forecast_class="live", made_at=EPOCH, **_THEN)
)
_RESOLUTION = columns_of(
    Resolution(
        question_id=0, version=1, state="resolved", known_at=EPOCH, evidence="None.", **_THEN
    )
)
_ORDER = (
    Forecaster,
    Article,
    ArticleSketch,
    Statement,
    Question,
    QuestionOption,
    Tagging,
    StatementDecision,
    Forecast,
    ForecastOption,
    ForecastQuantile,
    Resolution,
)


def _logged(table: type[SQLModel], columns: Columns) -> Columns:
    hidden = HIDDEN.get(table, ()) if columns.get("kind") in (None, "person") else ()
    return {name: value for name, value in columns.items() if name not in hidden}


def _batches(acts: Iterable[Act]) -> Iterator[list[Act]]:
    source = iter(acts)
    while batch := list(itertools.islice(source, _BATCH)):
        yield batch


def _insert(connection: Connection, table: type[SQLModel], rows: list[Columns]) -> None:
    if not rows:
        return
    names = list(rows[0])
    values = [tuple(row.values()) for row in rows]
    quoted = ", ".join(f'"{name}"' for name in names)
    target = f'"{table.__tablename__}" ({quoted})'
    if connection.dialect.name == "postgresql":
        cursor: Any = connection.connection.cursor()
        with cursor.copy(f"COPY {target} FROM STDIN") as copy:
            for value in values:
                copy.write_row(value)
    else:
        marks = ", ".join("?" * len(names))
        connection.exec_driver_sql(f"INSERT INTO {target} VALUES ({marks})", values)


def _continue_ids(connection: Connection) -> None:
    """Let PostgreSQL give the next ids after those given here; SQLite does so by itself."""
    if connection.dialect.name != "postgresql":
        return
    for table in set(_ORDER) - {
        ArticleSketch,
        QuestionOption,
        ForecastOption,
        ForecastQuantile,
    }:
        name = table.__tablename__
        connection.exec_driver_sql(
            f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), max(id)) FROM {name}"
        )
