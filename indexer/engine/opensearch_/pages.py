"""Searches for pages of attachments, which are nested in their articles, and reads the answers. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.engine import clauses as c
from indexer.engine.fields import ID
from indexer.engine.opensearch_.answers import Json
from indexer.engine.opensearch_.asking import Question, hits_of, stored
from indexer.engine.opensearch_.clauses import Query, Translator
from indexer.engine.opensearch_.schema import MOST_PAGES, PAGES
from indexer.engine.protocol import PageHit


def pages_question(ids: Sequence[str], clause: c.Clause, limit: int) -> Question:
    """Return the search for the best ``limit`` pages of the articles ``ids``."""
    return _question({"terms": {ID: list(ids)}}, Translator(pages=True).query(clause), len(ids), limit)


def page_question(id: str, file: int, page: int) -> Question:
    """Return the search for one page of an attachment."""
    wanted = {"bool": {"filter": [{"term": {f"{PAGES}.file": file}}, {"term": {f"{PAGES}.number": page}}]}}
    return _question({"term": {ID: id}}, wanted, 1, 1)


def _question(articles: Query, wanted: Query, most_articles: int, limit: int) -> Question:
    inner = {
        "size": min(limit, MOST_PAGES),
        "_source": False,
        "docvalue_fields": [f"{PAGES}.{name}" for name in ("file", "number", "stored")],
    }
    nested = {"path": PAGES, "query": wanted, "score_mode": "max", "inner_hits": inner}
    body = {
        "query": {"bool": {"filter": [articles], "must": [{"nested": nested}]}},
        "size": most_articles,
        "_source": False,
        "stored_fields": "_none_",
        "docvalue_fields": [ID],
        "track_total_hits": False,
    }
    return Question(body, scored=True)


def page_hits(found: Json, limit: int) -> list[PageHit]:
    """Return the ``limit`` best pages of an answer, best first."""
    hits = [
        _page_hit(article["fields"][ID][0], page)
        for article in hits_of(found)
        for page in hits_of(article["inner_hits"][PAGES])
    ]
    return sorted(hits, key=lambda hit: (-hit.score, hit.id, hit.file, hit.page or 0))[:limit]


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
