"""Outlines of long texts, kept by what the texts are: a law is looked at by many requests."""

from __future__ import annotations

import threading
from collections import OrderedDict
from hashlib import blake2b

from indexer.provisions.outline import outline_of
from indexer.provisions.provision import Outline

_SHORT = 20_000
"""Characters: the outline of a shorter text is made in the time in which a digest of it is, nearly."""
_MOST = 64
"""Outlines: some 20 MB where all are of codes with 2,000 clauses each."""


class Outlines:
    """Safe to use from several threads; two that ask for one text at once may both read it."""

    def __init__(self) -> None:
        self._kept: OrderedDict[bytes, Outline] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, text: str) -> Outline:
        """Return what :func:`outline_of` does."""
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
"""Of this process."""
