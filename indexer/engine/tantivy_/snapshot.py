"""One commit of a tantivy index: all queries are answered from the same segments."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import tantivy
from tantivy import Occur, Query

from indexer.engine import clauses as c
from indexer.engine.fields import SAME_TEXT
from indexer.engine.protocol import EngineHit, EngineRequest, EngineResponse, Foreseen, PageHit, Sort
from indexer.engine.sort_keys import sort_keys
from indexer.engine.tantivy_.clauses import Translator, must
from indexer.engine.tantivy_.counting import count
from indexer.engine.tantivy_.failures import our_errors
from indexer.engine.tantivy_.paging import First, Found, Paging
from indexer.engine.tantivy_.schema import ARTICLE, PAGE, SECOND


class TantivySnapshot:
    """See :class:`indexer.engine.protocol.Snapshot`. Its files stay mapped, and thus on disk, as long as it exists."""

    def __init__(
        self, index: tantivy.Index, path: Path, generation: str, content: str, written: float
    ) -> None:
        """Take the commit that ``index`` currently shows; ``path`` is named in errors."""
        self.generation = generation
        self.content = content
        self.written = written
        self._path = path
        self._searcher = index.searcher()
        self._paging = Paging(index, self._searcher)
        self._translate = Translator(index.schema)
        self._translate_pages = Translator(index.schema, pages=True)
        # Each query asks for the number of articles.
        self._articles = self._count(self._translate.query(c.Everything()))

    def foresee(self, questions: Iterable[Foreseen]) -> None:
        """Do nothing: each question is answered where it is asked."""

    def search(self, request: EngineRequest) -> EngineResponse:
        with our_errors(self._path, "searching"):
            matched = self._translate.narrowed(request.match, request.filters.values())
            if request.limit > 0 and request.after is None and not (request.facets or request.fold):
                first = self._first(matched, request, counted=True)
                found = self._paging.page(first, request, fold=False)
                return EngineResponse(first.total or 0, tuple(self._hits(found, request.sort)))
            counts, total, folded = count(self._searcher, self._translate, request, matched)
            if request.limit <= 0 or request.offset >= total - folded:
                return EngineResponse(total, (), counts, folded)
            if request.after is not None:
                found = self._paging.behind(matched, request, request.after)
            else:
                found = self._paging.page(self._first(matched, request), request, fold=folded > 0)
            return EngineResponse(total, tuple(self._hits(found, request.sort)), counts, folded)

    def _first(self, matched: Query, request: EngineRequest, counted: bool = False) -> First:
        query = self._ranked(matched, request.rank) if request.sort == "relevance" else matched
        return self._paging.first(query, request, counted)

    def _ranked(self, matched: Query, rank: Sequence[c.Clause]) -> Query:
        """Return ``matched`` with the scores of ``rank`` added.

        Terms are summed separately from everything else, each once: the library does that without a call per article and term.
        """
        terms: dict[c.Term, float] = {}
        others: list[c.Clause] = []
        for clause in rank:
            term, factor = _boosted_term(clause)
            if term is None:
                others.append(clause)
            else:
                terms[term] = terms.get(term, 0.0) + factor
        boosted: list[c.Clause] = [c.Boost(term, factor) for term, factor in terms.items()]
        for scoring in (boosted, others):
            if scoring:
                added = [(Occur.Should, self._translate.query(clause)) for clause in scoring]
                matched = Query.boolean_query([(Occur.Must, matched), *added])
        return matched

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
            # If slug and id are equal, only the id is in the index.
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
        """Return the stored value of the only document with these values."""
        query = must([self._translate.value(field, value) for field, value in values.items()])
        hits = self._searcher.search(query, 1, False).hits
        return self._hit(hits[0][1]).stored if hits else None

    def _hits(self, found: Sequence[Found], sort: Sort) -> Iterator[EngineHit]:
        addresses = [address for _, address in found]
        if sort == "relevance":
            for place, address in found:
                yield self._hit(address, score=float(place or 0.0))
        else:
            for second, address in zip(
                self._searcher.fast_field_values(SECOND, addresses), addresses, strict=True
            ):
                hit = self._hit(address)
                newest, oldest = sort_keys(None if second is None else int(second), hit.id)
                yield dataclasses.replace(hit, sort_key=newest if sort == "newest" else oldest)

    def _hit(self, address: tantivy.DocAddress, score: float = 0.0) -> EngineHit:
        document = self._searcher.doc(address)
        return EngineHit(
            str(document.get_first("id")),
            score,
            bytes(document.get_first("stored") or b""),
            document.get_first(SAME_TEXT),
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


def _boosted_term(clause: c.Clause) -> tuple[c.Term | None, float]:
    """Return the term that ``clause`` is, with all its factors; None if it is something else."""
    match clause:
        case c.Term():
            return clause, 1.0
        case c.Boost(inner, factor):
            term, own = _boosted_term(inner)
            return term, own * factor
        case _:
            return None, 1.0
