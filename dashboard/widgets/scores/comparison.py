"""Two forecasters side by side, with the verdict that the questions allow."""

from dataclasses import dataclass, replace

import streamlit as st

from dashboard import measure
from dashboard.charts.comparison import comparison_chart, comparison_numbers
from dashboard.charts.comparison_finding import caution, evidence, verdict
from dashboard.context import database, me, my_id
from dashboard.widgets.chart import draw
from dashboard.widgets.dates import here
from dashboard.widgets.parts import finding, note, part
from dashboard.widgets.safe import visible
from dashboard.widgets.scores.settings import Chosen
from dashboard.widgets.style import palette
from forecasts.results.comparison import ScoreComparison
from forecasts.results.scores import Scoreboard, ScoreRow
from forecasts.views.comparison import Who, comparison

CROWD, NOTHING = "The crowd", "A know-nothing"


@dataclass(frozen=True, slots=True)
class Parties:
    """Who can be compared, by the words they are chosen with."""

    forecasters: dict[str, int]

    @property
    def seconds(self) -> dict[str, Who]:
        """Whom to compare with, the crowd first."""
        return {CROWD: "crowd", NOTHING: "equal odds", **self.forecasters}


@st.fragment
def comparison_part(board: Scoreboard, chosen: Chosen) -> None:
    """Choose two, and read who is better, if that can be told."""
    part("Compare two")
    parties = parties_of(board, my_id())
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        first = _pick("One", list(parties.forecasters), "one")
        second = _pick("The other", [name for name in parties.seconds if name != first], "other")
    with st.spinner("Comparing …", show_time=True), database() as session:
        found = comparison(
            session,
            parties.forecasters[first],
            parties.seconds[second],
            settings=chosen.settings,
            tag=chosen.tag,
            publisher=chosen.publisher,
            me=me(),
        )
    _shown(replace(found, questions=here(found.questions)))


def parties_of(board: Scoreboard, me: int | None) -> Parties:
    """The reader first, then everyone on the board: those with the most questions first."""
    rows = sorted(
        (*board.people, *board.sources), key=lambda row: (row.forecaster_id != me, -row.questions)
    )
    found: dict[str, int] = {}
    for row in rows:
        label = "You" if row.forecaster_id == me else _label(row)
        if label in found:  # two of one name: the id tells them apart
            label = f"{label} #{row.forecaster_id}"
        found[label] = row.forecaster_id
    return Parties(found)


def _label(row: ScoreRow) -> str:
    aside = row.publisher if row.forecaster_kind == "source" else None
    return visible(f"{row.forecaster} ({aside})" if aside else row.forecaster)


def _pick(label: str, names: list[str], key: str) -> str:
    picked = st.selectbox(label, names, key=key, bind="query-params", width=300)
    return picked or names[0]


def _shown(found: ScoreComparison) -> None:
    under = f"{evidence(found)} {measure.unit(found.settings)}."
    if found.questions:
        draw(
            comparison_chart(found, palette=palette()),
            comparison_numbers(found),
            title=verdict(found),
            under=under,
            name=f"comparison of {found.first.name} and {found.second.name}",
            key="comparison",
            foot=measure.conditions(found.settings),
        )
    else:
        finding(verdict(found), evidence(found))
    note(
        "Each dot is a question that both were scored on: filled and above the line where "
        "the first did better. Both are scored over the time on which both had a forecast, so "
        "time before a first forecast does not matter here. Band: the interval of the mean.",
        *caution(found),
    )
