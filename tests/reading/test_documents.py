import re
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasts.children import read_file
from forecasts.errors import UnreadableDocument
from forecasts.reading.documents.articles import LONGEST_TEXT, read_document
from forecasts.reading.documents.decoding import MAX_BYTES, checked_text, decode
from forecasts.reading.documents.page import LARGE, PageRefused, read_page, slim
from forecasts.reading.documents.page_dates import parse_partial

PARAGRAPH = "The central bank will probably raise its rate in June, most economists say. " * 3


def html(head="", body="", title="Rates to rise"):
    main = f"<article><h1>Rates to rise</h1><p>{PARAGRAPH}</p>{body}</article>"
    menu = "<nav><a href='/'>Home</a> <a href='/about'>About us</a></nav>"
    foot = "<footer>All rights reserved, 1999</footer>"
    return (
        f"<!doctype html><html><head><title>{title}</title>{head}</head>"
        f"<body>{menu}{main}{foot}</body></html>"
    )


def refusal(content, name="notes.txt"):
    with pytest.raises(UnreadableDocument) as refused:
        read_document(content, name=name)
    message = str(refused.value)
    assert message.startswith(f"{name}: ")
    assert "\n" not in message
    return message


# Text -----------------------------------------------------------------------------------------

lines = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r\ufeff"))
texts = lines.filter(str.strip)


@given(texts, st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_what_was_written_is_read_to_the_letter(text, encoding):
    assert decode(text.encode(encoding), name="a.txt") == text


@given(texts, st.sampled_from(["\r\n", "\r"]))
def test_line_ends_are_all_that_changes(text, end):
    assert decode(text.replace("\n", end).encode(), name="a.txt") == text


cp1252 = "".join(bytes([i]).decode("cp1252", "ignore") for i in range(0x20, 256))
letters = st.text(cp1252.replace("\x7f", "")).map("It says: ".__add__)


@given(letters)
def test_windows_1252_is_read_unless_it_may_be_utf_8_with_a_flaw(text):
    content = text.encode("cp1252")
    ascii_only = bytes(byte for byte in content if byte < 0x80).decode()
    try:
        expected = content.decode()
    except UnicodeDecodeError:
        mixed = content.decode(errors="ignore") != ascii_only
        expected = None if mixed or re.search(rb"\xed[\xa0-\xbf][\x80-\xbf]", content) else text
    if expected is None:
        refusal(content)
    else:
        assert decode(content, name="a.txt") == expected


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_quotes_and_dashes_of_word_processors(encoding):
    text = "“Rates will rise” – it’s likely, Müller said, at 3 €."
    assert read_document(text.encode(encoding), name="a.txt").text == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_needs_its_mark(encoding):
    assert "NUL bytes" in refusal("Rates will rise.".encode(encoding))
    marked = "\ufeffRates will rise."
    assert read_document(marked.encode(encoding), name="a.txt").text == "Rates will rise."


def test_plain_text_declares_nothing():
    found = read_document(b"Rates will rise.\r\n\r\nSoon.", name="a.txt")
    assert found.text == "Rates will rise.\n\nSoon."
    assert (found.title, found.author, found.published, found.precision) == (None,) * 4
    assert found.published_as_stated is None


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# Rates to rise\n\nThey will.", "Rates to rise"),
        ("\n\n#  Rates to rise  ##\nThey will.", "Rates to rise"),
        ("They will.\n\n# Why", None),
        ("## Only a part\n\nThey will.", None),
        ("#1 of the list\n", None),
    ],
)
def test_a_first_markdown_heading_is_the_title_and_stays_in_the_text(text, title):
    found = read_document(text.encode(), name="a.md")
    assert (found.text, found.title) == (text, title)


# Pages ----------------------------------------------------------------------------------------


def test_a_page_gives_its_article_without_menu_and_footer():
    items = "<ul><li>One more rise follows.</li></ul><p>Then it ends.</p>"
    found = read_document(html(body=items).encode(), name="https://news.example/a")
    blocks = found.text.split("\n\n")
    assert blocks == ["Rates to rise", PARAGRAPH.strip(), "- One more rise follows.",
                      "Then it ends."]  # fmt: skip
    assert found.title == "Rates to rise"


def test_a_page_declares_author_publisher_and_day():
    head = (
        '<meta name="author" content="Jane Doe"><meta property="og:site_name" content="The Desk">'
        '<meta property="article:published_time" content="2024-06-17T23:30:00-05:00">'
    )
    found = read_document(html(head).encode(), name="a.html")
    assert (found.author, found.publisher) == ("Jane Doe", "The Desk")
    assert (found.published, found.precision) == (date(2024, 6, 17), "day")
    assert found.published_as_stated == "2024-06-17"


@pytest.mark.parametrize(
    ("head", "stated"),
    [
        ('<meta name="date" content="2024-06">', "2024-06"),
        ('<meta name="DC.date.issued" content="2024">', "2024"),
        ('<meta name="date" content="June 2024">', "2024-06"),
        ('<meta itemprop="datePublished" content="17 June 2024">', "2024-06-17"),
        ('<meta name="date" content="soon">', None),
        ('<meta name="date" content="2024-13-45">', None),
        ('<meta name="last-modified" content="2024-06-17">', None),
        ('<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", '
         '"datePublished" : "2031-06-05T08:00:00Z"}]}</script>', "2031-06-05"),
        ('<script type="application/ld+json">{broken "datePublished":"2024-06-05"</script>',
         "2024-06-05"),
        ('<meta name="date" content="never"><meta name="pubdate" content="2024-01-02">',
         "2024-01-02"),
    ],
)  # fmt: skip
def test_a_date_is_as_precise_as_it_was_declared(head, stated):
    assert read_document(html(head).encode(), name="a.html").published_as_stated == stated


@pytest.mark.parametrize(
    ("body", "stated"),
    [
        ('<time datetime="2024-06-17">Monday</time>', "2024-06-17"),
        ('<time datetime="2024-06-17">a</time><time datetime="2023-01-01">b</time>', None),
        ('<time datetime="2023-01-01">b</time><time pubdate datetime="2024-06-17">a</time>',
         "2024-06-17"),
        ("<p>On 17 June 2024 the bank will meet again.</p>", None),
    ],
)  # fmt: skip
def test_of_several_times_on_a_page_none_is_guessed(body, stated):
    assert read_document(html(body=body).encode(), name="a.html").published_as_stated == stated


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-06-17 08:00:00", (date(2024, 6, 17), "day")),
        ("2024/6/7", (date(2024, 6, 7), "day")),
        ("Monday, June 17th, 2024 at 8:00 am", (date(2024, 6, 17), "day")),
        ("Sept. 3, 2024", (date(2024, 9, 3), "day")),
        ("Mon, 17 Jun 2024 08:00:00 GMT", (date(2024, 6, 17), "day")),
        ("29 February 2023", None),
        ("17.06.2024", None),
        ("06/07/2024", None),
        ("20240617", None),
        ("", None),
    ],
)
def test_dates_are_read_or_left_alone(text, expected):
    assert parse_partial(text) == expected


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ("", "utf-8"),
        ("", "utf-16"),
        ("", "cp1252"),
        ('<meta charset="windows-1251">', "cp1251"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">', "cp1252"),
        ('<meta charset="unicode_escape">', "cp1252"),
    ],
)
def test_a_page_in_another_encoding(head, encoding):
    word = "Ставка вырастет" if encoding == "cp1251" else "Zinsen – „höher“ für Müller"
    page = html(head, body=f"<p>{word}, which is a sentence of some length.</p>")
    found = read_document(page.encode(encoding), name="a.html")
    assert f"{word}, which is a sentence of some length." in found.text


def test_html_is_recognised_without_its_ending():
    commented = f"\n<!-- saved -->\n{html()}".encode()
    declared = f'<?xml version="1.0" encoding="utf-8"?>\n{html()}'.encode()
    for content in (commented, declared):
        assert "About us" not in read_document(content, name="page").text


def test_entities_are_not_expanded_and_no_file_is_read(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("the-secret")
    bomb = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
    doctype = f'<!DOCTYPE html [<!ENTITY l0 "lol">{bomb}<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    page = html(body="<p>&l9; &x; is what it says.</p>").replace("<!doctype html>", doctype)
    found = read_document(page.encode(), name="a.xhtml")
    assert "the-secret" not in found.text
    assert len(found.text) < 1000


def test_a_sound_page_that_mentions_a_log_in_is_read():
    body = f"<p>{PARAGRAPH * 3}</p><p>Please log in to comment on this article.</p>"
    assert "raise its rate" in read_document(html(body=body).encode(), name="a.html").text


def test_what_is_no_part_of_an_article_does_not_count_for_its_size():
    data = '<script type="application/ld+json">{"datePublished": "2024-06-17"}</script>'
    waste = f"<script>{'x' * LARGE}</script><style>{'y' * LARGE}</style><!--{'z' * LARGE}-->"
    found = read_document(html(data + waste, body=waste).encode(), name="a.html")
    assert "raise its rate" in found.text
    assert not {"xxx", "yyy", "zzz"} & set(re.findall("[xyz]{3}", found.text))
    assert found.published_as_stated == "2024-06-17"


def test_a_large_page_is_read_in_a_child_as_a_small_one_is_here():
    items = "".join(
        f"<p>Sentence {i} of this article is not like the others.</p>" for i in range(900)
    )
    page = html('<meta name="date" content="2024-06">', body=items + "<p>" + "é " * 25_000)
    assert len(slim(page)) > LARGE
    found = read_file(page.encode(), name="a.html")
    assert found == read_page(slim(page))
    assert found.published_as_stated == "2024-06"
    assert "Sentence 899" in found.text


def test_a_page_that_takes_too_long_is_refused_and_the_process_lives():
    attributes = " ".join(f'a{i}="b"' for i in range(60_000))
    with pytest.raises(UnreadableDocument) as refused:
        read_file(html(body=f"<p {attributes}>x</p>").encode(), name="a.html")
    # 2 s of work; on a machine that gives it less than that, 15 s by the clock.
    assert str(refused.value) in {
        f"a.html: reading this page took longer than {seconds} s; save its text alone"
        for seconds in (2, 15)
    }


@pytest.mark.parametrize(
    "start",
    [" " * 400_000, "<!---->" * 60_000, "<?xml" * 80_000, "<script" * 60_000, "<!--" * 100_000],
    ids=lambda start: start.strip()[:7] or "blanks",
)
def test_a_start_made_to_be_tried_again_and_again_is_passed_once(start):
    """Tried again at every character, each would take minutes."""
    with suppress(PageRefused):
        slim(start + html())
    with suppress(UnreadableDocument):
        assert read_document((start + PARAGRAPH).encode(), name="a.txt").title is None


# Refusals -------------------------------------------------------------------------------------


CROWDED = " ".join(f"Town {i} may rise." for i in range(4_000))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b" \r\n\t\n", "nothing but blanks"),
        ("\u00a0\u2003\n".encode(), "nothing but blanks"),
        (b"Rates\0will rise", "NUL bytes"),
        ("\ufeffRates\0".encode("utf-16-le"), "NUL characters"),
        ("\ufeffRates".encode("utf-32-le"), "NUL characters"),
        (b"\xff\xfea", "marked as UTF-16 but broken"),
        (b"\xff\xfe\x00\xd8", "marked as UTF-16 but broken"),
        (b"\xef\xbb\xbf\xff", "marked as UTF-8 but broken at byte 3"),
        (b"MZ\x90\x00\x03", "a program"),
        (b"\x7fELF\x02\x01", "a program"),
        (b"PK\x03\x04\x14", "a zip archive or an Office document"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"GIF89a,", "a picture"),
        (b"\xff\xd8\xff\xe0", "a picture"),
        (b"\x1f\x8b\x08", "a gzip archive"),
        (b"\xd0\xcf\x11\xe0\xa1", "an old Office document"),
        (b"{\\rtf1\\ansi Rates}", "an RTF document"),
        (b"%PDF-1.7\n", "PDF is not read yet; paste its text"),
        (b"\n%PDF-1.4", "PDF is not read yet; paste its text"),
        ("Rates’ café".encode() + b"\xff", "not UTF-8 (byte 14)"),
        (b"half \xed\xa0\x80 of a pair", "not UTF-8 (byte 5)"),
        (b"caf\xe9 \x01\x02", "not UTF-8 (byte 3)"),
        (b"caf\xe9 \x81", "not UTF-8 (byte 3)"),
        (b"<?xml version='1.0'?><rss></rss>", "XML is not read"),
        (b"x" * (MAX_BYTES + 1), "larger than 10 MB"),
        (b"?" * 100_000, "holds no words"),
        (b"word " * (LONGEST_TEXT // 5 + 1), "2,000,005 characters are too long"),
        (b"It will. " * 11_000, "repeats itself: 11,000 sentences, of which 1 are different"),
        (b"Q: Will it?\nA: It will.\n" * 4_000, "repeats itself: 8,000 sentences"),
        (b"Aa Bb " * 16_000, "repeats itself: 32,000 words, of which 2 are different"),
        (CROWDED.encode(), "holds little but estimates: 4,000 words of chance among 16,000"),
    ],
)
def test_what_is_not_text_is_refused_by_name(content, reason):
    assert reason in refusal(content)


def test_a_long_text_of_many_forecasts_is_read():
    other = "Nobody in the harbour of town {0} knew what the council had paid for crane {0}. " * 2
    said = (f"Prices in town {i} may rise in May. {other.format(i)}" for i in range(300))
    assert read_document("".join(said).encode(), name="long.txt").title is None


def test_a_text_may_begin_like_a_program():
    assert read_document(b"MZ is a postcode.", name="a.txt").text == "MZ is a postcode."


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("", "no article was found"),
        ("<div id='root'></div>", "no article was found"),
        ("<p>Home</p>", "no article was found"),
        ("<noscript>You need to enable JavaScript to run this app.</noscript>", "JavaScript"),
        ("<main><p>Please sign in to read this article on our site.</p></main>", "log-in"),
        ("<div>" * 300 + "deep " * 50, "nested more than 256 deep"),
        ("<div>" * 20_000 + "deep " * 50, "20,004 tags, and 15,000 are allowed"),
        ("word " * 200_001, "1,000,063 characters, and 1,000,000 are allowed"),
        ("<p>" + "word " * 20_001, "larger than 100 kB; save its text alone"),
    ],
)
def test_a_page_without_an_article_is_refused(body, reason):
    page = f"<html><head><title>News</title></head><body>{body}</body></html>"
    assert reason in refusal(page.encode(), name="https://news.example/a")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        (" \n", "nothing but blanks"),
        ("a\0b", "NUL characters"),
        ("a\ud800b", "half of a character (U+D800)"),
        ("é" * (MAX_BYTES // 2 + 1), "larger than 10 MB"),
    ],
)
def test_pasted_text_is_checked_alike(text, reason):
    with pytest.raises(UnreadableDocument, match="text: ") as refused:
        checked_text(text, name="text")
    assert reason in str(refused.value)


def test_pasted_text_has_its_line_ends_changed_and_nothing_else():
    assert checked_text(" a\r\nb\rc\n ", name="text") == " a\nb\nc\n "


def test_a_long_text_with_some_repetition_is_an_article() -> None:
    rows = "".join(f"Total. The port of town {n} moved {n} boxes of tea.\n" for n in range(600))
    assert read_document(rows.encode(), name="ports.txt").text == rows
