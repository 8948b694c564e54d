"""Pure: titles -> the word sequences that are offered while somebody types."""

from __future__ import annotations

from indexer.vietnamese.letters import nfc
from indexer.vietnamese.terms import SYLLABLE, terms_of
from indexer.vietnamese.words import canonical_words


def phrases(title: str) -> dict[str, str]:
    """Return the words of two or more syllables in ``title``, and each word with the next, by key as they are written."""
    title = nfc(title).lower()
    found: dict[str, str] = {}
    before: list[str] = []
    for start, end in canonical_words(title):
        word = title[start:end].replace("_", " ").split()
        if not all(map(SYLLABLE.fullmatch, word)):
            before = []  # a sign: what is on either side of it is no phrase
            continue
        for syllables in (word, [*before, *word]):
            if len(syllables) > 1:
                key = " ".join([terms_of(syllable)[1] for syllable in syllables])
                found.setdefault(key, " ".join(syllables))
        before = word
    return found
