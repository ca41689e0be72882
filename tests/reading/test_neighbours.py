"""Nearly the same article is recognised, another one on the same topic is not."""

import hashlib
import math
import statistics
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasts.reading.neighbours import SKETCH, likeness, nearest, perhaps_near, sketch

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


# Sketches -------------------------------------------------------------------------------------


def equal_share(a, b):
    """Of two sketches, number by number."""
    pairs = [(a[i : i + 4], b[i : i + 4]) for i in range(0, 4 * SKETCH, 4)]
    return sum(x == y for x, y in pairs) / SKETCH


def test_a_sketch_is_the_same_in_every_process():
    """The digest of a text's sketch, as it is stored in records."""
    kept = sketch("Rates will rise in June, he said, and then they will fall again.")
    assert len(kept) == 512
    assert hashlib.sha256(kept).hexdigest()[:16] == "5c779a06b6b39d42"


@given(st.text(), st.text())
def test_texts_with_the_same_words_have_the_same_sketch(a, b):
    assert (sketch(a) == sketch(b)) or likeness(a, b) < 1
    assert sketch(f"{a}\n") == sketch(a)


def numbered(start, stop):
    return " ".join(f"w{i}" for i in range(start, stop))


def test_sketches_estimate_likeness_without_bias():
    """Over many pairs of known likeness the mean error is small and its spread as it should be."""
    errors = []
    for i in range(60):
        a = numbered(1000 * i, 1000 * i + 304)
        b = numbered(1000 * i + 100, 1000 * i + 404)
        errors.append(equal_share(sketch(a), sketch(b)) - likeness(a, b))
    assert likeness(a, b) == pytest.approx(0.5)
    spread = math.sqrt(0.25 / SKETCH)
    assert abs(statistics.mean(errors)) < 4 * spread / math.sqrt(len(errors))
    assert 0.7 * spread < statistics.stdev(errors) < 1.3 * spread


@given(st.lists(texts | seeds, max_size=4), texts | seeds, st.floats(0.1, 1))
def test_whatever_is_near_is_perhaps_near(others, text, threshold):
    held = {key: sketch(other) for key, other in enumerate(others)}
    perhaps = perhaps_near(sketch(text), held, threshold=threshold)
    near = nearest(text, dict(enumerate(others)), threshold=min(threshold + 0.2, 1))
    assert {key for key, _ in near} <= set(perhaps)


def test_other_articles_are_not_even_perhaps_near():
    held = {key: sketch(text) for key, text in enumerate(SEEDS)}
    for key, text in enumerate(SEEDS):
        assert perhaps_near(sketch(text), held) == (key,)


def test_a_sketch_of_another_size_is_refused():
    with pytest.raises(ValueError, match="a sketch has 512 bytes"):
        perhaps_near(sketch("a"), {1: b"0" * 511})
