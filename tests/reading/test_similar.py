"""Questions that ask nearly the same."""

from hypothesis import given
from hypothesis import strategies as st

from forecasts.reading.similar import most_similar

TITLES = {
    1: "Will China publicly voice complaints about the pact of Pyongyang by 31 December 2024?",
    2: "Will Seoul protest against the pact by 31 December 2024?",
    3: "Will the central bank cut its rate by 30 June 2025?",
    4: "Will the central bank raise its rate by 30 June 2025?",
}


def test_the_same_event_in_other_words_comes_first() -> None:
    (found,) = most_similar("Will China's government publicly complain about the pact?", TITLES)
    assert found[0] == 1
    assert found[1] > 0.5


def test_a_deadline_makes_nothing_alike() -> None:
    assert most_similar("Will it rain by 31 December 2024?", TITLES) == ()


def test_rare_words_tell_more_than_common_ones() -> None:
    found = dict(most_similar("Will the central bank cut its rate?", TITLES, threshold=0.1))
    assert found[3] > found[4]


words = st.sampled_from(["war", "peace", "bank", "rate", "vote"])
titles = st.dictionaries(st.integers(1, 9), st.lists(words).map(" ".join))


@given(titles, st.sampled_from(["war vote", "bank", ""]))
def test_likeness_is_a_share_and_one_for_the_same_words(others: dict[int, str], title: str) -> None:
    found = most_similar(title, others, threshold=0.01, most=9)
    assert [share for _, share in found] == sorted((s for _, s in found), reverse=True)
    for key, share in found:
        assert 0 < share <= 1
        assert (share == 1) == (set(others[key].split()) == set(title.split()))
    same = {
        key for key, other in others.items() if title and set(other.split()) == set(title.split())
    }
    assert same <= {key for key, _ in found}
