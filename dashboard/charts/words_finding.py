"""What a table of words says, with the certainty it can be said with."""

from dashboard import formats
from dashboard.charts.calibration_finding import ENOUGH
from dashboard.charts.words import desk_range
from forecasts.results.calibration import WordRow, WordsView


def words_finding(view: WordsView) -> str:
    """The heading: which word kept its meaning and which did not, if that can be told."""
    if not view.rows:
        return "No resolved statement uses a word of likelihood"
    if view.word is not None:
        return _of_one(view)
    able = [row for row in view.rows if row.questions >= ENOUGH and row.ranges]
    told = [(row, miss(row)) for row in able if not row.is_possibility]  # "may" claims nothing
    if not told:
        most = max(view.rows, key=lambda row: row.statements)
        used = formats.count(most.statements, "resolved statement")
        return f"Too few statements to say what words mean: “{most.word}” leads with {used}"
    held = [row for row, gap in told if gap == 0 and _within(row)]
    missed = [(row, gap) for row, gap in told if gap]
    parts = []
    if held:
        best = max(held, key=lambda row: row.statements)
        parts.append(f"{quoted(best.word)} held up")
    if missed:
        worst, gap = max(missed, key=lambda pair: abs(pair[1]))
        much = "more" if gap > 0 else "less"
        word = f"“{worst.word}”" if parts else quoted(worst.word)
        parts.append(f"{word} came true {much} often than it says")
    if not parts:  # every share lies outside its range, and every interval reaches into it
        most = max((row for row, _ in told), key=lambda row: row.statements)
        parts.append(f"Cannot tell yet whether “{most.word}” holds up")
    return "; ".join(parts)


def _of_one(view: WordsView) -> str:
    happened = sum(row.happened for row in view.rows)
    statements = sum(row.statements for row in view.rows)
    by = f", as used by {view.rows[0].publisher}," if _is_one_publisher(view) else ""
    times = "once" if happened == 1 else f"{happened:,} times"
    return f"{quoted(view.word or '')}{by} happened {times} in {statements:,}"


def quoted(word: str) -> str:
    """A word at the start of a heading."""
    return f"“{formats.sentence_start(word)}”"


def _is_one_publisher(view: WordsView) -> bool:
    return len(view.rows) == 1 and bool(view.rows[0].publisher)


def _within(row: WordRow) -> bool:
    desk = desk_range(row)
    return desk is not None and desk.low <= row.share <= desk.high


def miss(row: WordRow) -> float:
    """How far the whole interval lies above this desk's range of the word, or below it (< 0)."""
    desk = desk_range(row)
    low, high = row.interval
    if desk is None or (low <= desk.high and high >= desk.low):
        return 0.0
    return low - desk.high if low > desk.high else high - desk.low
