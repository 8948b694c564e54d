"""A question answered from one commit: request -> plan -> engine -> hits -> response."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from indexer.catalog.files import FileStore
from indexer.disk.watched import Watched
from indexer.engine import clauses as c
from indexer.engine.protocol import EngineRequest
from indexer.highlight.finder import Wanted
from indexer.lexicon.lexicon import Lexicon
from indexer.model import FileState
from indexer.query import tree
from indexer.query.documents import documents_asked
from indexer.query.interpretation import interpretation, reading_lines
from indexer.query.limits import limit_lines
from indexer.query.ranking import Weights
from indexer.search.articles import Articles
from indexer.search.asking import engine_request, filters
from indexer.search.audience import VisibleIndex
from indexer.search.copies import copies_of
from indexer.search.directives.index import DirectiveIndex
from indexer.search.facets import facets
from indexer.search.file_states import FileStates, file_states
from indexer.search.hits import shown_hit, shown_hits
from indexer.search.pages.lookup import Pages
from indexer.search.pages.pictures import PagePictures
from indexer.search.pins import Pins, pin_key
from indexer.search.related import Related, related
from indexer.search.request import Reading, SearchRequest
from indexer.search.response import Copy, FacetValue, Hit, QueryReading, Relaxed, SearchResponse
from indexer.search.scan import scan
from indexer.search.understanding import Understanding, Understood
from indexer.settings import Settings
from indexer.stored.article import StoredArticle
from indexer.suggest.did_you_mean import DidYouMean
from indexer.suggest.vocabulary import VocabularyReader

_CARDS = 3
"""Documents that are shown in short where a query asks for several."""
_NEWEST = 8
"""Articles of the overview."""


@dataclass(frozen=True, slots=True)
class Shared:
    """What goes on from one commit to the next, the same for every audience."""

    settings: Settings
    weights: Weights
    lexicon: Watched[Lexicon]
    pins: Watched[Pins]
    vocabularies: VocabularyReader
    files: FileStore
    pictures: PagePictures


@dataclass(frozen=True, slots=True)
class Overview:
    """What the home page shows."""

    total: int
    newest: tuple[Hit, ...]
    facets: Mapping[str, tuple[FacetValue, ...]]


class Searcher:
    """Answers from one commit as one audience sees it: whatever is asked of it within a request fits together.

    Made by :meth:`indexer.search.service.SearchService.searcher`; safe to use from several threads.
    """

    def __init__(self, index: VisibleIndex, shared: Shared) -> None:
        self._index = index
        self._shared = shared
        self.directives = DirectiveIndex(index)
        understanding = Understanding(index, self.directives.numbers, shared.lexicon.current, shared.weights)
        self.articles = Articles(index, understanding, shared.files)
        self.pages = Pages(index, self.articles, understanding, shared.pictures)
        self._understanding = understanding
        self._did_you_mean = DidYouMean(
            index.snapshot,
            shared.vocabularies,
            lambda token: shared.lexicon.current().is_abbreviation(token),
        )

    @property
    def generation(self) -> str:
        """A value that changes with all that answers depend on: the commit, the lexicon, pins."""
        return f"{self._index.snapshot.generation} {self._shared.lexicon.stamp} {self._shared.pins.stamp}"

    def search(self, request: SearchRequest) -> SearchResponse:
        """Answer ``request``; a query that can't be parsed is searched as plain words."""
        start = time.perf_counter()
        query = self._understanding.read(request)
        response = (
            self._page(request, query)
            if request.after is None
            else self._read_on(request, query, request.after)
        )
        return replace(response, took_ms=round((time.perf_counter() - start) * 1000, 2))

    def scan(self, request: SearchRequest, most: int) -> Iterator[StoredArticle]:
        """Return the first ``most`` articles that answer ``request``, in its order; its page and size are not read.

        Copies of one text all count. Raises EngineError at once, or while reading where the index can't be read.
        """
        query = self._understanding.read(request)
        asked = engine_request(request, query, self._reading(request, query), self._shared.settings)
        return scan(self._index, replace(asked, facets=(), fold=False), most)

    def ranked(self, text: str, depth: int, reading: Reading = "some") -> list[str]:
        """Return the ids of the best ``depth`` articles for the plain words of ``text``."""
        plan = self._understanding.read_words(text).plan(reading)
        return [hit.id for hit in self._index.search(EngineRequest(plan.match, plan.rank, limit=depth)).hits]

    def overview(self) -> Overview:
        """Return the newest articles and the counts of all facets."""
        response = self.search(SearchRequest(size=_NEWEST))
        return Overview(response.total, response.hits, response.facets)

    def related(self, article: StoredArticle, limit: int = 10) -> tuple[Related, ...]:
        """Return the articles most related to ``article``, best first."""
        return tuple(related(self._index, article, limit))

    def copies(self, article: StoredArticle) -> tuple[Copy, ...]:
        """Return the other articles with the text of ``article``, the earliest first."""
        return copies_of(self._index, article.id)

    def file_states(self, state: FileState | None, offset: int, limit: int) -> FileStates:
        """Return the articles with attachments in ``state``, without one in the worst that there is."""
        return file_states(self._index, state, offset, limit)

    def _reading(self, request: SearchRequest, query: Understood) -> Reading:
        """Return the reading that answers: the one asked for, else exact, or close where nothing at all is exact."""
        if request.reading is not None:
            return request.reading
        if "close" not in query.readings or self._count(query, "exact", request):
            return "exact"
        # What filters leave nothing of is no reason to read the query otherwise.
        plain = SearchRequest(request.text, area=request.area, strict=request.strict)
        if filters(request) and self._count(query, "exact", plain):
            return "exact"
        return "close" if self._count(query, "close", request) else "exact"

    def _count(self, query: Understood, reading: Reading, request: SearchRequest) -> int:
        asked = EngineRequest(query.plan(reading).match, filters=filters(request), limit=0)
        return self._index.search(asked).total

    def _page(self, request: SearchRequest, query: Understood) -> SearchResponse:
        """Return one page of results with all that stands around it."""
        reading = request.reading or "exact"
        asked = engine_request(request, query, reading, self._shared.settings)
        found = self._index.search(asked)
        if not found.total and (other := self._reading(request, query)) != reading:
            reading = other
            asked = engine_request(request, query, reading, self._shared.settings)
            found = self._index.search(asked)
        marks = query.marks(reading)
        hits = shown_hits(self._index, asked, found.hits, marks)
        response = SearchResponse(
            query=self._said(request, query, reading, found.total, [hit.title.text for hit in hits]),
            total=found.total,
            page=request.page,
            size=request.size,
            took_ms=0.0,
            hits=hits,
            facets=facets(found.facets, request),
            folded=found.folded,
        )
        if request.page > 1:
            return response
        response = replace(self._with_directives(response, query.node), pinned=self._pinned(request, marks))
        if found.total < request.size and request.reading is None:
            response = replace(response, relaxed=self._relaxed(request, query, reading))
        return response

    def _read_on(self, request: SearchRequest, query: Understood, after: str) -> SearchResponse:
        """Return the hits behind the key ``after``, and nothing else: what programs read to the end."""
        reading = self._reading(request, query)
        asked = replace(
            engine_request(request, query, reading, self._shared.settings),
            facets=(),
            sort="oldest" if request.sort == "oldest" else "newest",
            offset=0,
            fold=False,
            after=after,
        )
        found = self._index.search(asked)
        more = len(found.hits) == request.size
        return SearchResponse(
            query=QueryReading(request.text, self._lines(request, query, reading), reading, query.cut.words),
            total=found.total,
            page=1,
            size=request.size,
            took_ms=0.0,
            hits=shown_hits(self._index, asked, found.hits, query.marks(reading)),
            facets={},
            next=found.hits[-1].sort_key if more else None,
        )

    def _lines(self, request: SearchRequest, query: Understood, reading: Reading) -> tuple[str, ...]:
        """Return how the query was read, in words."""
        if not request.text.strip():
            return ()
        said = interpretation(query.node, request.language, request.strict)
        return (*reading_lines(query.cut, reading, request.reading, request.language), *said)

    def _said(
        self, request: SearchRequest, query: Understood, reading: Reading, total: int, titles: Sequence[str]
    ) -> QueryReading:
        return QueryReading(
            request.text,
            (*self._lines(request, query, reading), *limit_lines(query.limits, request.language)),
            reading,
            query.cut.words,
            self._suggestion(request, query, total if reading == "exact" else 0, titles),
        )

    def _suggestion(
        self, request: SearchRequest, query: Understood, total: int, titles: Sequence[str]
    ) -> str | None:
        if request.page > 1 or request.strict or request.reading == "some" or not request.text:
            return None

        def count(text: str) -> int:
            better = self._understanding.read_words(text, request)
            return self._count(better, "exact", request) or self._count(better, "close", request)

        return self._did_you_mean.suggestion(query.typed, total, titles, count)

    def _with_directives(self, response: SearchResponse, node: tree.Node) -> SearchResponse:
        asked = documents_asked(node)[:_CARDS]
        cards = tuple(filter(None, map(self.directives.card, asked)))
        alike = () if cards else tuple(named for key in asked for named in self.directives.named_alike(key))
        return replace(response, directives=cards, alike=alike)

    def _pinned(self, request: SearchRequest, marks: Wanted) -> tuple[Hit, ...]:
        """Return what is pinned to a query without filters, in the order of relevance; what is gone is left out."""
        plain = SearchRequest(
            request.text,
            size=request.size,
            sort=request.sort,
            strict=request.strict,
            language=request.language,
        )
        if request.sort not in (None, "relevance") or request != plain:
            return ()
        _, ids = self._shared.pins.current().get(pin_key(request.text), ("", ()))
        articles = self._index.by_id(ids) if ids else {}
        return tuple(shown_hit(articles[id], marks) for id in ids if id in articles)

    def _relaxed(self, request: SearchRequest, query: Understood, reading: Reading) -> Relaxed | None:
        """Return the best of the next reading that adds anything, without what ``reading`` holds."""
        known = query.plan(reading).match
        for further in query.readings[query.readings.index(reading) + 1 :]:
            plan = query.plan(further)
            asked = EngineRequest(
                match=c.All((plan.match, c.Not(known))),
                rank=plan.rank,
                filters=filters(request),
                limit=request.size,
                fold=True,
            )
            found = self._index.search(asked)
            if found.total:
                hits = shown_hits(self._index, asked, found.hits, query.marks(further))
                return Relaxed(further, found.total, hits)
        return None
