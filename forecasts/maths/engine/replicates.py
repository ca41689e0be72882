"""What happens in replicates in which every stated probability is right."""

import numpy as np
from numba import njit

from forecasts.maths.checks import Floats, Ints
from forecasts.maths.engine.columns import Codes


def events(p: Floats, weights: Floats, questions: Ints, starts: Ints, luck: Floats) -> Floats:
    """Return the weight of what happens among the rows of each stated value, shape (r, k).

    ``p`` increases; the rows of value i start at ``starts[i]``. A row happens in a replicate where
    the ``luck`` (r, questions) of its question is below ``p``.
    """
    return _events(p, weights, questions.astype(np.int32), starts, luck)


@njit(cache=True, nogil=True, fastmath={"reassoc", "nsz"})
def _events(p: Floats, weights: Floats, questions: Codes, starts: Ints, luck: Floats) -> Floats:
    found = np.empty((luck.shape[0], starts.size))
    for replicate in range(luck.shape[0]):
        for value in range(starts.size):
            end = starts[value + 1] if value + 1 < starts.size else p.size
            total = 0.0
            # Unsigned, so that nothing is asked about negative indices and the loop is vectorised.
            for row in range(np.uint64(starts[value]), np.uint64(end)):
                happens = luck[replicate, np.uint64(questions[row])] < p[row]
                total += weights[row] if happens else 0.0
            found[replicate, value] = total
    return found
