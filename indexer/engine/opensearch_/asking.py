"""Converts a request to the body of one search, and the answer to a response. Pure."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from indexer.engine.fields import ANY_TEXT, ID, KEYWORDS, SAME_TEXT
from indexer.engine.opensearch_.answers import Json
from indexer.engine.opensearch_.clauses import Query, Translator
from indexer.engine.opensearch_.schema import FOLD, WINDOW
from indexer.engine.protocol import EngineHit, EngineRequest, EngineResponse
from indexer.errors import EngineError

MOST_VALUES = 60_000
"""Maximum number of facet values that come with an answer, over all facets of a request; OpenSearch returns at most 65,535. Longer
facets are counted page by page."""
_TEXTS = 20_000
"""Maximum number of texts with copies that are counted; if more match, ``folded`` is too low."""
_COUNTED, _COPIES = "texts", "copies"
_INNER = "values"
TRIMMED = f"-pit_id,-_shards,-hits.hits._index,-hits.hits._id,-aggregations.{_COUNTED}.{_INNER}"
"""Parts excluded from an answer because they are not needed: only the number of texts with copies is used."""


@dataclass(frozen=True, slots=True)
class Question:
    """One search: its body, and how it is to be answered."""

    body: dict[str, Any]
    scored: bool = False
    """Whether the statistics of all shards are combined, so that scores are those of a single shard."""


class Asked:
    """One translated request. Raises EngineError for an unknown facet or field, or for a page that is too far back."""

    def __init__(self, request: EngineRequest) -> None:
        if unknown := set(request.facets) - set(KEYWORDS):
            raise EngineError(f"unknown facet: {', '.join(sorted(unknown))}")
        if request.offset + max(request.limit, 0) > WINDOW:
            raise EngineError(f"paging ends after {WINDOW:,} results; continue from the last result instead")
        self._request = request
        self._hits = request.limit > 0
        self._scored = self._hits and request.sort == "relevance"
        kept = Translator(scored=False)
        filters = {name: kept.query(clause) for name, clause in request.filters.items()}
        self._match = Translator(scored=self._scored).query(request.match)
        # Filters whose facet is requested narrow the hits and the other facets, but not their own facet.
        self._late = {name: one for name, one in filters.items() if name in request.facets}
        self._early = [one for name, one in filters.items() if name not in self._late]

    def question(self) -> Question:
        """Return the search that returns hits, counts and folded copies at once."""
        request = self._request
        query: dict[str, Any] = {"filter": [*self._early] if self._scored else [self._match, *self._early]}
        if self._scored:
            rank = Translator()
            query |= {"must": [self._match], "should": [rank.query(clause) for clause in request.rank]}
            query["minimum_should_match"] = 0
        body: dict[str, Any] = {
            "query": {"bool": query},
            "track_total_hits": True,
            "size": max(0, request.limit),
            "_source": False,
            "stored_fields": ["stored"],
            "docvalue_fields": [ID, SAME_TEXT],
        }
        if self._late:
            body["post_filter"] = {"bool": {"filter": list(self._late.values())}}
        if counts := self._counts():
            body["aggs"] = counts
        if self._hits:
            if request.sort == "relevance":
                body["sort"] = [{"_score": "desc"}, {ID: "asc"}]
            else:
                body["sort"] = [{request.sort: "asc"}]
            if request.offset:
                body["from"] = request.offset
            if request.after is not None:
                body["search_after"] = [request.after]
            elif request.fold:
                body["collapse"] = {"field": FOLD}
        return Question(body, self._scored)

    def _counts(self) -> dict[str, Any]:
        request = self._request
        most = MOST_VALUES // max(1, len(request.facets))
        counts = {
            f"facet {name}": _within(_values(name, most), self._others(name)) for name in request.facets
        }
        if request.fold:
            # All but one of the articles with the same text are copies; the coordinating node adds them up.
            texts = _values(SAME_TEXT, _TEXTS)
            texts["terms"]["exclude"] = [ANY_TEXT]
            counts[_COUNTED] = {
                "filter": {"bool": {"filter": list(self._late.values())}},
                "aggs": {_INNER: texts, _COPIES: {"stats_bucket": {"buckets_path": f"{_INNER}>_count"}}},
            }
        return counts

    def _others(self, facet: str) -> list[Query]:
        return [one for name, one in self._late.items() if name != facet]

    def narrowed(self, facet: str) -> Query:
        """Return the query over which ``facet`` is counted: everything that matches and passes all filters but its own."""
        return {"bool": {"filter": [self._match, *self._early, *self._others(facet)]}}

    def cut(self, found: Json) -> list[str]:
        """Return the facets that have more values than the answer ``found`` contains."""
        return [
            name
            for name in self._request.facets
            if _inner(found["aggregations"][f"facet {name}"])["sum_other_doc_count"]
        ]

    def response(self, found: Json, counted: Mapping[str, Mapping[str, int]]) -> EngineResponse:
        """Return the response for the answer ``found``; ``counted`` has the counts of facets that it truncates."""
        counts = found.get("aggregations", {})
        facets = {
            name: counted[name] if name in counted else _buckets(counts[f"facet {name}"])
            for name in self._request.facets
        }
        copies = counts.get(_COUNTED, {}).get(_COPIES, {"sum": 0, "count": 0})
        return EngineResponse(
            found["hits"]["total"]["value"],
            tuple(map(self._hit, hits_of(found))),
            facets,
            int(copies["sum"] or 0) - copies["count"],
        )

    def _hit(self, hit: Json) -> EngineHit:
        fields = hit["fields"]
        text = next((text for text in fields.get(SAME_TEXT, ()) if text != ANY_TEXT), None)
        first = hit["sort"][0]
        if self._scored:
            return EngineHit(fields[ID][0], float(first), stored(fields), text)
        return EngineHit(fields[ID][0], 0.0, stored(fields), text, first)


def slug_question(slug: str) -> Question:
    """Return the search for the article with this slug."""
    return stored_question({"bool": {"should": [{"term": {"slug": slug}}, {"term": {ID: slug}}]}}, 1)


def stored_question(query: Query, most: int) -> Question:
    """Return the search for the stored values of the articles that match ``query``."""
    return Question(
        {
            "query": {"bool": {"filter": [query]}},
            "size": most,
            "_source": False,
            "stored_fields": ["stored"],
            "docvalue_fields": [ID],
            "track_total_hits": False,
        }
    )


def hits_of(found: Json) -> Sequence[Json]:
    """Return the hits of an answer, which has none if :data:`TRIMMED` has removed every part of them."""
    hits: Sequence[Json] = found["hits"].get("hits", ())
    return hits


def stored(fields: Json, name: str = "stored") -> bytes:
    """Return the bytes of a field. Stored fields use standard Base64; doc values use URL-safe Base64 without padding."""
    (text,) = fields.get(name) or ("",)
    return b64decode(text.translate(_USUAL) + "=" * (-len(text) % 4))


_USUAL = str.maketrans("-_", "+/")


def _values(field: str, most: int) -> dict[str, Any]:
    return {"terms": {"field": field, "size": most, "shard_size": most}}


def _within(count: dict[str, Any], filters: Sequence[Query]) -> dict[str, Any]:
    if not filters:
        return count
    return {"filter": {"bool": {"filter": list(filters)}}, "aggs": {_INNER: count}}


def _inner(found: Json) -> Json:
    inner: Json = found.get(_INNER, found)
    return inner


def _buckets(found: Json) -> dict[str, int]:
    return {one["key"]: one["doc_count"] for one in _inner(found).get("buckets", ())}
