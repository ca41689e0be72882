"""The seed files: articles, statements marked in them, questions and how they turned out."""

import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from forecasts.dates import Precision, last_instant
from forecasts.reading.candidate import Candidate
from forecasts.results import PartialDate

FOLDER = Path(__file__).parents[2] / "seeds"


@dataclass(frozen=True, slots=True)
class SeedArticle:
    """An article with the statements an analyst marked in it, by their ids."""

    file: str
    text: str
    title: str
    publisher: str | None
    author: str | None
    published: PartialDate
    marked: dict[str, Candidate]


@dataclass(frozen=True, slots=True)
class SeedResolution:
    """How a seed question turned out, from the public record."""

    outcome: str
    known_at: datetime
    known_precision: Precision
    evidence: str


@dataclass(frozen=True, slots=True)
class SeedQuestion:
    """A question made from a statement; ``fields`` are those of a question's draft."""

    id: str
    statement: str
    source_forecast: bool
    parent: str | None
    fields: dict[str, Any]
    resolution: SeedResolution | None


@dataclass(frozen=True, slots=True)
class Seeds:
    """Everything in the seed folder. Parents come before their conditional questions."""

    articles: tuple[SeedArticle, ...]
    questions: tuple[SeedQuestion, ...]


def read_seeds(folder: Path = FOLDER) -> Seeds:
    """Read the seed folder.

    Raises
    ------
    FileNotFoundError, tomllib.TOMLDecodeError, KeyError
        The folder is not whole; it is part of the project, so this is a fault, not input.
    """
    statements = _table(folder, "statements")
    articles = tuple(_article(folder, row, statements) for row in _table(folder, "articles"))
    return Seeds(articles, tuple(_question(row) for row in _table(folder, "questions")))


def _table(folder: Path, name: str) -> list[dict[str, Any]]:
    with (folder / f"{name}.toml").open("rb") as file:
        rows: list[dict[str, Any]] = tomllib.load(file)[name.removesuffix("s")]
    return rows


def _article(folder: Path, row: dict[str, Any], statements: list[dict[str, Any]]) -> SeedArticle:
    published = PartialDate(
        _day(row["published"]), row["published_precision"], row["published_stated"]
    )
    return SeedArticle(
        file=row["file"],
        text=(folder / "articles" / row["file"]).read_bytes().decode(),
        title=row["title"],
        publisher=row.get("publisher"),
        author=row.get("author"),
        published=published,
        marked={one["id"]: _candidate(one) for one in statements if one["article"] == row["file"]},
    )


def _candidate(row: dict[str, Any]) -> Candidate:
    return Candidate(
        start=row["start"],
        end=row["end"],
        quote=row["quote"],
        hedge=row["hedge"],
        polarity=row["polarity"],
        probability=row["probability"],
        probability_low=row["low"],
        probability_high=row["high"],
        scale=row["scale"],
        is_possibility=row["possibility"],
        horizon=row.get("horizon"),
        horizon_start=None,
        horizon_end=_day(row["horizon_end"]) if "horizon_end" in row else None,
        speaker=row["speaker"],
        speaker_kind=row["speaker_kind"],
        condition=row.get("condition"),
        actors=tuple(row.get("actors", ())),
    )


def _question(row: dict[str, Any]) -> SeedQuestion:
    taken = (
        "title",
        "criteria",
        "kind",
        "background",
        "resolution_source",
        "zone",
        "base_rate",
        "base_rate_class",
        "parent_outcome",
    )
    fields = {name: row[name] for name in taken if name in row}
    fields |= {name: tuple(row[name]) for name in ("tags", "options") if name in row}
    fields |= {name: datetime.fromisoformat(row[name]) for name in ("opens_at", "closes_at")}
    return SeedQuestion(
        id=row["id"],
        statement=row["statement"],
        source_forecast=row["source_forecast"],
        parent=row.get("parent"),
        fields=fields,
        resolution=_resolution(row["resolution"]) if "resolution" in row else None,
    )


def _resolution(row: dict[str, Any]) -> SeedResolution:
    return SeedResolution(
        outcome=row["outcome"],
        known_at=last_instant(_day(row["known_at"]), row["known_precision"]),
        known_precision=row["known_precision"],
        evidence=row["evidence"],
    )


def _day(text: str) -> date:
    """The first day of ``YYYY-MM-DD``, ``YYYY-MM`` or ``YYYY``."""
    year, month, day = (int(part) for part in f"{text}-01-01".split("-")[:3])
    return date(year, month, day)
