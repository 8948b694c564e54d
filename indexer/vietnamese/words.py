"""The words of a text: as pyvi finds them, and as terms of the index."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator
from operator import itemgetter
from typing import NamedTuple

from indexer.vietnamese.letters import fold, mend_look_alikes
from indexer.vietnamese.memo import Memo
from indexer.vietnamese.pyvi_files import read_pyvi
from indexer.vietnamese.segmenter import Segmenter
from indexer.vietnamese.terms import SYLLABLE, terms_of
from indexer.vietnamese.tones import canonical_tone

_MOST_SYLLABLES = 9
"""Maximum number of syllables of a word that becomes a term: the length of the longest word in pyvi's list. The model joins
endless repetitions ("học sinh học sinh …"), and engines limit the bytes of a term; no word among 94,000 in the news has more
than 7."""


class WordStreams(NamedTuple):
    """The words of two to nine syllables in a text, as terms separated by blanks."""

    words: str
    """Every occurrence in order, toned: ``hải_phòng``."""
    folded: str
    """Each word once, folded: ``hai_phong``."""


class _Terms(Memo[tuple[str, str]]):
    """The terms of a word whose tokens are separated by blanks: the toned syllables, and the folded word.

    Empty if a token contains no syllable, or several as an address does, and for words of more than nine.
    """

    def made(self, text: str) -> tuple[str, str]:
        parts = text.split(" ")
        if len(parts) <= _MOST_SYLLABLES and all(map(str.isalnum, parts)):
            terms = list(map(terms_of, parts))
            folded = "_".join([one for _, one in terms])
            if folded.isascii():
                return "_".join([one for one, _ in terms]), folded
        tokens = [SYLLABLE.findall(token) for token in parts]
        is_term = len(tokens) <= _MOST_SYLLABLES and all(len(syllables) == 1 for syllables in tokens)
        term = "_".join(terms_of(one)[0] for (one,) in tokens) if is_term else ""
        return term, fold(term)


_terms = _Terms()
_toned: Callable[[tuple[str, str]], str] = itemgetter(0)
_folded: Callable[[tuple[str, str]], str] = itemgetter(1)


@functools.lru_cache(maxsize=1)
def raw_segmenter() -> Segmenter:
    """Return pyvi's segmentation of the unchanged text; loads the model once (0.1 s, 15 MB)."""
    return Segmenter(*read_pyvi())


@functools.lru_cache(maxsize=1)
def _canonical_segmenter() -> Segmenter:
    return Segmenter(*read_pyvi(), spelling=lambda token: canonical_tone(mend_look_alikes(token)))


def canonical_words(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each word of NFC ``text``, as segmented for the index."""
    return _canonical_segmenter().words(text)


def word_streams(chunks: Iterable[str]) -> WordStreams:
    """Return the words of an NFC text from its :func:`~indexer.vietnamese.chunks.chunks_of`; the hot path of indexing.

    A token without a term forms no word with its neighbours, whatever the model says.
    """
    found = list(map(_terms.__getitem__, _canonical_segmenter().compounds(chunks)))
    folded = dict.fromkeys(map(_folded, found))
    return WordStreams(" ".join(filter(None, map(_toned, found))), " ".join(filter(None, folded)))
