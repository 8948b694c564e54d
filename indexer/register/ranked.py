"""The most cited documents, and those among them that no article bears."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from indexer.engine import clauses as c
from indexer.engine.protocol import EngineRequest, Foreseen
from indexer.register.labels import Labels
from indexer.register.laws import Laws
from indexer.register.named import Named
from indexer.register.same import SameLaws
from indexer.visible.index import VisibleIndex


class Counted(NamedTuple):
    """A cited document."""

    key: str
    articles: int
    """Number of articles that cite it."""
    is_number_borne: bool


class RankedDocuments:
    """Counts over the visible articles of one commit."""

    def __init__(self, index: VisibleIndex, labels: Labels, laws: Laws, same: SameLaws) -> None:
        self._index = index
        self._labels = labels
        self._laws = laws
        self._same = same

    def most_cited(self, limit: int) -> list[Named]:
        """Return the most cited documents, and whether an article bears them."""
        return self.named(self.counted(limit))

    def first(self) -> EngineRequest:
        """Return the question that all lists begin with."""
        return EngineRequest(c.Everything(), facets=("cites", "number"), limit=0)

    def counted(self, limit: int) -> list[Counted]:
        """Return the most cited documents without their names, which takes further questions."""
        cites, borne = self._counts()
        ranked = sorted(self._united(cites).items(), key=lambda item: (-item[1], item[0]))[:limit]
        return [Counted(key, n, key in borne) for key, n in ranked]

    def named(self, documents: Sequence[Counted]) -> list[Named]:
        """Return ``documents`` by name, and whether an article bears them."""
        self._index.foresee(self.foreseen(documents))
        return [
            replace(
                self._labels.named(one.key),
                articles=one.articles,
                held=one.is_number_borne or self.is_law_held(one.key),
            )
            for one in documents
        ]

    def foreseen(self, documents: Sequence[Counted]) -> Iterator[Foreseen]:
        """Yield what :meth:`named` asks."""
        return self._labels.foreseen(one.key for one in documents)

    def missing(self, limit: int) -> list[Named]:
        """Return documents that are cited but not borne by any article, most cited first."""
        cites, borne = self._counts()
        absent = {key: n for key, n in self._united(cites).items() if key not in borne}
        by_number = sorted(absent.items(), key=lambda item: (-item[1], item[0]))
        ranked = list(islice((item for item in by_number if not self.is_law_held(item[0])), limit))
        self._index.foresee(self._labels.foreseen(key for key, _ in ranked))
        return [replace(self._labels.named(key), articles=n, held=False) for key, n in ranked]

    def citing_articles(self) -> dict[str, int]:
        """Return the number of citing articles for each cited document."""
        return self._united(self._counts()[0])

    def citing(self, keys: Collection[str]) -> dict[str, int]:
        """Return the same counts for ``keys`` only, with one query per key."""
        found = ((key, self._citing(key)) for key in sorted(keys))
        return {key: n for key, n in found if n}

    def _citing(self, key: str) -> int:
        """Return how many articles cite the document; 0 for a law's name if its number is known, since those count for the number."""
        number, *names = self._same.keys(key)
        if number != key:
            return 0
        known = (key, *names) if any("@" in name for name in names) else (key,)
        cites = c.any_of(tuple(c.Term("cites", name) for name in known))
        return self._index.search(EngineRequest(cites, limit=0)).total

    def _counts(self) -> tuple[Mapping[str, int], Mapping[str, int]]:
        """Return, for each document, the numbers of articles that cite and bear it."""
        counts = self._index.search(self.first()).facets
        return counts["cites"], counts["number"]

    def _united(self, cites: Mapping[str, int]) -> dict[str, int]:
        """Return ``cites`` with a single entry for a law cited by name and by number."""
        united = dict(cites)
        laws = [key for key in cites if key.startswith("law:") and "@" in key]
        self._same.foresee(laws)
        for name in laws:
            number, *names = self._same.keys(name)
            if names:
                del united[name]
                both = c.any_of(tuple(c.Term("cites", key) for key in (number, *names)))
                united[number] = self._index.search(EngineRequest(both, limit=0)).total
        return united

    def is_law_held(self, key: str) -> bool:
        """Tell whether an article is the law that texts refer to by name."""
        return key.startswith("law:") and bool(self._laws.bearing(key))
