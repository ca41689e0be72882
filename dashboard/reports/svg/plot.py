"""The area of a chart in pixels, its scales, and how its values are found on it."""

from dataclasses import dataclass
from typing import Any

from dashboard.reports.svg.scales import Scale


@dataclass(frozen=True, slots=True)
class Plot:
    """The area inside the axes, and the scales by Plotly's short names: x, y, x2, y2, ..."""

    left: float
    right: float
    top: float
    bottom: float
    scales: dict[str, Scale]
    colour: str
    size: float  # of the font, in pixels

    def x(self, value: Any, reference: str | None) -> float:
        """The pixel across that a value means: on an axis, or as a share of the area."""
        if reference is None or reference in self.scales:
            return self.scales[reference or "x"].at(value)
        return self.left + float(value) * (self.right - self.left)

    def y(self, value: Any, reference: str | None) -> float:
        """The pixel down that a value means: on an axis, or as a share of the area."""
        if reference is None or reference in self.scales:
            return self.scales[reference or "y"].at(value)
        return self.bottom - float(value) * (self.bottom - self.top)


def refuse(what: str, value: object) -> ValueError:
    """A part of a figure that is not drawn here."""
    return ValueError(f"a chart has the {what} {value!r}, which is not drawn in reports")


def dashes(style: str | None, width: float) -> str:
    """Plotly's name of a line style as SVG's list of lengths; "none" for a whole line."""
    match style:
        case None | "solid":
            return "none"
        case "dot":
            return f"{width:g} {max(2 * width, 3):g}"
        case "dash":
            return f"{max(3 * width, 6):g} {max(2 * width, 4):g}"
    raise refuse("line style", style)
