"""One commit of an index of the cluster, searched at a point in time."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import chain
from typing import Any

from indexer.engine import clauses as c
from indexer.engine.fields import ID
from indexer.engine.opensearch_.asking import TRIMMED, Asked, Question, hits_of, stored
from indexer.engine.opensearch_.clauses import Query
from indexer.engine.opensearch_.connection import Connection, Json, Refused
from indexer.engine.opensearch_.counting import all_values, frequencies, most_frequent
from indexer.engine.opensearch_.foresight import Foresight, Prepared
from indexer.engine.opensearch_.pages import page_hits, page_question, pages_question
from indexer.engine.opensearch_.state import Lines, State, StateStore, at_point, close_points, open_point
from indexer.engine.protocol import EngineRequest, EngineResponse, Foreseen, PageHit
from indexer.errors import EngineError

_LOST = (404, 500, 502, 503, 504)
"""Errors that mean that a point in time, or a node that held it, is gone; all others concern the question."""
_PAUSE = 0.05
_TOO_MANY = "too_many_buckets_exception"
_BATCH = 1_000
"""Number of articles that are read by one question."""


class OpenSearchSnapshot:
    """See :class:`indexer.engine.protocol.Snapshot`.

    A commit can be searched as long as one of its points in time is open, or while it is the newest: then a new one is opened.
    """

    def __init__(self, connection: Connection, states: StateStore, index: str, state: State) -> None:
        self.generation = self.content = f"{index}-{state.commit}"
        self.written = state.written
        self.commit = state.commit
        self._connection = connection
        self._states = states
        self._index = index
        self._state = state
        self._ahead = Foresight()
        self._turn = threading.Lock()
        # Each process starts with a different one, which distributes the work over the copies of the shards.
        first = os.getpid() % max(1, len(state.points))
        self._points = [*state.points[first:], *state.points[:first]]

    def begin(self, questions: Iterable[Foreseen]) -> State | None:
        """Start another request of this thread: foresee ``questions``, and return the newest state at this moment.

        None if the index no longer exists; raises EngineError.
        """
        self._ahead.forget()
        prepared = self._ahead.prepared(questions)
        if not prepared or not self._points:
            return self._states.read()
        try:
            state, *answers = self._together(prepared, [self._states.lines()])
        except Refused:
            return self._states.read()
        self._ahead.learn(prepared, answers)
        # Only a read reveals that there is none.
        return self._states.found(state) or self._states.read()

    def foresee(self, questions: Iterable[Foreseen]) -> None:
        if prepared := self._ahead.prepared(questions):
            with suppress(Refused):  # the error recurs when the question is asked
                self._ahead.learn(prepared, self._together(prepared))

    def _together(self, prepared: Prepared, before: Sequence[Lines] = ()) -> list[Json]:
        """Return the answers to ``before``, and to all of ``prepared`` at one point in time of this commit."""
        point = self._point()
        lines = [(self._how(question), at_point(question.body, point)) for question, _ in prepared]
        found = self._connection.ask(
            "POST",
            "/_msearch",
            list(chain(*before, *lines)),
            filter_path=",".join(f"-responses.{name[1:]}" for name in TRIMMED.split(",")),
        )
        return list(found["responses"])

    def search(self, request: EngineRequest) -> EngineResponse:
        asked = Asked(request)
        found = self._ask(asked.question())
        long = {name: all_values(self._ask, asked.narrowed(name), name) for name in asked.cut(found)}
        return asked.response(found, long)

    def pages(self, ids: Sequence[str], clause: c.Clause, limit: int) -> list[PageHit]:
        if not ids or limit <= 0:
            return []
        return page_hits(self._ask(pages_question(ids, clause, limit)), limit)

    def page(self, id: str, file: int, page: int) -> bytes | None:
        found = page_hits(self._ask(page_question(id, file, page)), 1)
        return found[0].stored if found else None

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
        known = self._ahead.frequencies(field, terms)
        return frequencies(self._ask, field, terms) if known is None else known

    def count(self) -> int:
        return self._state.articles

    def _ask(self, question: Question) -> Json:
        """Return the answer of all shards at a point in time of this commit, using another one if the first is gone."""
        if (known := self._ahead.answer(question)) is not None:
            return known
        how = self._how(question)
        deadline = time.monotonic() + self._connection.search_seconds
        while True:
            point = self._point()
            try:
                return self._connection.ask(
                    "POST", "/_search", at_point(question.body, point), filter_path=TRIMMED, **how
                )
            except Refused as error:
                if error.answered not in _LOST or error.kind == _TOO_MANY or time.monotonic() > deadline:
                    raise
            with self._turn:
                self._points = [one for one in self._points if one != point]
            time.sleep(_PAUSE)

    def _how(self, question: Question) -> dict[str, Any]:
        how: dict[str, Any] = {"allow_partial_search_results": "false"}
        if question.scored and self._state.shards > 1:
            how["search_type"] = "dfs_query_then_fetch"
        return how

    def _point(self) -> str:
        with self._turn:
            if not self._points:
                self._points.append(self._own_point())
            return self._points[0]

    def _own_point(self) -> str:
        """Open a point in time between two reads of an unchanged state, so that it belongs to the commit of that state.

        If a writer was killed during a commit, articles of that commit may be visible.
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
