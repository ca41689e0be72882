"""The steps that a question's history draws, as rows of a table."""

from dashboard import formats
from dashboard.charts.numbers import Numbers
from forecasts.results.question import Line, QuestionView


def history_numbers(view: QuestionView) -> Numbers:
    """One row a step: when it began, whose it is, and the value that stood from then on.

    Shares in [0, 1] of a probability, the question's own unit of a number.
    """
    if view.row.kind == "numeric":
        return Numbers(
            {
                "From": formats.iso,
                "Whose": str,
                "Median": _number,
                "Interval from": _number,
                "to": _number,
                "Chance between them": formats.percent,
            },
            [
                (at, fan.name, median, low, high, share)
                for fan in view.fans
                for at, median, low, high, share in zip(
                    fan.at, fan.median, fan.low, fan.high, fan.share, strict=True
                )
            ],
        )
    return Numbers(
        {
            "From": formats.iso,
            "Whose": str,
            "Probability": formats.exact_percent,
            "Range from": formats.exact_percent,
            "to": formats.exact_percent,
        },
        [
            (at, _whose(line), value, line.low, line.high)
            for line in view.lines
            for at, value in zip(line.at, line.value, strict=True)
        ],
    )


def _whose(line: Line) -> str:
    return f"{line.name}: “{line.words}”" if line.words else line.name


def _number(value: float) -> str:
    return f"{value:,g}"
