"""Records samples of a source: its first articles, and the keys of records that nothing used."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from indexer.model import Article
from indexer.sources import Item, Source


class SampledSource:
    """Passes on what another source yields."""

    def __init__(self, source: Source, most: int) -> None:
        """The first ``most`` articles are kept."""
        self.name = source.name
        self.first: list[Article] = []
        self.number = 0
        """Number of articles so far."""
        self.unused: Counter[str] = Counter()
        """Key (nested ones like ``fields.ghi_chu``) -> number of records with it."""
        self._source = source
        self._most = most

    def items(self) -> Iterator[Item]:
        """Yield the items of the source."""
        for item in self._source.items():
            if isinstance(item, Article):
                self.number += 1
                self.unused.update(_keys(item.extra))
                if len(self.first) < self._most:
                    self.first.append(item)
            yield item

    def progress(self) -> float | None:
        """Return the share read so far."""
        return self._source.progress()


def _keys(extra: Mapping[str, object]) -> Iterator[str]:
    for key, value in extra.items():
        if isinstance(value, dict):
            yield from (f"{key}.{inner}" for inner in value)
        elif value not in (None, "", []):
            yield key
