"""What is kept of an article's text to find others like it, among thousands, at once."""

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from db.metadata import STRICT


class ArticleSketch(SQLModel, table=True):
    """Follows from the article's text alone, so the log does not record it."""

    __tablename__ = "article_sketch"
    __table_args__ = (
        CheckConstraint("length(sketch) = 512", name="sketch_length"),
        STRICT | {"info": {"logged": False}},
    )

    article_id: int = Field(
        primary_key=True, foreign_key="article.id", sa_column_kwargs={"autoincrement": False}
    )
    sketch: bytes
