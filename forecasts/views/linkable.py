"""Which questions could still be linked to a scenario set."""

from sqlmodel import Session

from forecasts.results.scenarios import Linkable
from forecasts.views.scenario_facts import check_set, links_of
from forecasts.views.snapshot import look


def linkable(
    session: Session, set_id: int, *, text: str = "", keep: int | None = None, most: int = 50
) -> tuple[Linkable, ...]:
    """Questions with outcomes that are not linked yet and whose title has each word of ``text``.

    The newest first, at most ``most`` of them; ``keep`` is among them whatever the words are.

    Raises
    ------
    NotFound
    """
    questions = look(session).questions
    taken = {check_set(session, set_id), *(link.question_id for link in links_of(session, set_id))}
    words = text.casefold().split()
    found = [] if keep is None or keep not in questions else [questions[keep]]
    for key in sorted(questions, reverse=True):
        asked = questions[key]
        fits = all(word in asked.title.casefold() for word in words)
        if len(found) < most and fits and asked.options and key not in taken and key != keep:
            found.append(asked)
    return tuple(Linkable(one.id, one.title, one.options) for one in found)
