"""Which questions could be linked: to a scenario set, or to another question."""

from collections.abc import Collection

from sqlmodel import Session

from forecasts.results.scenarios import Linkable
from forecasts.views.scenario_facts import check_set, links_of
from forecasts.views.snapshot import look


def linkable(
    session: Session, set_id: int, *, text: str = "", keep: int | None = None, most: int = 50
) -> tuple[Linkable, ...]:
    """Questions that are not linked to the set yet, as ``with_outcomes`` finds them.

    Raises
    ------
    NotFound
    """
    taken = {check_set(session, set_id), *(link.question_id for link in links_of(session, set_id))}
    return with_outcomes(session, but=taken, text=text, keep=keep, most=most)


def with_outcomes(
    session: Session,
    *,
    but: Collection[int] = (),
    text: str = "",
    keep: int | None = None,
    most: int = 50,
) -> tuple[Linkable, ...]:
    """Questions with outcomes, ``but`` for some, whose title has each word of ``text``.

    The newest first, at most ``most`` of them; ``keep`` is among them whatever the words are.
    """
    questions = look(session).questions
    words = text.casefold().split()
    found = [] if keep is None or keep not in questions else [questions[keep]]
    for key in sorted(questions, reverse=True):
        asked = questions[key]
        fits = all(word in asked.title.casefold() for word in words)
        if len(found) < most and fits and asked.options and key not in but and key != keep:
            found.append(asked)
    return tuple(Linkable(one.id, one.title, one.options) for one in found)
