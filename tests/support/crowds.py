"""Several forecasters on one question, generated with every awkward coincidence, and a replay.

Times are whole hours after a start, so that rows coincide with each other, with day ends and
with the window's edges. A crowd is a list of forecasters, each a list of rows (made, distribution
or None for a withdrawal, expiry or None), in the order in which they were recorded.
"""

import numpy as np
from hypothesis import strategies as st

from forecasts.maths.timeline import NEVER, History

HOUR = 3_600_000_000
DAY = 24 * HOUR


def distributions(k):
    counts = st.lists(st.integers(0, 4), min_size=k, max_size=k).filter(any)
    return counts.map(lambda c: [n / sum(c) for n in c])


def crowds(k, *, hours=100, most=5):
    row = st.tuples(
        st.integers(-30, hours + 20),
        st.one_of(st.none(), distributions(k), distributions(k), distributions(k)),
        st.one_of(st.none(), st.none(), st.integers(-10, hours + 30)),
    )
    said = st.lists(row, max_size=5).map(lambda rows: sorted(rows, key=lambda r: r[0]))
    return st.lists(said, min_size=1, max_size=most)


def history(rows, k, *, start=0):
    return History(
        made=np.array([start + made * HOUR for made, _, _ in rows], dtype=np.int64),
        probabilities=np.array(
            [[np.nan] * k if p is None else p for _, p, _ in rows], dtype=float
        ).reshape(len(rows), k),
        withdrawn=[p is None for _, p, _ in rows],
        expires=np.array(
            [NEVER if expires is None else start + expires * HOUR for _, _, expires in rows],
            dtype=np.int64,
        ),
    )


def belief(rows, hour):
    """What stands just after an hour, which is what stands just before any later change."""
    said = [(p, expires) for made, p, expires in rows if made <= hour]
    if not said or (said[-1][1] is not None and said[-1][1] <= hour):
        return None
    return said[-1][0]


def belief_before(rows, hour):
    """What stood just before an hour: in whole hours, just after the one before it."""
    return belief(rows, hour - 1)


def before_first(rows, hour):
    """Whether the hour that begins here lies before the first forecast."""
    first = [made for made, p, _ in rows if p is not None]
    return not first or hour < first[0]
