"""The stacked probabilities of scenarios, as rows of a table."""

from dashboard import formats
from dashboard.charts.numbers import Numbers
from dashboard.charts.scenarios import Whose, known_runs, shares_of
from forecasts.results.scenarios import ScenarioBoard


def scenario_numbers(board: ScenarioBoard, whose: Whose) -> Numbers:
    """One row an instant that is drawn, latest first: its end of day or now, and every share."""
    shares = shares_of(board, whose)
    places = [int(place) for run in known_runs(shares) for place in run]
    return Numbers(
        {"At": formats.iso} | {one.name: formats.exact_percent for one in board.scenarios},
        [(board.series.at[place], *shares[place].tolist()) for place in reversed(places)],
    )
