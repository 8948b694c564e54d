"""The indexed legal status of articles: one query per occurring status rather than per article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from indexer.directives.legal_status import STATUSES
from indexer.engine import clauses as c
from indexer.engine.fields import ID, STATUS
from indexer.engine.protocol import EngineRequest
from indexer.stored.article import StoredArticle
from indexer.visible.index import VisibleIndex


def statuses_of(index: VisibleIndex, articles: Sequence[StoredArticle]) -> dict[str, str]:
    """Return id -> legal status for those of ``articles`` that are documents with one, from one commit."""
    asked = _documents(articles)
    if not asked:
        return {}
    these = _these(asked)
    # Most documents on a page have none, or all have the same: of nine statuses, one or two are queried.
    counts = index.search(_counting(asked)).facets[STATUS]
    if len(asked) in counts.values():
        return dict.fromkeys(asked, max(counts, key=counts.__getitem__))
    carrying = {
        status: EngineRequest(
            c.All((c.Everything(), these, c.Term(STATUS, status))), sort="newest", limit=len(asked)
        )
        for status in sorted(counts.keys() & set(STATUSES), key=STATUSES.index)
    }
    index.foresee(carrying.values())
    return {hit.id: status for status, one in carrying.items() for hit in index.search(one).hits}


def foreseen(articles: Sequence[StoredArticle]) -> Iterator[EngineRequest]:
    """Yield the first questions of :func:`statuses_of` for these articles; usually there are no others."""
    if asked := _documents(articles):
        yield _counting(asked)


def _documents(articles: Sequence[StoredArticle]) -> list[str]:
    return [article.id for article in articles if article.numbers]


def _these(ids: Sequence[str]) -> c.Clause:
    return c.any_of(tuple(c.Term(ID, id) for id in ids))


def _counting(ids: Sequence[str]) -> EngineRequest:
    return EngineRequest(_these(ids), facets=(STATUS,), limit=0)
