"""Labels that stand beside what they name, and do not cover each other."""

from collections.abc import Sequence


def shortened(text: str, limit: int = 32) -> str:
    """``text`` on one line, cut to ``limit`` characters."""
    line = " ".join(text.split())
    return line if len(line) <= limit else f"{line[: limit - 1].rstrip()}…"


def spread(heights: Sequence[float], *, gap: float) -> list[float]:
    """Move labels apart until neighbours are at least ``gap`` apart, keeping their order.

    Labels that are far enough apart stay where they are; a crowded group is spread around its
    own middle. Same unit in and out; equal heights keep the order they came in.

    >>> spread([0.62, 0.66], gap=0.08)
    [0.6, 0.68]
    """
    groups: list[tuple[float, list[int]]] = []  # (middle, members bottom to top)
    for index in sorted(range(len(heights)), key=lambda i: heights[i]):
        middle, members = heights[index], [index]
        while groups and _overlap(groups[-1], (middle, members), gap):
            below_middle, below = groups.pop()
            total = len(below) + len(members)
            middle = (below_middle * len(below) + middle * len(members)) / total
            members = below + members
        groups.append((middle, members))
    placed = [0.0] * len(heights)
    for middle, members in groups:
        for rank, index in enumerate(members):
            placed[index] = round(middle + (rank - (len(members) - 1) / 2) * gap, 9)
    return placed


def _overlap(below: tuple[float, list[int]], above: tuple[float, list[int]], gap: float) -> bool:
    reach = (len(below[1]) - 1 + len(above[1]) - 1) / 2 * gap + gap
    return above[0] - below[0] < reach - 1e-12
