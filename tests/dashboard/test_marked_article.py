"""An article on the screen is the stored text, character for character, with marks around it."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.theme import DARK, LIGHT
from dashboard.widgets.inbox.article import label, marked_text, strength
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
    assert '<mark class="negative s2 on">' in html
    assert '<mark class="negative s2 done">' in html


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


STYLE = Path(__file__).parents[2] / "dashboard" / "style.css"


@given(st.floats(0, 1), st.floats(0, 1))
def test_strength_is_the_distance_from_even_odds_whichever_way(one: float, other: float) -> None:
    assert strength(one) == strength(1 - one)
    if abs(one - 0.5) <= abs(other - 0.5):
        assert 1 <= strength(one) <= strength(other) <= 3


def test_stronger_words_have_more_tint_and_a_thicker_line() -> None:
    steps = re.findall(
        r"^mark\.s(\d) \{ --fd-tint: (\d+)%; --fd-line: (\d+)px; \}$",
        STYLE.read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    levels, tints, lines = zip(*[map(int, step) for step in steps], strict=True)
    assert levels == (1, 2, 3)
    assert list(tints) == sorted(set(tints))
    assert list(lines) == sorted(set(lines))
    for palette in (LIGHT, DARK):
        for tint in tints:
            ground = mixed(palette.source, palette.ground, tint / 100)
            decided = mixed(palette.source, palette.ground, tint / 200)
            assert contrast(palette.source_text, ground) >= 4.5
            assert contrast(palette.text, ground) >= 7
            assert contrast(palette.muted, decided) >= 4.5


def mixed(colour: str, ground: str, share: float) -> tuple[float, ...]:
    pairs = zip(channels(colour), channels(ground), strict=True)
    return tuple(share * one + (1 - share) * other for one, other in pairs)


def contrast(text: str, ground: tuple[float, ...]) -> float:
    """WCAG 2.2, contrast ratio."""
    low, high = sorted((luminance(tuple(channels(text))), luminance(ground)))
    return (high + 0.05) / (low + 0.05)


def channels(colour: str) -> Iterator[float]:
    return (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))


def luminance(rgb: tuple[float, ...]) -> float:
    linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb)
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
