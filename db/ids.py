"""Numbers for rows to come, so that many can be written at once."""

from collections.abc import Iterator

from sqlalchemy import func, select
from sqlmodel import Session, SQLModel

from db.tables import metadata


def reserve(session: Session, table: type[SQLModel], count: int) -> Iterator[int]:
    """The next ids of a table, as the database would give them. Only under the log's lock."""
    name = str(table.__tablename__)
    if session.connection().dialect.name == "postgresql":
        one = func.nextval(func.pg_get_serial_sequence(name, "id"))
        each = select(one).select_from(func.generate_series(1, count).alias())
        return iter(session.connection().scalars(each).all())
    last = session.connection().scalar(select(func.max(metadata.tables[name].c.id))) or 0
    return iter(range(last + 1, last + count + 1))
