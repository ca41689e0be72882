"""Scores by forecaster and tag: tinted cells, none of which says it by colour alone."""

import math

from dashboard import formats, measure
from dashboard.charts.heat_map import Levels
from dashboard.charts.numbers import Numbers
from dashboard.widgets.safe import Html, fill, joined
from dashboard.widgets.scores.leaderboard import ENOUGH
from forecasts.results.scores import HeatCell, HeatMap, HeatRow, ScoreSettings

LEVELS = 4
FULL = 0.6
"""The share of the way from a know-nothing to perfect from which on a tint is full."""


def heat_finding(heat: HeatMap, settings: ScoreSettings) -> str:
    """The heading: where the first row, the reader's where there is one, does best and worst."""
    if not heat.rows:
        return "No tag has a scored question yet"
    row = heat.rows[0]
    known = [
        (settings.lead(cell.score, cell.uniform), f"{tag} ({cell.questions:,})")
        for (tag, _), cell in zip(heat.tags, row.cells, strict=True)
        if cell is not None and cell.questions >= ENOUGH
    ]
    does = "does" if row.role == "other" else "do"
    if len(known) < 2:
        return f"{row.name}: too few questions by tag to tell them apart"
    return f"So far {mid(row)} {does} best on {max(known)[1]}, worst on {min(known)[1]}"


def mid(row: HeatRow) -> str:
    """The row's name within a sentence."""
    return row.name if row.role == "other" else row.name[:1].lower() + row.name[1:]


def heat_under(heat: HeatMap, settings: ScoreSettings) -> str:
    """Measure, unit and direction; how to read a cell; and what had no room."""
    rest = [
        formats.count(number, f"more {thing}")
        for number, thing in ((heat.rows_left_out, "forecaster"), (heat.tags_left_out, "tag"))
        if number
    ]
    more = f" {' and '.join(rest)} with fewer questions not shown." if rest else ""
    return (
        f"{measure.unit(settings)}; below it the questions. Blue: better than a know-nothing on "
        f"the same questions; orange, and the word: worse. Untinted: fewer than {ENOUGH} questions."
        f"{more}"
    )


def heat_table(heat: HeatMap, settings: ScoreSettings) -> Html:
    """The whole table; it scrolls inside its own box where it is too wide."""
    head = [
        fill('<th scope="col" class="c"><bdi>{tag}</bdi></th>', tag=tag) for tag, _ in heat.tags
    ]
    rows = [_row(row, heat, settings) for row in heat.rows]
    return fill(
        '<div class="fd-scroll" tabindex="0" role="region" aria-label="Scores by tag">'
        '<table class="fd-table fd-heat"><thead><tr><th scope="col">Forecaster</th>{head}</tr>'
        "</thead><tbody>{rows}</tbody></table></div>",
        head=joined(head),
        rows=joined(rows),
    )


def heat_numbers(heat: HeatMap) -> Numbers:
    """The cells, one a row, as a file holds them."""
    return Numbers(
        {
            "Forecaster": str,
            "Tag": str,
            "Score": formats.score,
            "Know-nothing": formats.score,
            "Questions": "{:,}".format,
        },
        [
            (row.name, tag, cell.score, cell.uniform, cell.questions)
            for row in heat.rows
            for (tag, _), cell in zip(heat.tags, row.cells, strict=True)
            if cell is not None
        ],
    )


def heat_levels(heat: HeatMap, settings: ScoreSettings) -> Levels:
    """How strongly each cell is tinted: above 0 as better, below as worse than a know-nothing."""
    return tuple(tuple(_level(cell, settings) for cell in row.cells) for row in heat.rows)


def _level(cell: HeatCell | None, settings: ScoreSettings) -> int:
    if cell is None or cell.questions < ENOUGH:
        return 0
    better = settings.lead(cell.score, cell.uniform) >= 0
    return tint_level(cell, settings) if better else -tint_level(cell, settings)


def _row(row: HeatRow, heat: HeatMap, settings: ScoreSettings) -> Html:
    cells = [
        _cell(cell, row.name, tag, settings)
        for (tag, _), cell in zip(heat.tags, row.cells, strict=True)
    ]
    return fill(
        '<tr><th scope="row" class="{role}"><bdi>{name}</bdi></th>{cells}</tr>',
        role=row.role,
        name=row.name,
        cells=joined(cells),
    )


def _cell(cell: HeatCell | None, name: str, tag: str, settings: ScoreSettings) -> Html:
    if cell is None:
        return fill('<td class="c none">{dash}</td>', dash=formats.DASH)
    lead = settings.lead(cell.score, cell.uniform)
    few = cell.questions < ENOUGH
    side = "better" if lead >= 0 else "worse"
    return fill(
        '<td class="c {side}{level}" title="{told}"><b>{score}</b><small>{n}{word}</small></td>',
        side="few" if few else side,
        level="" if few else tint_level(cell, settings),
        told=f"{name} on {tag}: {formats.score(cell.score)} on "
        f"{formats.count(cell.questions, 'question')}, {measure.lead(lead)} than a know-nothing",
        score=formats.score(cell.score),
        n=f"{cell.questions:,}",
        word=" worse" if round(lead, 3) < 0 else "",
    )


def tint_level(cell: HeatCell, settings: ScoreSettings) -> int:
    """How strong the tint is, 0 to 4, by the share of the way to perfect, or as far the other."""
    perfect = 1.0 if settings.higher_is_better else 0.0
    share = abs(cell.score - cell.uniform) / abs(perfect - cell.uniform)
    return math.ceil(LEVELS * min(share / FULL, 1.0) - 1e-9)
