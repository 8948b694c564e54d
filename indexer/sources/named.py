"""A source with a name from the settings or from an option."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import translate
from pathlib import Path

from indexer.sources import Filed, Item, Resumed, Source


class Named:
    """A source whose name stays the same, wherever its articles currently come from."""

    def __init__(self, name: str, source: Source, pattern: str = "") -> None:
        """``pattern`` matches all places that its articles come from over time."""
        self.name = name
        self._source = source
        self._pattern = translate(str(Path(pattern).absolute())) if pattern else None

    def was(self, place: str) -> bool:
        """Return whether the unnamed source ``place``, read earlier, was this one."""
        earlier = self._pattern is not None and re.match(self._pattern, place) is not None
        return place != self.name and (earlier or place == self._source.name)

    def has(self, path: str) -> bool:
        """Return whether the source has a file at ``path``; always True for sources without files, so that nothing counts as
        moved.
        """
        return not isinstance(self._source, Filed) or self._source.has(path)

    def items(self) -> Iterator[Item]:
        """Yield the items of the source."""
        return self._source.items()

    def progress(self) -> float | None:
        """Return the share read so far."""
        return self._source.progress()

    def resume(self, mark: object) -> None:
        """Continue from ``mark`` if the source can."""
        if isinstance(self._source, Resumed):
            self._source.resume(mark)

    def mark(self) -> object:
        """Return the position reached, None if the source always reads everything."""
        return self._source.mark() if isinstance(self._source, Resumed) else None
