"""Reports from a record: the answers they are made of, asked for and drawn."""

from datetime import date, datetime

from sqlmodel import Session

from dashboard.reports.forecaster import forecaster_sheet
from dashboard.reports.period import period_sheet
from dashboard.reports.question import question_sheet
from dashboard.reports.scenarios import board_sections
from dashboard.reports.sheet import Report
from dashboard.widgets.crowd import without_crowd
from dashboard.widgets.safe import Html
from forecasts.results.scores import ScoreSettings
from forecasts.views.daily import daily_scores
from forecasts.views.ledger import stamp
from forecasts.views.question import question
from forecasts.views.report_forecaster import forecaster_report
from forecasts.views.report_period import period_report
from forecasts.views.scenarios import scenario_board
from forecasts.views.scores import DEFAULT, scoreboard


def of_question(
    session: Session, question_id: int, *, now: datetime, without_others: bool = False
) -> Report:
    """A question's report; ``without_others`` leaves out what everyone but sources said.

    Raises NotFound.
    """
    view = question(session, question_id, me=None, now=now)
    if without_others:
        view = without_crowd(view, None)
    scores = view.number_scores or view.scores
    daily = None
    if scores:
        daily = daily_scores(session, question_id, forecaster_id=scores[0].forecaster_id)
    futures: list[Html] = []
    if view.is_scenario_set:
        board = scenario_board(session, question_id, me=None, now=now, crowd=not without_others)
        futures = board_sections(board, without_others=without_others)
    return question_sheet(view, daily, stamp(session, now=now), futures)


def of_forecaster(
    session: Session,
    forecaster_id: int,
    *,
    now: datetime,
    settings: ScoreSettings = DEFAULT,
) -> Report:
    """A forecaster's report, scored by ``settings``. Raises NotFound."""
    found = forecaster_report(session, forecaster_id, now=now, settings=settings)
    board = scoreboard(session, now=now, settings=settings)
    return forecaster_sheet(found, board, stamp(session, now=now))


def of_period(
    session: Session,
    first: date,
    last: date,
    *,
    now: datetime,
    settings: ScoreSettings = DEFAULT,
) -> Report:
    """A report on the days from ``first`` to ``last``, scored by ``settings``.

    Raises InvalidInput.
    """
    found = period_report(session, first, last, now=now, settings=settings)
    return period_sheet(found, stamp(session, now=now))
