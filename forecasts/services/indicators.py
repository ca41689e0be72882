"""Linking questions to a scenario set, with how probable each outcome is in each scenario."""

from collections.abc import Mapping

from sqlmodel import col, select

from db.tables import IndicatorLikelihood, IndicatorLink, Question
from forecasts.errors import InvalidInput
from forecasts.reading.scales import RECOMMENDED
from forecasts.services.acts import Record, key_of, recorded
from forecasts.services.likelihoods import Cell, Column, Likelihoods, judged
from forecasts.services.questions import options_of
from forecasts.services.scenarios import scenarios_of


@recorded("link_indicator")
def link_indicator(
    record: Record,
    *,
    set_id: int,
    question_id: int,
    likelihoods: Likelihoods | None = None,
    weight: float = 1.0,
    note: str = "",
    scale: str = RECOMMENDED,
    certain: bool = False,
) -> int:
    """Link a question to a set; scenarios without likelihoods are left to be judged.

    Raises
    ------
    NotFound, InvalidInput
        Also for a question that is the set, its condition, or rests on it: its forecast would
        come from itself. A likelihood of 0 or 1 asks for ``certain``: that outcome, or the
        other ones, would make the scenario impossible.
    """
    names = scenarios_of(record, set_id)
    question = record.get(Question, question_id, "question")
    _check_source(record, set_id, question)
    last = latest_link(record, set_id, question_id)
    if last is not None and last.active:
        raise InvalidInput("indicator", question_id, "is linked already; change it instead")
    columns = judged(names, _outcomes(record, question), likelihoods or {}, scale, certain)
    words = record.private_note(note)
    return _write(record, set_id, question_id, last, columns, weight=weight, words=words)


@recorded("change_indicator")
def change_indicator(
    record: Record,
    *,
    set_id: int,
    question_id: int,
    likelihoods: Likelihoods | None = None,
    weight: float | None = None,
    note: str | None = None,
    scale: str = RECOMMENDED,
    certain: bool = False,
) -> int:
    """A new version of a link: what is named changes, the rest stays. Errors as when linking."""
    names = scenarios_of(record, set_id)
    last = _linked(record, set_id, question_id)
    outcomes = _outcomes(record, record.get(Question, question_id, "question"))
    if likelihoods is None and weight is None and note is None:
        raise InvalidInput("indicator", question_id, "name a likelihood, the weight or the note")
    columns = _columns_of(record, last)
    columns |= judged(names, outcomes, likelihoods or {}, scale, certain)
    return _write(
        record,
        set_id,
        question_id,
        last,
        columns,
        weight=last.weight if weight is None else weight,
        note=last.note if note is None else "",
        words=last.own_words if note is None else record.private_note(note),
    )


@recorded("unlink_indicator")
def unlink_indicator(record: Record, *, set_id: int, question_id: int, note: str = "") -> int:
    """Take an indicator off a set; what was judged of it stays in the record."""
    scenarios_of(record, set_id)
    last = _linked(record, set_id, question_id)
    words = record.private_note(note)
    return _write(
        record, set_id, question_id, last, {}, weight=last.weight, words=words, active=False
    )


def latest_link(record: Record, set_id: int, question_id: int) -> IndicatorLink | None:
    """The version of a link that holds; None if the question never was an indicator."""
    return record.session.exec(
        select(IndicatorLink)
        .where(IndicatorLink.set_id == set_id, IndicatorLink.question_id == question_id)
        .order_by(col(IndicatorLink.version).desc())
    ).first()


def _linked(record: Record, set_id: int, question_id: int) -> IndicatorLink:
    last = latest_link(record, set_id, question_id)
    if last is None or not last.active:
        raise InvalidInput("indicator", question_id, f"is not linked to scenario set {set_id}")
    return last


def _outcomes(record: Record, question: Question) -> tuple[str, ...]:
    outcomes = options_of(record, question)
    if not outcomes:
        raise InvalidInput(
            "indicator", question.id, "a numeric question has no outcomes to tell scenarios apart"
        )
    return outcomes


def _check_source(record: Record, set_id: int, question: Question) -> None:
    """Refuse an indicator whose forecast would rest on the set itself."""
    key = key_of(question)
    if key == set_id:
        raise InvalidInput("indicator", key, "is the scenario set itself")
    if key in _conditions(record, set_id):
        raise InvalidInput("indicator", key, f"scenario set {set_id} is asked on its condition")
    if set_id in _rests_on(record, key):
        raise InvalidInput(
            "indicator", key, f"rests on scenario set {set_id} itself, so they would go in a circle"
        )


def _conditions(record: Record, question_id: int) -> set[int]:
    """The question's parent, the parent's parent and so on."""
    found: set[int] = set()
    row = record.session.get_one(Question, question_id)
    while row.parent_id is not None:
        found.add(row.parent_id)
        row = record.session.get_one(Question, row.parent_id)
    return found


def _rests_on(record: Record, question_id: int) -> set[int]:
    """Every question that this one's forecast is drawn from: conditions and indicators."""
    found: set[int] = set()
    waiting = {question_id}
    while waiting:
        key = waiting.pop()
        found.add(key)
        linked = record.session.exec(
            select(IndicatorLink.question_id).where(IndicatorLink.set_id == key).distinct()
        ).all()
        active = {one for one in linked if (last := latest_link(record, key, one)) and last.active}
        waiting |= (active | _conditions(record, key)) - found
    return found - {question_id}


def _columns_of(record: Record, link: IndicatorLink) -> dict[int, Column]:
    rows = record.session.exec(
        select(IndicatorLikelihood)
        .where(IndicatorLikelihood.indicator_id == link.id)
        .order_by(col(IndicatorLikelihood.scenario), col(IndicatorLikelihood.outcome))
    )
    found: dict[int, Column] = {}
    for row in rows:
        cell = Cell(row.probability, row.words, row.scale)
        found[row.scenario] = (*found.get(row.scenario, ()), cell)
    return found


def _write(
    record: Record,
    set_id: int,
    question_id: int,
    last: IndicatorLink | None,
    columns: Mapping[int, Column],
    *,
    weight: float,
    words: str | None,
    note: str = "",
    active: bool = True,
) -> int:
    link_id = record.insert(
        IndicatorLink(
            set_id=set_id,
            question_id=question_id,
            version=1 if last is None else last.version + 1,
            active=active,
            weight=_check_weight(weight),
            note=note,
            own_words=words,
            recorded_at=record.now,
            recorded_by=record.by,
        )
    )
    for scenario, column in sorted(columns.items()):
        for outcome, cell in enumerate(column):
            record.add(
                IndicatorLikelihood(
                    indicator_id=link_id,
                    scenario=scenario,
                    outcome=outcome,
                    probability=cell.probability,
                    words=cell.words,
                    scale=cell.scale,
                )
            )
    return question_id


def _check_weight(weight: float) -> float:
    if isinstance(weight, bool) or not isinstance(weight, int | float) or not 0 <= weight <= 1:
        raise InvalidInput("weight", weight, "lies between 0 (left out) and 1 (independent)")
    return float(weight) + 0.0
