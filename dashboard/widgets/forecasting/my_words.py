"""What the reader says of questions that are not answered by yes or no."""

from collections.abc import Iterable

from dashboard.context import database, me
from dashboard.widgets.forecasting.stated import shortly
from forecasts import clock
from forecasts.results.questions import QuestionRow
from forecasts.views.restated import my_words


def words_of_mine(rows: Iterable[QuestionRow]) -> dict[int, str]:
    """By question, of those rows that cannot show it as a probability of yes."""
    ids = [row.id for row in rows if row.kind != "binary" and row.mine_at is not None]
    if not ids:
        return {}
    with database() as session:
        found = my_words(session, ids, me=me(), now=clock.now())
    return {key: shortly(said) for key, said in found.items()}
