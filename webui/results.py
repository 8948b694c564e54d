"""A response -> what the page of results prints: facets with addresses, chips, paging. Pure."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.model import FACETS, FacetValue, SearchRequest, SearchResponse
from webui import links, words

_SHOWN = 8
"""Values of a facet before "Xem thêm"."""
_MOST = 60
"""Values of a facet on a page; the rest is reached by narrowing, and pages stay light."""


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
    """One group of ticks; ``more`` are folded away, ``left_out`` are too many to list."""

    name: str
    title: str
    values: tuple[Choice, ...]
    more: tuple[Choice, ...]
    left_out: int


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
    paging: Paging
    clear_url: str
    suggestion: Choice | None
    search_fields: tuple[tuple[str, str], ...]
    """Parameters that the search box's form carries along."""
    date_fields: tuple[tuple[str, str], ...]
    """Parameters that the from-to form carries along."""


def results_view(request: SearchRequest, response: SearchResponse) -> Results:
    """Arrange ``response`` for printing; addresses lead to states next to ``request``."""
    suggestion = response.query.suggestion
    results = response.total - response.folded
    return Results(
        request=request,
        response=response,
        results=results,
        facets=tuple(_facet(request, name, response.facets.get(name, ())) for name in FACETS),
        chips=_chips(request, response),
        sorts=_sorts(request),
        paging=_paging(request, results),
        clear_url=links.search_url(links.unfiltered(request)),
        suggestion=Choice(suggestion, _url(request, text=suggestion)) if suggestion else None,
        search_fields=tuple(links.pairs(request, without=("q", "in", "strict"))),
        date_fields=tuple(links.pairs(request, without=("from", "to"))),
    )


def facet_choices(request: SearchRequest, name: str, values: Sequence[FacetValue]) -> tuple[Choice, ...]:
    """Return the values of a facet as ticks; a year's months show once it or one of them is ticked."""
    return tuple(
        Choice(
            value.label,
            links.search_url(links.toggled(request, name, value.value)),
            value.selected,
            value.count,
            facet_choices(request, name, value.children) if _is_open(value) else (),
        )
        for value in values
    )


def _is_open(value: FacetValue) -> bool:
    return value.selected or any(child.selected for child in value.children)


def _facet(request: SearchRequest, name: str, values: Sequence[FacetValue]) -> Facet:
    if name != "date" and any(value.selected for value in values[_SHOWN:]):
        # What is ticked is never folded away; dates keep the order of time.
        values = sorted(values, key=lambda value: not value.selected)
    shown = _SHOWN
    if name == "date":
        shown = max([shown, *(i + 1 for i, value in enumerate(values) if _is_open(value))])
    if len(values) == shown + 1:
        shown += 1
    choices = facet_choices(request, name, values[: max(shown, _MOST)])
    left_out = max(0, len(values) - len(choices))
    return Facet(name, words.FACET_TITLES[name], choices[:shown], choices[shown:], left_out)


def _chips(request: SearchRequest, response: SearchResponse) -> tuple[Choice, ...]:
    chips = [
        Choice(_chip_label(name, value, response), links.search_url(links.toggled(request, name, value)))
        for name in FACETS
        for value in getattr(request, name)
    ]
    if request.date_from:
        label = f"Từ ngày {words.day(request.date_from.isoformat())}"
        chips.append(Choice(label, _url(request, date_from=None)))
    if request.date_to:
        label = f"Đến ngày {words.day(request.date_to.isoformat())}"
        chips.append(Choice(label, _url(request, date_to=None)))
    if request.area != "all":
        chips.append(Choice(f"Tìm trong: {words.AREAS[request.area]}", _url(request, area="all")))
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
