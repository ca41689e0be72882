"""How a database comes to the schema of this code; `env.py` is Alembic's entry."""
