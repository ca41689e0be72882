"""One fact, one file. Importing this package registers every table."""

from db import metadata as _names  # constraint names must be set before the first table
from db.tables.article import Article
from db.tables.forecast import Forecast, ForecastOption, ForecastQuantile
from db.tables.forecaster import Forecaster
from db.tables.log import Ledger, LedgerHead, PrivateText
from db.tables.note import Clarification, Comment, Evidence
from db.tables.question import Question, QuestionOption, Tagging
from db.tables.resolution import Resolution
from db.tables.statement import Statement, StatementDecision

metadata = _names.metadata

APPEND_ONLY = (
    "article",
    "statement",
    "statement_decision",
    "question",
    "question_option",
    "tagging",
    "forecast",
    "forecast_option",
    "forecast_quantile",
    "resolution",
    "clarification",
    "comment",
    "evidence",
    "ledger",
)
"""Tables whose rows are never changed or removed. Triggers of the first migration hold it."""

__all__ = [
    "APPEND_ONLY",
    "Article",
    "Clarification",
    "Comment",
    "Evidence",
    "Forecast",
    "ForecastOption",
    "ForecastQuantile",
    "Forecaster",
    "Ledger",
    "LedgerHead",
    "PrivateText",
    "Question",
    "QuestionOption",
    "Resolution",
    "Statement",
    "StatementDecision",
    "Tagging",
    "metadata",
]
