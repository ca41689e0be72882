"""The article of a web page, and what the page declares about it.

Finding the article takes time that grows with the square of some pages' size, so a page beyond
``LARGE`` is for a child process with limits: ``main`` reads it on standard input and answers on
standard output.
"""

import dataclasses
import json
import re
import sys
from datetime import date
from typing import Any

from forecasts.reading.documents.document import Document
from forecasts.reading.documents.page_dates import page_date

LARGE = 100_000  # characters of markup, scripts set apart; a hostile page so long takes 2 s
LONGEST = 1_000_000
MOST_TAGS = 15_000
_FEWEST_WORDS = 5  # less is a menu or a title
_SHORT = 600  # characters; an article may mention a log-in, a page that is one has little else

_XML_DECLARATION = re.compile(r"\s*+<\?xml[^>]*>")
# Each ends at the end of the page if nothing else ends it, so that the search is linear.
_UNREAD = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<(script|style|svg)\b(?![^<>]*application/ld\+json)[^<>]*>.*?(?:</\1\s*>|\Z)",
    re.IGNORECASE | re.DOTALL,
)
_BLANKS = re.compile(r"\s{200,}")
_TAG = re.compile(r"<[a-z]", re.IGNORECASE)
_DOOR = re.compile(
    r"(?:enable|turn on|requires) javascript|log ?in to|sign in to|subscribe to (?:read|continue)"
    r"|verify (?:that )?you are (?:a )?human|are you a robot",
    re.IGNORECASE,
)


class PageRefused(ValueError):
    """There is no article to be had from it; ``str()`` says why in one line."""


def slim(html: str) -> str:
    """The page without what is no part of an article: scripts, styles, drawings, comments.

    Declarations in JSON stay. Of a declaration of the encoding nothing stays, for a parser of
    text refuses a page that still names the encoding of its bytes.

    Raises PageRefused if so much is left that finding the article in it could take for ever.
    """
    declared = _XML_DECLARATION.match(html)
    left = _BLANKS.sub("\n", _UNREAD.sub("", html[declared.end() :] if declared else html))
    if len(left) > LONGEST:
        raise PageRefused(f"this page has {len(left):,} characters, and {LONGEST:,} are allowed")
    tags = sum(1 for _ in _TAG.finditer(left))
    if tags > MOST_TAGS:
        raise PageRefused(f"this page has {tags:,} tags, and {MOST_TAGS:,} are allowed")
    return left


def read_page(html: str) -> Document:
    """Find the article in a page that went through ``slim``.

    Raises
    ------
    PageRefused
        If it holds no article, or tags nested so deeply that the parser would leave text out.
    """
    tree = _tree(html)
    # Before the article is searched for, which takes parts of the tree away.
    published, precision = page_date(tree) or (None, None)
    found = _article(tree)
    text = "\n\n".join(line for line in (found.text or "").splitlines() if line.strip())
    if len(text.split()) < _FEWEST_WORDS:
        raise PageRefused("no article was found in this page")
    if len(text) < _SHORT and _DOOR.search(text):
        raise PageRefused("this page asks for a log-in or JavaScript, and no more")
    return Document(
        text=text,
        title=found.title or None,
        author=found.author or None,
        publisher=found.sitename or None,
        published=published,
        precision=precision,
    )


def parse_answer(answer: bytes) -> Document:
    """Read what the child wrote. Raises PageRefused if that is a refusal."""
    found = json.loads(answer)
    if "refused" in found:
        raise PageRefused(found["refused"])
    day = found.pop("published")
    return Document(**found, published=date.fromisoformat(day) if day else None)


def _tree(html: str) -> Any:
    from lxml.etree import ParserError
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(remove_comments=True, remove_pis=True)
    try:
        tree = document_fromstring(html, parser=parser)
    except ParserError:
        raise PageRefused("no article was found in this page") from None
    # Beyond its limits the parser leaves text out without a word but this.
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise PageRefused("this page's tags are nested more than 256 deep; save its text alone")
    return tree


def _article(tree: Any) -> Any:
    # Loading this library takes half a second, which plain text should not cost.
    from trafilatura import bare_extraction
    from trafilatura.settings import Document as Extracted

    found = bare_extraction(
        tree,
        with_metadata=True,
        include_comments=False,
        # Its date is not used: it fills in a missing day from today's date.
        date_extraction_params={"extensive_search": False},
    )
    if not isinstance(found, Extracted):
        raise PageRefused("no article was found in this page")
    return found


def main() -> None:
    """Answer on standard output with the article of the page on standard input, as JSON."""
    try:
        answer = dataclasses.asdict(read_page(sys.stdin.buffer.read().decode()))
    except PageRefused as refused:
        answer = {"refused": str(refused)}
    sys.stdout.buffer.write(json.dumps(answer, default=date.isoformat).encode())
