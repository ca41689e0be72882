"""Every forecast ever made on a question, and how each forecaster scored."""

from dashboard import formats
from dashboard.widgets.ledger import record_line
from dashboard.widgets.parts import finding, note, table
from dashboard.widgets.record_rows import RECORD_HEAD, record_rows, score_table, scores_under
from forecasts.results.question import QuestionView


def record_part(view: QuestionView, *, hidden: int = 0) -> None:
    """The whole record, latest first. Nothing in it is ever changed.

    ``hidden`` is how many entries of others the reader chose not to see yet.
    """
    if hidden:
        entries = formats.count(hidden, "entry of others is", "entries of others are")
        note(f"{formats.sentence_start(entries)} hidden until your forecast is in.")
    if not view.record and not hidden:
        note("No forecast was made on this question yet.")
    if not view.record:
        return
    table(RECORD_HEAD, record_rows(view))
    note(
        "Source: an author’s words as numbers. Retrospective: claimed for a time before it was "
        "recorded; left out of scores unless asked for."
    )
    record_line()


def scores_part(view: QuestionView, me: int | None) -> None:
    """The score of everyone on this question, once it is resolved."""
    finding("How it scored", scores_under(view))
    head, rows = score_table(view, me)
    if not rows:
        note("No forecast stood on a scored day, so nobody is scored.")
        return
    table(head, rows)
    if view.row.kind != "numeric":
        note("Low / high end: the score if the source’s words meant the ends of their range.")
