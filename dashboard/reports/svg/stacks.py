"""Areas that a figure stacks on each other, as SVG."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from dashboard.reports.svg.plot import Plot, refuse
from dashboard.reports.svg.traces import line, path
from dashboard.widgets.safe import Html, fill, joined

Heights = npt.NDArray[np.float64]
_BACKWARDS = {None: None, "linear": "linear", "hv": "vh", "vh": "hv"}


def stack(traces: Iterable[Any]) -> list[Heights | None]:
    """What each trace of a figure stands on: the sum of those before it in its stack; else None."""
    tops: dict[str, Heights] = {}
    found: list[Heights | None] = []
    for one in traces:
        if one.type != "scatter" or not one.stackgroup:
            found.append(None)
            continue
        heights = np.asarray(one.y, dtype=np.float64)
        foot = tops.get(one.stackgroup, np.zeros(heights.shape))
        if foot.shape != heights.shape or not np.isfinite(heights).all():
            raise refuse("stack", one.stackgroup)
        found.append(foot)
        tops[one.stackgroup] = foot + heights
    return found


def stacked(found: Any, foot: Heights, plot: Plot) -> Html:
    """A trace as an area between ``foot`` (n,), on which it stands, and its own top line."""
    top = _points(found, foot + np.asarray(found.y, dtype=np.float64), plot)
    back = _points(found, foot, plot)[::-1]
    shape = found.line.shape
    area = fill(
        '<path d="{top}L{back}Z" fill="{colour}"/>',
        top=path(top, shape=shape),
        back=path(back, shape=_BACKWARDS[shape])[1:],
        colour=found.fillcolor or "none",
    )
    return joined([area, line(found, top, plot)])


def _points(found: Any, heights: Heights, plot: Plot) -> Sequence[tuple[float, float]]:
    return [
        (plot.x(x, found.xaxis), plot.y(y, found.yaxis))
        for x, y in zip(found.x, heights.tolist(), strict=True)
    ]
