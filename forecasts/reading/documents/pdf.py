"""The text of a PDF, and what its information says about title and author.

A PDF is a program in all but name and can be made to run for ever, so ``main`` is for a child
process with limits: bytes come on standard input, the answer leaves on standard output.
"""

import dataclasses
import io
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from forecasts.reading.documents.decoding import MAX_BYTES
from forecasts.reading.documents.reflow import reflow

if TYPE_CHECKING:
    from pypdf import PdfReader

_FEWEST_WORDS = 5
_FEWEST_LETTERS = 0.4  # of the visible characters; fonts without a table of characters give signs
_UNWANTED = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff]")
_FILE_NAME = re.compile(
    r"\.(?:docx?|pptx?|xlsx?|odt|rtf|txt|indd|qxd|tex|dvi|pdf|html?|pages)$", re.IGNORECASE
)
_NO_TITLE = re.compile(
    r"(?:microsoft (?:word|powerpoint|office)\b|powerpoint presentation|presentation\d*$"
    r"|untitled|document\d*$|slide \d|layout \d|print(?:ing)?\b|https?:)",
    re.IGNORECASE,
)
_NO_AUTHOR = re.compile(
    r"\b(?:admin\w*|user|owner|guest|default|unknown|anonymous|author|microsoft|adobe|apple|canon"
    r"|xerox|scan\w*|acrobat|word|office|latex|pdf\w*|writer)\b|@|[\\/_\d]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PdfText:
    """Running text, paragraphs apart by a blank line; title and author where they can be true."""

    text: str
    title: str | None = None
    author: str | None = None


class PdfRefused(ValueError):
    """There is no text to be had from it; ``str()`` says why in one line."""


def extract(content: bytes) -> PdfText:
    """Read the text of all pages. Its date of creation is no date of publication and is left.

    Raises
    ------
    PdfRefused
        If it is no PDF, damaged, encrypted, or without text (a scan, or fonts that do not say
        which characters they draw).
    """
    if b"%PDF-" not in content[:1024]:
        raise PdfRefused("this is not a PDF" if content else "empty")
    # Loading this library takes half a second, which the refusals above should not cost.
    from pypdf.errors import DependencyError, LimitReachedError, PyPdfError

    try:
        return _read(content)
    except PdfRefused:
        raise
    except DependencyError:
        raise PdfRefused("this PDF is encrypted") from None
    except (LimitReachedError, MemoryError):
        raise PdfRefused("this PDF goes beyond what is safe to unpack") from None
    except PyPdfError as error:
        raise PdfRefused(f"this PDF is damaged ({_one_line(str(error))})") from None
    except Exception as error:  # on broken input the library may raise anything
        raise PdfRefused(f"this PDF is damaged ({type(error).__name__})") from None


def parse_answer(answer: bytes) -> PdfText:
    """Read what the child wrote. Raises PdfRefused if that is a refusal."""
    found = json.loads(answer)
    if "refused" in found:
        raise PdfRefused(found["refused"])
    return PdfText(**found)


def _read(content: bytes) -> PdfText:
    from pypdf import PasswordType, PdfReader

    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
        raise PdfRefused("this PDF is encrypted")
    text = reflow(list(_pages(reader)))
    if len(text.split()) < _FEWEST_WORDS:
        raise PdfRefused("this PDF holds no text; it may be a scan")
    visible = [c for c in text if not c.isspace()]
    if sum(c.isalpha() for c in visible) < _FEWEST_LETTERS * len(visible):
        raise PdfRefused("this PDF does not say which characters its fonts draw")
    about = reader.metadata
    return PdfText(
        text,
        title=_honest_title(about.title if about else None, text),
        author=_honest_author(about.author if about else None, text),
    )


def _pages(reader: "PdfReader") -> Iterator[str]:
    size = 0
    for page in reader.pages:
        text = _UNWANTED.sub("", page.extract_text())
        size += len(text)
        if size > MAX_BYTES:
            raise PdfRefused(f"this PDF holds more than {MAX_BYTES // 1_000_000} MB of text")
        yield text


def _honest_title(stated: object, text: str) -> str | None:
    """The stated title, unless a program put it there: two words, or one that the text has."""
    title = _one_line(stated)
    if _NO_TITLE.match(title) or _FILE_NAME.search(title) or not any(c.isalpha() for c in title):
        return None
    return title if " " in title or title.casefold() in text.casefold() else None


def _honest_author(stated: object, text: str) -> str | None:
    """The stated author, unless it is an account or a program: a full name, or one in the text."""
    author = _one_line(stated)
    if _NO_AUTHOR.search(author) or not any(c.isalpha() for c in author):
        return None
    return author if " " in author or re.search(rf"\b{re.escape(author)}\b", text) else None


def _one_line(stated: object) -> str:
    return " ".join(_UNWANTED.sub("", str(stated or "")).split())[:300]


def main() -> None:
    """Answer on standard output with the text of the PDF on standard input, as JSON."""
    try:
        answer = dataclasses.asdict(extract(sys.stdin.buffer.read()))
    except PdfRefused as refused:
        answer = {"refused": str(refused)}
    sys.stdout.buffer.write(json.dumps(answer).encode())
