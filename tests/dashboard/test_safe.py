"""Text of strangers stays text, whatever it contains."""

import html
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.widgets.safe import (
    Html,
    chart_text,
    escaped,
    fill,
    joined,
    plain,
    visible,
    web_link,
)

HOSTILE = [
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "</p></div><style>body{display:none}</style>",
    "<svg/onload=alert(1)>",
    "[click](javascript:alert(1))",
    "![](https://example.com/pixel.png)",
    "**bold** _it_ `code` # head $x^2$ :red[no] :smile:",
    "&lt;b&gt; &amp;lt;",
    "{title} {0} {title.__class__}",
    "\u202eright to left\u202c",
    "quote \" and ' and > <",
]


class Seen(HTMLParser):
    """Elements and text of a piece of HTML."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.text = ""
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_makes_no_element_and_is_shown_as_typed(text: str) -> None:
    seen = Seen(fill("<p>{text}</p>", text=text))
    assert seen.tags == ["p"]
    assert seen.text == visible(text)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_any_text_survives_escaping(text: str) -> None:
    assert html.unescape(escaped(text)) == visible(text)
    assert Seen(escaped(text)).tags == []


@given(st.text())
def test_nothing_invisible_that_turns_text_round_is_left(text: str) -> None:
    assert not re.search(
        "[\u202a-\u202e\u2066-\u2069\u200e\u200f\x00-\x08\x7f-\x9f]", visible(text)
    )


def test_an_override_is_written_out() -> None:
    assert visible("a\u202eb\x07\n") == "a[U+202E]b[U+0007]\n"


def test_values_cannot_reach_attributes_as_markup() -> None:
    filled = fill('<a title="{t}">x</a>', t='" onclick="alert(1)')
    assert Seen(filled).tags == ["a"]
    assert "onclick=&quot;" in filled


def test_html_is_not_escaped_twice_and_braces_of_values_are_not_read() -> None:
    inner = fill("<b>{x}</b>", x="1 < 2 {y}")
    assert fill("<p>{inner}</p>", inner=inner) == "<p><b>1 &lt; 2 {y}</b></p>"
    assert joined([inner, Html("<i></i>")]) == "<b>1 &lt; 2 {y}</b><i></i>"


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_characters_are_escaped_in_labels(text: str) -> None:
    # An unescaped one would be one that no backslash stands before.
    rest = re.sub(r"\\.", "", plain(text))
    assert not re.search(r"[\\`*_\[\]<>#$:!{}]", rest)


@pytest.mark.parametrize("text", ["http://example.com", "WWW.example.com", "a@example.com"])
def test_bare_addresses_are_no_links_in_labels(text: str) -> None:
    # What the reader's Markdown makes a link of, once the escapes are gone.
    shown = re.sub(r"\\(.)", r"\1", plain(text))
    assert not re.search(r"https?://[-.\w]|www\.|[-.\w+]@[-\w]", shown, re.IGNORECASE)
    assert shown.replace("\u2060", "") == text


def test_labels_stand_on_one_line() -> None:
    assert plain("one\n# two\n- three") == r"one \# two \- three"


def test_chart_text_leaves_no_tag_and_no_line_break() -> None:
    assert chart_text("<b>x</b>\n<a href='y'>z</a>") == (
        "&lt;b&gt;x&lt;/b&gt; &lt;a href='y'&gt;z&lt;/a&gt;"
    )


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://example.com/a?b=c#d", True),
        ("HTTP://example.com", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ('https://example.com/"onclick="x', False),
        ("https://example.com\njavascript:", False),
        ("//example.com", False),
        ("", False),
        (None, False),
    ],
)
def test_only_ordinary_web_addresses_are_linked(url: str | None, linked: bool) -> None:
    assert (web_link(url) == url and url is not None) is linked
