"""Matches saved searches against new articles; each query runs once, however many alerts have it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from indexer.alerts.matching.day import Day
from indexer.alerts.needs import Needs, needs_of
from indexer.alerts.searches import read_search
from indexer.engine.protocol import EngineHit, EngineRequest
from indexer.errors import ParameterError
from indexer.search.searcher import Searcher


@dataclass(frozen=True, slots=True)
class Matched:
    """The new articles that match a query."""

    query: str
    question: EngineRequest
    hits: tuple[EngineHit, ...]
    """Newest first, including copies."""


class Percolator:
    """Matches queries against one day: they are parsed with the whole index of ``searcher`` but run on the day's index only."""

    def __init__(self, searcher: Searcher, day: Day, articles: int, known: dict[str, Needs]) -> None:
        """``known`` has the needs of queries that are still valid; there are at most ``articles`` articles."""
        self._searcher = searcher
        self._day = day
        self._articles = articles
        self._known = known
        self.read: dict[str, Needs] = {}
        """The needs that were not known."""
        self.unreadable: list[str] = []
        """Queries that are no longer valid."""

    def matched(self, queries: Iterable[str]) -> Iterator[Matched]:
        """Yield the members of ``queries`` that match something new."""
        for query in queries:
            needs = self._known.get(query)
            if needs is not None and not self._day.vocabulary.may_match(needs):
                continue
            try:
                question = self._searcher.question(read_search(query))
            except ParameterError:
                self.unreadable.append(query)
                continue
            if needs is None:
                needs = self.read[query] = needs_of((question.match, *question.filters.values()))
                if not self._day.vocabulary.may_match(needs):
                    continue
            hits = self._day.index.search(replace(question, limit=self._articles)).hits
            if hits:
                yield Matched(query, question, hits)
