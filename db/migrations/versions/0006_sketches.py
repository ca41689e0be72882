"""Sketches of articles' texts, by which near-duplicates are found."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

SQLITE_REFUSE = """
CREATE TRIGGER article_sketch_refuse_{verb} BEFORE {verb} ON article_sketch
BEGIN SELECT RAISE(ABORT, 'article_sketch is append-only'); END
"""

# ALWAYS: an ordinary trigger is passed over under session_replication_role = replica.
POSTGRES_REFUSE = (
    """
    CREATE TRIGGER article_sketch_refuse_change BEFORE UPDATE OR DELETE ON article_sketch
    FOR EACH ROW EXECUTE FUNCTION refuse_change()
    """,
    """
    CREATE TRIGGER article_sketch_refuse_truncate BEFORE TRUNCATE ON article_sketch
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
    """,
    "ALTER TABLE article_sketch ENABLE ALWAYS TRIGGER article_sketch_refuse_change",
    "ALTER TABLE article_sketch ENABLE ALWAYS TRIGGER article_sketch_refuse_truncate",
)


def upgrade() -> None:
    op.create_table(
        "article_sketch",
        sa.Column("article_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sketch", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(sketch) = 512", name=op.f("ck_article_sketch_sketch_length")),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_article_sketch_article_id")
        ),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_article_sketch")),
        sqlite_strict=True,
    )
    if op.get_bind().dialect.name == "sqlite":
        statements = [SQLITE_REFUSE.format(verb=verb) for verb in ("UPDATE", "DELETE")]
    else:
        statements = list(POSTGRES_REFUSE)
    for statement in statements:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("A record is never thrown away; restore a backup instead.")
