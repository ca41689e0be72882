"""Names at the right ends of lines: whose line it is, and what stands at its end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import plotly.graph_objects as go

from dashboard.charts.labels import shortened, spread
from dashboard.theme import Palette
from dashboard.widgets.safe import chart_text

GAP = 0.08  # of the axis between two labels; closer ones would overlap
SIZE = 12.5  # pixels
NAMED_OTHERS = 5  # others with a name at their line's end; more would not be told apart
NAMED = frozenset({"me", "crowd", "other"})


@dataclass(frozen=True, slots=True)
class Label:
    """What is written beside a line's end, safe for a chart; all of it may be told on hover."""

    text: str
    value: float  # where the line ends, on the vertical axis
    colour: str
    hover: str | None = None


def annotations(
    labels: Sequence[Label],
    at: datetime | None,
    *,
    within: tuple[float, float],
    ground: str | None = None,
) -> list[dict[str, Any]]:
    """The labels as Plotly draws them, kept apart inside ``within``, the ends of the axis.

    They stand right of the instant ``at``, or of the drawn area if it is None; on ``ground`` where
    something is drawn behind them.
    """
    gap = GAP * (within[1] - within[0])
    heights = spread([label.value for label in labels], gap=gap, within=within)
    place = {"x": 1, "xref": "paper", "xshift": 5} if at is None else {"x": at, "xshift": 8}
    return [
        {
            **place,
            "y": height,
            "text": label.text,
            "hovertext": label.hover,
            "xanchor": "left",
            "showarrow": False,
            "font": {"color": label.colour, "size": SIZE},
            "bgcolor": ground,
        }
        for label, height in zip(labels, heights, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class End:
    """Where a line ends: whose it is, at which value of the axis, and how that is written."""

    name: str
    role: str  # of the palette
    value: float
    written: str


def label_ends(
    figure: go.Figure,
    ends: Sequence[End],
    until: datetime,
    *,
    within: tuple[float, float],
    palette: Palette,
) -> None:
    """Name the reader's, the crowd's and, if they are few, the others' lines where they end.

    ``within`` are the lowest and the highest value of the axis; labels keep apart inside it.
    """
    few = sum(end.role == "other" for end in ends) <= NAMED_OTHERS
    named = [end for end in ends if end.role in NAMED and (few or end.role != "other")]
    labels = [Label(_written(end), end.value, palette.of(end.role)) for end in named]
    # The close is drawn across them.
    for label in annotations(labels, until, within=within, ground=palette.ground):
        figure.add_annotation(label)


def _written(end: End) -> str:
    text = f"{chart_text(shortened(end.name, 14))} {end.written}"
    return text if end.role == "other" else f"<b>{text}</b>"
