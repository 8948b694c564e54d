"""The sentences that state relations between documents: no relation is shown without one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from indexer.directives.number import parse_number
from indexer.engine import clauses as c
from indexer.engine.protocol import EngineRequest
from indexer.register.named import Citing
from indexer.search.directives.gathered import Gathered
from indexer.stored.article import StoredArticle, unpack
from indexer.visible.index import VisibleIndex

Pair = tuple[str, str]
"""A relation, and the key of the other document."""
_TOGETHER = 100
"""Number of articles read together; relations that they do not state are looked up separately."""
_ALONE = 3
"""Number of articles read for one relation: the first sentence may concern another document with the number."""


class Sayings:
    """The relations that articles of one commit state between one document and others."""

    def __init__(self, index: VisibleIndex, found: Gathered, outward: bool) -> None:
        """``outward``: relations of the document to others; otherwise, of others to the document."""
        self._index = index
        self._found = found
        self._outward = outward
        self._known: dict[Pair, Citing] = {}

    def of(self, pairs: Collection[Pair]) -> dict[Pair, Citing]:
        """Return, for each of ``pairs`` that an article states, the article and its citation, the newest if several are read."""
        if self._outward:
            self._take(self._found.own)
        self._take(self._articles([pair for pair in pairs if pair not in self._known], _TOGETHER))
        for pair in pairs:
            if pair not in self._known:
                self._take(self._articles([pair], _ALONE))
        return {pair: self._known[pair] for pair in pairs if pair in self._known}

    def _articles(self, pairs: Collection[Pair], limit: int) -> list[StoredArticle]:
        clauses = tuple(clause for pair in pairs for clause in self._clauses(*pair))
        if not clauses:
            return []
        request = EngineRequest(c.any_of(clauses), sort="newest", limit=limit)
        return [unpack(hit.stored) for hit in self._index.search(request).hits]

    def _clauses(self, relation: str, other: str) -> Iterator[c.Clause]:
        """Yield clauses that match the articles that may state them."""
        for value, (one, _) in self._found.said.items():
            if one.relation != relation:
                continue
            if self._outward:
                if one.subject == self._found.key and one.key == other:
                    yield c.Term("relation", value)
            elif one.key == self._found.key:
                if one.subject == other:
                    yield c.Term("relation", value)
                elif one.subject is None:
                    yield c.All((c.Term("relation", value), c.Term("number", other)))

    def _take(self, articles: Iterable[StoredArticle]) -> None:
        for article in articles:
            for citation in article.citations:
                if citation.sentence:
                    for other in self._others(article, citation.key, citation.subject):
                        self._known.setdefault((citation.relation, other), Citing(article, citation))

    def _others(self, article: StoredArticle, cited: str, subject: str | None) -> Iterator[str]:
        """Yield the documents that have the relation in a citation to this one."""
        key = self._found.key
        if self._outward:
            if subject == key or (subject is None and article in self._found.own):
                yield cited
        elif cited == key or cited in self._found.names:
            if subject is not None:
                yield subject
            else:
                yield from (number.key for number in map(parse_number, article.numbers) if number)
