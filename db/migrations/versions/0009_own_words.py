"""What a person wrote beside a decision, a scenario, a relation or as evidence can be erased."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

# The column that held the words until now, and what stands there once they are kept apart.
HELD = {
    "statement_decision": ("reason", "[apart]"),
    "evidence": ("text", "[apart]"),
    "narrative": ("text", "[apart]"),
    "scenario_prior": ("note", ""),
    "indicator": ("note", ""),
    "relation": ("note", ""),
}

# Alembic would leave the key without a name. Adding a column keeps a table's triggers.
ADD = """
ALTER TABLE {table} ADD COLUMN own_words {type}
CONSTRAINT fk_{table}_own_words REFERENCES private_text (commitment)
CONSTRAINT ck_{table}_{column}_apart CHECK (own_words IS NULL OR {column} = '{instead}')
"""

# PostgreSQL's planner would keep samples of what these hold, beyond an erasure.
ERASABLE = (("private_text", "text"), ("forecaster", "name"), ("forecaster", "login"))
UNSAMPLED = "ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS 0"


def upgrade() -> None:
    # Rows that are there keep their words: the log holds them too, and is never rewritten.
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    kind = "TEXT" if on_sqlite else "VARCHAR"
    for table, (column, instead) in HELD.items():
        op.execute(ADD.format(table=table, type=kind, column=column, instead=instead))
    for table, column in () if on_sqlite else ERASABLE:
        op.execute(UNSAMPLED.format(table=table, column=column))


def downgrade() -> None:
    raise NotImplementedError("A record is never thrown away; restore a backup instead.")
