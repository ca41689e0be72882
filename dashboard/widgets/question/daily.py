"""How a score on a question came together: by day, and by the forecasts that stood."""

import streamlit as st

from dashboard import formats
from dashboard.charts.daily_score import (
    daily_chart,
    daily_finding,
    daily_numbers,
    daily_subtitle,
    short,
)
from dashboard.context import database, my_id
from dashboard.widgets.chart import draw
from dashboard.widgets.forecasting.stated import stated_values
from dashboard.widgets.parts import note, table
from dashboard.widgets.safe import Html, fill, visible
from dashboard.widgets.style import palette
from forecasts.results.daily import DailyScores, Stretch
from forecasts.results.question import QuestionView
from forecasts.views.daily import daily_scores

HEAD = Html(
    "<tr><th>From – to</th><th class='n'>Days</th><th class='n'>Forecast</th>"
    "<th class='n'>Score a day</th><th class='n wide'>Crowd</th>"
    "<th class='n'>Average so far</th></tr>"
)


def daily_part(view: QuestionView) -> None:
    """One forecaster's score day by day; the reader's where there is one."""
    names = {row.forecaster_id: row.forecaster for row in view.scores + view.number_scores}
    if not names:
        note(
            "Scores by day appear once the question is resolved, for everyone whose forecast "
            "stood at the end of a day."
        )
        return
    me = my_id()
    names |= {me: "You"} if me in names else {}
    chosen = next(iter(names))
    if len(names) > 1:
        chosen = st.selectbox(
            "Whose score",
            list(names),
            index=list(names).index(me) if me in names else 0,
            format_func=lambda key: visible(names[key]),
            key=f"whose days {view.row.id}",
            width=320,
        )
    with database() as session:
        daily = daily_scores(session, view.row.id, forecaster_id=chosen)
    if daily is not None:
        _show(daily, view, mine=chosen == me)


def _show(daily: DailyScores, view: QuestionView, *, mine: bool) -> None:
    draw(
        daily_chart(daily, mine=mine, palette=palette()),
        daily_numbers(daily),
        title=daily_finding(daily, mine=mine),
        under=daily_subtitle(daily),
        name=f"question {view.row.id} by day",
        key="by day",
        foot=f"Question {view.row.id}: {view.row.title}",
    )
    table(HEAD, stretch_rows(daily, view.options))
    days = formats.count(sum(one.days for one in daily.stretches), "day")
    note(
        f"{days} in all ({view.zone}); those without a standing forecast are not scored and lower "
        f"the coverage: {formats.percent(daily.coverage)}."
    )


def stretch_rows(daily: DailyScores, options: tuple[str, ...]) -> list[Html]:
    """A row for each run of days on which the same forecast stood, or none."""
    return [_stretch(daily, one, options) for one in daily.stretches]


def _stretch(daily: DailyScores, one: Stretch, options: tuple[str, ...]) -> Html:
    said = stated_values(one.probabilities, one.quantiles, options)
    return fill(
        "<tr class='{kind}'><td>{days}</td><td class='n'>{number}</td>"
        "<td class='n'><bdi>{said}</bdi></td><td class='n'>{score}</td>"
        "<td class='n wide'>{crowd}</td><td class='n'>{running}</td></tr>",
        kind="quiet" if one.score is None else "other",
        days=_days(one),
        number=f"{one.days:,}",
        said=said or "none stood",
        score=short(daily, one.score),
        crowd=short(daily, one.crowd),
        running=short(daily, one.running),
    )


def _days(one: Stretch) -> str:
    first = formats.day(one.first)
    return first if one.first == one.last else f"{first} – {formats.day(one.last)}"
