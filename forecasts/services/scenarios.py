"""Sets of alternative futures: made as a question, told as narratives, given a dated prior."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlmodel import col, select

from db.tables import Narrative, Question, ScenarioPrior, ScenarioPriorShare, ScenarioSet
from forecasts.errors import InvalidInput, NarrativeConflict, NotFound
from forecasts.services.acts import Record, key_of, recorded
from forecasts.services.inputs import check_instant, check_probabilities, check_text, folded
from forecasts.services.questions import QuestionDraft, add_question, options_of

SOMETHING_ELSE = "something else"
LEAST_SCENARIOS, MOST_SCENARIOS = 2, 8


@recorded("scenario_set")
def make_scenario_set(
    record: Record, *, draft: QuestionDraft, narratives: Mapping[str, str] | None = None
) -> int:
    """Ask which of several futures comes about; returns the id of the question.

    The draft's options are the scenarios. "something else" is always the last one, and is added
    where it is not named: without it the scenarios would not be exhaustive. ``narratives`` are
    told by scenario's name.

    Raises
    ------
    InvalidInput, NotFound
        Also for fewer than 2 or more than 8 scenarios, "something else" included, or for two
        whose names readers cannot tell apart.
    """
    if draft.kind not in ("binary", "multiple_choice"):  # binary is what a draft is by default
        raise InvalidInput("kind", draft.kind, "a scenario set is a multiple-choice question")
    options = _scenarios(draft.options)
    set_id = add_question(record, replace(draft, kind="multiple_choice", options=options), None)
    record.add(ScenarioSet(question_id=set_id, recorded_at=record.now, recorded_by=record.by))
    for name, text in (narratives or {}).items():
        _tell(record, set_id, position_of(scenarios_of(record, set_id), name), text)
    return set_id


@recorded("narrative")
def tell_narrative(
    record: Record, *, set_id: int, scenario: str, text: str, version: int | None = None
) -> int:
    """Tell, or tell anew, how a scenario would come about. What was told before is kept.

    ``version`` is the one that the writer has read, 0 if there was none; left out, whatever holds
    is replaced.

    Raises
    ------
    NotFound, InvalidInput, NarrativeConflict
        Also for a scenario that the set does not have: scenarios are never added, renamed or
        removed, because forecasts may stand on them; that takes a new set.
    """
    _tell(record, set_id, position_of(scenarios_of(record, set_id), scenario), text, version)
    return set_id


@recorded("prior")
def set_prior(
    record: Record,
    *,
    set_id: int,
    probabilities: Sequence[float],
    dated_at: datetime | None = None,
    note: str = "",
    certain: bool = False,
) -> int:
    """State what was believed of the scenarios at ``dated_at``, now if left out.

    Indicators are counted from there: what was known before is taken to be in the prior. A
    probability of 0 or 1 cannot be changed by any indicator; ``certain`` confirms it.

    Raises
    ------
    NotFound, InvalidInput
    """
    names = scenarios_of(record, set_id)
    shares = check_probabilities(probabilities, names)
    for name, share in zip(names, shares, strict=True):
        confirm(f"prior of {name}", share, certain, "no indicator could ever change it")
    dated = record.now if dated_at is None else check_instant("date of the prior", dated_at)
    if dated > record.now:
        raise InvalidInput("date of the prior", dated.isoformat(), "lies in the future")
    last = record.session.exec(
        select(ScenarioPrior)
        .where(ScenarioPrior.set_id == set_id)
        .order_by(col(ScenarioPrior.version).desc())
    ).first()
    prior_id = record.insert(
        ScenarioPrior(
            set_id=set_id,
            version=1 if last is None else last.version + 1,
            dated_at=dated,
            own_words=record.private_note(note),
            recorded_at=record.now,
            recorded_by=record.by,
        )
    )
    for position, share in enumerate(shares):
        record.add(ScenarioPriorShare(prior_id=prior_id, position=position, probability=share))
    return set_id


def scenarios_of(record: Record, set_id: int) -> tuple[str, ...]:
    """The names of a set's scenarios in order, or ``NotFound``."""
    question = record.get(Question, set_id, "scenario set")
    if record.session.get(ScenarioSet, key_of(question)) is None:
        raise NotFound("scenario set", set_id)
    return options_of(record, question)


def position_of(names: Sequence[str], name: str) -> int:
    """Where a scenario stands, however its name is spaced or capitalised."""
    for position, known in enumerate(names):
        if folded(known) == folded(name):
            return position
    raise InvalidInput(
        "scenario",
        name,
        f"the set has: {'; '.join(names)}. Its scenarios do not change; another one needs a new "
        "set, which takes new forecasts",
    )


def confirm(field: str, share: float, certain: bool, consequence: str) -> None:
    """Ask before a probability of 0 or 1 is taken."""
    if share in (0.0, 1.0) and not certain:
        raise InvalidInput(field, f"{share:g}", f"{consequence}; confirm that you mean certainty")


def _scenarios(named: Sequence[str]) -> tuple[str, ...]:
    others = tuple(name for name in named if folded(name) != SOMETHING_ELSE)
    if len(named) - len(others) > 1:
        raise InvalidInput("scenarios", SOMETHING_ELSE, "is named twice")
    options = (*others, SOMETHING_ELSE)
    if not LEAST_SCENARIOS <= len(options) <= MOST_SCENARIOS:
        raise InvalidInput(
            "scenarios",
            len(options),
            f"there must be {LEAST_SCENARIOS} to {MOST_SCENARIOS}, {SOMETHING_ELSE!r} included",
        )
    return options


def _tell(record: Record, set_id: int, position: int, text: str, read: int | None = None) -> None:
    last = record.session.exec(
        select(Narrative)
        .where(Narrative.set_id == set_id, Narrative.position == position)
        .order_by(col(Narrative.version).desc())
    ).first()
    held = 0 if last is None else last.version
    if read is not None and read != held:
        raise NarrativeConflict(scenarios_of(record, set_id)[position], held)
    record.add(
        Narrative(
            set_id=set_id,
            position=position,
            version=held + 1,
            own_words=record.private(check_text("narrative", text)),
            recorded_at=record.now,
            recorded_by=record.by,
        )
    )
