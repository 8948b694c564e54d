"""Syllables that stand side by side more often than chance has it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.suggest.association import are_bound, belong_together, likelihood_ratio


@pytest.mark.parametrize(
    ("together", "first", "second", "together_by_chance", "bound"),
    [
        pytest.param(300, 25_000, 900, False, True, id="a standing phrase"),
        pytest.param(2_600, 30_000, 8_000, False, True, id="a word of frequent syllables"),
        pytest.param(150, 30_000, 20_000, False, False, id="neighbours that are usual, and no phrase"),
        pytest.param(1, 8_000, 50, True, False, id="once"),
        pytest.param(20, 30_000, 9_000, True, False, id="as often as chance has it"),
        pytest.param(0, 10, 10, True, False, id="never"),
    ],
)
def test_tells_phrases_from_chance(
    together: int, first: int, second: int, together_by_chance: bool, bound: bool
) -> None:
    total = 15_000_000
    assert belong_together(together, first, second, total) is not together_by_chance
    assert are_bound(together, first, second, total) is bound


def test_is_the_ratio_of_the_paper() -> None:
    # Table 1 of Dunning (1993): "the swiss" stands 110 times, 2,442 times another word before "swiss", and so on.
    assert likelihood_ratio(110, 2_552, 221, 31_777) == pytest.approx(270.72, abs=0.01)


@given(*[st.integers(0, 1_000)] * 3)
def test_is_the_same_from_either_side_and_never_negative(together: int, first: int, second: int) -> None:
    one = likelihood_ratio(together, first, second, 100_000)
    assert one >= 0
    assert one == pytest.approx(likelihood_ratio(together, second, first, 100_000))
