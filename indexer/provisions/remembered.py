"""A cache of the outlines of long texts, keyed by content: many requests show the same law."""

from __future__ import annotations

import threading
from collections import OrderedDict
from hashlib import blake2b

from indexer.provisions.outline import outline_of
from indexer.provisions.provision import Outline

_SHORT = 20_000
"""Length in characters; outlining a shorter text takes hardly longer than computing its digest."""
_MOST = 64
"""Maximum number of outlines: some 20 MB if all are of codes with 2,000 clauses each."""


class Outlines:
    """The cache; safe to use from several threads. Two that request the same text at once may both outline it."""

    def __init__(self) -> None:
        self._kept: OrderedDict[bytes, Outline] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, text: str) -> Outline:
        """Return the same as :func:`outline_of`."""
        if len(text) < _SHORT:
            return outline_of(text)
        name = blake2b(text.encode(errors="surrogatepass"), digest_size=16).digest()
        with self._lock:
            if (known := self._kept.get(name)) is not None:
                self._kept.move_to_end(name)
                return known
        outline = outline_of(text)
        with self._lock:
            self._kept[name] = outline
            while len(self._kept) > _MOST:
                self._kept.popitem(last=False)
        return outline


OUTLINES = Outlines()
"""The cache of this process."""
