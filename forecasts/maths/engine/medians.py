"""What the crowd's median was all the time, before it is held against anything."""

from forecasts.maths.engine.block import make_block
from forecasts.maths.engine.clusters import clustered
from forecasts.maths.engine.columns import Forecasts, Questions
from forecasts.maths.engine.crowds import median_crowd
from forecasts.maths.engine.settings import Medians, Settings


def crowd_medians(questions: Questions, forecasts: Forecasts, settings: Settings) -> Medians:
    """See ``forecasts.maths.engine.crowd_medians``."""
    block = make_block(questions, clustered(forecasts), settings, offset=0)
    crowd = median_crowd(block)
    return Medians(block.slot_starts, block.slot_weights, crowd.said[0], crowd.stands)
