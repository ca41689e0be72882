"""Questions as the lines of one table, which are cards on a screen too narrow for its columns."""

from collections.abc import Mapping, Sequence

from dashboard import formats
from dashboard.widgets.dates import closing, here
from dashboard.widgets.questions.orders import direction
from dashboard.widgets.questions.rows import track
from dashboard.widgets.safe import Html, fill, joined
from forecasts.results.questions import QuestionRow, Sort

TICK_ALL = Html(
    '<th class="tick"><label><input type="checkbox" aria-label="Tick all on this page"></label>'
    "</th>"
)
COLUMNS: tuple[tuple[str, Sort | None, str, str], ...] = (
    ("Question", "title", "", "By title"),
    ("You", "mine", "n wide", "Your forecast"),
    ("7\u00a0d", "my_change", "n wide", "What your forecast moved by, in points, within 7 days"),
    ("Crowd", "crowd", "n wide", "The median of two people or more"),
    ("7\u00a0d", "crowd_change", "n wide", "What the crowd moved by, in points, within 7 days"),
    ("13\u00a0weeks", None, "wide", ""),
    ("Source", "source", "n wide", "What the source's words amount to"),
    ("Closes", "closes", "n wide", "When it closes"),
    ("State", "state", "wide", "Open ones first"),
)
"""Heads of the columns, what a click on one sorts by, their classes, and what they mean."""
_UNSETTLED = {"open": "Open, closes", "upcoming": "Upcoming, closes", "closed": "Closed"}


def question_lines(
    rows: Sequence[QuestionRow],
    weeks: Mapping[int, Sequence[float | None]],
    mine: Mapping[int, str],
) -> Html:
    """The table: each line with a box to tick, and all that a list says of a question.

    ``weeks`` are everyone's medians, in [0, 1], oldest first; ``mine`` what I say where it is no
    probability of yes.
    """
    return fill(
        '<table class="fd-table fd-questions"><thead><tr>{head}</tr></thead>'
        "<tbody>{lines}</tbody></table>",
        head=joined([TICK_ALL, *(_head(*column) for column in COLUMNS)]),
        lines=joined([_line(row, weeks.get(row.id, ()), mine.get(row.id, "")) for row in rows]),
    )


def _head(name: str, sort: Sort | None, classes: str, meaning: str) -> Html:
    if sort is None:
        return fill('<th scope="col" class="{classes}">{name}</th>', classes=classes, name=name)
    return fill(
        '<th scope="col" class="{classes}" aria-sort="{direction}">'
        '<button data-sort="{sort}" title="{meaning}">{name}</button></th>',
        classes=classes,
        direction=direction(sort),
        sort=sort,
        meaning=meaning,
        name=name,
    )


def _line(row: QuestionRow, weeks: Sequence[float | None], mine: str) -> Html:
    return fill(
        '<tr data-id="{id}"><td class="tick"><label><input type="checkbox" value="{id}" '
        'aria-label="Tick: {title}"></label></td><td><a class="q" href="question?id={id}">'
        '<bdi>{title}</bdi></a><div class="fd-note narrow">{state}</div>'
        '<div class="narrow">{track}</div><div class="fd-note wide">{about}</div></td>'
        '<td class="n wide me">{you}</td><td class="n wide">{moved}</td>'
        '<td class="n wide">{crowd}</td><td class="n wide">{crowd_moved}</td>'
        '<td class="wide">{weeks}</td><td class="n wide">{source}</td>'
        '<td class="n wide">{closes}</td><td class="wide">{settled}</td></tr>',
        id=row.id,
        title=row.title,
        state=_state(row),
        track=track(row, mine),
        about=_about(row),
        you=fill("<bdi>{mine}</bdi>", mine=mine) if mine else _percent(row.mine),
        moved=_points(row.change_7d),
        crowd=_percent(row.crowd if row.crowd_size > 1 else None),
        crowd_moved=_points(row.crowd_change_7d),
        weeks=bars(weeks),
        source=_percent(row.source),
        closes=closing(here(row.closes_at)),
        settled=_settled(row),
    )


def _about(row: QuestionRow) -> Html:
    named = [row.publisher or "", *row.tags]
    return joined([fill("<bdi>{name}</bdi>", name=name) for name in named if name], " · ")


def _state(row: QuestionRow) -> Html:
    if row.status in _UNSETTLED:
        day = closing(here(row.closes_at))
        return fill("{state} {day}", state=_UNSETTLED[row.status], day=day)
    return _settled(row)


def _settled(row: QuestionRow) -> Html:
    outcome = "" if row.outcome is None else formats.outcome(row.outcome, row.kind)
    state = formats.sentence_start(row.status)
    return fill("{state} <b><bdi>{outcome}</bdi></b>", state=state, outcome=outcome)


def _percent(share: float | None) -> str:
    return formats.DASH if share is None else formats.percent(share)


def _points(change: float | None) -> str:
    return formats.DASH if change is None else formats.points(change)


def bars(weeks: Sequence[float | None]) -> Html:
    """A bar a week, as high as the median was; nothing where only one week has one."""
    if sum(share is not None for share in weeks) < 2:
        return Html("")
    spoken = ", ".join(_percent(share) for share in weeks)
    pieces = [
        Html('<i class="none"></i>')
        if share is None
        else fill('<i style="height:{h}px"></i>', h=max(1, round(26 * share)))
        for share in weeks
    ]
    return fill(
        '<div class="fd-weeks" role="img" aria-label="Week by week {spoken}" title="{spoken}">'
        "{pieces}</div>",
        spoken=spoken,
        pieces=joined(pieces),
    )
