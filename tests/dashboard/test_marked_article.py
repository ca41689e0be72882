"""An article on the screen is the stored text, character for character, with marks around it."""

import re
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.widgets.article import label, marked_text
from dashboard.widgets.safe import visible
from forecasts.results.articles import ArticleHead, ArticleView, StatementView

HEAD = ArticleHead(1, "A story", None, None, None, None, datetime(2024, 8, 1, tzinfo=UTC))


def statement(start: int, end: int, **changes: Any) -> StatementView:
    values: dict[str, Any] = {
        "id": start + 1,
        "article_id": 1,
        "start": start,
        "end": end,
        "quote": "",
        "hedge": "unlikely",
        "polarity": "negative",
        "probability": 0.22,
        "probability_low": 0.1,
        "probability_high": 0.35,
        "scale": "recommended",
        "is_possibility": False,
        "horizon": None,
        "horizon_start": None,
        "horizon_end": None,
        "speaker": "author",
        "speaker_kind": "author",
        "condition": None,
        "actors": (),
        "decision": "waiting",
        "reason": None,
        "question_id": None,
    }
    return StatementView(**(values | changes))


class Reader(HTMLParser):
    """Text, marked text and elements; labels are left out."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.text = self.marked = ""
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.tags.add(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "sup" not in self.open:
            self.text += data
            self.marked += data if "mark" in self.open else ""


texts = st.text(alphabet=st.sampled_from('ab <>&"\u202e\n{}'), min_size=1, max_size=60)


@given(texts, st.data())
def test_marks_add_nothing_to_the_text_and_take_nothing_away(text: str, data: Any) -> None:
    borders = st.integers(0, len(text))
    spans = [
        tuple(sorted(data.draw(st.tuples(borders, borders)))) for _ in range(data.draw(borders) % 4)
    ]
    statements = tuple(statement(start, end) for start, end in spans if start < end)
    furniture = tuple(tuple(sorted(data.draw(st.tuples(borders, borders)))) for _ in range(1))
    view = ArticleView(HEAD, text, furniture, statements)
    seen = Reader(marked_text(view, selected=None))
    assert seen.text == visible(text)
    covered = {i for s in statements for i in range(s.start, s.end)}
    assert seen.marked == visible("".join(text[i] for i in sorted(covered)))
    assert seen.tags <= {"div", "bdi", "mark", "sup", "span"}


def test_the_selected_statement_and_what_was_decided_look_different() -> None:
    first, second = statement(0, 5), statement(6, 9, decision="accepted")
    html = marked_text(ArticleView(HEAD, "China may rise", (), (first, second)), selected=1)
    assert '<mark class="negative on">' in html
    assert '<mark class="negative done">' in html


@pytest.mark.parametrize(
    ("changes", "written"),
    [
        ({}, "▼ unlikely 10–35 %"),
        ({"polarity": "affirm", "hedge": "likely"}, "▲ likely 10–35 %"),
        ({"condition": "if it rains"}, "▼ if · unlikely 10–35 %"),
        ({"is_possibility": True, "hedge": "may"}, "? may"),
    ],
)
def test_a_mark_says_direction_words_and_range(changes: dict[str, Any], written: str) -> None:
    assert label(statement(0, 1, **changes)).replace("\u00a0", " ") == written


def test_words_in_a_label_are_escaped() -> None:
    hostile = statement(0, 3, hedge="</sup><script>x</script>")
    html = marked_text(ArticleView(HEAD, "abc", (), (hostile,)), selected=None)
    assert not re.search("<script", html)
