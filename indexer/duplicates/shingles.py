"""Shingles of a text: the hashes of a few runs of syllables, which an edited copy most likely shares. Pure.

The smallest hashes are kept (bottom-k MinHash, Broder 1997).
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from itertools import compress

from indexer.engine.protocol import Entry
from indexer.stored.article import StoredArticle
from indexer.vietnamese.terms import term_streams

SHINGLES = 6
"""Kept of a text. Two copies that share a share J of their runs of four syllables share two shingles or more with
probability 0.998 for J = 0.8 and 0.94 for J = 0.57, which is one in nineteen syllables changed."""
SHARED = 2
"""Shingles that make two texts candidates: one in common is chance, or a phrase of the trade."""
_RUN = 4
_ANCHOR = 8
"""Runs are hashed where they begin with one in so many syllables: an eighth of the work, the same choice in every copy."""
_MEMO_LIMIT = 50_000
_LEAST_RUNS = 8
"""Shorter texts have no shingles: they are alike too easily."""


def shingles_of(entry: Entry) -> tuple[int, ...]:
    """Return up to ``SHINGLES`` different 32-bit numbers, ascending, of the title, summary and body of ``entry``."""
    return shingles([*entry.title.text.split()[1::2], *entry.body.text.split()[1::2]])


def shingles_of_stored(article: StoredArticle) -> tuple[int, ...]:
    """Return the shingles of an article as its entry has them, without analysing anything else."""
    streams = (term_streams(article.title), term_streams(article.text))
    return shingles([term for stream in streams for term in stream.text.split()[1::2]])


def shingles(folded: Sequence[str]) -> tuple[int, ...]:
    """Return the shingles of a text given as folded syllables; none for a text of a line."""
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


class _Anchors(dict[str, bool]):
    """Syllable -> whether runs begin with it; forgets everything when it grows too large."""

    def __missing__(self, syllable: str) -> bool:
        if len(self) >= _MEMO_LIMIT:
            self.clear()
        self[syllable] = zlib.crc32(syllable.encode()) % _ANCHOR == 0
        return self[syllable]


_anchors = _Anchors()
