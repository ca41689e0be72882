"""Argument checks shared by the maths: a ``ValueError`` names argument, index and value."""

from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

SUM_TOLERANCE = 1e-6


def refuse_first(bad: Bools, values: npt.NDArray[Any], *, name: str, rule: str) -> None:
    """Raise ValueError for the first True in ``bad``, naming its place and value in ``values``."""
    if bad.any():
        where = np.unravel_index(int(np.argmax(bad)), bad.shape)
        place = ", ".join(str(int(axis)) for axis in where)
        raise ValueError(f"{name}[{place}] is {values[where]}, {rule}")


def check_probabilities(values: npt.ArrayLike, *, name: str = "probabilities") -> Floats:
    """Return ``values`` as a non-empty float array of shape (n,), every entry in [0, 1].

    Raises ValueError for any other shape, a value outside [0, 1], or NaN.
    """
    p = np.asarray(values, dtype=np.float64)
    if p.ndim != 1 or p.size == 0:
        raise ValueError(f"{name} must be 1-d and not empty, got shape {p.shape}")
    _check_unit_interval(p, name)
    return p


def check_distribution(rows: npt.ArrayLike, *, name: str = "probabilities") -> Floats:
    """Return ``rows`` as a float array of shape (n, K), K >= 2, each row a distribution.

    A row must sum to 1 within 1e-6. Nothing is renormalised: a row that sums to something else
    is a mistake that only its author can repair.

    Raises ValueError for any other shape, a value outside [0, 1], NaN, or a wrong sum.
    """
    p = np.asarray(rows, dtype=np.float64)
    if p.ndim != 2 or p.shape[1] < 2:
        raise ValueError(f"{name} must have shape (n, K) with K >= 2, got {p.shape}")
    _check_unit_interval(p, name)
    sums = p.sum(axis=1)
    wrong = np.abs(sums - 1) > SUM_TOLERANCE
    if wrong.any():
        first = int(np.argmax(wrong))
        raise ValueError(f"{name}[{first}] = {p[first].tolist()} sums to {sums[first]:.9g}, not 1")
    return p


def check_options(outcome: npt.ArrayLike, k: int, n: int, *, name: str = "outcome") -> Ints:
    """Return option indices as an int64 array of shape (n,), each in 0..k-1.

    One index stands for all n rows. A bool is refused: "yes" is option 0, so ``True`` taken
    as an index would silently mean "no".

    Raises ValueError for a bool or a float, an index out of range, or another shape.
    """
    indices = np.asarray(outcome)
    if indices.dtype.kind not in "iu":
        raise ValueError(f"{name} must be option indices (integers), got {outcome!r}")
    if indices.shape not in {(), (n,)}:
        raise ValueError(f"{name} has shape {indices.shape}, not () or ({n},)")
    out_of_range = (indices < 0) | (indices >= k)
    if indices.ndim == 0 and out_of_range:
        raise ValueError(f"{name} is {indices}, not in 0..{k - 1}")
    refuse_first(out_of_range, indices, name=name, rule=f"not in 0..{k - 1}")
    return np.broadcast_to(indices.astype(np.int64), (n,))


def check_instants(values: npt.ArrayLike, *, name: str) -> Ints:
    """Return whole microseconds as an int64 array of shape (n,); n may be 0.

    Raises ValueError for another shape or for values that are not integers.
    """
    instants = np.asarray(values)
    if instants.ndim != 1:
        raise ValueError(f"{name} must be 1-d, got shape {instants.shape}")
    if instants.size and instants.dtype.kind not in "iu":
        raise ValueError(f"{name} must be whole microseconds, got dtype {instants.dtype}")
    return instants.astype(np.int64, copy=False)


def check_same_length(n: int, **arrays: npt.NDArray[Any]) -> None:
    """Raise ValueError unless every array has n rows."""
    for name, array in arrays.items():
        if array.shape[0] != n:
            raise ValueError(f"{name} has {array.shape[0]} rows, not {n}")


def _check_unit_interval(p: Floats, name: str) -> None:
    # Written this way round so that NaN is bad too.
    refuse_first(~((p >= 0) & (p <= 1)), p, name=name, rule="not in [0, 1]")
