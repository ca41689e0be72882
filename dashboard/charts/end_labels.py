"""Names at the right ends of lines: whose line it is, and what stands at its end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import plotly.graph_objects as go

from dashboard.charts.labels import shortened, spread
from dashboard.theme import Palette
from dashboard.widgets.safe import chart_text

GAP = 0.08  # of the axis between two labels; closer ones would overlap
NAMED_OTHERS = 5  # others with a name at their line's end; more would not be told apart
NAMED = frozenset({"me", "crowd", "other"})


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
    low, high = within
    heights = spread([end.value for end in named], gap=GAP * (high - low), within=within)
    for end, height in zip(named, heights, strict=True):
        text = f"{chart_text(shortened(end.name, 14))} {end.written}"
        figure.add_annotation(
            x=until,
            y=height,
            text=text if end.role == "other" else f"<b>{text}</b>",
            xanchor="left",
            xshift=8,
            showarrow=False,
            font={"color": palette.of(end.role), "size": 13},
            bgcolor=palette.ground,  # the close is drawn across
        )
