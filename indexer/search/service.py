"""The one way in for web, API and command line: request -> plan -> engine -> snippets -> response."""

from __future__ import annotations

import copy
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Literal

from indexer.catalog.files import FileStore
from indexer.disk.watched import Watched
from indexer.engine import clauses as c
from indexer.engine.fields import TEXT_AREAS
from indexer.engine.following import FollowingEngine
from indexer.engine.protocol import Engine, EngineHit, EngineRequest
from indexer.errors import EngineError, ExtractionError, NotFoundError, StorageError
from indexer.highlight.finder import Wanted
from indexer.highlight.fragment import fragment, mark
from indexer.highlight.wanted import wanted
from indexer.lexicon.learned import Learned
from indexer.lexicon.lexicon import Lexicon
from indexer.lexicon.loading import load_lexicon
from indexer.lexicon.own import own_lexicon
from indexer.model import Audience, FileState, Marked, PagePicture
from indexer.query import tree
from indexer.query.documents import documents_asked
from indexer.query.expansion import Known, expand
from indexer.query.interpretation import interpretation
from indexer.query.limits import Dear, bounded, limit_lines
from indexer.query.parser import parse, plain_words
from indexer.query.plan import Plan, Planner
from indexer.query.ranking import RECENCY_STEPS, WEIGHTS, Weights
from indexer.query.values import day_range
from indexer.search.asking import filters
from indexer.search.audience import may_see, visible
from indexer.search.copies import copies, copies_of, earliest
from indexer.search.directives.index import DirectiveIndex
from indexer.search.directives.view import Citing, DirectiveView, Named
from indexer.search.facets import ENGINE_FACETS, facets
from indexer.search.file_hits import answering_pages, file_hits
from indexer.search.file_states import FileStates, file_states
from indexer.search.pages.pictures import PagePictures
from indexer.search.pages.view import PICTURED, PageView, answering_boxes, paragraphs
from indexer.search.pins import FILE_NAME as PINS
from indexer.search.pins import pin_key, read_pins
from indexer.search.related import Related, related
from indexer.search.request import SearchRequest
from indexer.search.response import Copy, FacetValue, FileHit, Hit, Looser, QueryReading, SearchResponse
from indexer.search.scan import answers
from indexer.settings import Settings
from indexer.stored.article import StoredArticle, StoredFile, unpack
from indexer.stored.page import unpack_page
from indexer.suggest.completion import Suggestion, SuggestionReader
from indexer.suggest.did_you_mean import DidYouMean

_CARDS = 3
"""Documents that are shown in short where a query asks for several."""
_NEWEST = 8
"""Articles of the overview."""


@dataclass(frozen=True, slots=True)
class ArticleView:
    """One article with what answers a query marked."""

    article: StoredArticle
    title: Marked
    summary: Marked
    paragraphs: tuple[Marked, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """What the home page shows."""

    total: int
    newest: tuple[Hit, ...]
    facets: Mapping[str, tuple[FacetValue, ...]]


class SearchService:
    """Answers requests from one engine as one audience sees it, at first the public; safe to use from several threads."""

    def __init__(self, engine: Engine, settings: Settings, weights: Weights = WEIGHTS) -> None:
        self.settings = settings
        self.commits_seen = 0
        """After which the index was opened again."""
        self._weights = weights
        self._lexicon = Watched(own_lexicon(settings), self._load_lexicon)
        self._pins = Watched(settings.data / PINS, read_pins)
        self._suggestions = SuggestionReader(settings.data)
        self._did_you_mean = DidYouMean(engine, lambda token: self._lexicon.current().is_abbreviation(token))
        self._engine = engine
        self._files = FileStore(settings.data)
        self._pictures = PagePictures(settings.data, settings.extract_memory_mb, settings.page_cache_mb << 20)
        self._see("public")
        self._views: dict[Audience, SearchService] = {"public": self}

    def _see(self, audience: Audience) -> None:
        self._audience = audience
        self._visible = visible(audience)
        self.directives = DirectiveIndex(self._engine, self._visible)
        self._learned = Learned(self._engine, self._visible)

    def seen_by(self, audience: Audience) -> SearchService:
        """Return the same search as ``audience`` sees it; both share the engine and what is kept in memory."""
        view = self._views.get(audience)
        if view is None:
            view = copy.copy(self)
            view._see(audience)
            self._views[audience] = view
        return view

    def _load_lexicon(self, own: Path) -> Lexicon:
        """A file that the settings name has to be there; the one in the data directory may be."""
        return load_lexicon(own if self.settings.lexicon or own.is_file() else None)

    @property
    def _known(self) -> Known:
        return Known(self._lexicon.current(), self._learned, self.directives.keys)

    def _refresh(self) -> None:
        if self._engine.refresh():
            # One count for all views.
            self._views["public"].commits_seen += 1

    def close(self) -> None:
        """Let go of files and processes."""
        self._pictures.close()
        self._engine.close()

    def search(self, request: SearchRequest) -> SearchResponse:
        """Answer ``request``; a query that can't be parsed is searched as plain words."""
        start = time.perf_counter()
        self._refresh()
        typed, node, reached = self._understood(request)
        planner = self._planner(request)
        marks = wanted(node, request.strict)
        plan = planner.plan(node, request.reading)
        if request.after is not None:
            response = self._read_on(request, node, plan, marks, request.after)
            return replace(response, took_ms=round((time.perf_counter() - start) * 1000, 2))
        asked = self._engine_request(request, node, plan)
        found = self._engine.search(asked)
        hits = self._hits(asked, found.hits, marks)
        suggestion = self._suggestion(request, typed, found.total, [hit.title.text for hit in hits])
        reading = interpretation(node, request.language, request.strict) if request.text.strip() else ()
        response = SearchResponse(
            query=QueryReading(request.text, (*reading, *limit_lines(reached, request.language)), suggestion),
            total=found.total,
            page=request.page,
            size=request.size,
            took_ms=0.0,
            hits=hits,
            facets=facets(found.facets, request),
            folded=found.folded,
        )
        if request.page == 1:
            response = replace(self._with_directives(response, node), pinned=self._pinned(request, marks))
        if found.total < request.size and request.reading == "all" and request.page == 1:
            response = replace(response, looser=self._looser(request, node, planner, plan, marks))
        return replace(response, took_ms=round((time.perf_counter() - start) * 1000, 2))

    def _read_on(
        self, request: SearchRequest, node: tree.Node, plan: Plan, marks: Wanted, after: str
    ) -> SearchResponse:
        asked = replace(
            self._engine_request(request, node, plan),
            facets=(),
            sort="oldest" if request.sort == "oldest" else "newest",
            offset=0,
            fold=False,
            after=after,
        )
        found = self._engine.search(asked)
        more = len(found.hits) == request.size
        return SearchResponse(
            query=QueryReading(request.text, interpretation(node, request.language, request.strict)),
            total=found.total,
            page=1,
            size=request.size,
            took_ms=0.0,
            hits=self._hits(asked, found.hits, marks),
            facets={},
            next=found.hits[-1].place if more else None,
        )

    def answers(self, request: SearchRequest, most: int) -> Iterator[StoredArticle]:
        """Return the first ``most`` articles that answer ``request``, in its order; its page and size are not read.

        Copies of one text all count. Raises EngineError at once, or while reading where the index goes away.
        """
        self._refresh()
        _, node, _ = self._understood(request)
        plan = self._planner(request).plan(node, request.reading)
        asked = replace(self._engine_request(request, node, plan), facets=(), fold=False)
        return answers(self._engine, asked, most)

    def ranked(self, text: str, depth: int, reading: Literal["all", "any"] = "any") -> list[str]:
        """Return the ids of the best ``depth`` articles for the plain words of ``text``."""
        self._refresh()
        node = expand(plain_words(text), self._known)
        plan = Planner(weights=self._weights).plan(node, reading)
        request = EngineRequest(plan.match, plan.rank, self._filters(SearchRequest(text)), limit=depth)
        return [hit.id for hit in self._engine.search(request).hits]

    def _understood(self, request: SearchRequest) -> tuple[tree.Node, tree.Node, frozenset[Dear]]:
        """Return the query as it was typed, with what it may also be called, and which limits were reached."""
        typed, reached = bounded(
            plain_words(request.text) if request.reading == "any" else parse(request.text)
        )
        if request.strict:
            return typed, typed, reached
        node, further = bounded(expand(typed, self._known))
        return typed, node, reached | further

    def _suggestion(
        self, request: SearchRequest, typed: tree.Node, total: int, titles: Sequence[str]
    ) -> str | None:
        if request.page > 1 or request.strict or request.reading == "any" or not request.text:
            return None

        def count(text: str) -> int:
            node = expand(plain_words(text), self._known)
            plan = self._planner(request).plan(node, "all")
            return self._engine.search(
                EngineRequest(plan.match, filters=self._filters(request), limit=0)
            ).total

        return self._did_you_mean.suggestion(typed, total, titles, count)

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
        _, ids = self._pins.current().get(pin_key(request.text), ("", ()))
        stored = self._engine.documents(ids) if ids else {}
        articles = [unpack(stored[id]) for id in ids if id in stored]
        return tuple(
            _hit(article, 0.0, marks, (), ()) for article in articles if may_see(self._audience, article)
        )

    def _planner(self, request: SearchRequest) -> Planner:
        areas = TEXT_AREAS if request.area == "all" else (request.area,)
        return Planner(areas, request.strict, weights=self._weights)

    def _engine_request(self, request: SearchRequest, node: tree.Node, plan: Plan) -> EngineRequest:
        has_words = bool(tree.words_of(node))
        sort = request.sort or ("relevance" if has_words else "newest")
        rank = (*plan.rank, *self._recency()) if sort == "relevance" and plan.rank else ()
        return EngineRequest(
            match=plan.match,
            rank=rank,
            filters=self._filters(request),
            facets=ENGINE_FACETS,
            sort=sort,
            offset=(request.page - 1) * request.size,
            limit=request.size,
            fold=True,
        )

    def _filters(self, request: SearchRequest) -> dict[str, c.Clause]:
        return {**filters(request), **self._visible}

    def _recency(self) -> tuple[c.Clause, ...]:
        """Score recent articles higher: the weight, halved with every half-life, in steps."""
        weight, life = self.settings.recency_weight, self.settings.recency_half_life
        if not weight:
            return ()
        today = datetime.now(self.settings.zone).date()
        shares = [weight / 2**step for step in range(1, RECENCY_STEPS + 1)]
        return tuple(
            c.Constant(day_range(_days_before(today, life * step), None), share)
            for step, share in enumerate(shares, 1)
        )

    def _looser(
        self, request: SearchRequest, node: tree.Node, planner: Planner, strict_plan: Plan, marks: Wanted
    ) -> Looser | None:
        """Return the best of the any-word reading, without what the all-words reading found."""
        if len(tree.words_of(node)) < 2 and len(marks.phrases) == 0:
            return None
        plan = planner.plan(node, "any")
        asked = EngineRequest(
            match=c.All((plan.match, c.Not(strict_plan.match))),
            filters=self._filters(request),
            limit=request.size,
            fold=True,
        )
        found = self._engine.search(asked)
        return Looser(found.total, self._hits(asked, found.hits, marks)) if found.total else None

    def _hits(self, asked: EngineRequest, found: Sequence[EngineHit], marks: Wanted) -> tuple[Hit, ...]:
        if asked.sort == "relevance":
            # Among dates in their order the first in order stands for its text.
            found = earliest(self._engine, found, asked.match, asked.filters)
        articles = [unpack(hit.stored) for hit in found]
        in_files = file_hits(self._engine, articles, marks)
        return tuple(
            _hit(article, hit.score, marks, in_files.get(article.id, ()), self._copies(hit))
            for article, hit in zip(articles, found, strict=True)
        )

    def _copies(self, hit: EngineHit) -> tuple[Copy, ...]:
        return copies(self._engine, hit.id, hit.text, self._visible)

    def article(self, slug: str, text: str = "") -> ArticleView:
        """Return the article at an address, marked for the query ``text``; NotFoundError if there is none."""
        article = self._article(slug)
        marks = self._marks(text)
        return ArticleView(
            article,
            _marked(article.title, marks),
            _marked(article.summary, marks),
            tuple(_marked(part.strip(), marks) for part in article.body.split("\n") if part.strip()),
        )

    def _marks(self, text: str) -> Wanted:
        return wanted(bounded(expand(parse(text), self._known))[0]) if text else Wanted()

    def by_slug(self, slug: str) -> StoredArticle:
        """Return the article at an address; NotFoundError if there is none."""
        return self._article(slug)

    def by_id(self, id: str) -> StoredArticle:
        """Return the article with this id; NotFoundError if there is none."""
        self._refresh()
        stored = self._engine.documents([id]).get(id)
        return self._seen(unpack(stored) if stored else None, id)

    def _article(self, slug: str) -> StoredArticle:
        self._refresh()
        stored = self._engine.by_slug(slug)
        return self._seen(unpack(stored) if stored else None, slug)

    def _seen(self, article: StoredArticle | None, name: str) -> StoredArticle:
        if article is None or not may_see(self._audience, article):
            raise NotFoundError(f"no article {name!r}")
        return article

    def file(self, slug: str, n: int) -> tuple[StoredFile, Path | None]:
        """Return an attachment and where its bytes are, None where they are missing."""
        return self._kept(self._article(slug), n)

    def _kept(self, article: StoredArticle, n: int) -> tuple[StoredFile, Path | None]:
        for file in article.files:
            if file.n == n:
                path = self._files.path(file.sha256) if file.sha256 else None
                return file, path if path and path.is_file() else None
        raise NotFoundError(f"article {article.id!r} has no attachment {n}")

    def page(self, slug: str, n: int, number: int, text: str = "") -> PageView:
        """Return page ``number`` (from 1) of an attachment, marked for the query ``text``.

        Raises NotFoundError where there is no such page, BusyError where too many are drawn at once.
        """
        article = self._article(slug)
        file, path = self._kept(article, n)
        marks = self._marks(text)
        stored = self._engine.page(article.id, n, number)
        page = unpack_page(stored, number) if stored else None
        answering = answering_pages(self._engine, article, n, marks)
        last = max(file.pages or 0, *answering, number if page else 0)
        if not 1 <= number <= last:
            raise NotFoundError(f"attachment {n} ({file.name}) has no page {number}")
        picture, problem = self._picture(file, path, number)
        return PageView(
            article,
            file,
            number,
            last,
            answering,
            paragraphs(page.text, marks) if page else (),
            page is not None and page.ocr,
            page.confidence if page else None,
            picture.width if picture else 0,
            picture.height if picture else 0,
            answering_boxes(page, picture, marks),
            problem,
        )

    def first_page(self, slug: str, n: int, text: str) -> int:
        """Return the first page of an attachment that answers ``text``, else 1; NotFoundError if there is none."""
        article = self._article(slug)
        self._kept(article, n)
        return min(answering_pages(self._engine, article, n, self._marks(text)), default=1)

    def picture(self, slug: str, n: int, number: int) -> PagePicture:
        """Return how page ``number`` of an attachment looks.

        Raises NotFoundError where there is no such page or it can't be drawn, BusyError where too many are drawn at once.
        """
        file, path = self.file(slug, n)
        picture, problem = self._picture(file, path, number)
        if picture is None:
            raise NotFoundError(f"page {number} of attachment {n} ({file.name}) has no picture: {problem}")
        return picture

    def _picture(
        self, file: StoredFile, path: Path | None, number: int
    ) -> tuple[PagePicture | None, str | None]:
        """Return the picture of a page, or why there is none."""
        if not file.media_type.startswith(PICTURED):
            return None, "pages of this kind of file are not drawn"
        if path is None or file.sha256 is None:
            return None, "the bytes of the file are not here"
        if not 1 <= number <= (file.pages or 0):
            return None, "the file has no such page"
        try:
            return self._pictures.get(file.sha256, path, number), None
        except ExtractionError as error:
            return None, str(error)

    def file_states(self, state: FileState | None, offset: int, limit: int) -> FileStates:
        """Return the articles with attachments in ``state``, without one in the worst that there is."""
        self._refresh()
        return file_states(self._engine, self._visible, state, offset, limit)

    def related(self, article: StoredArticle, limit: int = 10) -> tuple[Related, ...]:
        """Return the articles most related to ``article``, best first."""
        return tuple(related(self._engine, article, self._visible, limit))

    def copies(self, article: StoredArticle) -> tuple[Copy, ...]:
        """Return the other articles with the text of ``article``, the earliest first."""
        return copies_of(self._engine, article.id, self._visible)

    def overview(self) -> Overview:
        """Return the newest articles and the counts of all facets."""
        response = self.search(SearchRequest(size=_NEWEST))
        return Overview(response.total, response.hits, response.facets)

    def suggest(self, prefix: str, limit: int = 8) -> list[Suggestion]:
        """Return ways to go on typing from ``prefix``; never what only staff may see."""
        return self._suggestions.suggest(prefix, limit)

    def directive(self, number: str, year: int | None = None, place: str | None = None) -> DirectiveView:
        """Return what is known of the document with a number in any spelling; NotFoundError where nothing is."""
        return self.directives.view(number, year, place)

    def citing(
        self, number: str, year: int | None = None, place: str | None = None
    ) -> tuple[str, Iterator[Citing]]:
        """Return a document's slug and all that articles do with it, newest first; NotFoundError where nothing is."""
        return self.directives.citing(number, year, place)

    def most_cited(self, limit: int) -> list[Named]:
        """Return the documents that most articles cite, and whether an article bears them."""
        return self.directives.most_cited(limit)

    def missing(self, limit: int) -> list[Named]:
        """Return the documents that are cited but that no article bears, the most cited first."""
        return self.directives.missing(limit)

    def generation(self) -> str:
        """Return a value that changes with all that answers depend on: commits of the index, the lexicon, pins."""
        self._refresh()
        return f"{self._engine.generation} {self._lexicon.stamp} {self._pins.stamp}"

    def unready(self) -> str | None:
        """Return why the index does not answer, in words that name nothing of this machine; None where it does."""
        try:
            self._refresh()
            self._engine.search(EngineRequest(c.Everything(), limit=0))
        except EngineError as error:
            return error.readiness
        except StorageError:
            return EngineError.readiness
        return None


def open_search(settings: Settings, patient: bool = False) -> SearchService:
    """Open the current index for reading, and each one that a rebuild makes of it later.

    Raises IndexMissingError where there is none yet, and IndexVersionError; with ``patient`` every request raises
    the latter until the index is rebuilt.
    """
    return SearchService(FollowingEngine(settings, patient), settings)


def _hit(
    article: StoredArticle, score: float, marks: Wanted, files: tuple[FileHit, ...], copies: tuple[Copy, ...]
) -> Hit:
    return Hit(
        id=article.id,
        url=article.address,
        title=_marked(article.title, marks),
        snippet=fragment(article.text, marks),
        source=article.sources,
        category=article.category,
        published=article.published,
        score=round(score, 4),
        numbers=article.numbers,
        cites=article.cites,
        files=files,
        copies=copies,
    )


def _marked(text: str, marks: Wanted) -> Marked:
    return Marked(text, mark(text, marks))


def _days_before(today: date, days: float) -> date:
    return today - timedelta(days=min(days, (today - date.min).days))
