"""Saved searches against the articles that are new: each query is asked once, however many alerts have it."""

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
    """What of the new articles answers a query."""

    query: str
    question: EngineRequest
    hits: tuple[EngineHit, ...]
    """The newest first, copies too."""


class Percolator:
    """Matches queries against one day: read with the whole index of ``searcher``, asked of the day's alone."""

    def __init__(self, searcher: Searcher, day: Day, articles: int, known: dict[str, Needs]) -> None:
        """``known`` are needs of queries that count still; there are ``articles`` at most."""
        self._searcher = searcher
        self._day = day
        self._articles = articles
        self._known = known
        self.read: dict[str, Needs] = {}
        """The needs that were not known."""
        self.unreadable: list[str] = []
        """Queries that are none any more."""

    def matched(self, queries: Iterable[str]) -> Iterator[Matched]:
        """Yield those of ``queries`` that something new answers."""
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
