"""From a file or a fetched page to an article's text and what it says about itself."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from forecasts.dates import Precision
from forecasts.errors import UnreadableDocument
from forecasts.reading.decoding import MAX_BYTES, checked_text, decode
from forecasts.reading.page_dates import page_date
from forecasts.reading.pdf import PdfRefused, PdfText

_HTML_NAME = re.compile(r"\.x?html?$", re.IGNORECASE)
_PDF_NAME = re.compile(r"\.pdf$", re.IGNORECASE)
_HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_XML_DECLARATION = re.compile(r"\s*<\?xml[^>]*>")
_HEADING = re.compile(r"\s*#[ \t]+(\S[^\n]*?)[ \t#]*(?:\n|$)")
_DOOR = re.compile(
    r"(?:enable|turn on|requires) javascript|log ?in to|sign in to|subscribe to (?:read|continue)"
    r"|verify (?:that )?you are (?:a )?human|are you a robot",
    re.IGNORECASE,
)
_FEWEST_WORDS = 5  # less is a menu or a title
_SHORT = 600  # characters; an article may mention a log-in, a page that is one has little else


@dataclass(frozen=True, slots=True)
class Document:
    """The text of an article, and what the document declares about itself."""

    text: str
    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    published: date | None = None
    precision: Precision | None = None

    @property
    def published_as_stated(self) -> str | None:
        """The date as far as it is known: "2024-06-17", "2024-06" or "2024"."""
        if self.published is None or self.precision is None:
            return None
        return self.published.isoformat()[: {"day": 10, "month": 7, "year": 4}[self.precision]]


def read_document(
    content: bytes, *, name: str, pdf: Callable[[bytes], PdfText] | None = None
) -> Document:
    """Read plain text, Markdown, HTML or, given the means, PDF.

    Plain text and Markdown stay as they are but for the byte order mark and line ends, which
    become ``\\n``; offsets of statements point into this text. A first Markdown heading is also
    the title. Of a web page the article's text remains, its blocks apart by a blank line.

    Parameters
    ----------
    content : bytes
        At most 10 MB. See ``decode`` for the encodings.
    name : str
        File name or address: tells HTML by its ending, and names the document in a refusal.
    pdf : callable, optional
        What reads a PDF, see ``forecasts.children.pdf_text``. Without it a PDF is refused.

    Raises
    ------
    UnreadableDocument
        If it is empty, too large, another kind of file (Office, picture, archive, program), in
        no known encoding, a web page without an article, or a PDF without text.
    """
    if pdf is not None and _is_pdf(content, name):
        return _read_pdf(content, name, pdf)
    text = decode(content, name=name)
    if _HTML_NAME.search(name) or _HTML_START.match(text):
        return _read_page(text, name)
    if text.lstrip().startswith(("<?xml", "<rss", "<feed", "<svg")):
        raise UnreadableDocument(name, "XML is not read; save the article as text or HTML")
    heading = _HEADING.match(text)
    return Document(text, title=heading[1] if heading else None)


def _is_pdf(content: bytes, name: str) -> bool:
    start = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    # An address may end so and yet answer with a page, such as one that asks for a log-in.
    return start.startswith(b"%PDF-") or (bool(_PDF_NAME.search(name)) and start[:1] != b"<")


def _read_pdf(content: bytes, name: str, pdf: Callable[[bytes], PdfText]) -> Document:
    if len(content) > MAX_BYTES:
        raise UnreadableDocument(name, f"larger than {MAX_BYTES // 1_000_000} MB")
    try:
        found = pdf(content)
    except PdfRefused as refused:
        raise UnreadableDocument(name, str(refused)) from None
    return Document(checked_text(found.text, name=name), title=found.title, author=found.author)


def _read_page(html: str, name: str) -> Document:
    # Loading this library takes half a second, which plain text should not cost.
    from trafilatura import bare_extraction
    from trafilatura.settings import Document as Extracted
    from trafilatura.utils import load_html

    # A parser of text refuses a page that still declares the encoding of its bytes.
    html = _XML_DECLARATION.sub("", html, count=1)
    found = bare_extraction(
        html,
        with_metadata=True,
        include_comments=False,
        # Its date is not used: it fills in a missing day from today's date.
        date_extraction_params={"extensive_search": False},
    )
    if not isinstance(found, Extracted) or len((found.text or "").split()) < _FEWEST_WORDS:
        raise UnreadableDocument(name, "no article was found in this page")
    lines = (found.text or "").splitlines()
    text = checked_text("\n\n".join(line for line in lines if line.strip()), name=name)
    if len(text) < _SHORT and _DOOR.search(text):
        raise UnreadableDocument(name, "this page asks for a log-in or JavaScript, and no more")
    published, precision = page_date(load_html(html)) or (None, None)
    return Document(
        text=text,
        title=found.title or None,
        author=found.author or None,
        publisher=found.sitename or None,
        published=published,
        precision=precision,
    )
