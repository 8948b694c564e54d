"""One commit of a tantivy index: whatever is asked of it is answered from the same segments."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import tantivy
from tantivy import Occur, Query

from indexer.engine import clauses as c
from indexer.engine.fields import ANY_TEXT, SAME_TEXT
from indexer.engine.protocol import EngineHit, EngineRequest, EngineResponse, PageHit
from indexer.engine.tantivy_.clauses import Translator, must, narrowed
from indexer.engine.tantivy_.facets import count_facets
from indexer.engine.tantivy_.failures import our_errors
from indexer.engine.tantivy_.paging import Paging
from indexer.engine.tantivy_.schema import ARTICLE, PAGE


class TantivySnapshot:
    """See :class:`indexer.engine.protocol.Snapshot`. Its files stay mapped, and so on the disk, as long as it lives."""

    def __init__(self, index: tantivy.Index, path: Path, generation: str, written: float) -> None:
        """Take the commit that ``index`` looks at; ``path`` is named in errors."""
        self.generation = generation
        self.written = written
        self._path = path
        self._searcher = index.searcher()
        self._paging = Paging(index, self._searcher)
        self._translate = Translator(index.schema)
        self._translate_pages = Translator(index.schema, pages=True)
        # Each query asks how many articles there are.
        self._articles = self._count(self._translate.query(c.Everything()))

    def search(self, request: EngineRequest) -> EngineResponse:
        with our_errors(self._path, "searching"):
            match = self._translate.query(request.match)
            filters = {name: self._translate.filter(clause) for name, clause in request.filters.items()}
            matched = narrowed(match, filters.values())
            fold = (SAME_TEXT,) if request.fold else ()
            counts, total = count_facets(self._searcher, match, filters, (*request.facets, *fold), matched)
            if total is None:
                total = self._count(matched)
            texts = counts.pop(SAME_TEXT) if fold and SAME_TEXT not in request.facets else {}
            folded = sum(number - 1 for text, number in texts.items() if text != ANY_TEXT)
            if request.limit <= 0 or request.offset >= total - folded:
                return EngineResponse(total, (), counts, folded)
            query = matched
            if request.sort == "relevance" and request.rank:
                rank = [(Occur.Should, self._translate.query(clause)) for clause in request.rank]
                query = Query.boolean_query([(Occur.Must, matched), *rank])
            page = self._paging.folded if folded else self._paging.page
            return EngineResponse(
                total, tuple(self._hit(*hit) for hit in page(query, request, total)), counts, folded
            )

    def pages(self, ids: Sequence[str], clause: c.Clause, limit: int) -> list[PageHit]:
        if not ids or limit <= 0:
            return []
        with our_errors(self._path, "searching pages"):
            of_articles = Query.const_score_query(
                Query.boolean_query([(Occur.Should, self._translate.value("id", id)) for id in ids]), 0.0
            )
            kind = Query.const_score_query(self._translate.value("kind", PAGE), 0.0)
            query = must([self._translate_pages.query(clause), of_articles, kind])
            found = self._searcher.search(query, limit, False).hits
            hits = [self._page_hit(score, address) for score, address in found]
        return sorted(hits, key=lambda hit: (-hit.score, hit.id, hit.file, hit.page or 0))

    def page(self, id: str, file: int, page: int) -> bytes | None:
        with our_errors(self._path, "reading a page"):
            return self._stored(id=id, kind=PAGE, file_number=file, page_number=page)

    def documents(self, ids: Iterable[str]) -> dict[str, bytes]:
        with our_errors(self._path, "reading articles"):
            found = {id: self._stored(id=id, kind=ARTICLE) for id in ids}
        return {id: stored for id, stored in found.items() if stored is not None}

    def by_slug(self, slug: str) -> bytes | None:
        with our_errors(self._path, "reading an article"):
            # Where slug and id are the same, only the id is in the index.
            return self._stored(slug=slug, kind=ARTICLE) or self._stored(id=slug, kind=ARTICLE)

    def terms(self, field: str, prefix: str, limit: int) -> list[tuple[str, int]]:
        with our_errors(self._path, "reading terms"):
            return self._searcher.terms_with_prefix(field, prefix, limit=limit)

    def frequencies(self, field: str, terms: Sequence[str]) -> list[int]:
        with our_errors(self._path, "reading terms"):
            return [self._searcher.doc_freq(field, term) for term in terms]

    def count(self) -> int:
        return self._articles

    def _count(self, query: Query) -> int:
        return int(self._searcher.search(query, 1, True).count)  # type: ignore[attr-defined]

    def _stored(self, **values: str | int) -> bytes | None:
        """Return what is stored of the one document with these values."""
        query = must([self._translate.value(field, value) for field, value in values.items()])
        hits = self._searcher.search(query, 1, False).hits
        return self._hit(0.0, hits[0][1], None).stored if hits else None

    def _hit(self, score: float, address: tantivy.DocAddress, sort_key: str | None) -> EngineHit:
        document = self._searcher.doc(address)
        return EngineHit(
            str(document.get_first("id")),
            float(score),
            bytes(document.get_first("stored") or b""),
            document.get_first(SAME_TEXT),
            sort_key,
        )

    def _page_hit(self, score: float, address: tantivy.DocAddress) -> PageHit:
        values = self._searcher.doc(address).to_dict()
        page = values.get("page_number")
        return PageHit(
            values["id"][0],
            values["file_number"][0],
            page[0] if page else None,
            float(score),
            bytes(values["stored"][0]),
        )
