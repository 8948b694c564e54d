"""A response -> what the page of results prints: facets with addresses, chips, paging. Pure."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from indexer.search.request import FACETS, SearchRequest
from indexer.search.response import FacetValue, SearchResponse
from webui.context.translation import gettext
from webui.presenters import links, words
from webui.presenters.date_bars import DateBars, is_open, month_bars, year_bars
from webui.presenters.ticks import Ticks

_SHOWN = 8
"""Values of a facet before "Xem thêm"."""
_MOST = 60
"""Values of a facet on a page of results, so that it stays light; a page of their own has all."""
SIZES = (10, 20, 50)
"""Results on a page that are offered."""
_RECENT_DAYS = (7, 30)


@dataclass(frozen=True, slots=True)
class Choice:
    """A link that looks like a tick box or, without count, like one of several words."""

    label: str
    url: str
    selected: bool = False
    count: int | None = None
    children: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Facet:
    """One group of ticks; ``more`` are folded away, ``all_url`` leads to the page of all where those are more still."""

    name: str
    title: str
    values: tuple[Choice, ...]
    more: tuple[Choice, ...]
    total: int
    all_url: str | None


@dataclass(frozen=True, slots=True)
class Paging:
    """Where to from here; ``numbers`` holds None for pages left out. One page needs no paging."""

    page: int
    last: int
    previous: str | None
    next: str | None
    numbers: tuple[tuple[int, str] | None, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """Everything the page of results prints."""

    request: SearchRequest
    response: SearchResponse
    results: int
    """Texts that were found; one that several articles carry counts once."""
    facets: tuple[Facet, ...]
    chips: tuple[Choice, ...]
    sorts: tuple[Choice, ...]
    sizes: tuple[Choice, ...]
    periods: tuple[Choice, ...]
    """Recent days, to be chosen at once."""
    years: DateBars | None
    months: DateBars | None
    paging: Paging
    clear_url: str
    unfiltered: int | None
    """Articles without any filter, where nothing was found with them; None where that was not asked."""
    suggestion: Choice | None
    search_fields: tuple[tuple[str, str], ...]
    """Parameters that the search box's form carries along."""
    date_fields: tuple[tuple[str, str], ...]
    """Parameters that the from-to form carries along."""


def results_view(
    request: SearchRequest, response: SearchResponse, today: date, unfiltered: int | None = None
) -> Results:
    """Arrange ``response`` for printing; addresses lead to states next to ``request``."""
    suggestion = response.query.suggestion
    results = response.total - response.folded
    dates = response.facets.get("date", ())
    return Results(
        request=request,
        response=response,
        results=results,
        facets=tuple(_facet(request, name, response.facets.get(name, ())) for name in FACETS),
        chips=_chips(request, response),
        sorts=_sorts(request),
        sizes=_sizes(request, results),
        periods=_periods(request, today),
        years=year_bars(request, dates),
        months=month_bars(request, dates),
        paging=_paging(request, results),
        clear_url=links.search_url(links.unfiltered(request)),
        unfiltered=unfiltered,
        suggestion=Choice(suggestion, _url(request, text=suggestion)) if suggestion else None,
        search_fields=tuple(links.pairs(request, without=("q", "in", "strict"))),
        date_fields=tuple(links.pairs(request, without=("from", "to"))),
    )


def facet_choices(request: SearchRequest, name: str, values: Sequence[FacetValue]) -> tuple[Choice, ...]:
    """Return the values of a facet as ticks; a year's months show once it or one of them is ticked."""
    return _choices(Ticks(request, name), values)


def _choices(ticks: Ticks, values: Sequence[FacetValue]) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            value.label,
            ticks.url(value.value),
            value.selected,
            value.count,
            _choices(ticks, value.children) if is_open(value) else (),
        )
        for value in values
    )


def _facet(request: SearchRequest, name: str, values: Sequence[FacetValue]) -> Facet:
    if name != "date" and any(value.selected for value in values[_SHOWN:]):
        # What is ticked is never folded away; dates keep the order of time.
        values = sorted(values, key=lambda value: not value.selected)
    shown = _SHOWN
    if name == "date":
        shown = max([shown, *(i + 1 for i, value in enumerate(values) if is_open(value))])
    if len(values) == shown + 1:
        shown += 1
    choices = facet_choices(request, name, values[: max(shown, _MOST)])
    all_url = links.values_url(request, name) if len(values) > len(choices) else None
    title = str(words.FACET_TITLES[name])
    return Facet(name, title, choices[:shown], choices[shown:], len(values), all_url)


def _chips(request: SearchRequest, response: SearchResponse) -> tuple[Choice, ...]:
    chips = [
        Choice(_chip_label(name, value, response), links.search_url(links.toggled(request, name, value)))
        for name in FACETS
        for value in getattr(request, name)
    ]
    if request.date_from:
        chips.append(Choice(words.since(request.date_from), _url(request, date_from=None)))
    if request.date_to:
        chips.append(Choice(words.until(request.date_to), _url(request, date_to=None)))
    if request.area != "all":
        label = gettext("Tìm trong: %(part)s", part=words.AREAS[request.area])
        chips.append(Choice(label, _url(request, area="all")))
    if request.strict:
        chips.append(Choice(words.STRICT, _url(request, strict=False)))
    return tuple(chips)


def _chip_label(name: str, value: str, response: SearchResponse) -> str:
    if name == "date":
        return words.month(value)
    labels = (one.label for one in response.facets.get(name, ()) if one.value == value)
    return f"{words.FACET_TITLES[name]}: {next(labels, value)}"


def _sorts(request: SearchRequest) -> tuple[Choice, ...]:
    """Without words nothing is more relevant than the rest, and the order is that of time."""
    has_words = request.text not in ("", "*")
    current = request.sort or ("relevance" if has_words else "newest")
    return tuple(
        Choice(label, _url(request, sort=sort), sort == current)
        for sort, label in words.SORTS.items()
        if has_words or sort != "relevance"
    )


def _sizes(request: SearchRequest, results: int) -> tuple[Choice, ...]:
    """Without more results than the smallest page holds there is nothing to choose."""
    if results <= SIZES[0]:
        return ()
    return tuple(Choice(str(size), _url(request, size=size), size == request.size) for size in SIZES)


def _periods(request: SearchRequest, today: date) -> tuple[Choice, ...]:
    """Return the last days and this year, each a start without an end; ticked dates give way."""
    starts = [
        (gettext("%(count)s ngày qua", count=days), today - timedelta(days=days - 1)) for days in _RECENT_DAYS
    ]
    starts.append((gettext("Năm nay"), today.replace(month=1, day=1)))
    open_end = request.date_to is None
    return tuple(
        Choice(
            label,
            _url(request, date_from=None if chosen else start, date_to=None, date=()),
            chosen,
        )
        for label, start in starts
        for chosen in [open_end and request.date_from == start]
    )


def _paging(request: SearchRequest, total: int) -> Paging:
    last = links.last_page(total, request.size)
    page = request.page

    def url(number: int) -> str:
        return links.search_url(dataclasses.replace(request, page=number))

    return Paging(
        page,
        last,
        previous=url(min(page - 1, last)) if page > 1 else None,
        next=url(page + 1) if page < last else None,
        numbers=tuple((n, url(n)) if n else None for n in links.page_window(min(page, last), last)),
    )


def _url(request: SearchRequest, **changes: object) -> str:
    """Return the address of ``request`` with ``changes``, on its first page."""
    return links.search_url(dataclasses.replace(request, **{**changes, "page": 1}))  # type: ignore[arg-type]
