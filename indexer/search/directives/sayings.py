"""The sentences that say what documents do with each other: no relation is shown without one."""

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
"""A relation, and the key of the other document in it."""
_TOGETHER = 100
"""Articles that are read at once; what they don't say is looked for by itself."""
_ALONE = 3
"""Articles that are read for one relation: their own sentence may be of another document with the number."""


class Sayings:
    """What articles of one commit say that stands between one document and others."""

    def __init__(self, index: VisibleIndex, found: Gathered, outward: bool) -> None:
        """``outward``: of what the document does with others, else of what they do with it."""
        self._index = index
        self._found = found
        self._outward = outward
        self._known: dict[Pair, Citing] = {}

    def of(self, pairs: Collection[Pair]) -> dict[Pair, Citing]:
        """Return an article and its citation, the newest where several are read, for each of ``pairs`` that one says."""
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
        """Yield what matches the articles that may say so."""
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
        """Yield the documents that a citation says to stand in its relation with this one."""
        key = self._found.key
        if self._outward:
            if subject == key or (subject is None and article in self._found.own):
                yield cited
        elif cited == key or cited in self._found.names:
            if subject is not None:
                yield subject
            else:
                yield from (number.key for number in map(parse_number, article.numbers) if number)
