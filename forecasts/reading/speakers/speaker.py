"""Whose forecast a statement is."""

from typing import Literal


def scored_speaker(
    speaker: str,
    kind: Literal["author", "publisher", "named", "unnamed"],
    *,
    author: str | None,
    publisher: str | None,
    title: str,
) -> str:
    """Who is scored for a statement: a named speaker, else the author, else the publisher.

    ``author``, ``publisher`` and ``title`` are the article's; ``speaker`` is as the text has it.
    """
    if kind in ("named", "unnamed"):
        return speaker
    if kind == "author" and author:
        return author
    return publisher or f"the author of “{title}”"
