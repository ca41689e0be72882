"""Loading the seeds as examples, by whoever may enter forecasts in the names of others."""

from sqlmodel import Session, select

from db import ledger
from db.ledger import Receipt
from db.tables import Article, Question
from forecasts.errors import InvalidInput
from forecasts.exchange.seeds import Seeds
from forecasts.services.acts import Act
from forecasts.services.roles import check_role
from forecasts.services.seeding import Reader, load_seeds


def load_examples(session: Session, act: Act, *, seeds: Seeds, read: Reader) -> Receipt:
    """Load the seeds into a record without articles and questions; returns the first receipt.

    What is recorded stays, so examples are kept out of a record that is at work. Loading them
    again changes nothing. ``read`` is as in ``load_seeds``.

    Raises
    ------
    NotAllowed
        The actor is no admin.
    InvalidInput
        The record has an article or a question already.
    """
    check_role(session, act.actor, "import")
    first = f"seed/article/{seeds.articles[0].file}"
    found = ledger.find(session, first)
    if found is None:
        for table in (Article, Question):
            if session.exec(select(table.id).limit(1)).first() is not None:
                reason = "has articles or questions already: load the examples into an empty one"
                raise InvalidInput("record", "this one", reason)
        load_seeds(session, seeds, actor=act.actor, now=act.now, read=read)
        found = ledger.find(session, first)
    if found is None:
        raise AssertionError("the first article is recorded under its key")
    return found[0]
