"""Events that hang together, and every way in which they can turn out."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from forecasts.maths.checks import Bools

WORLD_LIMIT = 2_000
"""More worlds than this are refused: a projection would take longer than a reader waits."""


@dataclass(frozen=True, slots=True)
class Partition:
    """Exactly one of the events happens: complements, options of a question, scenarios."""

    members: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Implies:
    """``narrow`` cannot happen without ``wide``: a subset, or an earlier deadline."""

    narrow: int
    wide: int


Relation = Partition | Implies


def worlds(n: int, relations: Sequence[Relation]) -> Bools:
    """Every way the ``n`` events can turn out together, shape (W, n).

    Raises ValueError where a relation names an event outside 0..n-1, where no world is left,
    or where more than WORLD_LIMIT are.
    """
    _check_relations(n, relations)
    found = np.zeros((1, 0), dtype=bool)
    for event in range(n):
        twice = np.repeat(found, 2, axis=0)
        fresh = np.tile([False, True], len(found))[:, np.newaxis]
        found = np.hstack([twice, fresh])
        for relation in relations:
            found = found[_allowed(found, relation, event)]
        if len(found) > WORLD_LIMIT:
            raise ValueError(f"{n} linked events allow more than {WORLD_LIMIT} worlds")
    if not len(found):
        raise ValueError("the relations contradict each other: no world satisfies them all")
    return found


def _check_relations(n: int, relations: Sequence[Relation]) -> None:
    for relation in relations:
        named = (
            relation.members
            if isinstance(relation, Partition)
            else (relation.narrow, relation.wide)
        )
        if len(named) < 2 or len(set(named)) < len(named) or not set(named) <= set(range(n)):
            raise ValueError(f"{relation} needs two or more different events among 0..{n - 1}")


def _allowed(found: Bools, relation: Relation, last: int) -> Bools:
    """Which worlds over the events up to ``last`` a relation still allows."""
    if isinstance(relation, Implies):
        if max(relation.narrow, relation.wide) > last:
            return np.ones(len(found), dtype=bool)
        follows: Bools = ~found[:, relation.narrow] | found[:, relation.wide]
        return follows
    seen = [member for member in relation.members if member <= last]
    happened = found[:, seen].sum(axis=1)
    one: Bools = happened <= 1 if len(seen) < len(relation.members) else happened == 1
    return one
