"""The seed files: articles, statements marked in them, questions and how they turned out."""

import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from forecasts.dates import Precision, last_instant
from forecasts.reading.candidate import Candidate
from forecasts.results.terms import PartialDate

_INSTALLED = Path(__file__).parents[1] / "seeds"  # where the wheel has them
FOLDER = _INSTALLED if _INSTALLED.is_dir() else Path(__file__).parents[2] / "seeds"


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
class SeedIndicator:
    """A seed question that would tell scenarios apart; likelihoods only where a text has them."""

    question: str
    weight: float
    note: str
    likelihoods: dict[str, tuple[str | None, ...]]  # words by scenario, one an outcome


@dataclass(frozen=True, slots=True)
class SeedScenarios:
    """A set of alternative futures; ``fields`` are those of its question's draft."""

    id: str
    fields: dict[str, Any]
    narratives: dict[str, str]
    indicators: tuple[SeedIndicator, ...]


@dataclass(frozen=True, slots=True)
class SeedRelation:
    """How two seed questions hang together."""

    kind: str
    first: str
    first_outcome: str
    second: str
    second_outcome: str
    note: str


@dataclass(frozen=True, slots=True)
class Seeds:
    """Everything in the seed folder. Parents come before their conditional questions."""

    articles: tuple[SeedArticle, ...]
    questions: tuple[SeedQuestion, ...]
    scenarios: tuple[SeedScenarios, ...]
    relations: tuple[SeedRelation, ...]


def read_seeds(folder: Path = FOLDER) -> Seeds:
    """Read the seed folder.

    Raises
    ------
    FileNotFoundError, tomllib.TOMLDecodeError, KeyError
        The folder is not whole; it is part of the project, so this is a fault, not input.
    """
    statements = _table(folder, "statements")
    articles = tuple(_article(folder, row, statements) for row in _table(folder, "articles"))
    return Seeds(
        articles=articles,
        questions=tuple(_question(row) for row in _table(folder, "questions")),
        scenarios=tuple(_scenarios(row) for row in _table(folder, "scenarios")),
        relations=tuple(SeedRelation(**row) for row in _table(folder, "scenarios", of="relation")),
    )


def read_article(article: SeedArticle) -> list[Candidate]:
    """What the reader finds in a seed article."""
    from forecasts.reading.statements import read_statements  # loads the language model

    return read_statements(article.text, published=article.published.exact)


def _table(folder: Path, name: str, *, of: str = "") -> list[dict[str, Any]]:
    with (folder / f"{name}.toml").open("rb") as file:
        rows: list[dict[str, Any]] = tomllib.load(file)[of or name.removesuffix("s")]
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


def _scenarios(row: dict[str, Any]) -> SeedScenarios:
    fields = {name: row[name] for name in ("title", "background", "criteria", "resolution_source")}
    fields |= {name: datetime.fromisoformat(row[name]) for name in ("opens_at", "closes_at")}
    names = tuple(option["name"] for option in row["option"])
    return SeedScenarios(
        id=row["id"],
        fields=fields | {"tags": tuple(row["tags"]), "options": names, "kind": "multiple_choice"},
        narratives={option["name"]: option["narrative"] for option in row["option"]},
        indicators=tuple(_indicator(one) for one in row["indicator"]),
    )


def _indicator(row: dict[str, Any]) -> SeedIndicator:
    return SeedIndicator(
        question=row["question"],
        weight=row.get("weight", 1.0),
        note=row["note"],
        likelihoods={one["scenario"]: (*one["words"], None) for one in row.get("likelihood", ())},
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
