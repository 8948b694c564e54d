"""Gathers what the articles of one commit say about a document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import chain

from indexer.directives.citations import RELATIONS
from indexer.directives.legal_status import SPOKEN
from indexer.engine import clauses as c
from indexer.engine.protocol import EngineRequest, EngineResponse
from indexer.register.borne import told_by
from indexer.register.labels import Labels
from indexer.register.laws import Laws, bearing_request
from indexer.register.named import Citing
from indexer.register.same import SameLaws
from indexer.search.directives.edges import distinct_asked, relation_clause
from indexer.search.directives.gathered import Gathered, fits, is_variant
from indexer.search.directives.view import Variant
from indexer.stored.article import StoredArticle, unpack
from indexer.stored.relation import read_relation, relation_value
from indexer.visible.index import VisibleIndex

SHOWN = 10
"""Maximum number of articles per relation on the page, and of those that bear the number."""
_MOST_LISTED, _PAGE = 10_000, 500
"""Maximum number of articles in a downloadable list, and number read at a time."""


class Gathering:
    """Answers from the visible articles of one commit."""

    def __init__(self, index: VisibleIndex, labels: Labels, same: SameLaws) -> None:
        self._index = index
        self._labels = labels
        self._same = same
        self._laws = Laws(index)

    def of(self, key: str, variant: Variant | None = None) -> Gathered:
        """Return everything about the document with this strict key, or about one of several with its number."""
        names = frozenset(self._same.keys(key)[1:])
        citing = c.any_of(tuple(c.Term("cites", name) for name in (key, *sorted(names))))
        bearing = EngineRequest(c.Term("number", key), sort="newest", limit=SHOWN)
        by_name = key.startswith("law:") and "@" in key
        self._index.foresee((_counting(citing), bearing, *((bearing_request(key),) if by_name else ())))
        counted = self._count(citing)
        if variant is not None:
            of_it = [
                value
                for value in counted.facets["relation"]
                if (one := read_relation(value)).key == key and is_variant(one, variant)
            ]
            counted = self._count(relation_clause(of_it))
        own = self._index.search(bearing)
        named = self._laws.bearing(key)[:SHOWN] if by_name else ()
        said = {
            value: (replace(one, key=key) if one.key in names else one, n)
            for value, n in counted.facets["relation"].items()
            if (one := read_relation(value)).key != key or variant is None or is_variant(one, variant)
        }
        together = Counter(counted.facets["cites"])
        for name in (key, *names):
            together.pop(name, None)
        texts = [unpack(hit.stored) for hit in own.hits] or list(named)
        if variant is not None:
            texts = [article for article in texts if fits(variant, told_by(key, article))]
        found = Gathered(
            key, self._labels.label(key, texts), counted.total, said, together, texts, counted.facets["month"]
        )
        found.names = names
        self._index.foresee(
            chain((one for _, one in distinct_asked(found)), self.first_asked(found, SPOKEN, _PAGE))
        )
        found.distinct = {relation: self._index.search(one).total for relation, one in distinct_asked(found)}
        found.sources = self._speaking(found)
        return found

    def _count(self, match: c.Clause) -> EngineResponse:
        return self._index.search(_counting(match))

    def all(self, found: Gathered, relations: Collection[str] = RELATIONS) -> Iterator[Citing]:
        """Yield the relations of articles to the document, of the newest articles first, at most 10,000 articles."""
        for offset in range(0, _MOST_LISTED, _PAGE):
            rows = self.first(found, relations, _PAGE, offset)
            yield from rows
            if len(rows) < _PAGE:  # each article has at least one
                return

    def first(self, found: Gathered, relations: Collection[str], limit: int, offset: int = 0) -> list[Citing]:
        """Return the relations of the newest ``limit`` articles that have one of ``relations`` to the document."""
        values = found.values(relations)
        return [
            Citing(article, citation)
            for request in self.first_asked(found, relations, limit, offset)
            for article in (unpack(hit.stored) for hit in self._index.search(request).hits)
            for citation in article.citations
            if relation_value(citation) in values
        ]

    def first_asked(
        self, found: Gathered, relations: Collection[str], limit: int, offset: int = 0
    ) -> Iterator[EngineRequest]:
        """Yield the search of :meth:`first`, if any article has such a relation."""
        if values := found.values(relations):
            yield EngineRequest(relation_clause(values), sort="newest", limit=limit, offset=offset)

    def telling(self, key: str) -> list[StoredArticle]:
        """Return the articles that state something about the legal status of the document with this key."""
        said = {
            value: (one, n)
            for value, n in self._count(c.Term("cites", key)).facets["relation"].items()
            if (one := read_relation(value)).key == key
        }
        found = Gathered(key, "", 0, said, Counter(), (), {})
        return [one.article for one in self._speaking(found)]

    def _speaking(self, found: Gathered) -> list[Citing]:
        """Return what articles state about the document's legal status: all statements, as used for the facet."""
        return list(self.all(found, SPOKEN))


def _counting(match: c.Clause) -> EngineRequest:
    return EngineRequest(match, facets=("relation", "cites", "month"), limit=0)
