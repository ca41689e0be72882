"""The crowd: one forecast made of many."""

from collections.abc import Sequence
from typing import Literal

import numpy as np

from forecasts.maths.checks import Floats, Ints, check_instants
from forecasts.maths.clipping import CLIP
from forecasts.maths.pooling import EXTREMIZING, HALF_LIFE, Aggregate, Crowd, pool
from forecasts.maths.timeline import NEVER, Dated, History, standing_rows

_BLOCK = 2**22
"""Values held in memory at once, 32 MB."""


def crowd_median(histories: Sequence[History], instants: Ints) -> Floats:
    """Return the median forecast over the forecasters standing AT each instant.

    A forecast made exactly at an instant counts there, one that expires then does not: the
    crowd is right-continuous, like the histories it is made of. With more than two options the
    medians are taken option by option and then divided by their sum; where all of them are 0,
    the mean stands in.

    Parameters
    ----------
    histories : sequence of History, not empty
        One per forecaster, all on the same question.
    instants : int64 array of shape (d,)
        Microseconds since the epoch (UTC), in any order.

    Returns
    -------
    float array of shape (d, K); a row of NaN where nobody stands

    Raises
    ------
    ValueError
        If there is no history, they differ in K, or the instants are not 1-d integers.
    """
    return crowd(histories, instants).forecasts


def crowd(
    histories: Sequence[History],
    instants: Ints,
    aggregate: Aggregate = "median",
    *,
    limit: Literal["left", "right"] = "right",
    extremizing: float = EXTREMIZING,
    half_life: float = HALF_LIFE,
    clip: float = CLIP,
) -> Crowd:
    """Aggregate the forecasts standing at each instant; settings and errors as for ``pool``.

    ``limit="right"`` takes what stands at the instant, ``"left"`` what stood just before it.
    Between two ``change_points`` every aggregate is constant, so these are all it takes.
    ``histories`` and ``instants`` are those of ``crowd_median``.
    """
    at = check_instants(instants, name="instants")
    step = max(1, _BLOCK // (len(histories) * shared_options(histories)))
    blocks = []
    for start in range(0, max(at.size, 1), step):
        pairs = [standing(h, at[start : start + step], limit=limit) for h in histories]
        forecasts, made = (np.stack(side) for side in zip(*pairs, strict=True))
        blocks.append(
            pool(
                forecasts,
                made,
                aggregate,
                extremizing=extremizing,
                half_life=half_life,
                clip=clip,
            )
        )
    return Crowd(
        np.concatenate([block.forecasts for block in blocks]),
        np.concatenate([block.by_mean for block in blocks]),
        sum(block.clipped for block in blocks),
    )


def change_points(histories: Sequence[Dated]) -> Ints:
    """Return the instants at which the crowd can change, int64 of shape (c,), increasing.

    These are the instants at which a row is made, and those at which a standing one expires.
    Between two of them the crowd is constant.
    """
    changes = [h.made for h in histories]
    for h in histories:
        replaced = np.append(h.made[1:], NEVER)[: len(h.made)]
        ends_itself = ~h.withdrawn & (h.made < h.expires) & (h.expires < replaced)
        changes.append(h.expires[ends_itself])
    return np.unique(np.concatenate(changes)) if changes else np.empty(0, dtype=np.int64)


def shared_options(histories: Sequence[History]) -> int:
    """Return the one K of all histories; ValueError if they differ or there is none."""
    counts = {int(h.probabilities.shape[1]) for h in histories}
    if len(counts) != 1:
        raise ValueError(f"histories must share one number of options, got {sorted(counts)}")
    return counts.pop()


def standing(
    history: History, instants: Ints, *, limit: Literal["left", "right"]
) -> tuple[Floats, Ints]:
    """Return the forecast standing at each instant, (d, K), and when it was made, (d,).

    NaN and NEVER where none stands.
    """
    nothing = np.full((1, history.probabilities.shape[1]), np.nan)
    rows = standing_rows(history, instants, limit=limit)
    # Row -1, "none stands", is the row appended here.
    forecasts: Floats = np.concatenate([history.probabilities, nothing])[rows]
    return forecasts, np.append(history.made, NEVER)[rows]
