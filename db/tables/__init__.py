"""One fact, one file. Importing this package registers every table."""

from db import metadata as _names  # constraint names must be set before the first table
from db.tables.article import Article
from db.tables.forecast import Forecast, ForecastOption, ForecastQuantile
from db.tables.forecaster import Forecaster
from db.tables.log import (
    Checkpoint,
    Ledger,
    LedgerHead,
    PrivateText,
    SigningKey,
    Verification,
)
from db.tables.naming import Naming
from db.tables.note import Clarification, Comment, Evidence
from db.tables.question import Question, QuestionOption, Tagging
from db.tables.redaction import Redaction, Scrub
from db.tables.resolution import Resolution
from db.tables.role import RoleAssignment
from db.tables.scenario import (
    IndicatorLikelihood,
    IndicatorLink,
    Narrative,
    QuestionRelation,
    ScenarioPrior,
    ScenarioPriorShare,
    ScenarioSet,
)
from db.tables.sketch import ArticleSketch
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
    "role_assignment",
    "redaction",
    "ledger",
    "signing_key",
    "checkpoint",
    "verification",
    "scrub",
    "article_sketch",
    "scenario_set",
    "narrative",
    "scenario_prior",
    "scenario_prior_share",
    "indicator",
    "indicator_likelihood",
    "relation",
    "naming",
)
"""Tables whose rows are never changed or removed. Triggers of the migrations hold it."""

__all__ = [
    "APPEND_ONLY",
    "Article",
    "ArticleSketch",
    "Checkpoint",
    "Clarification",
    "Comment",
    "Evidence",
    "Forecast",
    "ForecastOption",
    "ForecastQuantile",
    "Forecaster",
    "IndicatorLikelihood",
    "IndicatorLink",
    "Ledger",
    "LedgerHead",
    "Naming",
    "Narrative",
    "PrivateText",
    "Question",
    "QuestionOption",
    "QuestionRelation",
    "Redaction",
    "Resolution",
    "RoleAssignment",
    "ScenarioPrior",
    "ScenarioPriorShare",
    "ScenarioSet",
    "Scrub",
    "SigningKey",
    "Statement",
    "StatementDecision",
    "Tagging",
    "Verification",
    "metadata",
]
