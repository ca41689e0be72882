"""FORECASTS files: what was said, row by row."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from forecasts.exchange.asked import Asked
from forecasts.exchange.tables import Progress, Table, read_table
from forecasts.maths.checks import Bools, Floats, Ints
from forecasts.maths.engine import NEVER
from forecasts.maths.engine.columns import Codes

FORECASTER_KINDS = ("person", "source", "model")


@dataclass(frozen=True, slots=True)
class Said:
    """The rows of a FORECASTS file as columns of one length; ``table`` names rows in refusals."""

    table: Table
    question: Codes  # index into the questions
    forecaster: Codes  # index into ``names``
    names: list[str]
    person: Bools  # by forecaster, whether a person
    model: Bools  # by forecaster
    made: Ints
    recorded: Ints  # 0 where the file does not say
    expires: Ints  # NEVER where the row does not expire
    option: Codes  # index into ``option_names``
    option_names: list[str]
    probability: Floats  # NaN where empty
    level: Floats
    value: Floats

    def kind(self, forecaster: int) -> str:
        """Of one forecaster: person, source or model."""
        if self.person[forecaster]:
            return "person"
        return "model" if self.model[forecaster] else "source"


def read_forecasts(
    path: Path, questions: list[Asked], *, progress: Progress = lambda _rows: None
) -> Said:
    """Read a FORECASTS file. Raises InvalidInput, naming the row of a bad value."""
    table = read_table(
        path,
        {
            **dict.fromkeys(("question_id", "forecaster", "option", "forecaster_kind"), "code"),
            **dict.fromkeys(("made_at", "recorded_at", "expires_at"), "instant"),
            **dict.fromkeys(("probability", "quantile", "value"), "number"),
        },
        ("question_id", "forecaster", "made_at"),
        progress,
    )
    forecaster, names = _forecasters(table)
    option, option_names = _codes_or_empty(table, "option")
    made = table.instants("made_at")
    expires = _instants_or(table, "expires_at", NEVER)
    table.refuse(expires <= made, "expires_at", "is not after made_at")
    nothing = np.full(len(table), np.nan)
    number = {
        name: table.numbers(name) if name in table else nothing
        for name in ("probability", "quantile", "value")
    }
    p = number["probability"]
    table.refuse((p < 0) | (p > 1), "probability", "is not in [0, 1]")
    kind = _kind_of(table, forecaster, len(names))
    return Said(
        table=table,
        question=_question_of(table, questions),
        forecaster=forecaster,
        names=names,
        person=kind == FORECASTER_KINDS.index("person"),
        model=kind == FORECASTER_KINDS.index("model"),
        made=made,
        recorded=_instants_or(table, "recorded_at", 0),
        expires=expires,
        option=option,
        option_names=option_names,
        probability=p,
        level=number["quantile"],
        value=number["value"],
    )


def _forecasters(table: Table) -> tuple[Codes, list[str]]:
    """Return codes in the order of the names, so that the order of rows changes nothing."""
    codes, texts = table.codes("forecaster")
    table.refuse(np.array([text == "" for text in texts])[codes], "forecaster", "is empty")
    names = sorted(set(texts) - {""})
    place = {name: i for i, name in enumerate(names)}
    return np.array([place.get(text, -1) for text in texts], dtype=np.int32)[codes], names


def _question_of(table: Table, questions: list[Asked]) -> Codes:
    codes, ids = table.codes("question_id")
    index = {asked.id: i for i, asked in enumerate(questions)}
    place = np.array([index.get(text, -1) for text in ids], dtype=np.int32)[codes]
    table.refuse(place < 0, "question_id", "is not among the questions")
    return place


def _kind_of(table: Table, forecaster: Codes, count: int) -> Codes:
    """Return the kind of each forecaster; a person unless the file says otherwise."""
    kinds = np.zeros(count, dtype=np.int32)
    if "forecaster_kind" not in table:
        return kinds
    codes, texts = table.codes("forecaster_kind")
    known = {"": 0, **{name: i for i, name in enumerate(FORECASTER_KINDS)}}
    stated = np.array([known.get(text, -1) for text in texts], dtype=np.int32)[codes]
    allowed = f"must be one of {', '.join(FORECASTER_KINDS)}"
    table.refuse(stated < 0, "forecaster_kind", allowed)
    kinds[forecaster] = stated
    table.refuse(
        kinds[forecaster] != stated,
        "forecaster_kind",
        "differs from another row of this forecaster",
    )
    return kinds


def _codes_or_empty(table: Table, name: str) -> tuple[Codes, list[str]]:
    return table.codes(name) if name in table else (np.zeros(len(table), dtype=np.int32), [""])


def _instants_or(table: Table, name: str, empty: int) -> Ints:
    if name in table:
        return table.instants(name, empty=empty)
    return np.full(len(table), empty, dtype=np.int64)
