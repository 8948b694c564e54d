"""A response as the page of results prints it: facets with addresses, chips and paging. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from indexer.query.provisions import provision_asked
from indexer.search.request import FACETS, SearchRequest
from indexer.search.response import Hit, SearchResponse
from webui.presenters import links, words
from webui.presenters.chips import chips
from webui.presenters.choices import Choice, periods, sizes, sorts
from webui.presenters.date_bars import DateBars, month_bars, year_bars
from webui.presenters.facets import Facet, facet_view
from webui.presenters.paging import Paging, paging
from webui.presenters.ticks import unfiltered_request

_CONTROLS = ("q", "in", "strict", "from", "to", *FACETS)
"""Parameters with a control of their own in the form."""


@dataclass(frozen=True, slots=True)
class Results:
    """The page of results as it is printed."""

    request: SearchRequest
    response: SearchResponse
    results: int
    """Number of texts found; a text carried by several articles counts once."""
    facets: tuple[Facet, ...]
    chips: tuple[Choice, ...]
    sorts: tuple[Choice, ...]
    sizes: tuple[Choice, ...]
    periods: tuple[Choice, ...]
    """Recent periods to choose from."""
    years: DateBars | None
    months: DateBars | None
    paging: Paging
    clear_url: str
    unfiltered: int | None
    """Number of articles without any filter, if there were none with the filters; None if that was not needed."""
    suggestion: Choice | None
    as_words: Choice | None
    """The link back to the literal query, if words were read as a time or an order."""
    looser: Choice | None
    """The link to all results of the next reading, if it has more than are shown below the hits."""
    carried: tuple[tuple[str, str], ...]
    """Parameters without a control in the form."""
    asked_of: Hit | None
    """The first hit, if the query asks for a provision by the number of its document: the document that has it."""


def results_view(
    request: SearchRequest, response: SearchResponse, today: date, unfiltered: int | None = None
) -> Results:
    """Arrange ``response`` for printing; addresses lead to states next to ``request``."""
    suggestion, as_words = response.query.suggestion, response.query.as_words
    results = response.total - response.folded
    dates = response.facets.get("date", ())
    return Results(
        request=request,
        response=response,
        results=results,
        facets=tuple(facet_view(request, name, response.facets.get(name, ())) for name in FACETS),
        chips=chips(request, response),
        sorts=sorts(request, response.query.sort),
        sizes=sizes(request, results),
        periods=periods(request, today),
        years=year_bars(request, dates),
        months=month_bars(request, dates),
        paging=paging(request, results),
        clear_url=links.search_url(unfiltered_request(request)),
        unfiltered=unfiltered,
        suggestion=Choice(suggestion, links.changed_url(request, text=suggestion)) if suggestion else None,
        as_words=Choice(as_words, links.changed_url(request, text=as_words)) if as_words else None,
        looser=_looser(request, response),
        carried=tuple(links.pairs(request, without=_CONTROLS)),
        asked_of=response.hits[0] if response.hits and provision_asked(request.text) else None,
    )


def _looser(request: SearchRequest, response: SearchResponse) -> Choice | None:
    relaxed = response.relaxed
    if relaxed is None or relaxed.total <= len(relaxed.hits):
        return None
    return Choice(words.ALL_IN_READING[relaxed.reading], links.changed_url(request, reading=relaxed.reading))
