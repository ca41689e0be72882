"""What begins and ceases to stand at each slot, and in which order values and rows come."""

from dataclasses import dataclass

import numpy as np

from forecasts.maths.checks import Floats, Ints
from forecasts.maths.engine.columns import Codes


@dataclass(frozen=True, slots=True)
class Changes:
    """The changes at each slot of a block of questions, one slot after another."""

    starts: Ints  # shape (slots + 1,), where each slot's changes start
    rows: Ints  # row r begins to stand, -1 - r: it ceases to


def changes_of(row_starts: Ints, begins: Codes, ends: Codes, slot_starts: Ints) -> Changes:
    """Return the changes of rows that stand on the slots ``begins:ends`` of their question.

    The arguments are those of ``sweep.middles``.
    """
    question = question_of(row_starts)
    stands = np.flatnonzero(begins < ends)
    first, after = slot_starts[question[stands]], slot_starts[question[stands] + 1]
    ceases = first + ends[stands] < after
    slots = np.concatenate([first + begins[stands], (first + ends[stands])[ceases]])
    order = np.argsort(slots, kind="stable")
    rows = np.concatenate([stands, ~stands[ceases]])[order]
    return Changes(np.searchsorted(slots[order], np.arange(slot_starts[-1] + 1)), rows)


def question_of(row_starts: Ints) -> Ints:
    """Return the question of each row, counted from 0."""
    return np.repeat(np.arange(row_starts.size - 1), np.diff(row_starts))


def ranked(row_starts: Ints, values: Floats | Ints) -> tuple[Ints, Ints]:
    """Return each row's rank within its question by value, and the rows in that order.

    Equal values rank as their rows come; NaN ranks last.
    """
    order = np.lexsort((values, question_of(row_starts)))
    ranks = np.empty(order.size, dtype=np.int64)
    ranks[order] = np.arange(order.size) - np.repeat(row_starts[:-1], np.diff(row_starts))
    return ranks, order
