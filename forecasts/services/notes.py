"""What is added to a question later: clarifications, comments, evidence."""

from db.tables import Clarification, Comment, Evidence, Question
from forecasts.dates import first_day
from forecasts.errors import InvalidInput
from forecasts.results.terms import PartialDate
from forecasts.services.acts import Record, recorded
from forecasts.services.inputs import check_text
from forecasts.services.questions import check_url


@recorded("clarification")
def clarify_criteria(record: Record, *, question_id: int, text: str) -> int:
    """Add to a question's criteria. What was written before stays as it was."""
    record.get(Question, question_id, "question")
    row = Clarification(
        question_id=question_id,
        text=check_text("clarification", text),
        recorded_at=record.now,
        recorded_by=record.by,
    )
    return record.insert(row)


@recorded("comment")
def comment(record: Record, *, question_id: int, text: str) -> int:
    """Say something about a question."""
    record.get(Question, question_id, "question")
    commitment = record.private(check_text("comment", text))
    row = Comment(
        question_id=question_id,
        text=commitment,
        recorded_at=record.now,
        recorded_by=record.by,
    )
    return record.insert(row)


@recorded("evidence")
def attach_evidence(
    record: Record,
    *,
    question_id: int,
    text: str,
    url: str | None = None,
    dated: PartialDate | None = None,
) -> int:
    """Attach a quote or a link, with its own date, to a question."""
    record.get(Question, question_id, "question")
    if dated and first_day(dated.day, dated.precision) > record.now.date():
        raise InvalidInput("dated", dated.day.isoformat(), "lies in the future")
    row = Evidence(
        question_id=question_id,
        own_words=record.private(check_text("evidence", text)),
        url=check_url(url),
        dated=dated.day if dated else None,
        dated_precision=dated.precision if dated else None,
        recorded_at=record.now,
        recorded_by=record.by,
    )
    return record.insert(row)
