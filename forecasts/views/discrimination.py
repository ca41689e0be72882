"""Do higher probabilities go to what happens?"""

import numpy as np

from forecasts.maths.area import area_interval_of
from forecasts.maths.bins import BINS, decimal_bins
from forecasts.maths.checks import Floats
from forecasts.maths.discrimination import forecasts_by_outcome, roc_curve
from forecasts.maths.pairs import Pairs, sums
from forecasts.results.calibration import DiscriminationView


def discrimination_of(found: Pairs) -> DiscriminationView:
    """What was said before events and before non-events."""
    if not found.probabilities.size:
        return DiscriminationView((), (), None, None, None, None, 0)
    columns = found.probabilities, found.happened
    apart = forecasts_by_outcome(*columns, weights=found.weights)

    def tenths(shares: Floats | None) -> tuple[float, ...]:
        if shares is None:
            return ()
        return tuple(sums(decimal_bins(apart.stated), shares, BINS).tolist())

    both = apart.events is not None and apart.non_events is not None
    return DiscriminationView(
        events=tenths(apart.events) if both else (),
        non_events=tenths(apart.non_events) if both else (),
        mean_of_events=apart.mean_of_events if both else None,
        mean_of_non_events=apart.mean_of_non_events if both else None,
        roc=roc_curve(*columns, weights=found.weights),
        interval=area_interval_of(found),
        questions=int(np.unique(found.questions).size),
    )
