"""A scenario board as a terminal shows it."""

from forecasts.cli.terminal import percent
from forecasts.cli.texts import day, last_day
from forecasts.results.scenarios import IndicatorView, ScenarioBoard, WatchRow


def board_lines(board: ScenarioBoard) -> list[str]:
    """The whole board, one line an item."""
    lines = [
        f"{board.question_id}  {board.title}",
        f"{board.status}, {day(board.opens_at)} to {last_day(board.closes_at)}",
        f"{'you':>6}  {'crowd':>6}  {'implied':>7}  {'prior':>6}",
        *(
            f"{percent(one.mine):>6}  {percent(one.crowd):>6}  {percent(one.implied):>7}  "
            f"{percent(one.prior):>6}  {one.name}"
            for one in board.scenarios
        ),
        board.gap,
    ]
    if board.indicators:
        lines.append("Indicators, the most diagnostic first:")
    lines += [_indicator(one) for one in board.indicators]
    if board.watch:
        lines.append("What to watch (expected information, largest swing):")
    lines += [
        f"  {one.information:.3f} bits  {_points(one.swing):>10}  {one.question_id}  {one.title}"
        f"{_only_if(one)}"
        for one in board.watch
    ]
    if board.sensitivity:
        lines.append("If indicators depend on each other (weights times):")
    lines += [
        f"  {one.factor:<5g} " + "  ".join(f"{percent(share):>6}" for share in one.probabilities)
        for one in board.sensitivity
    ]
    return [*lines, *board.notices]


def _only_if(one: WatchRow) -> str:
    if one.condition is None:
        return ""
    return f" (only if {one.condition}: {percent(one.met)})"


def _points(share: float) -> str:
    """A distance between probabilities, which is no probability."""
    count = round(100 * share)
    return f"{count} point" if count == 1 else f"{count} points"


def _indicator(one: IndicatorView) -> str:
    bits = "—" if one.diagnosticity is None else f"{one.diagnosticity:.3f}"
    mute = "; cannot tell the scenarios apart" if one.tells_apart is False else ""
    return f"  {bits:>6} bits  {one.question_id}  {one.title} ({one.why}{mute})"
