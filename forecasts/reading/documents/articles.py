"""From a file or a fetched page to an article's text and what it says about itself."""

import re
from collections.abc import Callable
from dataclasses import replace

from forecasts.errors import UnreadableDocument
from forecasts.reading.documents.decoding import MAX_BYTES, checked_text, decode
from forecasts.reading.documents.document import Document as Document
from forecasts.reading.documents.heads import head_of
from forecasts.reading.documents.other_language import other_language
from forecasts.reading.documents.page import LARGE, PageRefused, read_page, slim
from forecasts.reading.documents.pdf import PdfRefused, PdfText

_HTML_NAME = re.compile(r"\.x?html?$", re.IGNORECASE)
_PDF_NAME = re.compile(r"\.pdf$", re.IGNORECASE)
_HTML_START = re.compile(
    r"\s*+(?:<\?xml[^>]*>\s*+)?(?><!--.*?-->\s*+)*+<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
LONGEST_TEXT = 2_000_000  # characters; a whole book has fewer

MANY_SENTENCES = 500  # from which on repetition is looked for
LEAST_DIFFERENT = 0.1  # of the sentences; in articles and tables most differ
_PIECE = re.compile(r"[^.!?\n]+")
MANY_WORDS = 3000  # from which on a text is looked at for words that repeat or crowd
LEAST_VOCABULARY = 0.01  # of the words; even a whole book has three times as many different ones
MOST_CUES = 0.12  # estimative words per word; the densest outlooks of that length have 0.09

LargePage = Callable[[str], Document]


def read_document(
    content: bytes,
    *,
    name: str,
    pdf: Callable[[bytes], PdfText] | None = None,
    large_page: LargePage | None = None,
) -> Document:
    """Read plain text, Markdown, HTML or, given the means, PDF and large pages.

    Plain text and Markdown stay as they are but for the byte order mark and line ends, which
    become ``\\n``; offsets of statements point into this text. What stands above the article is
    also taken for its title, author, publisher and date. Of a web page the article's text
    remains, its blocks apart by a blank line.
    ``forecasts.children.read_file`` is this function with the means for all kinds.

    Parameters
    ----------
    content : bytes
        At most 10 MB. See ``decode`` for the encodings.
    name : str
        File name or address: tells HTML by its ending, and names the document in a refusal.
    pdf : callable, optional
        What reads a PDF, see ``forecasts.children.pdf_text``. Without it a PDF is refused.
    large_page : callable, optional
        What reads a page of more than ``LARGE`` characters, see ``forecasts.children.page_text``.
        Without it such a page is refused.

    Raises
    ------
    UnreadableDocument
        If it is empty, too large, another kind of file (Office, picture, archive, program), in
        no known encoding, a web page without an article, a PDF without text, too long for one
        article, one that repeats itself (500 sentences, of which a tenth or less are different,
        or 3,000 words, of which one in a hundred), one that holds little but estimative words
        (3,000 words, more than 12 in 100 of them), or not in English.
    """
    found = _read(content, name, pdf, large_page)
    if not any(map(str.isalpha, found.text)):
        raise UnreadableDocument(name, "holds no words")
    if len(found.text) > LONGEST_TEXT:
        reason = f"{len(found.text):,} characters are too long, {LONGEST_TEXT:,} are allowed"
        raise UnreadableDocument(name, reason)
    if (heaped := _heaped(found.text)) is not None:
        raise UnreadableDocument(name, heaped)
    if (language := other_language(found.text)) is not None:
        raise UnreadableDocument(name, f"this seems to be {language}; only English is read")
    return found


def _heaped(text: str) -> str | None:
    """Why a text that is a heap of the same words or of estimates is no article, or None.

    Reading takes as long as there are statements, not characters: an article is read at some
    3,000 words a second, while 100 kB of nothing but forecasts would take many seconds.
    """
    pieces = [piece.strip() for piece in _PIECE.findall(text)]
    said = [piece for piece in pieces if any(map(str.isalpha, piece))]
    different = len(set(said))
    if len(said) >= MANY_SENTENCES and different <= LEAST_DIFFERENT * len(said):
        return f"repeats itself: {len(said):,} sentences, of which {different:,} are different"
    words = text.lower().split()
    if len(words) < MANY_WORDS:
        return None
    if (vocabulary := len(set(words))) <= LEAST_VOCABULARY * len(words):
        return f"repeats itself: {len(words):,} words, of which {vocabulary:,} are different"
    # Not above: it loads the language tools, which would cost each child its second of life.
    from forecasts.reading.hedges.cues import CUES

    cues = sum(1 for _ in CUES.finditer(text))
    if cues <= MOST_CUES * len(words):
        return None
    return f"holds little but estimates: {cues:,} words of chance among {len(words):,}"


def _read(
    content: bytes,
    name: str,
    pdf: Callable[[bytes], PdfText] | None,
    large_page: LargePage | None,
) -> Document:
    if pdf is not None and _is_pdf(content, name):
        return _read_pdf(content, name, pdf)
    text = decode(content, name=name)
    if _HTML_NAME.search(name) or _HTML_START.match(text):
        return _read_page(text, name, large_page)
    if text.lstrip().startswith(("<?xml", "<rss", "<feed", "<svg")):
        raise UnreadableDocument(name, "XML is not read; save the article as text or HTML")
    return _plain(text)


def _plain(text: str) -> Document:
    head = head_of(text)
    published, precision = head.published() or (None, None)
    return Document(text, head.title, head.author, head.publisher, published, precision)


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
    about = _plain(checked_text(found.text, name=name))
    return replace(about, title=found.title or about.title, author=found.author or about.author)


def _read_page(html: str, name: str, large_page: LargePage | None) -> Document:
    try:
        slimmed = slim(html)
        read: LargePage | None = read_page if len(slimmed) <= LARGE else large_page
        if read is None:
            raise UnreadableDocument(name, f"larger than {LARGE // 1000} kB; save its text alone")
        found = read(slimmed)
    except PageRefused as refused:
        raise UnreadableDocument(name, str(refused)) from None
    return replace(found, text=checked_text(found.text, name=name))
