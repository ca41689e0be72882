"""How far each forecaster's linked forecasts were from any that could all be right."""

from collections.abc import Sequence

from dashboard import formats
from dashboard.context import database, my_id
from dashboard.widgets.parts import finding, table
from dashboard.widgets.safe import Html, fill
from dashboard.widgets.today.coherence import not_checked_note
from forecasts import clock
from forecasts.results.coherence import Incoherence
from forecasts.views.coherence import incoherence, not_checked

HEAD = Html(
    "<tr><th>Forecaster</th><th class='n'>Distance</th><th class='n'>Groups of linked questions"
    "</th></tr>"
)


def incoherence_part() -> None:
    """The measure of everybody who forecast linked questions, and what it leaves out."""
    with database() as session:
        rows, left_out = incoherence(session, now=clock.now()), not_checked(session)
    if rows:
        finding(
            incoherence_finding(rows),
            "Mean distance from the nearest coherent probabilities, each group of linked questions "
            "at the last moment when all were open; 0 is coherent, lower is better.",
        )
        table(HEAD, [_row(row, mine=row.forecaster_id == my_id()) for row in rows])
    not_checked_note(left_out)


def incoherence_finding(rows: Sequence[Incoherence]) -> str:
    """How many forecasters contradicted themselves."""
    apart = sum(round(row.distance, 3) > 0 for row in rows)
    if not apart:
        return "Everybody's linked forecasts hang together"
    whose = formats.count(apart, "forecaster")
    return f"{whose} of {len(rows):,} gave linked probabilities that cannot all be right"


def _row(row: Incoherence, *, mine: bool) -> Html:
    return fill(
        '<tr class="{kind}"><td><bdi>{name}</bdi></td><td class="n"><b>{distance}</b></td>'
        '<td class="n">{groups}</td></tr>',
        kind="me" if mine else "other",
        name="You" if mine else row.forecaster,
        distance=f"{row.distance:.3f}",
        groups=f"{row.groups:,}",
    )
