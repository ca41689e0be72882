import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasts.maths.verbal import AtEnds, depends_on_mapping

scores = st.integers(0, 8).map(lambda n: n / 8)
ranged = st.builds(AtEnds, scores, scores, scores)


@given(ranged, ranged)
def test_it_depends_unless_one_conclusion_holds_at_every_pair_of_ends(a, b):
    ends = itertools.product((a.low, a.middle, a.high), (b.low, b.middle, b.high))
    conclusions = {"first" if x < y else "second" if x > y else "tie" for x, y in ends}
    assert depends_on_mapping(a, b) == (len(conclusions) > 1)
    assert depends_on_mapping(a, b) == depends_on_mapping(b, a)


@given(scores, scores)
def test_numbers_never_depend_on_a_mapping(a, b):
    assert not depends_on_mapping(AtEnds(a, a, a), b)


@given(ranged, ranged)
def test_spans_that_do_not_touch_leave_no_doubt(a, b):
    if a.span[1] < b.span[0]:
        assert not depends_on_mapping(a, b)


def test_a_word_that_straddles_the_reference_depends():
    assert depends_on_mapping(AtEnds(0.30, 0.25, 0.20), 0.25)
    assert AtEnds(0.30, 0.25, 0.20).span == (0.20, 0.30)


def test_a_score_that_is_no_number_is_refused():
    with pytest.raises(ValueError, match="high is nan"):
        AtEnds(0.1, 0.2, math.nan)
    with pytest.raises(ValueError, match="low is nan"):
        depends_on_mapping(AtEnds(0.1, 0.2, 0.3), math.nan)
