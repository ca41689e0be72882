"""A scenario set on paper: its futures, what the indicators imply of them, and what to watch."""

from collections.abc import Sequence

import numpy as np

from dashboard import formats
from dashboard.charts.scenarios import (
    Whose,
    scenario_chart,
    scenario_finding,
    scenario_subtitle,
    shares_of,
)
from dashboard.reports.sheet import chart, facts, note, section, table
from dashboard.theme import LIGHT
from dashboard.widgets.safe import Html, escaped, fill
from dashboard.widgets.scenarios.matrix import KEY, matrix, matrix_finding
from dashboard.widgets.scenarios.story import quoted
from dashboard.widgets.scenarios.watch import (
    SENSITIVITY_UNDER,
    answers,
    is_sensitive,
    only_if,
    sensitivity_finding,
    sensitivity_table,
    watch_finding,
)
from forecasts.results.scenarios import ScenarioBoard, ScenarioView, WatchRow

SHOWN = 40
"""Indicators of each table that are printed; the others are counted."""
SHARES_HEAD = Html(
    "<tr><th>Scenario</th><th class='n'>Crowd</th><th class='n'>Implied</th>"
    "<th class='n'>Prior</th></tr>"
)
WATCH_HEAD = Html(
    "<tr><th>Question</th><th>What each answer would do</th><th class='n'>Bits</th>"
    "<th class='n'>Swing</th></tr>"
)


def board_sections(board: ScenarioBoard, *, without_others: bool = False) -> list[Html]:
    """The board as its page shows it to nobody in particular; ``board`` is that of no reader."""
    left_out = ["What others forecast is left out."] if without_others else []
    return [
        _futures(board),
        *_charts(board),
        section(
            "Judged and implied",
            "The crowd's median, and what the indicators imply from the prior, by the crowd's "
            "forecasts of those that are open.",
            table(SHARES_HEAD, [_shares(one) for one in board.scenarios]),
            note(*_prior(board), *left_out, *board.notices),
        ),
        *_watch(board),
        *_indicators(board),
    ]


def _futures(board: ScenarioBoard) -> Html:
    return section("The scenarios", "", facts([(one.name, _story(one)) for one in board.scenarios]))


def _story(one: ScenarioView) -> Html:
    if one.narrative is None or one.told_at is None:
        return escaped("Not told yet.")
    return fill(
        '{text}<div class="fd-note"><bdi>{by}</bdi>, {day}</div>',
        text=quoted(one.narrative),
        by=one.told_by,
        day=formats.day(one.told_at),
    )


def _charts(board: ScenarioBoard) -> list[Html]:
    drawn: list[Whose] = ["crowd", "implied"]
    return [
        chart(
            scenario_chart(board, whose, palette=LIGHT),
            None,
            title=scenario_finding(board, whose),
            under=scenario_subtitle(whose),
            name=f"futures-{whose}",
        )
        for whose in drawn
        if not np.isnan(shares_of(board, whose)).all()
    ]


def _shares(one: ScenarioView) -> Html:
    return fill(
        '<tr><td><bdi>{name}</bdi></td><td class="n">{crowd}</td><td class="n">{implied}</td>'
        '<td class="n">{prior}</td></tr>',
        name=one.name,
        crowd=_percent(one.crowd),
        implied=_percent(one.implied),
        prior=_percent(one.prior),
    )


def _percent(share: float | None) -> str:
    return formats.DASH if share is None else formats.percent(share)


def _prior(board: ScenarioBoard) -> list[str]:
    if board.prior is None:
        return []
    why = f": {board.prior.note}" if board.prior.note else ""
    return [
        f"Prior as of {formats.day(board.prior.dated_at)}, stated by {board.prior.recorded_by} "
        f"on {formats.day(board.prior.recorded_at)}{why}"
    ]


def _watch(board: ScenarioBoard) -> list[Html]:
    if not board.watch:
        return []
    return [
        section(
            watch_finding(board.watch),
            "Bits: expected fall of the uncertainty about the scenarios. Swing: the widest change "
            "of one scenario from one answer to another, in points. In brackets: how probable an "
            "answer is by its forecast and all that is known of the scenarios.",
            table(WATCH_HEAD, [_watched(board, one) for one in board.watch[:SHOWN]]),
            *_rest(len(board.watch)),
        )
    ]


def _watched(board: ScenarioBoard, one: WatchRow) -> Html:
    return fill(
        '<tr><td><bdi>{title}</bdi>{only_if}</td><td>{answers}</td><td class="n">{bits}</td>'
        '<td class="n">{swing}</td></tr>',
        title=one.title,
        only_if=only_if(one),
        answers=answers(board.scenarios, one),
        bits=f"{one.information:.3f}",
        swing=round(100 * one.swing),
    )


def _indicators(board: ScenarioBoard) -> list[Html]:
    if not board.indicators:
        return []
    names: Sequence[str] = [one.name for one in board.scenarios]
    found = matrix(names, board.indicators[:SHOWN], linked=False)
    told = section(
        matrix_finding(board.indicators),
        "P(outcome | scenario), %, the most telling indicator first.",
        found,
        KEY,
        *_rest(len(board.indicators)),
    )
    if not is_sensitive(board):
        return [told]
    finding = sensitivity_finding(names, board.sensitivity)
    rests = section(finding, SENSITIVITY_UNDER, table(*sensitivity_table(board)))
    return [told, rests]


def _rest(number: int) -> list[Html]:
    return [note(f"And {number - SHOWN:,} more.")] if number > SHOWN else []
