"""Scenarios: sets of alternative futures, indicators, and relations between questions."""

import sqlalchemy as sa
from alembic import op

import db.types
from db.migrations.append_only import protect

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

TABLES = (
    "scenario_set",
    "narrative",
    "scenario_prior",
    "scenario_prior_share",
    "indicator",
    "indicator_likelihood",
    "relation",
)


def upgrade() -> None:
    _sets()
    _priors()
    _indicators()
    _relations()
    protect(*TABLES)


def _sets() -> None:
    op.create_table(
        "scenario_set",
        sa.Column("question_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("recorded_at", db.types.Instant(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_scenario_set_question_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["forecaster.id"], name=op.f("fk_scenario_set_recorded_by")
        ),
        sa.PrimaryKeyConstraint("question_id", name=op.f("pk_scenario_set")),
        sqlite_strict=True,
    )
    op.create_table(
        "narrative",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("set_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("recorded_at", db.types.Instant(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.CheckConstraint("trim(text) <> ''", name=op.f("ck_narrative_text_filled")),
        sa.CheckConstraint("position >= 0", name=op.f("ck_narrative_position_positive")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_narrative_version_positive")),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["forecaster.id"], name=op.f("fk_narrative_recorded_by")
        ),
        sa.ForeignKeyConstraint(
            ["set_id"], ["scenario_set.question_id"], name=op.f("fk_narrative_set_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_narrative")),
        sa.UniqueConstraint(
            "set_id", "position", "version", name=op.f("uq_narrative_set_id_position_version")
        ),
        sqlite_strict=True,
    )


def _priors() -> None:
    op.create_table(
        "scenario_prior",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("set_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("dated_at", db.types.Instant(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("recorded_at", db.types.Instant(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "dated_at <= recorded_at", name=op.f("ck_scenario_prior_dated_before_recorded")
        ),
        sa.CheckConstraint("version >= 1", name=op.f("ck_scenario_prior_version_positive")),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["forecaster.id"], name=op.f("fk_scenario_prior_recorded_by")
        ),
        sa.ForeignKeyConstraint(
            ["set_id"], ["scenario_set.question_id"], name=op.f("fk_scenario_prior_set_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scenario_prior")),
        sa.UniqueConstraint("set_id", "version", name=op.f("uq_scenario_prior_set_id_version")),
        sqlite_strict=True,
    )
    op.create_table(
        "scenario_prior_share",
        sa.Column("prior_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("probability", sa.Float(), nullable=False),
        sa.CheckConstraint(
            "probability >= 0 AND probability <= 1",
            name=op.f("ck_scenario_prior_share_probability_range"),
        ),
        sa.ForeignKeyConstraint(
            ["prior_id"], ["scenario_prior.id"], name=op.f("fk_scenario_prior_share_prior_id")
        ),
        sa.PrimaryKeyConstraint("prior_id", "position", name=op.f("pk_scenario_prior_share")),
        sqlite_strict=True,
    )


def _indicators() -> None:
    op.create_table(
        "indicator",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("set_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("weight", sa.Float(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("recorded_at", db.types.Instant(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.CheckConstraint("set_id <> question_id", name=op.f("ck_indicator_other_question")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_indicator_version_positive")),
        sa.CheckConstraint("weight >= 0 AND weight <= 1", name=op.f("ck_indicator_weight_range")),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_indicator_question_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["forecaster.id"], name=op.f("fk_indicator_recorded_by")
        ),
        sa.ForeignKeyConstraint(
            ["set_id"], ["scenario_set.question_id"], name=op.f("fk_indicator_set_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator")),
        sa.UniqueConstraint(
            "set_id", "question_id", "version", name=op.f("uq_indicator_set_id_question_id_version")
        ),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_indicator_question_id"), "indicator", ["question_id"], unique=False)
    op.create_table(
        "indicator_likelihood",
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("scenario", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.Integer(), nullable=False),
        sa.Column("probability", sa.Float(), nullable=False),
        sa.Column("words", sa.String(), nullable=True),
        sa.Column("scale", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(words IS NULL) = (scale IS NULL)",
            name=op.f("ck_indicator_likelihood_words_with_scale"),
        ),
        sa.CheckConstraint(
            "probability >= 0 AND probability <= 1",
            name=op.f("ck_indicator_likelihood_probability_range"),
        ),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicator.id"], name=op.f("fk_indicator_likelihood_indicator_id")
        ),
        sa.PrimaryKeyConstraint(
            "indicator_id", "scenario", "outcome", name=op.f("pk_indicator_likelihood")
        ),
        sqlite_strict=True,
    )


def _relations() -> None:
    op.create_table(
        "relation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("first_outcome", sa.String(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=False),
        sa.Column("second_outcome", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("recorded_at", db.types.Instant(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('implies', 'complement', 'same_event')", name=op.f("ck_relation_kind_known")
        ),
        sa.CheckConstraint(
            "trim(first_outcome) <> ''", name=op.f("ck_relation_first_outcome_filled")
        ),
        sa.CheckConstraint(
            "trim(second_outcome) <> ''", name=op.f("ck_relation_second_outcome_filled")
        ),
        sa.CheckConstraint("first_id <> second_id", name=op.f("ck_relation_two_questions")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_relation_version_positive")),
        sa.ForeignKeyConstraint(["first_id"], ["question.id"], name=op.f("fk_relation_first_id")),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["forecaster.id"], name=op.f("fk_relation_recorded_by")
        ),
        sa.ForeignKeyConstraint(["second_id"], ["question.id"], name=op.f("fk_relation_second_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relation")),
        sa.UniqueConstraint(
            "kind",
            "first_id",
            "first_outcome",
            "second_id",
            "second_outcome",
            "version",
            name=op.f("uq_relation_version"),
        ),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_relation_second_id"), "relation", ["second_id"], unique=False)


def downgrade() -> None:
    raise NotImplementedError("A record is never thrown away; restore a backup instead.")
