"""Evidence on the history chart: numbered squares near the time axis."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time, timedelta

import plotly.graph_objects as go

from dashboard.theme import Palette
from forecasts.results import NoteView, QuestionView


def numbered_evidence(notes: Iterable[NoteView]) -> list[tuple[int, datetime, NoteView]]:
    """Dated evidence in order of time, with the number it has on the chart."""
    dated = [(_day_start(note), note) for note in notes if note.dated]
    dated.sort(key=lambda pair: pair[0])
    return [(number, at, note) for number, (at, note) in enumerate(dated, start=1)]


def _day_start(note: NoteView) -> datetime:
    day = note.dated.day if note.dated else note.recorded_at.date()
    return datetime.combine(day, time(), UTC)


def mark_evidence(figure: go.Figure, view: QuestionView, palette: Palette) -> None:
    """Numbered squares near the axis; squares that would overlap become "2–3"."""
    near = (view.row.closes_at - view.row.opens_at) * 0.06
    for first, last, at in merged(numbered_evidence(view.evidence), near):
        figure.add_annotation(
            x=at,
            y=0.04,
            text=f"<b>{first if first == last else f'{first}–{last}'}</b>",
            showarrow=False,
            font={"color": palette.ground, "size": 11},
            bgcolor=palette.muted,
            borderpad=3,
        )


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
