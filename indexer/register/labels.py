"""Names of documents: the number as articles write it, with the type; or the name of a law."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from indexer.directives.number import DocumentNumber, label_of, leaves_type_open, number_of_key, parse_number
from indexer.directives.slug import slug_of_key
from indexer.engine import clauses as c
from indexer.engine.protocol import EngineRequest
from indexer.register.named import Named
from indexer.stored.article import StoredArticle, unpack
from indexer.stored.relation import read_relation
from indexer.visible.index import VisibleIndex

_BEARERS = 3
"""Number of articles bearing a number that are examined for its spelling."""


class Labels:
    """Names documents as the articles of one commit do."""

    def __init__(self, index: VisibleIndex) -> None:
        self._index = index

    def named(self, key: str) -> Named:
        """Return the document with this key by name, without counting the articles that mention it."""
        return Named(key, self.label(key), slug_of_key(key), 0)

    def named_together(self, keys: Sequence[str]) -> tuple[Named, ...]:
        """Return documents by name, in the order of ``keys``, with a single look-up of the articles bearing them."""
        bearing = c.any_of(tuple(c.Term("number", key) for key in keys))
        request = EngineRequest(bearing, sort="newest", limit=_BEARERS * len(keys))
        articles = [unpack(hit.stored) for hit in self._index.search(request).hits] if keys else []
        bearers = {
            number.key: (number, article)
            for article in reversed(articles)
            for number in map(parse_number, article.numbers)
            if number
        }
        return tuple(
            Named(
                key, _label(number, next(iter(article.type), None) if article else None), slug_of_key(key), 0
            )
            if number
            else self.named(key)
            for key in keys
            for number, article in (bearers.get(key) or (number_of_key(key), None),)
        )

    def foreseen(self, keys: Iterable[str]) -> Iterator[EngineRequest]:
        """Yield what :meth:`named` asks for each of ``keys``."""
        for key in keys:
            yield _citing(key)
            yield _bearing(key)
            if leaves_type_open(key):
                yield _saying(key)

    def label(self, key: str, own: Sequence[StoredArticle] = ()) -> str:
        """Return the name of the document; ``own`` are the articles bearing it, if already known."""
        number = number_of_key(key)
        if number is None:
            return self._written(key)
        written = next(
            (n for article in own for n in article.numbers if (p := parse_number(n)) and p.key == key), None
        )
        best = parse_number(written) if written else None
        kind = next((kind for article in own for kind in article.type), None) if own else None
        shown = best or parse_number(self._written(key)) or number
        if leaves_type_open(key):
            kind = kind or self._filed(key) or self._said(key)
        return _label(shown, kind)

    def _filed(self, key: str) -> str | None:
        """Return the type of an article that bears the number."""
        hits = self._index.search(_bearing(key)).hits
        return next((kind for hit in hits for kind in unpack(hit.stored).type), None)

    def _said(self, key: str) -> str | None:
        """Return the type that most articles give the document if its number has two."""
        counts: Counter[str] = Counter()
        for value, n in self._index.search(_saying(key)).facets["relation"].items():
            one = read_relation(value)
            if one.key == key and one.kind:
                counts[one.kind] += n
        # If types are equally frequent, always the same one, in whatever order the engine counts.
        return min(counts, key=lambda kind: (-counts[kind], kind), default=None)

    def _written(self, key: str) -> str:
        """Return the number as an article writes it, or the name of a law."""
        for hit in self._index.search(_citing(key)).hits:
            for citation in unpack(hit.stored).citations:
                if citation.key == key:
                    return citation.number
        for hit in self._index.search(_bearing(key)).hits:
            for written in unpack(hit.stored).numbers:
                if (parsed := parse_number(written)) and parsed.key == key:
                    return written
        number = number_of_key(key)
        return number.number if number else key


def _citing(key: str) -> EngineRequest:
    return EngineRequest(c.Term("cites", key), sort="newest", limit=1)


def _bearing(key: str) -> EngineRequest:
    return EngineRequest(c.Term("number", key), sort="newest", limit=1)


def _saying(key: str) -> EngineRequest:
    return EngineRequest(c.Term("cites", key), facets=("relation",), limit=0)


def _label(number: DocumentNumber, kind: str | None) -> str:
    """Return the name of a document, including its type ``kind`` if the number leaves it open.

    Most numbers of an assembly are laws, but a resolution must not be called one.
    """
    if not leaves_type_open(number.key):
        return label_of(number, kind)
    kind = kind or number.type_name
    return f"{kind} {number.number}" if kind else number.number
