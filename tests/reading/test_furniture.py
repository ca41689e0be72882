"""Page furniture is set apart and the article is not."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasts.reading.documents.furniture import furniture_spans

ARTICLES = Path(__file__).parents[1] / "data" / "articles"
PROSE = (
    "The minister met her counterpart on Monday and spoke about trade, fisheries and the border. "
    "Both sides said that the talks had been useful, and that they would be held again in spring."
)
LINES = [
    "Read more »", "View Original", "+ There are no comments", "Add yours", "DISCLAIMER",
    "You May Also Like", "Estimated read time 4 min read", "Share this article",
    "See this map in the original post", "Presidential Executive Office / Wikimedia",
    "Photo: Jane Roe", "Advertisement", "Tags: trade, fish", "Related Articles",
    "© 2024 The Desk. All rights reserved.", "Sign up for our newsletter",
    "Click here to subscribe",
]  # fmt: skip


def covered(text: str) -> str:
    return "".join(text[start:end] for start, end in furniture_spans(text))


@pytest.mark.parametrize("line", LINES)
def test_a_line_of_furniture_is_found_between_paragraphs(line: str) -> None:
    text = f"{PROSE}\n\n{line}"
    assert covered(text) == line


@pytest.mark.parametrize(
    "line",
    [
        PROSE,
        "Print editions will disappear by 2030, the publisher said.",
        "Related firms may face fines.",
        "The disclaimer may not protect the firm.",
        "More from the union will follow, but the minister declined to say when.",
    ],
)
def test_prose_is_not_furniture(line: str) -> None:
    assert furniture_spans(f"{PROSE}\n{line}\n{PROSE}") == []


def test_a_teaser_right_above_its_link_is_furniture_too() -> None:
    assert covered(f"{PROSE}\n\nA war may come.\nRead more »") == "A war may come.\nRead more »"


def test_a_list_of_other_articles_ends_where_an_article_goes_on() -> None:
    long = PROSE * 3
    text = f"{PROSE}\nSimilar news:\nA war may come\nPrices will rise\n{long}"
    assert covered(text) == "Similar news:\nA war may come\nPrices will rise"


def test_the_aggregators_list_is_furniture_to_the_end() -> None:
    text = next(ARTICLES.glob("002*")).read_text(encoding="utf-8")
    start, end = furniture_spans(text)[-1]
    assert text[start:].startswith("United States Latest News")
    assert end == len(text)


@given(st.lists(st.sampled_from([*LINES, PROSE, "", "  "]), max_size=12), st.sampled_from("\n\t "))
def test_spans_are_sorted_disjoint_and_inside_the_text(lines: list[str], gap: str) -> None:
    text = f"\n{gap}".join(lines)
    spans = furniture_spans(text)
    edges = [edge for span in spans for edge in span]
    assert edges == sorted(edges)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(text[start:end].strip() for start, end in spans)
