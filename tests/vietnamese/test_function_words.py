"""Function words are known by their accents where those were typed."""

import pytest

from indexer.vietnamese.function_words import is_function_word
from indexer.vietnamese.terms import terms_of


@pytest.mark.parametrize(
    ("word", "is_one"),
    [
        pytest.param("của", True, id="with accents"),
        pytest.param("cua", True, id="without"),
        pytest.param("CỦA", True, id="in capitals"),
        pytest.param("cứa", False, id="with others"),
        pytest.param("phường", False, id="a word with a subject"),
    ],
)
def test_is_function_word(word: str, is_one: bool) -> None:
    assert is_function_word(*terms_of(word)) is is_one
