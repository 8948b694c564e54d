"""Detects slips in a query and finds what to suggest instead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from indexer.engine.protocol import Foreseen
from indexer.query.documents import documents_asked
from indexer.search.asking import counting
from indexer.search.request import Reading, SearchRequest
from indexer.search.understanding import Understanding, Understood
from indexer.suggest.did_you_mean import DidYouMean
from indexer.suggest.looked_for import LookedFor
from indexer.visible.index import VisibleIndex

_READINGS: tuple[Reading, ...] = ("exact", "close")
"""Readings in which a correction may find something."""


class Slips:
    """The slips of one request, whose query was understood as ``query``."""

    def __init__(
        self,
        index: VisibleIndex,
        understanding: Understanding,
        did_you_mean: DidYouMean,
        request: SearchRequest,
        query: Understood,
    ) -> None:
        self._index = index
        self._understanding = understanding
        self._did_you_mean = did_you_mean
        self._request = request
        self._query = query

    def correction(self, total: int, titles: Sequence[str]) -> str | None:
        """Return a better query than one that found ``total`` articles as typed; ``titles`` are those of the best.

        Raises WordsUnreadError as :meth:`DidYouMean.suggestion` does.
        """
        if not self._may_be:
            return None
        return self._did_you_mean.suggestion(self._looked_for(), total, titles, self._count)

    def foreseen(self) -> Iterator[Foreseen]:
        """Yield the questions that detect slips, as in :meth:`DidYouMean.foreseen`."""
        if self._may_be:
            yield from self._did_you_mean.foreseen(self._looked_for())

    @property
    def _may_be(self) -> bool:
        request = self._request
        plain = request.text and not request.strict and request.reading != "some" and request.page == 1
        return bool(plain) and not documents_asked(self._query.node)

    def _looked_for(self) -> LookedFor:
        query = self._query
        return LookedFor(query.typed, query.time.words if query.time else query.typed, query.node)

    def _count(self, text: str) -> int:
        better = self._understanding.read(replace(self._request, text=text))
        self._index.foresee(counting(self._request, better, reading) for reading in _READINGS)
        totals = (self._index.search(counting(self._request, better, reading)).total for reading in _READINGS)
        return next(filter(None, totals), 0)
