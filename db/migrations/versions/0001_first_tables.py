"""The first tables, and the triggers that keep the record append-only."""

import sqlalchemy as sa
from alembic import op

import db.types

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


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

SQLITE_REFUSE = """
CREATE TRIGGER {table}_refuse_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""

SQLITE_GAPLESS = """
CREATE TRIGGER ledger_gapless BEFORE INSERT ON ledger
WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM ledger)
BEGIN SELECT RAISE(ABORT, 'ledger.seq must be the next number'); END
"""

POSTGRES_FUNCTIONS = (
    """
    CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$
    """,
    """
    CREATE FUNCTION ledger_gapless() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN
        IF NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM ledger) THEN
            RAISE EXCEPTION 'ledger.seq must be the next number';
        END IF;
        RETURN NEW;
    END $$
    """,
)

# ALWAYS: an ordinary trigger is passed over under session_replication_role = replica.
POSTGRES_REFUSE = (
    """
    CREATE TRIGGER {table}_refuse_change BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION refuse_change()
    """,
    """
    CREATE TRIGGER {table}_refuse_truncate BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
    """,
    "ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_refuse_change",
    "ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_refuse_truncate",
)

POSTGRES_GAPLESS = (
    """
    CREATE TRIGGER ledger_gapless BEFORE INSERT ON ledger
    FOR EACH ROW EXECUTE FUNCTION ledger_gapless()
    """,
    "ALTER TABLE ledger ENABLE ALWAYS TRIGGER ledger_gapless",
)


def trigger_statements(dialect: str) -> list[str]:
    if dialect == "sqlite":
        refusals = [
            SQLITE_REFUSE.format(table=table, verb=verb)
            for table in APPEND_ONLY
            for verb in ("UPDATE", "DELETE")
        ]
        return [*refusals, SQLITE_GAPLESS]
    refusals = [part.format(table=table) for table in APPEND_ONLY for part in POSTGRES_REFUSE]
    return [*POSTGRES_FUNCTIONS, *refusals, *POSTGRES_GAPLESS]


def upgrade() -> None:
    op.create_table(
        "forecaster",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handle", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("publisher", sa.String(), nullable=False),
        sa.Column("login", sa.String(), nullable=True),
        sa.Column("recorded_at", db.types.Instant(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'person') = (login IS NOT NULL)", name=op.f("ck_forecaster_login_of_person")
        ),
        sa.CheckConstraint(
            "kind IN ('person', 'source', 'model')", name=op.f("ck_forecaster_kind_known")
        ),
        sa.CheckConstraint("trim(name) <> ''", name=op.f("ck_forecaster_name_filled")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forecaster")),
        sa.UniqueConstraint("handle", name=op.f("uq_forecaster_handle")),
        sa.UniqueConstraint("login", name=op.f("uq_forecaster_login")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("forecaster", schema=None) as batch_op:
        batch_op.create_index(
            "uq_forecaster_source",
            ["kind", "name", "publisher"],
            unique=True,
            sqlite_where=sa.text("kind <> 'person'"),
            postgresql_where=sa.text("kind <> 'person'"),
        )

    op.create_table(
        "ledger",
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("leaf", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(leaf) = 32", name=op.f("ck_ledger_leaf_length")),
        sa.CheckConstraint("seq >= 1", name=op.f("ck_ledger_seq_positive")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_ledger")),
        sa.UniqueConstraint("event_id", name=op.f("uq_ledger_event_id")),
        sqlite_strict=True,
    )
    op.create_table(
        "ledger_head",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("frontier", sa.LargeBinary(), nullable=False),
        sa.Column("root", sa.LargeBinary(), nullable=False),
        sa.Column("last_at", db.types.Instant(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_ledger_head_single")),
        sa.CheckConstraint("size >= 0", name=op.f("ck_ledger_head_size_positive")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_head")),
        sqlite_strict=True,
    )
    op.create_table(
        "private_text",
        sa.Column("commitment", sa.String(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=True),
        sa.Column("text", sa.String(), nullable=True),
        sa.CheckConstraint(
            "length(commitment) = 64", name=op.f("ck_private_text_commitment_length")
        ),
        sa.PrimaryKeyConstraint("commitment", name=op.f("pk_private_text")),
        sqlite_strict=True,
    )
    op.create_table(
        "article",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("publisher", sa.String(), nullable=True),
        sa.Column("author", sa.String(), nullable=True),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("published", sa.Date(), nullable=True),
        sa.Column("published_precision", sa.String(), nullable=True),
        sa.Column("published_stated", sa.Boolean(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("content_sha256", sa.String(), nullable=False),
        sa.Column("recorded_at", db.types.Instant(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "published_precision IN ('day', 'month', 'year')",
            name=op.f("ck_article_published_precision_known"),
        ),
        sa.CheckConstraint("trim(text) <> ''", name=op.f("ck_article_text_filled")),
        sa.CheckConstraint("trim(title) <> ''", name=op.f("ck_article_title_filled")),
        sa.CheckConstraint(
            "(published IS NULL) = (published_precision IS NULL)",
            name=op.f("ck_article_published_whole"),
        ),
        sa.CheckConstraint(
            "length(content_sha256) = 64", name=op.f("ck_article_content_sha256_length")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["forecaster.id"], name=op.f("fk_article_recorded_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article")),
        sa.UniqueConstraint("content_sha256", name=op.f("uq_article_content_sha256")),
        sqlite_strict=True,
    )
    op.create_table(
        "statement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("quote", sa.String(), nullable=False),
        sa.Column("hedge", sa.String(), nullable=False),
        sa.Column("polarity", sa.String(), nullable=False),
        sa.Column("probability", sa.Float(), nullable=False),
        sa.Column("probability_low", sa.Float(), nullable=False),
        sa.Column("probability_high", sa.Float(), nullable=False),
        sa.Column("scale", sa.String(), nullable=False),
        sa.Column("is_possibility", sa.Boolean(), nullable=False),
        sa.Column("horizon", sa.String(), nullable=True),
        sa.Column("horizon_start", sa.Date(), nullable=True),
        sa.Column("horizon_end", sa.Date(), nullable=True),
        sa.Column("speaker", sa.String(), nullable=False),
        sa.Column("speaker_kind", sa.String(), nullable=False),
        sa.Column("condition", sa.String(), nullable=True),
        sa.Column("actors", sa.String(), nullable=False),
        sa.Column("found_by", sa.String(), nullable=False),
        sa.Column("recorded_at", db.types.Instant(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "polarity IN ('affirm', 'negative')", name=op.f("ck_statement_polarity_known")
        ),
        sa.CheckConstraint(
            "speaker_kind IN ('author', 'publisher', 'named', 'unnamed')",
            name=op.f("ck_statement_speaker_kind_known"),
        ),
        sa.CheckConstraint("trim(quote) <> ''", name=op.f("ck_statement_quote_filled")),
        sa.CheckConstraint(
            "probability >= 0 AND probability <= 1", name=op.f("ck_statement_probability_range")
        ),
        sa.CheckConstraint(
            "probability_high >= 0 AND probability_high <= 1",
            name=op.f("ck_statement_probability_high_range"),
        ),
        sa.CheckConstraint(
            "probability_low <= probability AND probability <= probability_high",
            name=op.f("ck_statement_probability_order"),
        ),
        sa.CheckConstraint(
            "probability_low >= 0 AND probability_low <= 1",
            name=op.f("ck_statement_probability_low_range"),
        ),
        sa.CheckConstraint('start >= 0 AND "end" > start', name=op.f("ck_statement_span")),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_statement_article_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["forecaster.id"], name=op.f("fk_statement_recorded_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement")),
        sa.UniqueConstraint(
            "article_id", "start", "end", name=op.f("uq_statement_article_id_start_end")
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("background", sa.String(), nullable=False),
        sa.Column("criteria", sa.String(), nullable=False),
        sa.Column("resolution_source", sa.String(), nullable=False),
        sa.Column("base_rate", sa.Float(), nullable=True),
        sa.Column("base_rate_class", sa.String(), nullable=True),
        sa.Column("opens_at", db.types.Instant(), nullable=False),
        sa.Column("closes_at", db.types.Instant(), nullable=False),
        sa.Column("zone", sa.String(), nullable=True),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("lower_bound", sa.Float(), nullable=True),
        sa.Column("upper_bound", sa.Float(), nullable=True),
        sa.Column("retrospective", sa.Boolean(), nullable=False),
        sa.Column("statement_id", sa.Integer(), nullable=True),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("parent_outcome", sa.String(), nullable=True),
        sa.Column("recorded_at", db.types.Instant(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('binary', 'multiple_choice', 'ordered', 'numeric')",
            name=op.f("ck_question_kind_known"),
        ),
        sa.CheckConstraint("trim(criteria) <> ''", name=op.f("ck_question_criteria_filled")),
        sa.CheckConstraint("trim(title) <> ''", name=op.f("ck_question_title_filled")),
        sa.CheckConstraint(
            "(parent_id IS NULL) = (parent_outcome IS NULL)",
            name=op.f("ck_question_parent_with_outcome"),
        ),
        sa.CheckConstraint(
            "base_rate >= 0 AND base_rate <= 1", name=op.f("ck_question_base_rate_range")
        ),
        sa.CheckConstraint(
            "base_rate IS NULL OR base_rate_class IS NOT NULL",
            name=op.f("ck_question_base_rate_class"),
        ),
        sa.CheckConstraint("lower_bound < upper_bound", name=op.f("ck_question_bounds")),
        sa.CheckConstraint("opens_at < closes_at", name=op.f("ck_question_window")),
        sa.CheckConstraint("parent_id <> id", name=op.f("ck_question_parent_other")),
        sa.ForeignKeyConstraint(["parent_id"], ["question.id"], name=op.f("fk_question_parent_id")),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["forecaster.id"], name=op.f("fk_question_recorded_by")
        ),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["statement.id"], name=op.f("fk_question_statement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("question", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_question_closes_at"), ["closes_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_question_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_question_statement_id"), ["statement_id"], unique=False
        )

    op.create_table(
        "clarification",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("recorded_at", db.types.Instant(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.CheckConstraint("trim(text) <> ''", name=op.f("ck_clarification_text_filled")),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_clarification_question_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["forecaster.id"], name=op.f("fk_clarification_recorded_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clarification")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("clarification", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_clarification_question_id"), ["question_id"], unique=False
        )

    op.create_table(
        "comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("recorded_at", db.types.Instant(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_comment_question_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["forecaster.id"], name=op.f("fk_comment_recorded_by")
        ),
        sa.ForeignKeyConstraint(
            ["text"], ["private_text.commitment"], name=op.f("fk_comment_text")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("comment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_comment_question_id"), ["question_id"], unique=False)

    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("dated", sa.Date(), nullable=True),
        sa.Column("dated_precision", sa.String(), nullable=True),
        sa.Column("article_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", db.types.Instant(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "dated_precision IN ('day', 'month', 'year')",
            name=op.f("ck_evidence_dated_precision_known"),
        ),
        sa.CheckConstraint("trim(text) <> ''", name=op.f("ck_evidence_text_filled")),
        sa.CheckConstraint(
            "(dated IS NULL) = (dated_precision IS NULL)", name=op.f("ck_evidence_dated_whole")
        ),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_evidence_article_id")
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_evidence_question_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["forecaster.id"], name=op.f("fk_evidence_recorded_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_evidence_question_id"), ["question_id"], unique=False)

    op.create_table(
        "forecast",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("forecaster_id", sa.Integer(), nullable=False),
        sa.Column("forecast_class", sa.String(), nullable=False),
        sa.Column("made_at", db.types.Instant(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("probability", sa.Float(), nullable=True),
        sa.Column("probability_low", sa.Float(), nullable=True),
        sa.Column("probability_high", sa.Float(), nullable=True),
        sa.Column("is_possibility", sa.Boolean(), nullable=False),
        sa.Column("statement_id", sa.Integer(), nullable=True),
        sa.Column("confidence", sa.String(), nullable=True),
        sa.Column("expires_at", db.types.Instant(), nullable=True),
        sa.Column("rationale", sa.String(), nullable=True),
        sa.Column("recorded_at", db.types.Instant(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "confidence IN ('low', 'moderate', 'high')", name=op.f("ck_forecast_confidence_known")
        ),
        sa.CheckConstraint(
            "forecast_class <> 'live' OR made_at = recorded_at",
            name=op.f("ck_forecast_live_is_now"),
        ),
        sa.CheckConstraint(
            "forecast_class IN ('live', 'source', 'retrospective')",
            name=op.f("ck_forecast_forecast_class_known"),
        ),
        sa.CheckConstraint(
            "NOT withdrawn OR probability IS NULL", name=op.f("ck_forecast_withdrawn_empty")
        ),
        sa.CheckConstraint("expires_at > made_at", name=op.f("ck_forecast_expires_later")),
        sa.CheckConstraint("made_at <= recorded_at", name=op.f("ck_forecast_made_before_recorded")),
        sa.CheckConstraint(
            "probability >= 0 AND probability <= 1", name=op.f("ck_forecast_probability_range")
        ),
        sa.CheckConstraint(
            "probability_high >= 0 AND probability_high <= 1",
            name=op.f("ck_forecast_probability_high_range"),
        ),
        sa.CheckConstraint(
            "probability_low <= probability AND probability <= probability_high",
            name=op.f("ck_forecast_probability_order"),
        ),
        sa.CheckConstraint(
            "(probability_low IS NULL) = (probability_high IS NULL) "
            "AND (probability_low IS NULL OR probability IS NOT NULL)",
            name=op.f("ck_forecast_range_with_point"),
        ),
        sa.CheckConstraint(
            "probability_low >= 0 AND probability_low <= 1",
            name=op.f("ck_forecast_probability_low_range"),
        ),
        sa.ForeignKeyConstraint(
            ["forecaster_id"], ["forecaster.id"], name=op.f("fk_forecast_forecaster_id")
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_forecast_question_id")
        ),
        sa.ForeignKeyConstraint(
            ["rationale"], ["private_text.commitment"], name=op.f("fk_forecast_rationale")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["forecaster.id"], name=op.f("fk_forecast_recorded_by")
        ),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["statement.id"], name=op.f("fk_forecast_statement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forecast")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("forecast", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_forecast_forecaster_id"), ["forecaster_id"], unique=False
        )
        batch_op.create_index(
            "ix_forecast_history", ["question_id", "forecaster_id", "made_at"], unique=False
        )

    op.create_table(
        "question_option",
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.CheckConstraint("trim(name) <> ''", name=op.f("ck_question_option_name_filled")),
        sa.CheckConstraint("position >= 0", name=op.f("ck_question_option_position_positive")),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_question_option_question_id")
        ),
        sa.PrimaryKeyConstraint("question_id", "position", name=op.f("pk_question_option")),
        sa.UniqueConstraint(
            "question_id", "name", name=op.f("uq_question_option_question_id_name")
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "resolution",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("known_at", db.types.Instant(), nullable=False),
        sa.Column("known_precision", sa.String(), nullable=False),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.Column("source_url", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("recorded_at", db.types.Instant(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'resolved') = (outcome IS NOT NULL)",
            name=op.f("ck_resolution_outcome_if_resolved"),
        ),
        sa.CheckConstraint(
            "known_precision IN ('instant', 'day', 'month', 'year')",
            name=op.f("ck_resolution_known_precision_known"),
        ),
        sa.CheckConstraint(
            "state IN ('resolved', 'annulled', 'ambiguous')", name=op.f("ck_resolution_state_known")
        ),
        sa.CheckConstraint("trim(evidence) <> ''", name=op.f("ck_resolution_evidence_filled")),
        sa.CheckConstraint(
            "version = 1 OR (reason IS NOT NULL AND trim(reason) <> '')",
            name=op.f("ck_resolution_correction_with_reason"),
        ),
        sa.CheckConstraint("version >= 1", name=op.f("ck_resolution_version_positive")),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_resolution_question_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["forecaster.id"], name=op.f("fk_resolution_recorded_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resolution")),
        sa.UniqueConstraint(
            "question_id", "version", name=op.f("uq_resolution_question_id_version")
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "statement_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("statement_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("question_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", db.types.Instant(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(decision = 'accepted') = (question_id IS NOT NULL)",
            name=op.f("ck_statement_decision_accepted_as_question"),
        ),
        sa.CheckConstraint(
            "decision <> 'dismissed' OR (reason IS NOT NULL AND trim(reason) <> '')",
            name=op.f("ck_statement_decision_dismissed_with_reason"),
        ),
        sa.CheckConstraint(
            "decision IN ('accepted', 'dismissed', 'waiting')",
            name=op.f("ck_statement_decision_decision_known"),
        ),
        sa.CheckConstraint("version >= 1", name=op.f("ck_statement_decision_version_positive")),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_statement_decision_question_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["forecaster.id"], name=op.f("fk_statement_decision_recorded_by")
        ),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["statement.id"], name=op.f("fk_statement_decision_statement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement_decision")),
        sa.UniqueConstraint(
            "statement_id", "version", name=op.f("uq_statement_decision_statement_id_version")
        ),
        sqlite_strict=True,
    )
    with op.batch_alter_table("statement_decision", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_statement_decision_question_id"), ["question_id"], unique=False
        )

    op.create_table(
        "tagging",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("tag", sa.String(), nullable=False),
        sa.Column("applied", sa.Boolean(), nullable=False),
        sa.Column("recorded_at", db.types.Instant(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.CheckConstraint("trim(tag) <> ''", name=op.f("ck_tagging_tag_filled")),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_tagging_question_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["forecaster.id"], name=op.f("fk_tagging_recorded_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tagging")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("tagging", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tagging_question_id"), ["question_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_tagging_tag"), ["tag"], unique=False)

    op.create_table(
        "forecast_option",
        sa.Column("forecast_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("probability", sa.Float(), nullable=False),
        sa.CheckConstraint(
            "probability >= 0 AND probability <= 1",
            name=op.f("ck_forecast_option_probability_range"),
        ),
        sa.ForeignKeyConstraint(
            ["forecast_id"], ["forecast.id"], name=op.f("fk_forecast_option_forecast_id")
        ),
        sa.PrimaryKeyConstraint("forecast_id", "position", name=op.f("pk_forecast_option")),
        sqlite_strict=True,
    )
    op.create_table(
        "forecast_quantile",
        sa.Column("forecast_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.Float(), nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.CheckConstraint(
            "level > 0 AND level < 1", name=op.f("ck_forecast_quantile_level_range")
        ),
        sa.ForeignKeyConstraint(
            ["forecast_id"], ["forecast.id"], name=op.f("fk_forecast_quantile_forecast_id")
        ),
        sa.PrimaryKeyConstraint("forecast_id", "level", name=op.f("pk_forecast_quantile")),
        sqlite_strict=True,
    )

    for statement in trigger_statements(op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("A record is never thrown away; restore a backup instead.")
