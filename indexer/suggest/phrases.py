"""Pure: the word sequences in titles that are offered while somebody types."""

from __future__ import annotations

from indexer.vietnamese.letters import nfc
from indexer.vietnamese.memo import Memo
from indexer.vietnamese.terms import SYLLABLE, terms_of
from indexer.vietnamese.words import canonical_words


class _Words(Memo[tuple[str, str]]):
    """Cache of title words: the key and the text offered, both empty if the word contains a sign."""

    def made(self, text: str) -> tuple[str, str]:
        syllables = text.replace("_", " ").split()
        is_word = all(map(SYLLABLE.fullmatch, syllables))
        key = " ".join(terms_of(syllable)[1] for syllable in syllables) if is_word else ""
        return key, " ".join(syllables) if is_word else ""


_words = _Words()


def phrases(title: str) -> dict[str, str]:
    """Return the words of at least two syllables in ``title``, and each word with the next, as keys with their written form."""
    title = nfc(title).lower()
    found: dict[str, str] = {}
    key_before = before = ""
    for start, end in canonical_words(title):
        key, word = _words[title[start:end]]
        if " " in word:
            found.setdefault(key, word)
        if word and before:
            found.setdefault(f"{key_before} {key}", f"{before} {word}")
        key_before, before = key, word  # across a sign there is no phrase
    return found
