"""Which open indicator deserves the next hour, and what dependence between them would change."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from dashboard import formats
from dashboard.charts.labels import shortened
from dashboard.widgets.dates import closing, here
from dashboard.widgets.nav import open_question
from dashboard.widgets.parts import finding, note, question_link, table
from dashboard.widgets.safe import Html, fill, joined, plain
from forecasts.results.scenarios import ScenarioBoard, ScenarioView, SensitivityRow, WatchRow

SHOWN = 10
UNSEEN = 0.005
"""A change of a share that whole points do not show."""
WATCH_HEAD = Html(
    "<tr><th>Question</th><th>What each answer would do</th><th class='n'>Expected</th>"
    "<th class='n'>Swing</th><th class='n wide'>Closes</th></tr>"
)

SENSITIVITY_UNDER = (
    "Implied probability, %, with every indicator's weight times 1, 0.5 and 0.25. The weight is "
    "the exponent on what an indicator says: 1 takes it as independent of the others."
)


def watch_part(board: ScenarioBoard) -> None:
    """Open indicators by what their answers are expected to tell."""
    finding(
        watch_finding(board.watch),
        "Bits: expected fall of the uncertainty about the scenarios. Swing: the widest change of "
        "one scenario from one answer to another. In brackets: how probable an answer is by its "
        "forecast and all that is known of the scenarios.",
    )
    if not board.watch:
        note("Open indicators with likelihoods appear here once there is a prior.")
        return
    rows = joined([_row(board.scenarios, one) for one in board.watch[:SHOWN]])
    st.html(
        fill(
            '<table class="fd-table fd-watch"><thead>{head}</thead><tbody>{rows}</tbody></table>',
            head=WATCH_HEAD,
            rows=rows,
        )
    )
    if len(board.watch) > SHOWN:
        note(f"{len(board.watch) - SHOWN:,} more would tell less.")
    first = board.watch[0]
    label = f"Work on “{plain(shortened(first.title, 48))}”"
    if st.button(label, key="work on the first"):
        open_question(first.question_id)


def watch_finding(rows: Sequence[WatchRow]) -> str:
    """The heading: which question deserves the next hour."""
    if not rows:
        return "Nothing to watch yet"
    if rows[0].information < 0.0005:
        return "No open indicator would change much"
    return f"Next hour: “{rows[0].title}”, {rows[0].information:.2f} bits expected"


def _row(scenarios: Sequence[ScenarioView], one: WatchRow) -> Html:
    return fill(
        "<tr><td>{title}{only_if}</td><td>{answers}</td>"
        '<td class="n"><b>{bits}</b> bits</td><td class="n">{swing} points</td>'
        '<td class="n wide">{closes}</td></tr>',
        title=question_link(one.question_id, one.title),
        only_if=only_if(one),
        answers=answers(scenarios, one),
        bits=f"{one.information:.3f}",
        swing=round(100 * one.swing),
        closes=closing(here(one.closes_at)),
    )


def answers(scenarios: Sequence[ScenarioView], one: WatchRow) -> Html:
    """Each possible answer, how probable it is, and what it would do."""
    now = [scenario.implied or 0.0 for scenario in scenarios]
    names = [scenario.name for scenario in scenarios]
    lines = [
        fill(
            '<div><bdi>{outcome}</bdi> <span class="fd-sub">({chance})</span>: {effect}</div>',
            outcome=outcome,
            chance=formats.percent(chance),
            effect=effect(names, now, after),
        )
        for outcome, chance, after in zip(one.outcomes, one.chances, one.after, strict=True)
    ]
    return joined(lines)


def only_if(one: WatchRow) -> Html:
    """The condition of a conditional question, and how probable it is."""
    if one.condition is None:
        return Html("")
    chance = "no forecast says how likely" if one.met is None else formats.percent(one.met)
    return fill(
        '<div class="fd-note">only if <bdi>{condition}</bdi> ({chance})</div>',
        condition=one.condition,
        chance=chance,
    )


def effect(names: Sequence[str], now: Sequence[float], after: Sequence[float] | None) -> Html:
    """What one answer does to the scenario that it moves most."""
    if after is None:
        return Html("cannot come out so")
    moves = np.array(after) - np.array(now)
    top = int(np.argmax(np.abs(moves)))
    if abs(moves[top]) < UNSEEN:
        return Html("moves no scenario by a point")
    return fill(
        "<bdi>{name}</bdi> to {share} ({points})",
        name=names[top],
        share=formats.percent(after[top]),
        points=formats.points(float(moves[top])),
    )


def sensitivity_part(board: ScenarioBoard) -> None:
    """The implied probabilities with every weight scaled: how much rests on independence."""
    if not is_sensitive(board):
        return
    names = [one.name for one in board.scenarios]
    finding(sensitivity_finding(names, board.sensitivity), SENSITIVITY_UNDER)
    table(*sensitivity_table(board))


def is_sensitive(board: ScenarioBoard) -> bool:
    """Whether any indicator counts, so that its weight could matter."""
    known = any(one.state in ("resolved", "after") for one in board.indicators)
    return bool(board.sensitivity) and (bool(board.watch) or known)


def sensitivity_table(board: ScenarioBoard) -> tuple[Html, list[Html]]:
    """The head and the rows, one a scenario."""
    rows = board.sensitivity
    heads = joined([fill('<th class="n">× {factor}</th>', factor=f"{r.factor:g}") for r in rows])
    return (
        fill("<tr><th>Scenario</th>{heads}</tr>", heads=heads),
        [_sensitivity_row(one.name, one.position, rows) for one in board.scenarios],
    )


def _sensitivity_row(name: str, place: int, rows: Sequence[SensitivityRow]) -> Html:
    cells = [
        fill('<td class="n">{share}</td>', share=formats.percent(row.probabilities[place]))
        for row in rows
    ]
    return fill("<tr><td><bdi>{name}</bdi></td>{cells}</tr>", name=name, cells=joined(cells))


def sensitivity_finding(names: Sequence[str], rows: Sequence[SensitivityRow]) -> str:
    """Which scenario rests most on taking the indicators as independent."""
    stated, least = (np.array(row.probabilities) for row in (rows[0], rows[-1]))
    top = int(np.argmax(np.abs(stated - least)))
    if abs(stated[top] - least[top]) < UNSEEN:
        return "Little rests on how far the indicators depend on each other"
    return (
        f"If the indicators say much the same, “{names[top]}” is nearer "
        f"{formats.percent(float(least[top]))} than {formats.percent(float(stated[top]))}"
    )
