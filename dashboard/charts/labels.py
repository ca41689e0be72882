"""Labels that stand beside what they name, and do not cover each other."""

from collections.abc import Sequence


def shortened(text: str, limit: int = 32) -> str:
    """``text`` on one line, cut to ``limit`` characters."""
    line = " ".join(text.split())
    return line if len(line) <= limit else f"{line[: limit - 1].rstrip()}…"


def spread(heights: Sequence[float], *, gap: float, within: tuple[float, float]) -> list[float]:
    """Move labels apart until neighbours are at least ``gap`` apart, keeping their order.

    Labels that are far enough apart stay where they are; a crowded group is spread around its
    own middle, and what would then lie outside ``within``, where nothing is drawn, is moved in.
    Where there is no room for all, the gap is what there is room for. Same unit in and out; equal
    heights keep the order they came in.

    >>> spread([0.62, 0.66], gap=0.08, within=(0, 1))
    [0.6, 0.68]
    >>> spread([0.01, 0.01], gap=0.08, within=(0, 1))
    [0.0, 0.08]
    """
    low, high = within
    gap = min(gap, (high - low) / max(len(heights) - 1, 1))
    groups: list[tuple[float, list[int]]] = []  # (middle, members bottom to top)
    for index in sorted(range(len(heights)), key=lambda i: heights[i]):
        middle, members = heights[index], [index]
        while groups and _overlap(groups[-1], (middle, members), gap):
            below_middle, below = groups.pop()
            total = len(below) + len(members)
            middle = (below_middle * len(below) + middle * len(members)) / total
            members = below + members
        groups.append((middle, members))
    placed, rank = [0.0] * len(heights), 0
    for middle, members in groups:
        for place, index in enumerate(members):
            height = middle + (place - (len(members) - 1) / 2) * gap
            # So many lie below it and so many above: each needs its gap.
            lowest, highest = low + rank * gap, high - (len(heights) - 1 - rank) * gap
            placed[index] = round(min(max(height, lowest), highest), 9)
            rank += 1
    return placed


def _overlap(below: tuple[float, list[int]], above: tuple[float, list[int]], gap: float) -> bool:
    reach = (len(below[1]) - 1 + len(above[1]) - 1) / 2 * gap + gap
    return above[0] - below[0] < reach - 1e-12
