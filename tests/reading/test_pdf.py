"""PDFs made by hand, so that each shows one thing, and read in a real child process."""

import io
import zlib
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from forecasts.children import ChildFailed, pdf_text, run_limited
from forecasts.errors import UnreadableDocument
from forecasts.reading.documents.articles import read_document
from forecasts.reading.documents.decoding import MAX_BYTES
from forecasts.reading.documents.pdf import PdfRefused, PdfText, extract
from forecasts.reading.documents.reflow import reflow

LINES = [
    "The central bank will probably raise its rate in June, most economists",
    "say. Inflation has been above its target since the spring of last year.",
]
RUNNING = " ".join(LINES)


def pdf(objects, *, info=""):
    """A file of ``objects``: number 1 is the catalogue, number 2 the page tree, both given."""
    out = b"%PDF-1.4\n"
    offsets = []
    bodies = [*objects, f"<<{info}>>".encode()]
    for number, body in enumerate(bodies, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(bodies) + 1
    tail = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n"
    tail += f"<</Size {size}/Root 1 0 R/Info {size - 1} 0 R>>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + tail.encode()


def stream(content, extra=""):
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (extra.encode(), len(content), content)


FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
CATALOGUE = b"<</Type/Catalog/Pages 2 0 R>>"
PAGE = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<<{}>>/Contents {} 0 R>>"


def drawing(lines):
    shown = "".join(f"({line}) Tj T*\n" for line in lines)
    return f"BT /F 11 Tf 14 TL 72 700 Td\n{shown}ET".encode("cp1252")


def printed(*pages, info="", contents=None):
    """A PDF with the given lines, or content streams, page by page."""
    streams = contents or [stream(drawing(lines)) for lines in pages]
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(len(streams)))
    tree = f"<</Type/Pages/Kids[{kids}]/Count {len(streams)}>>".encode()
    objects = [CATALOGUE, tree, FONT]
    for i, body in enumerate(streams):
        objects += [PAGE.format("/Font<</F 3 0 R>>", 5 + 2 * i).encode(), body]
    return pdf(objects, info=info)


# What is read ---------------------------------------------------------------------------------


def test_a_document_s_text_comes_out_of_the_child_as_running_text():
    content = printed(LINES, info="/Title(Rates to rise)/Author(Jane Doe)")
    assert pdf_text(content) == PdfText(RUNNING, "Rates to rise", "Jane Doe")
    found = read_document(content, name="rates.pdf", pdf=pdf_text)
    assert (found.text, found.title, found.author) == (RUNNING, "Rates to rise", "Jane Doe")
    assert found.published is None


def test_its_first_page_may_say_who_wrote_it_and_when():
    content = printed(["By Jane Doe", "", "June 17, 2024", "", *LINES])
    found = read_document(content, name="a.pdf", pdf=extract)
    assert (found.author, found.published_as_stated) == ("Jane Doe", "2024-06-17")


def test_a_file_s_day_of_creation_is_not_taken_for_its_publication():
    content = printed(LINES, info="/CreationDate(D:20240617120000Z)")
    assert read_document(content, name="a.pdf", pdf=extract).published_as_stated is None


def test_letters_beyond_ascii_are_read():
    line = "Müller’s “höher” – at 3 € a unit, it says, and not less than that."
    assert extract(printed([line])).text == line


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-128", "AES-256"])
def test_what_anybody_may_open_is_read_though_it_is_protected_against_changes(algorithm):
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(printed(LINES))))
    writer.encrypt("", "owner", algorithm=algorithm)
    assert extract(written(writer)).text == RUNNING


@pytest.mark.parametrize(
    ("stated", "title"),
    [
        ("Microsoft Word - rates_v3.docx", None),
        ("rates final v3.indd", None),
        ("Untitled", None),
        ("PowerPoint Presentation", None),
        ("12345", None),
        ("Q3", None),
        ("Inflation", "Inflation"),
        ("Rates  to\trise", "Rates to rise"),
        ("", None),
    ],
)
def test_a_title_is_taken_unless_a_program_put_it_there(stated, title):
    assert extract(printed(LINES, info=f"/Title({stated})")).title == title


@pytest.mark.parametrize(
    ("stated", "author"),
    [
        ("Jane Doe", "Jane Doe"),
        ("jdoe", None),
        ("Microsoft Office User", None),
        ("jane.doe@bank.example", None),
        ("admin", None),
        ("Adobe Acrobat Pro", None),
        ("Inflation", "Inflation"),
        ("", None),
    ],
)
def test_an_author_is_taken_unless_it_is_an_account_or_a_program(stated, author):
    assert extract(printed(LINES, info=f"/Author({stated})")).author == author


# Running text ---------------------------------------------------------------------------------


def test_paragraphs_stay_apart_and_bullets_too():
    pages = ["Outlook\n" + "\n".join(LINES) + "\nIt ends soon.\n\n• Rates rise.\n• Prices fall."]
    assert reflow(pages) == "\n\n".join(
        ["Outlook", f"{RUNNING} It ends soon.", "• Rates rise.", "• Prices fall."]
    )


def test_a_sentence_goes_on_over_the_page_and_running_heads_go():
    bodies = [LINES[0], LINES[1], LINES[0], LINES[1]]
    pages = [f"The Desk, June 2024\n{body}\n{i}" for i, body in enumerate(bodies, 7)]
    assert reflow(pages) == f"{RUNNING}\n\n{RUNNING}"


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        ("They expect more invest-\nment in the year.", "They expect more investment in the year."),
        ("It is a long-\nterm plan, as long-term plans go.",
         "It is a long-term plan, as long-term plans go."),
        ("The talks of Smith-\nJones will fail.", "The talks of Smith-Jones will fail."),
        ("The plan of 2024-\n2025 will fail.", "The plan of 2024-2025 will fail."),
        ("More invest\u00ad\nment is likely.", "More investment is likely."),
    ],
)  # fmt: skip
def test_words_cut_at_the_margin_are_whole_again(lines, text):
    assert reflow([lines]) == text


words = st.lists(st.text("abcdefg", min_size=1, max_size=12), min_size=1, max_size=60)


@given(words, st.integers(20, 80))
def test_no_word_is_lost_or_changed_by_where_the_lines_end(words, width):
    lines, line = [], ""
    for word in words:
        if line and len(line) + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    assert reflow(["\n".join([*lines, line])]).split() == words


# Refusals: one line, the parent alive ---------------------------------------------------------


def written(writer):
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def locked(algorithm):
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(printed(LINES))))
    writer.encrypt("secret", algorithm=algorithm)
    return written(writer)


def zipped(content, times=1):
    for _ in range(times):
        content = zlib.compress(content, 9)
    return stream(content, f"/Filter[{'/FlateDecode' * times}]")


def cyclic_tree():
    return pdf([CATALOGUE, b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>"])


def deep_tree(depth=3000):
    tree = [f"<</Type/Pages/Kids[{n} 0 R]/Count 1>>".encode() for n in range(3, depth)]
    return pdf([CATALOGUE, *tree, b"null"])


def endless(pages=60):
    """A small file that takes many seconds to read: each page shows a letter 100,000 times."""
    return printed(contents=[zipped(b"BT /F 9 Tf " + b"(a) Tj " * 100_000 + b"ET")] * pages)


REFUSED = {
    "empty": (b"", "empty"),
    "text": (b"Rates will rise in June, they say.", "this is not a PDF"),
    "header only": (b"%PDF-1.7\n", "damaged"),
    "noise": (b"%PDF-1.7\n" + bytes(range(256)) * 40, "damaged"),
    "locked": (locked("RC4-128"), "this PDF is encrypted"),
    "locked by AES": (locked("AES-256"), "this PDF is encrypted"),
    "scan": (printed(contents=[stream(b"q 612 0 0 792 0 0 cm Q")]), "no text; it may be a scan"),
    "no pages": (pdf([CATALOGUE, b"<</Type/Pages/Kids[]/Count 0>>"]), "no text"),
    "signs only": (printed(["/12 /7 /33 /41 . /9 /8 /7 ; /6 /5 !!"]), "which characters"),
    "cyclic tree": (cyclic_tree(), "damaged (Detected cyclic"),
    "deep tree": (deep_tree(), "safe to unpack"),
    "bomb": (printed(contents=[zipped(b" " * 300_000_000)]), "safe to unpack"),
    "bomb in a bomb": (
        printed(contents=[zipped(b" " * 300_000_000, times=2)]),
        "safe to unpack",
    ),
}


@pytest.mark.parametrize(("content", "reason"), REFUSED.values(), ids=REFUSED)
def test_what_holds_no_text_is_refused_in_one_line(content, reason):
    with pytest.raises(UnreadableDocument) as refused:
        read_document(content, name="report.pdf", pdf=pdf_text)
    message = str(refused.value)
    assert message.startswith("report.pdf: ")
    assert reason in message
    assert "\n" not in message


def test_too_much_is_refused_before_a_child_is_started():
    def never(content):
        raise AssertionError

    with pytest.raises(UnreadableDocument, match="larger than 10 MB"):
        read_document(b"%PDF-1.7" + b" " * MAX_BYTES, name="a.pdf", pdf=never)


def test_a_page_behind_an_address_that_ends_in_pdf_is_read_as_a_page():
    page = f"<!doctype html><html><body><article><p>{RUNNING * 3}</p></article></body></html>"
    found = read_document(page.encode(), name="https://bank.example/rates.pdf", pdf=pdf_text)
    assert "raise its rate" in found.text


def test_without_the_means_a_pdf_is_refused():
    with pytest.raises(UnreadableDocument, match="PDF is not read yet"):
        read_document(printed(LINES), name="a.pdf")


def test_a_pdf_that_takes_too_long_is_stopped():
    with pytest.raises(ChildFailed, match="took longer than 1 s"):
        run_limited("forecasts.reading.documents.pdf", endless(), seconds=1)


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 255)), min_size=1, max_size=8))
def test_a_damaged_pdf_is_read_or_refused_and_nothing_else(changes):
    content = bytearray(printed(LINES, LINES))
    for place, byte in changes:
        content[place % len(content)] = byte
    with suppress(PdfRefused):
        assert extract(bytes(content)).text.strip()


# Children -------------------------------------------------------------------------------------

CHILD = "import sys, time\ndef main():\n    data = sys.stdin.buffer.read()\n    "


@pytest.fixture
def child(tmp_path, monkeypatch):
    def make(body):
        (tmp_path / "child_of_a_test.py").write_text(CHILD + body)
        monkeypatch.setenv("PYTHONPATH", str(tmp_path))
        return "child_of_a_test"

    return make


def test_a_child_answers_with_bytes(child):
    data = bytes(range(256)) * 4000
    assert run_limited(child("sys.stdout.buffer.write(data[::-1])"), data) == data[::-1]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("time.sleep(60)", "took longer than 1 s"),
        ("while True: pass", "took longer than 1 s"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "stopped by signal 11"),
        ("sys.exit(3)", "ended with an error (no reason given)"),
        ("raise KeyError('a')", "ended with an error (KeyError: 'a')"),
    ],
)
def test_a_child_that_fails_says_how(child, body, reason):
    with pytest.raises(ChildFailed) as failed:
        run_limited(child(body), b"", seconds=1 if "longer" in reason else 60)
    assert reason in str(failed.value)


def test_a_child_gets_no_more_memory_than_it_is_allowed(child):
    module = child("sys.stdout.buffer.write(b'%d' % len(b' ' * 300_000_000))")
    assert run_limited(module, b"", megabytes=600) == b"300000000"
    with pytest.raises(ChildFailed, match="MemoryError"):
        run_limited(module, b"", megabytes=200)
