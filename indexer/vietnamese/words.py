"""The words of a text: those of pyvi as they stand, and the terms that the index has of them."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from indexer.vietnamese.letters import fold, mend_look_alikes
from indexer.vietnamese.memo import Memo
from indexer.vietnamese.pyvi_files import read_pyvi
from indexer.vietnamese.segmenter import Segmenter
from indexer.vietnamese.terms import SYLLABLE, terms_of
from indexer.vietnamese.tones import canonical_tone

_MOST_SYLLABLES = 9
"""Of a word that is a term: as many as the longest in pyvi's list has. The model joins a repetition without end
("học sinh học sinh …"), and engines limit the bytes of a term; no word of 94,000 in the news has more than 7."""


class _Terms(Memo[str]):
    """The term of a word, whose tokens are joined by blanks: the toned ones of their syllables, ``hải_phòng``.

    Empty where a token holds no syllable, or several as an address does, and for words of more than nine.
    """

    def __missing__(self, word: str) -> str:
        tokens = [SYLLABLE.findall(token) for token in word.split(" ")]
        is_term = len(tokens) <= _MOST_SYLLABLES and all(len(syllables) == 1 for syllables in tokens)
        return self.keep(word, "_".join(terms_of(one)[0] for (one,) in tokens) if is_term else "")


class _Folded(Memo[str]):
    """The folded form of a word's term, ``hai_phong``."""

    def __missing__(self, term: str) -> str:
        return self.keep(term, fold(term))


_terms = _Terms()
_folded = _Folded()


@functools.lru_cache(maxsize=1)
def raw_segmenter() -> Segmenter:
    """Return pyvi's segmentation of text as it stands; loads the model once (0.1 s, 15 MB)."""
    return Segmenter(*read_pyvi())


@functools.lru_cache(maxsize=1)
def _canonical_segmenter() -> Segmenter:
    return Segmenter(*read_pyvi(), spelling=lambda token: canonical_tone(mend_look_alikes(token)))


def canonical_words(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each word of NFC ``text`` starts and ends, as the index segments it."""
    return _canonical_segmenter().words(text)


def word_stream(text: str) -> str:
    """Return the words of two to nine syllables of NFC ``text`` as terms ``hải_phòng`` joined by blanks.

    A token without a term makes none with its neighbours, whatever the model says.
    """
    return " ".join(filter(None, map(_terms.__getitem__, _canonical_segmenter().compounds(text))))


def folded_words(stream: str) -> str:
    """Return the distinct folded terms ``hai_phong`` of a :func:`word_stream`, joined by blanks."""
    return " ".join(dict.fromkeys(map(_folded.__getitem__, dict.fromkeys(stream.split()))))
