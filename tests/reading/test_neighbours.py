"""Nearly the same article is recognised, another one on the same topic is not."""

from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasts.reading.neighbours import likeness, nearest

SEEDS = [
    path.read_text(encoding="utf-8")
    for path in sorted((Path(__file__).parents[1] / "data" / "articles").glob("*.txt"))
]
seeds = st.sampled_from(SEEDS)

# Few words, so that two texts often share runs of them.
texts = st.lists(st.sampled_from(["a", "b", "c"]), max_size=30).map(" ".join)

FURNITURE = (
    "Home | World | Markets\nYou May Also Like\nRates: what to expect this week\n"
    "Ten charts that explain the year\nRead more »\n"
)
DISCLAIMER = (
    "\nDisclaimer: the views expressed here are those of the author and do not reflect those of "
    "this site. All rights reserved. Share this on Facebook, X or LinkedIn.\n"
)


# Laws -----------------------------------------------------------------------------------------


@given(texts, texts)
def test_likeness_is_symmetric_and_a_share(a, b):
    assert likeness(a, b) == likeness(b, a)
    assert 0 <= likeness(a, b) <= 1


@given(st.text())
def test_a_text_is_like_itself(text):
    assert likeness(text, text) == 1


def shares_a_run(a, b):
    """Slowly and plainly: is a run of five words of one in the other?"""
    left, right = a.split(), b.split()
    return any(
        left[i : i + 5] == right[j : j + 5]
        for i in range(len(left) - 4)
        for j in range(len(right) - 4)
    )


long_texts = st.lists(st.sampled_from(["a", "b", "c"]), min_size=5, max_size=20).map(" ".join)


@given(long_texts, long_texts)
def test_texts_without_a_run_in_common_are_not_alike_at_all(a, b):
    assert (likeness(a, b) > 0) == shares_a_run(a, b)


@given(texts, st.sampled_from([0.2, 0.5, 1.0]), st.lists(texts, max_size=6))
def test_nearest_finds_what_likeness_finds(text, threshold, others):
    near = nearest(text, dict(enumerate(others)), threshold=threshold)
    values = {key: likeness(text, other) for key, other in enumerate(others)}
    assert dict(near) == {key: value for key, value in values.items() if value >= threshold}
    assert list(near) == sorted(near, key=lambda pair: (-pair[1], pair[0]))


# Examples by hand -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("a b c d e", "a b c d e", 1),
        ("a b c d e", "a b c d f", 0),
        ("a b c d e f", "a b c d e g", 1 / 3),  # two runs each, one in common
        ("a b c d e f g", "b c d e f g", 2 / 3),
        ("x y", "x y", 1),
        ("x y", "x y z", 0),
        ("", "", 1),
        ("", "x", 0),
        ("!?", "...", 1),
    ],
)
def test_likeness_by_hand(a, b, expected):
    assert likeness(a, b) == pytest.approx(expected)


# Articles -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "changed",
    [
        lambda t: " \n\t".join(t.split()),
        lambda t: t.replace("\n", "\r\n\r\n"),
        lambda t: t.replace("’", "'").replace("“", '"').replace("”", '"'),
        lambda t: t.replace("–", "—").replace("-", "\u2010"),
        lambda t: t.replace(" ", "\u00a0"),
        lambda t: t.replace("ing", "in\u00adg"),
        lambda t: t.replace("fi", "ﬁ"),
        str.upper,
    ],
    ids=["white space", "line ends", "quotes", "dashes", "hard spaces", "soft hyphens",
         "ligatures", "capitals"],
)  # fmt: skip
def test_typography_does_not_matter(changed):
    for text in SEEDS:
        assert changed(text) != text or "fi" not in text
        assert likeness(text, changed(text)) == 1


@given(seeds, st.data())
def test_an_article_with_a_paragraph_cut_is_nearly_the_same(text, data):
    paragraphs = [p for p in text.split("\n") if p.strip()]
    short = [i for i, p in enumerate(paragraphs) if len(p) < len(text) / 3]
    cut = data.draw(st.sampled_from(short))
    rest = "\n".join(paragraphs[:cut] + paragraphs[cut + 1 :])
    assert 0.5 < likeness(text, rest) < 1


@pytest.mark.parametrize("text", SEEDS)
def test_an_article_within_a_page_s_furniture_is_nearly_the_same(text):
    assert 0.5 < likeness(text, FURNITURE + text + DISCLAIMER) < 1


def test_articles_on_one_topic_are_different_articles():
    assert all(likeness(a, b) < 0.1 for a, b in combinations(SEEDS, 2))


def test_the_nearest_articles_come_first():
    others = dict(enumerate(SEEDS, 1))
    others[9] = FURNITURE + SEEDS[2] + DISCLAIMER
    near = nearest(SEEDS[2], others)
    assert [key for key, _ in near] == [3, 9]
    assert near[0][1] == 1


@pytest.mark.parametrize("threshold", [0, -0.1, 1.01, float("nan")])
def test_a_threshold_is_a_share(threshold):
    with pytest.raises(ValueError, match="threshold must lie in"):
        nearest("a", {1: "a"}, threshold=threshold)
