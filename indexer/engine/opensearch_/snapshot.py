"""One commit of an index of the cluster, searched at a point in time."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import chain
from typing import Any

from indexer.engine import clauses as c
from indexer.engine.fields import ID
from indexer.engine.opensearch_.answers import Json
from indexer.engine.opensearch_.asking import (
    TRIMMED,
    Asked,
    Question,
    hits_of,
    slug_question,
    stored,
    stored_question,
)
from indexer.engine.opensearch_.connection import Connection, Refused
from indexer.engine.opensearch_.counting import all_values, frequency, frequency_question, most_frequent
from indexer.engine.opensearch_.foresight import Foresight, Prepared
from indexer.engine.opensearch_.pages import page_hits, page_question, pages_question
from indexer.engine.opensearch_.point_in_time import at_point
from indexer.engine.opensearch_.points import LostCommitError, PointsInTime
from indexer.engine.opensearch_.silence import SilentNodes
from indexer.engine.opensearch_.state import State
from indexer.engine.opensearch_.state_store import Lines, StateStore
from indexer.engine.protocol import EngineRequest, EngineResponse, Foreseen, FrequenciesAsked, PageHit
from indexer.errors import ClusterError

_BEGINNING = 0.5
"""Share of ``search_seconds`` that a request spends on finding the newest commit."""
_LEAST = 1.0
"""Seconds that are left for the question of a request that has spent all its time on that."""
_BATCH = 1_000
"""Number of articles that are read by one question, and of terms that are counted together."""


class OpenSearchSnapshot:
    """See :class:`indexer.engine.protocol.Snapshot`.

    A commit can be searched as long as one of its points in time is open, or while it is the newest: then a new one is opened.
    """

    def __init__(
        self, connection: Connection, states: StateStore, silent: SilentNodes, index: str, state: State
    ) -> None:
        self.generation = self.content = f"{index}-{state.commit}"
        self.written = state.written
        self.commit = state.commit
        self._seconds = connection.search_seconds
        self._states = states
        self._state = state
        self._points = PointsInTime(connection, states, silent, index, state)
        self._ahead = Foresight()

    def begin(self, questions: Iterable[Foreseen]) -> State | None:
        """Start another request of this thread: foresee ``questions``, and return the newest state at this moment.

        None if the index no longer exists; raises EngineError.
        """
        self._ahead.forget()
        start = time.monotonic()
        self._ahead.until = start + _BEGINNING * self._seconds
        try:
            state = self._newest(questions)
        except ClusterError:
            # This commit may still answer, within the time of the whole request.
            self._ahead.until = start + self._seconds
            raise
        # What a silent node has taken is not given to the rest of the request.
        late = time.monotonic() > self._ahead.until
        self._ahead.until = start + self._seconds if late else None
        return state

    def limit(self, other: OpenSearchSnapshot) -> None:
        """Give the rest of this thread's request the time that it has left in ``other``, where it began."""
        self._ahead.until = other._ahead.until

    def _newest(self, questions: Iterable[Foreseen]) -> State | None:
        prepared = self._ahead.prepared(questions)
        if not prepared or not self._points:
            return self._states.read(self._seconds_left())
        try:
            state, *answers = self._together(prepared, [self._states.lines()])
        except (LostCommitError, Refused):
            # This commit can no longer be searched, but there may be a newer one.
            return self._states.read(self._seconds_left())
        except ClusterError:
            # A node does not answer, but another one may know the newest commit.
            return self._states.read(min(_LEAST, self._seconds))
        self._ahead.learn(prepared, answers)
        # Only a read reveals that there is none.
        return self._states.found(state) or self._states.read(self._seconds_left())

    def foresee(self, questions: Iterable[Foreseen]) -> None:
        if prepared := self._ahead.prepared(questions):
            with suppress(Refused):  # the error recurs when the question is asked
                self._ahead.learn(prepared, self._together(prepared))

    def _together(self, prepared: Prepared, before: Sequence[Lines] = ()) -> list[Json]:
        """Return the answers to ``before``, and to all of ``prepared`` at one point in time of this commit."""

        def lines(point: str) -> list[Json]:
            asked = ((self._how(question), at_point(question.body, point)) for question, _ in prepared)
            return list(chain(*before, *asked))

        trimmed = ",".join(f"-responses.{name[1:]}" for name in TRIMMED.split(","))
        found = self._points.ask("/_msearch", lines, self._seconds_left(), filter_path=trimmed)
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
            for id, held in self._stored(stored_question({"terms": {ID: wanted[at : at + _BATCH]}}, _BATCH))
        }

    def by_slug(self, slug: str) -> bytes | None:
        return next((held for _, held in self._stored(slug_question(slug))), None)

    def _stored(self, question: Question) -> Iterator[tuple[str, bytes]]:
        for hit in hits_of(self._ask(question)):
            yield hit["fields"][ID][0], stored(hit["fields"])

    def terms(self, field: str, prefix: str, limit: int) -> list[tuple[str, int]]:
        return most_frequent(self._ask, field, prefix, limit)

    def frequencies(self, field: str, terms: Sequence[str]) -> list[int]:
        parts = (terms[at : at + _BATCH] for at in range(0, len(terms), _BATCH))
        return [count for part in parts for count in self._counted(field, part)]

    def _counted(self, field: str, terms: Sequence[str]) -> list[int]:
        if (known := self._ahead.frequencies(field, terms)) is not None:
            return known
        self.foresee([FrequenciesAsked(field, terms)])
        known = self._ahead.frequencies(field, terms)
        # A term that could not be counted with the others raises its error by itself.
        return (
            [frequency(self._ask(frequency_question(field, term))) for term in terms]
            if known is None
            else known
        )

    def count(self) -> int:
        return self._state.articles

    def _ask(self, question: Question) -> Json:
        """Return the answer of all shards."""
        if (known := self._ahead.answer(question)) is not None:
            return known

        def body(point: str) -> Json:
            return at_point(question.body, point)

        found = self._points.ask(
            "/_search", body, self._seconds_left(), filter_path=TRIMMED, **self._how(question)
        )
        self._ahead.keep(question, found)
        return found

    def _how(self, question: Question) -> dict[str, Any]:
        how: dict[str, Any] = {"allow_partial_search_results": "false"}
        if question.scored and self._state.shards > 1:
            how["search_type"] = "dfs_query_then_fetch"
        return how

    def _seconds_left(self) -> float:
        """Return the seconds that a question of this thread may take."""
        until = self._ahead.until
        return self._seconds if until is None else min(self._seconds, max(until - time.monotonic(), _LEAST))
