"""Stating how outcomes of questions hang together, so that forecasts can be held against it."""

from collections.abc import Sequence

from sqlmodel import col, select

from db.tables import Question, QuestionRelation
from db.tables.scenario import RELATION_KINDS
from forecasts.errors import InvalidInput
from forecasts.services.acts import Record, key_of, recorded
from forecasts.services.inputs import check_choice, folded
from forecasts.services.questions import options_of

_Same = tuple[str, int, str, int, str]


@recorded("relate")
def relate_questions(
    record: Record,
    *,
    kind: str,
    first_id: int,
    second_id: int,
    first_outcome: str = "yes",
    second_outcome: str = "yes",
    note: str = "",
) -> int:
    """State that the first outcome implies, is the opposite of, or is the same as the second.

    ``implies`` serves subsets and deadlines alike: by June implies by December. ``same_event``
    says that a conditional question asks, on its condition, what the second asks outright.

    Raises
    ------
    NotFound, InvalidInput
        Also where the two are asked on different conditions, which leaves nothing to compare,
        or the relation is stated already.
    """
    chosen = check_choice("kind", kind, RELATION_KINDS)
    first = record.get(Question, first_id, "question")
    second = record.get(Question, second_id, "question")
    same = _named(record, chosen, first, first_outcome, second, second_outcome)
    _check_conditions(record, chosen, first, second)
    last = _latest(record, same)
    if last is not None and last.active:
        raise InvalidInput("relation", f"{first_id} {chosen} {second_id}", "is stated already")
    return _write(record, same, last, note, active=True)


@recorded("unrelate")
def unrelate_questions(
    record: Record,
    *,
    kind: str,
    first_id: int,
    second_id: int,
    first_outcome: str = "yes",
    second_outcome: str = "yes",
    note: str = "",
) -> int:
    """Take a relation back; it stays in the record as having been stated."""
    chosen = check_choice("kind", kind, RELATION_KINDS)
    first = record.get(Question, first_id, "question")
    second = record.get(Question, second_id, "question")
    same = _named(record, chosen, first, first_outcome, second, second_outcome)
    last = _latest(record, same)
    if last is None or not last.active:
        raise InvalidInput("relation", f"{first_id} {chosen} {second_id}", "is not in force")
    return _write(record, same, last, note, active=False)


def _named(
    record: Record, kind: str, first: Question, one: str, second: Question, other: str
) -> _Same:
    """The relation as it is stored; a complement, which has no direction, by rising ids."""
    if first.id == second.id:
        raise InvalidInput("second question", second.id, "is the first one")
    ends = [(key_of(first), _outcome(record, first, one))]
    ends.append((key_of(second), _outcome(record, second, other)))
    if kind == "complement":
        ends.sort()
    (first_id, first_outcome), (second_id, second_outcome) = ends
    return kind, first_id, first_outcome, second_id, second_outcome


def _outcome(record: Record, question: Question, name: str) -> str:
    options = options_of(record, question)
    if not options:
        raise InvalidInput("question", question.id, "a numeric question has no outcomes to relate")
    return _option(options, name)


def _option(options: Sequence[str], name: str) -> str:
    known = {folded(option): option for option in options}
    if folded(name) not in known:
        raise InvalidInput("outcome", name, f"must be one of {', '.join(options)}")
    return known[folded(name)]


def _check_conditions(record: Record, kind: str, first: Question, second: Question) -> None:
    if kind != "same_event":
        if _condition(first) != _condition(second):
            raise InvalidInput(
                "second question", second.id, "is asked on another condition than the first"
            )
        return
    if first.parent_id is None:
        raise InvalidInput("first question", first.id, "is asked on no condition")
    parent = record.get(Question, first.parent_id, "parent question")
    if second.id == parent.id:
        raise InvalidInput("second question", second.id, "is the condition of the first")
    if _condition(second) != _condition(parent):
        raise InvalidInput(
            "second question", second.id, "must be asked outright, as the first's condition is"
        )


def _condition(question: Question) -> tuple[int | None, str | None]:
    return question.parent_id, question.parent_outcome


def _latest(record: Record, same: _Same) -> QuestionRelation | None:
    row = QuestionRelation
    kind, first_id, first_outcome, second_id, second_outcome = same
    return record.session.exec(
        select(row)
        .where(
            row.kind == kind,
            row.first_id == first_id,
            row.first_outcome == first_outcome,
            row.second_id == second_id,
            row.second_outcome == second_outcome,
        )
        .order_by(col(row.version).desc())
    ).first()


def _write(
    record: Record, same: _Same, last: QuestionRelation | None, note: str, *, active: bool
) -> int:
    kind, first_id, first_outcome, second_id, second_outcome = same
    return record.insert(
        QuestionRelation(
            kind=check_choice("kind", kind, RELATION_KINDS),
            first_id=first_id,
            first_outcome=first_outcome,
            second_id=second_id,
            second_outcome=second_outcome,
            version=1 if last is None else last.version + 1,
            active=active,
            own_words=record.private_note(note),
            recorded_at=record.now,
            recorded_by=record.by,
        )
    )
