"""Families of forecasting grammar, and of sentences that only share its words.

Each sentence of ``families.tsv`` stands for all verbs, nouns or adjectives of its kind; articles
are in ``test_practice``.
"""

from datetime import date

import pytest
from statement_marks import families

from forecasts.reading.statements import read_statements

PUBLISHED = date(2026, 3, 10)


@pytest.mark.parametrize(("text", "probabilities"), families())
def test_a_family_is_read(text: str, probabilities: list[float]) -> None:
    found = read_statements(text, published=PUBLISHED)
    assert [c.probability for c in found] == pytest.approx(probabilities, abs=0.011)
