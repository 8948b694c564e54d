"""One commit of an index of the cluster, asked at a point in time."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from indexer.engine import clauses as c
from indexer.engine.fields import ID
from indexer.engine.opensearch_.asking import TRIMMED, Asked, Question, hits_of, stored
from indexer.engine.opensearch_.clauses import Query, Translator
from indexer.engine.opensearch_.connection import Connection, Json, Refused
from indexer.engine.opensearch_.counting import all_values, frequencies, most_frequent
from indexer.engine.opensearch_.schema import MOST_PAGES, PAGES
from indexer.engine.opensearch_.state import State, StateStore, at_point, close_points, open_point
from indexer.engine.protocol import EngineRequest, EngineResponse, PageHit
from indexer.errors import EngineError

_LOST = (404, 500, 502, 503, 504)
"""What is answered where a point in time is gone, or a node that held it; all else is of the question."""
_PAUSE = 0.05
_TOO_MANY = "too_many_buckets_exception"
_BATCH = 1_000
"""Articles that are read by one question."""


class OpenSearchSnapshot:
    """See :class:`indexer.engine.protocol.Snapshot`.

    A commit can be asked as long as a point in time of it is open somewhere, or it is the newest: then another is opened.
    """

    def __init__(self, connection: Connection, states: StateStore, index: str, state: State) -> None:
        self.generation = f"{index}-{state.commit}"
        self.written = state.written
        self.commit = state.commit
        self._connection = connection
        self._states = states
        self._index = index
        self._state = state
        self._turn = threading.Lock()
        # Each process begins with another one, which shares the work out among the copies of the shards.
        first = os.getpid() % max(1, len(state.points))
        self._points = [*state.points[first:], *state.points[:first]]

    def search(self, request: EngineRequest) -> EngineResponse:
        asked = Asked(request)
        found = self._ask(asked.question())
        long = {name: all_values(self._ask, asked.narrowed(name), name) for name in asked.cut(found)}
        return asked.response(found, long)

    def pages(self, ids: Sequence[str], clause: c.Clause, limit: int) -> list[PageHit]:
        if not ids or limit <= 0:
            return []
        return self._pages({"terms": {ID: list(ids)}}, Translator(pages=True).query(clause), len(ids), limit)

    def page(self, id: str, file: int, page: int) -> bytes | None:
        wanted = {
            "bool": {"filter": [{"term": {f"{PAGES}.file": file}}, {"term": {f"{PAGES}.number": page}}]}
        }
        found = self._pages({"term": {ID: id}}, wanted, 1, 1)
        return found[0].stored if found else None

    def _pages(self, articles: Query, wanted: Query, most_articles: int, limit: int) -> list[PageHit]:
        inner = {
            "size": min(limit, MOST_PAGES),
            "_source": False,
            "docvalue_fields": [f"{PAGES}.{name}" for name in ("file", "number", "stored")],
        }
        nested = {"path": PAGES, "query": wanted, "score_mode": "max", "inner_hits": inner}
        found = self._ask(
            Question(
                {
                    "query": {"bool": {"filter": [articles], "must": [{"nested": nested}]}},
                    "size": most_articles,
                    "_source": False,
                    "stored_fields": "_none_",
                    "docvalue_fields": [ID],
                    "track_total_hits": False,
                },
                scored=True,
            )
        )
        hits = [
            _page_hit(article["fields"][ID][0], page)
            for article in hits_of(found)
            for page in hits_of(article["inner_hits"][PAGES])
        ]
        return sorted(hits, key=lambda hit: (-hit.score, hit.id, hit.file, hit.page or 0))[:limit]

    def documents(self, ids: Iterable[str]) -> dict[str, bytes]:
        wanted = list(dict.fromkeys(ids))
        return {
            id: held
            for at in range(0, len(wanted), _BATCH)
            for id, held in self._stored({"terms": {ID: wanted[at : at + _BATCH]}}, _BATCH)
        }

    def by_slug(self, slug: str) -> bytes | None:
        either = {"bool": {"should": [{"term": {"slug": slug}}, {"term": {ID: slug}}]}}
        return next((held for _, held in self._stored(either, 1)), None)

    def _stored(self, query: Query, most: int) -> Iterator[tuple[str, bytes]]:
        body = {
            "query": {"bool": {"filter": [query]}},
            "size": most,
            "_source": False,
            "stored_fields": ["stored"],
            "docvalue_fields": [ID],
            "track_total_hits": False,
        }
        for hit in hits_of(self._ask(Question(body))):
            yield hit["fields"][ID][0], stored(hit["fields"])

    def terms(self, field: str, prefix: str, limit: int) -> list[tuple[str, int]]:
        return most_frequent(self._ask, field, prefix, limit)

    def frequencies(self, field: str, terms: Sequence[str]) -> list[int]:
        return frequencies(self._ask, field, terms)

    def count(self) -> int:
        return self._state.articles

    def _ask(self, question: Question) -> Json:
        """Return the answer of all shards, at a point in time of this commit: another one where the first is gone."""
        how: dict[str, Any] = {"allow_partial_search_results": "false", "filter_path": TRIMMED}
        if question.scored and self._state.shards > 1:
            how["search_type"] = "dfs_query_then_fetch"
        deadline = time.monotonic() + self._connection.search_seconds
        while True:
            point = self._point()
            try:
                return self._connection.ask("POST", "/_search", at_point(question.body, point), **how)
            except Refused as error:
                if error.answered not in _LOST or error.kind == _TOO_MANY or time.monotonic() > deadline:
                    raise
            with self._turn:
                self._points = [one for one in self._points if one != point]
            time.sleep(_PAUSE)

    def _point(self) -> str:
        with self._turn:
            if not self._points:
                self._points.append(self._own_point())
            return self._points[0]

    def _own_point(self) -> str:
        """Open a point in time between two equal looks at the state: so it is of the commit that they name.

        Where a writer was killed in the middle of a commit, articles of it may show.
        """
        deadline = time.monotonic() + self._connection.search_seconds
        while True:
            before = self._states.read()
            if before is None or before.commit != self.commit:
                raise EngineError("the snapshot for these results has expired; search again")
            if before.stable or time.monotonic() > deadline:
                point = open_point(self._connection, self._index)
                after = self._states.read()
                if after is not None and (after.commit, after.stable) == (before.commit, before.stable):
                    return point
                close_points(self._connection, [point])
            time.sleep(_PAUSE)


def _page_hit(id: str, hit: Json) -> PageHit:
    values = hit["fields"]
    number = values.get(f"{PAGES}.number")
    return PageHit(
        id,
        values[f"{PAGES}.file"][0],
        number[0] if number else None,
        float(hit["_score"]),
        stored(values, f"{PAGES}.stored"),
    )
