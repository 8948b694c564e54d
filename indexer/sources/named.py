"""A source under a name that the settings, or an option, give it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import translate
from pathlib import Path

from indexer.sources import Filed, Item, Resumed, Source


class Named:
    """A source under a name that stays, wherever its articles come from today."""

    def __init__(self, name: str, source: Source, pattern: str = "") -> None:
        """``pattern`` is that of the places that its articles come from, one after the other."""
        self.name = name
        self._source = source
        self._pattern = translate(str(Path(pattern).absolute())) if pattern else None

    def was(self, place: str) -> bool:
        """Whether a source that was read without a name, ``place``, was this one."""
        earlier = self._pattern is not None and re.match(self._pattern, place) is not None
        return place != self.name and (earlier or place == self._source.name)

    def has(self, path: str) -> bool:
        """Whether a file lies at ``path`` of the source; True where it has no files, so that none counts as moved."""
        return not isinstance(self._source, Filed) or self._source.has(path)

    def items(self) -> Iterator[Item]:
        """Yield what the source yields."""
        return self._source.items()

    def progress(self) -> float | None:
        """Return the share read so far."""
        return self._source.progress()

    def resume(self, mark: object) -> None:
        """Go on from ``mark`` where the source can."""
        if isinstance(self._source, Resumed):
            self._source.resume(mark)

    def mark(self) -> object:
        """Return where the run came to, None where the source reads all each time."""
        return self._source.mark() if isinstance(self._source, Resumed) else None
