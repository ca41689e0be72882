"""Sketches of articles' texts, by which near-duplicates are found."""

import sqlalchemy as sa
from alembic import op

from db.migrations.append_only import protect

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


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
    protect("article_sketch")


def downgrade() -> None:
    raise NotImplementedError("A record is never thrown away; restore a backup instead.")
