"""Analytic confidence is read, and kept apart from likelihood."""

import pytest

from forecasts.reading.hedges.confidence import confidence_in
from forecasts.reading.statements import read_statements


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("We assess with moderate confidence that the truce will hold.", "moderate"),
        ("We have high confidence in this judgment.", "high"),
        ("Medium-confidence assessment: the line holds.", "moderate"),
        ("With low to moderate confidence, we judge that it will fall.", "low"),
        ("Our confidence in this assessment is low.", "low"),
        ("Confidence: high", "high"),
        ("Business confidence is low.", None),
        ("There is high consumer confidence.", None),
        ("The bank is likely to move.", None),
    ],
)
def test_level(text: str, level: str | None) -> None:
    assert confidence_in(text) == level


def test_confidence_leaves_the_likelihood_alone() -> None:
    plain, graded = (
        read_statements(text)[0]
        for text in (
            "We assess that a coup is unlikely.",
            "We assess with high confidence that a coup is unlikely.",
        )
    )
    assert (plain.confidence, graded.confidence) == (None, "high")
    assert plain.probability == graded.probability == 0.22


def test_a_remark_is_about_the_sentence_before_it_and_a_line_about_the_paragraph_above() -> None:
    text = (
        "The group will attempt an attack. We have moderate confidence in this judgment. "
        "The capital is likely to hold.\n\n"
        "The border will stay shut. Trade may suffer.\n\nConfidence: low\n\nThe war will go on."
    )
    levels = [c.confidence for c in read_statements(text)]
    assert levels == ["moderate", None, "low", "low", None]
