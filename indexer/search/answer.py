"""The answer to one request from one commit: the reading, the hits, and what accompanies them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice

from indexer.engine.protocol import EngineRequest, EngineResponse, Foreseen
from indexer.errors import WordsUnreadError
from indexer.highlight.finder import Wanted
from indexer.query.documents import choice_of, documents_asked, told_beside
from indexer.query.interpretation import interpretation, reading_lines
from indexer.query.limits import limit_lines
from indexer.query.provisions import provision_asked
from indexer.search.asking import counting, engine_request
from indexer.search.directives.index import DirectiveIndex
from indexer.search.facets import facets
from indexer.search.hits import shown_hit, shown_hits
from indexer.search.pins import Pins, pin_key
from indexer.search.relaxed import further, relaxed
from indexer.search.request import Reading, SearchRequest
from indexer.search.response import Hit, QueryReading, SearchResponse
from indexer.search.slips import Slips
from indexer.search.understanding import Understanding, Understood
from indexer.settings import Settings
from indexer.suggest.did_you_mean import DidYouMean
from indexer.visible.index import VisibleIndex

_CARDS = 3
"""Maximum number of documents with a card if a query asks for several."""
_CHOICE = 8
"""Maximum number of documents named if a number may mean several."""
_OLDER = 8
"""Maximum number of laws of the same name shown beside the main one."""


class Answer:
    """Answers one request whose query was understood as ``query``."""

    def __init__(
        self,
        index: VisibleIndex,
        settings: Settings,
        understanding: Understanding,
        directives: DirectiveIndex,
        pins: Pins,
        did_you_mean: DidYouMean,
        request: SearchRequest,
        query: Understood,
    ) -> None:
        self._index = index
        self._settings = settings
        self._understanding = understanding
        self._directives = directives
        self._pins = pins
        self._slips = Slips(index, understanding, did_you_mean, request, query)
        self._request = request
        self._query = query

    def all(self) -> EngineRequest:
        """Return the engine request for everything that matches, including copies of the same text.

        Lists and feeds contain only exact matches, even if there are none, unless another reading is requested: whoever follows
        a search should not be notified of mere look-alikes.
        """
        return replace(self._asked(self._listed), facets=(), fold=False)

    def first(self) -> EngineRequest:
        """Return the question that :meth:`page` asks first."""
        return self._asked(self._listed)

    @property
    def _listed(self) -> Reading:
        return self._request.reading or "exact"

    def _asked(self, reading: Reading) -> EngineRequest:
        return engine_request(self._request, self._query, reading, self._settings)

    def _found(self) -> tuple[Reading, EngineRequest, EngineResponse]:
        """Return the reading that answers, with its engine request and result.

        It is the requested reading, otherwise the exact one, or the close one if nothing matches exactly. Filters that exclude
        every match are no reason to change the reading.
        """
        reading = self._listed
        asked = self._asked(reading)
        self._index.foresee(chain((asked,), self._slips.foreseen()))
        found = self._index.search(asked)
        if found.total or self._request.reading or "close" not in self._query.readings:
            return reading, asked, found
        closer = self._asked("close")
        unfiltered = [counting(self._request, self._query, "exact", filtered=False)] if asked.filters else []
        self._index.foresee((closer, *unfiltered))
        if any(self._index.search(one).total for one in unfiltered):
            return reading, asked, found
        found_closely = self._index.search(closer)
        return ("close", closer, found_closely) if found_closely.total else (reading, asked, found)

    def page(self, then: Callable[[EngineResponse], Iterable[Foreseen]] = lambda found: ()) -> SearchResponse:
        """Return one page of results with everything that accompanies it; ``then`` yields what the caller will ask after it."""
        reading, asked, found = self._found()
        marks = self._query.marks(reading)
        hits = shown_hits(
            self._index,
            asked,
            found.hits,
            marks,
            self._query.marks("close"),
            provision_asked(self._request.text),
            chain(self._besides(reading, found), then(found)),
        )
        response = SearchResponse(
            query=self._said(reading, found.total, [hit.title.text for hit in hits]),
            total=found.total,
            page=self._request.page,
            size=self._request.size,
            took_ms=0.0,
            hits=hits,
            facets=facets(found.facets, self._request),
            folded=found.folded,
        )
        if self._request.page > 1:
            return response
        response = replace(self._with_directives(response), pinned=self._pinned(marks))
        return replace(response, relaxed=relaxed(self._index, self._request, self._query, reading, found))

    def read_on(self, after: str) -> SearchResponse:
        """Return only the hits after the key ``after``, for programs that read to the end."""
        reading = self._listed
        asked = replace(
            self._asked(reading),
            facets=(),
            sort="oldest" if self._request.sort == "oldest" else "newest",
            offset=0,
            fold=False,
            after=after,
        )
        found = self._index.search(asked)
        more = len(found.hits) == self._request.size
        return SearchResponse(
            query=QueryReading(self._request.text, self._lines(reading), reading, self._query.cut.words),
            total=found.total,
            page=1,
            size=self._request.size,
            took_ms=0.0,
            hits=shown_hits(
                self._index, asked, found.hits, self._query.marks(reading), self._query.marks("close")
            ),
            facets={},
            next=found.hits[-1].sort_key if more else None,
        )

    def _lines(self, reading: Reading, brief: bool = False) -> tuple[str, ...]:
        """Return how the query was understood, in words; ``brief`` is as for :func:`interpretation`."""
        if not self._request.text.strip():
            return ()
        literal = self._request.strict or (reading == "exact" and self._query.cut.literal)
        said = interpretation(self._query.node, self._request.language, literal, brief)
        time = self._query.time.lines(self._request.language) if self._query.time else ()
        return (
            *time,
            *reading_lines(self._query.cut, reading, self._request.reading, self._request.language),
            *said,
        )

    def _said(self, reading: Reading, total: int, titles: Sequence[str]) -> QueryReading:
        limits = limit_lines(self._query.limits, self._request.language)
        suggestion, unread = None, False
        try:
            suggestion = self._slips.correction(total if reading == "exact" else 0, titles)
        except WordsUnreadError:
            unread = True
        return QueryReading(
            self._request.text,
            (*self._lines(reading), *limits),
            reading,
            self._query.cut.words,
            suggestion,
            self._query.time.as_words if self._query.time else None,
            self._query.sort,
            (*self._lines(reading, brief=True), *limits),
            unread,
        )

    def _besides(self, reading: Reading, found: EngineResponse) -> Iterator[EngineRequest]:
        """Yield what is asked beside what the hits that are ``found`` are shown with."""
        # Of several readings the first has something, mostly.
        for _, asked in islice(further(self._request, self._query, reading, found), 1):
            yield asked

    def _with_directives(self, response: SearchResponse) -> SearchResponse:
        if self._query.laws:
            law, others = self._directives.law(self._query.laws[: _OLDER + 1])
            return replace(response, directives=(law,), older=others)
        asked = documents_asked(self._query.node)[:_CARDS]
        told = told_beside(self._query.node)
        cards = tuple(filter(None, (self._directives.card(key, *told.get(key, ())) for key in asked)))
        alike = () if cards else tuple(named for key in asked for named in self._directives.named_alike(key))
        if not cards and not alike and len(asked) == 1:
            alike = self._directives.named_near(asked[0])
        choice = self._directives.choice(choice_of(self._query.node)[:_CHOICE])
        namesakes = self._understanding.namesakes(self._request.text) if asked else ()
        # A number that belongs to another law does not make these its namesakes.
        fits = not cards or any(card.key in namesakes for card in cards)
        beside = [key for key in namesakes if key not in asked] if fits else []
        older = self._directives.choice(beside[:_OLDER])
        return replace(response, directives=cards, alike=alike, choice=choice, older=older)

    def _pinned(self, marks: Wanted) -> tuple[Hit, ...]:
        """Return what is pinned to a query without filters, in order of relevance, leaving out articles that no longer exist."""
        plain = SearchRequest(
            self._request.text,
            size=self._request.size,
            sort=self._request.sort,
            strict=self._request.strict,
            language=self._request.language,
        )
        if self._request.sort not in (None, "relevance") or self._request != plain:
            return ()
        _, ids = self._pins.get(pin_key(self._request.text), ("", ()))
        articles = self._index.by_id(ids) if ids else {}
        return tuple(shown_hit(articles[id], marks) for id in ids if id in articles)
