"""A request of the seam -> the body of one search, and its answer -> the response. Pure."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from indexer.engine.fields import ANY_TEXT, ID, KEYWORDS, SAME_TEXT
from indexer.engine.opensearch_.clauses import Query, Translator
from indexer.engine.opensearch_.connection import Json
from indexer.engine.opensearch_.schema import FOLD, WINDOW
from indexer.engine.protocol import EngineHit, EngineRequest, EngineResponse
from indexer.errors import EngineError

MOST_VALUES = 60_000
"""Values of all facets of a request that come with its answer; OpenSearch gives 65,535 at most. Those of longer ones are
counted page after page."""
_TEXTS = 20_000
"""Texts with copies that are counted; where more match, ``folded`` leaves some out."""
_COUNTED, _COPIES = "texts", "copies"
_INNER = "values"
TRIMMED = f"-pit_id,-_shards,-hits.hits._index,-hits.hits._id,-aggregations.{_COUNTED}.{_INNER}"
"""What nobody reads of an answer, left out of it: of the texts with copies only how many there are is asked."""


@dataclass(frozen=True, slots=True)
class Question:
    """One search: a body, and how it is to be answered."""

    body: dict[str, Any]
    scored: bool = False
    """Whether statistics of all shards count, so that scores are as if there were one."""


class Asked:
    """One request, translated. Raises EngineError for a facet or field that there is not, or a page that is too far back."""

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
        # Those whose facet is asked for narrow hits and the other facets, but not their own.
        self._late = {name: one for name, one in filters.items() if name in request.facets}
        self._early = [one for name, one in filters.items() if name not in self._late]

    def question(self) -> Question:
        """Return the search that brings hits, counts and what is folded at once."""
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
            # Copies are whatever is more than one of a text; their sum is made where all shards come together.
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
        """Return what the counts of ``facet`` are of: whatever matches and passes all filters but its own."""
        return {"bool": {"filter": [self._match, *self._early, *self._others(facet)]}}

    def cut(self, found: Json) -> list[str]:
        """Return the facets that have more values than came with the answer ``found``."""
        return [
            name
            for name in self._request.facets
            if _inner(found["aggregations"][f"facet {name}"])["sum_other_doc_count"]
        ]

    def response(self, found: Json, counted: Mapping[str, Mapping[str, int]]) -> EngineResponse:
        """Return what the answer ``found`` says; ``counted`` are the counts of facets that it cuts off."""
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


def hits_of(found: Json) -> Sequence[Json]:
    """Return the hits of an answer, which a filter of its parts leaves out where there are none."""
    hits: Sequence[Json] = found["hits"].get("hits", ())
    return hits


def stored(fields: Json, name: str = "stored") -> bytes:
    """Return the bytes of a field; stored ones come in the usual alphabet, doc values in that of addresses, without padding."""
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
