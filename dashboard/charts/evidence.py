"""Evidence and comments on a history chart: marks near the time axis."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta

import plotly.graph_objects as go

from dashboard import formats
from dashboard.charts.labels import shortened
from dashboard.theme import Palette
from dashboard.widgets.safe import chart_text
from forecasts.results.question import NoteView, QuestionView

TOLD = 4
"""Comments that a mark tells on hover."""


def numbered_evidence(view: QuestionView) -> list[tuple[int, datetime, NoteView]]:
    """Evidence in order of time, with the number it has on the chart.

    It stands at its own date, or else where it was attached, if the question had not ended then.
    """
    placed = [(_place(note), note) for note in view.evidence]
    shown = [(at, note) for at, note in placed if note.dated or at <= view.ends_at]
    shown.sort(key=lambda pair: pair[0])
    return [(number, at, note) for number, (at, note) in enumerate(shown, start=1)]


def _place(note: NoteView) -> datetime:
    if note.dated is None:
        return note.recorded_at
    return datetime.combine(note.dated.day, time(), UTC)


def mark_evidence(figure: go.Figure, view: QuestionView, palette: Palette) -> None:
    """Numbered squares near the axis; squares that would overlap become "2–3"."""
    near = (view.row.closes_at - view.row.opens_at) * 0.06
    for first, last, at in merged(numbered_evidence(view), near):
        figure.add_annotation(
            x=at,
            yref="paper",
            y=0.04,
            text=f"<b>{first if first == last else f'{first}–{last}'}</b>",
            showarrow=False,
            font={"color": palette.ground, "size": 11},
            bgcolor=palette.muted,
            borderpad=3,
        )


def mark_comments(figure: go.Figure, view: QuestionView, palette: Palette) -> None:
    """A hollow mark for each comment, or for several in a row, that tells them on hover."""
    ordered = sorted(view.comments, key=lambda entry: entry.recorded_at)
    numbered = [(n, entry.recorded_at, entry) for n, entry in enumerate(ordered, start=1)]
    near = (view.row.closes_at - view.row.opens_at) * 0.06
    for first, last, at in merged(numbered, near):
        told = [_told(entry) for entry in ordered[first - 1 : last]]
        more = [f"and {len(told) - TOLD} more"] if len(told) > TOLD else []
        figure.add_annotation(
            name=f"comments {first}–{last}",
            x=at,
            yref="paper",
            y=0.96,
            text="“”" if first == last else f"“{last - first + 1}”",
            hovertext="<br>".join([*told[:TOLD], *more]),
            showarrow=False,
            font={"color": palette.muted, "size": 11},
            bordercolor=palette.muted,
            borderwidth=1,
            borderpad=2,
        )


def _told(entry: NoteView) -> str:
    who, words = chart_text(entry.recorded_by), chart_text(shortened(entry.text, 80))
    return f"{who}, {formats.day(entry.recorded_at)}: {words}"


def merged(
    numbered: Sequence[tuple[int, datetime, NoteView]], near: timedelta
) -> list[tuple[int, int, datetime]]:
    """Runs of marks less than ``near`` apart, as (first number, last number, place)."""
    groups: list[tuple[int, int, datetime]] = []
    for number, at, _ in numbered:
        if groups and at - groups[-1][2] < near:
            groups[-1] = (groups[-1][0], number, groups[-1][2])
        else:
            groups.append((number, number, at))
    return groups
