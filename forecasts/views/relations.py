"""The relations in force, and the groups of questions that they link."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlmodel import Session, col, select

from db.tables import Question, QuestionRelation
from forecasts.maths.scenarios.conditions import CONDITIONAL_LIMIT, Given
from forecasts.maths.scenarios.worlds import Implies, Partition, Relation, worlds
from forecasts.results.coherence import RelationKind, RelationView
from forecasts.views.loading import YES_NO, Asked
from forecasts.views.own_words import own_words

End = tuple[int, str]
"""An outcome of a question."""


@dataclass(frozen=True, slots=True)
class Linked:
    """A relation in force. ``condition`` is what the first question is asked on, if any."""

    view: RelationView
    condition: End | None

    @property
    def first(self) -> End:
        return self.view.first_id, self.view.first_outcome

    @property
    def second(self) -> End:
        return self.view.second_id, self.view.second_outcome

    @property
    def questions(self) -> frozenset[int]:
        """Every question that it names, and its condition."""
        return frozenset({self.first[0], self.second[0], *(key for key, _ in self.outright)})

    @property
    def outright(self) -> tuple[End, End]:
        """The two outcomes that are not asked on the condition, where there is one."""
        if self.view.kind == "same_event" and self.condition is not None:
            return self.condition, self.second
        return self.first, self.second


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that relations link, directly or by others, all asked outright.

    ``events`` are the outcomes that can be told apart; ``binding`` says how they hang together;
    ``given`` are conditional questions' outcomes, each with the event and the condition.
    """

    questions: tuple[int, ...]
    relations: tuple[Linked, ...]
    events: tuple[End, ...]
    binding: tuple[Relation, ...]
    given: tuple[Linked, ...]
    follows: frozenset[End]  # the "no" of yes/no questions, which their "yes" settles

    def fault(self) -> str | None:
        """Why the group cannot be checked; None if it can."""
        try:
            possible = worlds(len(self.events), self.binding)
        except ValueError as error:
            return str(error)
        if self.given and len(possible) > CONDITIONAL_LIMIT:
            return f"with conditions, {len(possible)} ways to turn out are too many to check"
        return None

    def condition(self, linked: Linked, probability: float) -> Given:
        """A conditional forecast as the projection takes it."""
        parent, event = linked.outright
        return Given(self.events.index(event), self.events.index(parent), True, probability)


def load_relations(session: Session, questions: Mapping[int, Asked]) -> list[Linked]:
    """What analysts stated and did not take back, in the order in which it was stated."""
    rows = session.exec(select(QuestionRelation).order_by(col(QuestionRelation.version)))
    latest = {
        (row.kind, row.first_id, row.first_outcome, row.second_id, row.second_outcome): row
        for row in rows
    }
    active = sorted((row for row in latest.values() if row.active), key=lambda row: row.id or 0)
    said = own_words(session, QuestionRelation)
    return [_linked(session, row, questions, said.get(row.id or 0, row.note)) for row in active]


def groups_of(relations: Iterable[Linked], questions: Mapping[int, Asked]) -> list[Group]:
    """The relations by the questions they link, each group as one system of events."""
    found: list[tuple[set[int], list[Linked]]] = []
    for linked in relations:
        ids, inside = {key for key, _ in linked.outright}, [linked]
        apart = []
        for others, held in found:
            if ids & others:
                ids, inside = ids | others, [*held, *inside]
            else:
                apart.append((others, held))
        found = [*apart, (ids, inside)]
    return [_group(sorted(ids), inside, questions) for ids, inside in found]


def open_together(
    relations: Iterable[Linked], questions: Mapping[int, Asked]
) -> list[tuple[Group, int]]:
    """The largest groups whose questions were all open at once, and the last such microsecond.

    Questions were open together if they were as the first of them ended. A relation between
    questions that never were is in no group.
    """
    held = list(relations)
    ends = sorted({questions[key].ends for linked in held for key in linked.questions})
    found: dict[frozenset[Linked], tuple[Group, int]] = {}
    for last in (end - 1 for end in ends):
        standing = [
            linked
            for linked in held
            if all(questions[key].opens <= last < questions[key].ends for key in linked.questions)
        ]
        for group in groups_of(standing, questions):
            found[frozenset(group.relations)] = group, last
    return [found[one] for one in found if not any(one < other for other in found)]


def _group(ids: list[int], inside: list[Linked], questions: Mapping[int, Asked]) -> Group:
    named = {end for linked in inside for end in linked.outright}
    events: list[End] = []
    binding: list[Relation] = []
    follows: set[End] = set()
    for key in ids:
        options = questions[key].options
        if options == YES_NO and (key, "no") not in named:
            events.append((key, "yes"))
            continue
        members = range(len(events), len(events) + len(options))
        events += [(key, option) for option in options]
        binding.append(Partition(tuple(members)))
        follows |= {(key, "no")} if options == YES_NO else set()
    for linked in inside:
        first, second = (events.index(end) for end in linked.outright)
        if linked.view.kind == "implies":
            binding.append(Implies(first, second))
        elif linked.view.kind == "complement":
            binding.append(Partition((first, second)))
    given = tuple(linked for linked in inside if linked.view.kind == "same_event")
    return Group(
        tuple(ids), tuple(inside), tuple(events), tuple(binding), given, frozenset(follows)
    )


def _linked(
    session: Session, row: QuestionRelation, questions: Mapping[int, Asked], note: str
) -> Linked:
    first = session.get_one(Question, row.first_id)
    condition = None
    if first.parent_id is not None and first.parent_outcome is not None:
        condition = (first.parent_id, first.parent_outcome)
    one = outcome_words(questions, (row.first_id, row.first_outcome))
    other = outcome_words(questions, (row.second_id, row.second_outcome))
    supposed = outcome_words(questions, condition) if condition else ""
    view = RelationView(
        kind=row.kind,
        first_id=row.first_id,
        first_title=questions[row.first_id].title,
        first_outcome=row.first_outcome,
        second_id=row.second_id,
        second_title=questions[row.second_id].title,
        second_outcome=row.second_outcome,
        note=note,
        sentence=relation_sentence(row.kind, one, other, supposed),
    )
    return Linked(view, condition)


def relation_sentence(kind: RelationKind, first: str, second: str, supposed: str = "") -> str:
    """What a relation states of two outcomes in words; ``supposed`` is the condition's."""
    if kind == "implies":
        return f"If {first} happens, {second} happens too."
    if kind == "complement":
        return f"Exactly one happens of {first} and {second}."
    return f"{first} asks, on condition of {supposed}, what {second} asks outright."


def outcome_words(questions: Mapping[int, Asked], end: End) -> str:
    """A question's title, with the outcome where it is not a plain yes."""
    key, outcome = end
    return named_outcome(questions[key].title, outcome)


def named_outcome(title: str, outcome: str) -> str:
    """A title in quotation marks, with the outcome where it is not a plain yes."""
    return f"“{title}”" if outcome == "yes" else f"“{title}” ({outcome})"
