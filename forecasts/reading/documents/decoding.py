"""From the bytes of a file to its text, or a refusal that says why there is none."""

import codecs
import re

from forecasts.errors import UnreadableDocument

MAX_BYTES = 10_000_000

_KINDS = (
    (b"\x7fELF", "a program"),
    (b"PK\x03\x04", "a zip archive or an Office document"),
    (b"PK\x05\x06", "a zip archive"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a picture"),
    (b"GIF87a", "a picture"),
    (b"GIF89a", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\xfd7zXZ", "an archive"),
    (b"7z\xbc\xaf", "an archive"),
    (b"Rar!\x1a\x07", "an archive"),
    (b"\x28\xb5\x2f\xfd", "an archive"),
)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"<meta[^>]{1,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{1,30})", re.IGNORECASE
)
_ENCODINGS = re.compile(
    r"windows-\d{3,4}|iso-8859-\d{1,2}|koi8-[ru]|gbk|gb2312|gb18030|big5|shift_jis|euc-(jp|kr)"
)
_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1f\x7f-\x9f]")


def decode(content: bytes, *, name: str) -> str:
    """Return the text of a file: UTF-8, UTF-16 with a byte order mark, or Windows-1252.

    The mark is taken off and line ends become ``\\n``; nothing else is changed, so that offsets
    into the text stay true. A web page may declare another encoding in its head. Windows-1252
    gives a letter to nearly every byte, so it is believed only where the result has no control
    characters and the bytes are not UTF-8 with a flaw.

    Raises UnreadableDocument, naming the file, if there is no text in it.
    """
    if len(content) > MAX_BYTES:
        raise UnreadableDocument(name, f"larger than {MAX_BYTES // 1_000_000} MB")
    _refuse_other_kinds(content, name)
    return checked_text(_text_of(content, name), name=name)


def checked_text(text: str, *, name: str) -> str:
    """Return ``text`` with line ends as ``\\n``, or refuse what cannot be stored as text.

    For text that was pasted as well; ``name`` is then that of its field.

    Raises UnreadableDocument if it is empty, blank, too long, or holds U+0000 or half of a
    surrogate pair.
    """
    if not text.strip():
        raise UnreadableDocument(name, "empty" if not text else "nothing but blanks")
    if "\0" in text:
        raise UnreadableDocument(name, "holds NUL characters, so it is not plain text")
    try:
        size = len(text.encode())
    except UnicodeEncodeError as error:
        found = f"U+{ord(text[error.start]):04X}"
        raise UnreadableDocument(name, f"holds half of a character ({found})") from None
    if size > MAX_BYTES:
        raise UnreadableDocument(name, f"larger than {MAX_BYTES // 1_000_000} MB")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _refuse_other_kinds(content: bytes, name: str) -> None:
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"%PDF-"):
        raise UnreadableDocument(name, "PDF is not read yet; paste its text")
    for magic, kind in _KINDS:
        if content.startswith(magic):
            raise UnreadableDocument(name, f"this is {kind}, not text")
    # "MZ" may begin a sentence; a program has NUL bytes right after it.
    if content.startswith(b"MZ") and b"\0" in content[:512]:
        raise UnreadableDocument(name, "this is a program, not text")


def _text_of(content: bytes, name: str) -> str:
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            try:
                return content.decode(encoding).removeprefix("\ufeff")
            except UnicodeDecodeError as error:
                reason = f"marked as {encoding.upper()} but broken at byte {error.start}"
                raise UnreadableDocument(name, reason) from None
    if b"\0" in content:
        raise UnreadableDocument(name, "holds NUL bytes, so it is not plain text")
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        broken_at = error.start
    text = _single_bytes(content)
    if text is None:
        raise UnreadableDocument(name, f"not UTF-8 (byte {broken_at}), nor another known encoding")
    return text


def _single_bytes(content: bytes) -> str | None:
    """Return bytes that are not UTF-8 in the encoding they declare, or in Windows-1252."""
    declared = _DECLARED.search(content[:4096])
    encoding = declared[1].decode().lower() if declared else ""
    if not _ENCODINGS.fullmatch(encoding) or encoding == "iso-8859-1":
        encoding = "windows-1252"
    # Some of it is well-formed UTF-8 beyond ASCII, which chance hardly ever makes, or it is
    # UTF-8 of half a surrogate pair: UTF-8 with a flaw.
    flawed = re.search(r"[^\x00-\x7f\ufffd]", content.decode(errors="replace"))
    surrogates = re.search(rb"\xed[\xa0-\xbf][\x80-\xbf]", content)
    if encoding == "windows-1252" and (flawed or surrogates):
        return None
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if _CONTROLS.search(text) else text
