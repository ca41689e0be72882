"""Colours of both themes, and the ground on which every chart is drawn."""

from dataclasses import astuple, dataclass
from typing import Any

import plotly.graph_objects as go

FONT = "Inter, system-ui, sans-serif"
LABEL_MARGIN = 98
"""Pixels to the right of a chart that labels its lines at their ends."""


@dataclass(frozen=True, slots=True)
class Palette:
    """One hue, one meaning: ``me`` the reader, ``crowd`` everyone, ``source`` an author's words.

    ``yes`` and ``no`` mark outcomes, ``due`` only what is overdue. All are "#RRGGBB".
    """

    ground: str
    surface: str
    text: str
    muted: str
    rule: str
    grid: str
    me: str
    crowd: str
    source: str
    source_text: str
    yes: str
    no: str
    due: str

    def of(self, role: str) -> str:
        """The colour of a line or row by its role or kind of forecaster."""
        return {"me": self.me, "crowd": self.crowd, "source": self.source}.get(role, self.muted)


LIGHT = Palette(
    ground="#FFFFFF",
    surface="#F5F6F8",
    text="#14181D",
    muted="#56606B",
    rule="#D5DAE0",
    grid="#E8EBEE",
    me="#0B5CAD",
    crowd="#5F6975",
    source="#B4540A",
    source_text="#8A3F06",
    yes="#00655B",
    no="#C0569B",
    due="#B42318",
)
DARK = Palette(
    ground="#12161B",
    surface="#1B2127",
    text="#E9ECEF",
    muted="#A3ADB8",
    rule="#3A434D",
    grid="#262D35",
    me="#6CB2F5",
    crowd="#9AA5B1",
    source="#F0A35E",
    source_text="#F0A35E",
    yes="#7FE0D0",
    no="#C9659F",
    due="#FF8A7A",
)


def palette_of(theme: str | None) -> Palette:
    """The palette of a theme by its name; light unless it is "dark"."""
    return DARK if theme == "dark" else LIGHT


def tint(colour: str, opacity: float) -> str:
    """A "#RRGGBB" colour with an opacity in [0, 1], as CSS and Plotly read it."""
    red, green, blue = _channels(colour)
    return f"rgba({red},{green},{blue},{opacity:g})"


def recoloured(palette: Palette, other: Palette) -> dict[str, str]:
    """Each colour of one palette to that of the same role in another: "rgb(11, 92, 173)"."""
    pairs = list(zip(astuple(palette), astuple(other), strict=True))
    # Where two roles share a colour, the first one's counterpart stands for both.
    return {_written(ours): _written(theirs) for ours, theirs in reversed(pairs)}


def _written(colour: str) -> str:
    """A "#RRGGBB" colour as browsers write it."""
    return "rgb({}, {}, {})".format(*_channels(colour))


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5))


def blank(palette: Palette, *, height: int, right: int = 26) -> go.Figure:
    """An empty figure: transparent, no legend, nothing to zoom, so that a phone scrolls past."""
    return go.Figure(  # an update of the same would take six times as long
        layout={
            "height": height,
            "margin": {"l": 8, "r": right, "t": 8, "b": 8},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "font": {"family": FONT, "size": 12.5, "color": palette.text},
            "showlegend": False,
            "dragmode": False,
            "hovermode": "closest",
            "hoverlabel": {
                "bgcolor": palette.ground,
                "bordercolor": palette.rule,
                "align": "left",
                "font": {"family": FONT, "color": palette.text},
            },
        }
    )


def x_axis(palette: Palette) -> dict[str, Any]:
    """A horizontal axis with a line and without a grid."""
    return {
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
        "automargin": True,
        "linecolor": palette.muted,
        "ticks": "outside",
        "ticklen": 4,
        "tickcolor": palette.muted,
        "tickfont": {"size": 12, "color": palette.muted},
        "nticks": 5,
        "tickangle": 0,
    }


_DAY, _MONTH = 86_400_000, "M1"

DATE_TICKS = (
    {"dtickrange": [None, _DAY - 1], "value": "%H:%M\n%-d %b %Y"},
    {"dtickrange": [_DAY, _MONTH], "value": "%-d %b\n%Y"},
    {"dtickrange": [_MONTH, "M12"], "value": "%b\n%Y"},
    {"dtickrange": ["M12", None], "value": "%Y"},
)
"""Two short lines a tick, the lower one where it changes: neighbours stay apart on a phone."""


def date_axis(palette: Palette) -> dict[str, Any]:
    """A horizontal axis of days or moments."""
    return x_axis(palette) | {"type": "date", "tickformatstops": DATE_TICKS}


def y_axis(palette: Palette) -> dict[str, Any]:
    """A vertical axis with a grid and without a line."""
    return {
        "gridcolor": palette.grid,
        "gridwidth": 1,
        "zeroline": False,
        "fixedrange": True,
        "automargin": True,
        "tickfont": {"size": 12, "color": palette.muted},
    }


SHARE_TICKS: dict[str, Any] = {
    "tickvals": [0, 0.25, 0.5, 0.75, 1],
    "ticktext": ["0", "25", "50", "75", "100 %"],
}
"""Ticks of a probability axis; the unit stands on the last one only."""
