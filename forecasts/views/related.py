"""How one question hangs together with others."""

from sqlmodel import Session

from forecasts.results.coherence import RelationView
from forecasts.views.relations import load_relations
from forecasts.views.snapshot import look


def related(session: Session, question_id: int) -> tuple[RelationView, ...]:
    """The relations in force that name a question, or that rest on it as their condition."""
    relations = load_relations(session, look(session).questions)
    return tuple(linked.view for linked in relations if question_id in linked.questions)
