"""Shingles of a text: hashes of a few runs of syllables, most of which an edited copy shares. Pure.

The smallest hashes are kept (bottom-k MinHash, Broder 1997).
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from itertools import compress

from indexer.stored.article import StoredArticle
from indexer.vietnamese.chunks import chunks_of
from indexer.vietnamese.memo import Memo
from indexer.vietnamese.terms import chunk_terms, folded_of

SHINGLES = 6
"""Number of shingles per text. Two copies that share a fraction J of their runs of four syllables have at least two shingles in
common with a probability of 0.998 for J = 0.8, and 0.94 for J = 0.57, which is one changed syllable in nineteen."""
SHARED = 2
"""Number of common shingles that makes two texts candidates: a single one may be chance, or a set phrase."""
_RUN = 4
_ANCHOR = 8
"""Runs are hashed only if they begin with one in this many syllables: an eighth of the work, and the same selection in every
copy.
"""
_LEAST_RUNS = 8
"""Shorter texts have no shingles: they are too easily alike."""


def shingles_of_stored(article: StoredArticle) -> tuple[int, ...]:
    """Return the shingles of an article as in its entry, without any other analysis."""
    texts = (article.title, article.text)
    return shingles([term for text in texts for term in folded_of(chunk_terms(chunks_of(text)))])


def shingles(folded: Sequence[str]) -> tuple[int, ...]:
    """Return the shingles of a text given as folded syllables; none for a text of a single line."""
    runs = len(folded) - _RUN + 1
    if runs < _LEAST_RUNS:
        return ()
    anchors = map(_anchors.__getitem__, folded[:runs])
    hashes = {_hash(folded, i) for i in compress(range(runs), anchors)}
    if len(hashes) < SHINGLES:
        others = sorted({_hash(folded, i) for i in range(runs)} - hashes)
        hashes.update(others[: SHINGLES - len(hashes)])
    return tuple(sorted(hashes)[:SHINGLES])


def _hash(folded: Sequence[str], start: int) -> int:
    return zlib.crc32(" ".join(folded[start : start + _RUN]).encode())


class _Anchors(Memo[bool]):
    """Cache: syllable -> whether runs begin with it."""

    def made(self, text: str) -> bool:
        return zlib.crc32(text.encode()) % _ANCHOR == 0


_anchors = _Anchors()
