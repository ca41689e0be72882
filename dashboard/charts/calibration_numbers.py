"""The numbers that the charts of the calibration page draw, as rows of tables."""

from dashboard import formats
from dashboard.charts.numbers import Numbers
from dashboard.charts.words import shown_as
from forecasts.results.calibration import CalibrationView, DiscriminationView, WordsView


def reliability_numbers(view: CalibrationView) -> Numbers:
    """One row for each tenth that forecasts fell into, with a 95 % interval by question."""
    return Numbers(
        {
            "Said from": formats.percent,
            "to": formats.percent,
            "Mean said": formats.percent,
            "Happened": formats.percent,
            "95 % from": formats.percent,
            "up to": formats.percent,
            "Questions": _count,
            "Forecasts": _count,
        },
        [
            (
                bin_.low,
                bin_.high,
                bin_.mean_forecast,
                bin_.observed,
                bin_.wilson_low,
                bin_.wilson_high,
                bin_.questions,
                bin_.forecasts,
            )
            for bin_ in view.bins
        ],
    )


def outcomes_numbers(view: DiscriminationView) -> Numbers:
    """One row a tenth: its share of what happened, and of what did not."""
    return Numbers(
        {
            "Said from": formats.percent,
            "to": formats.percent,
            "Share of what happened": formats.percent,
            "Share of what did not": formats.percent,
        },
        [
            (tenth / 10, (tenth + 1) / 10, event, other)
            for tenth, (event, other) in enumerate(zip(view.events, view.non_events, strict=True))
        ],
    )


def roc_numbers(view: DiscriminationView) -> Numbers:
    """One row a threshold: what would have been caught, and what would have been a false alarm."""
    columns = {
        "Alarm from": formats.percent,
        "Caught": formats.percent,
        "False alarms": formats.percent,
    }
    if view.roc is None:
        return Numbers(columns, [])
    rows = zip(
        view.roc.thresholds[1:].tolist(),
        view.roc.hits[1:].tolist(),
        view.roc.false_alarms[1:].tolist(),
        strict=True,
    )
    return Numbers(columns, list(rows))


def words_numbers(view: WordsView) -> Numbers:
    """One row a word, or a publisher of the word chosen, with what each scale says of the word."""
    return Numbers(
        {
            "Word": str,
            "Publisher": str,
            "Came true": _count,
            "of": _count,
            "Share": formats.percent,
            "95 % from": formats.percent,
            "up to": formats.percent,
            "Questions": _count,
            "Stands for": str,
        },
        [
            (
                row.word,
                row.publisher if view.word is not None else "all",
                row.happened,
                row.statements,
                row.share,
                *row.interval,
                row.questions,
                "; ".join(
                    f"{shown_as(one.scale)} {formats.percent_range(one.low, one.high)}"
                    for one in row.ranges
                ),
            )
            for row in view.rows
        ],
    )


def _count(number: int) -> str:
    return f"{number:,}"
