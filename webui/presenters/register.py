"""The register of documents as its page prints it. Pure."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from indexer.model import UNDATED
from indexer.search.register.request import REGISTER_FACETS, RegisterRequest, RegisterResponse
from indexer.search.response import FacetValue
from webui.presenters import register_links as to
from webui.presenters import words
from webui.presenters.choices import SIZES, Choice
from webui.presenters.facets import Facet
from webui.presenters.formats import undated_document
from webui.presenters.links import FEEDS, FeedForm
from webui.presenters.paging import Paging, last_page, ways

_SHOWN: Mapping[str, int] = {"type": 8, "year": 8, "issuer": 8, "status": 9, "kept": 4}
"""Number of values shown before "Xem thêm"."""
_MOST = 300
"""Maximum number of values per facet: a gazette has 60 issuers, a province with its communes some 200."""


@dataclass(frozen=True, slots=True)
class RegisterView:
    """The page as it is printed; each choice is a link."""

    request: RegisterRequest
    response: RegisterResponse
    first: int
    """Number of the first document on the page, counted from 1."""
    scopes: tuple[Choice, ...]
    facets: tuple[Facet, ...]
    chips: tuple[Choice, ...]
    clear_url: str
    sorts: tuple[Choice, ...]
    sizes: tuple[Choice, ...]
    paging: Paging
    fields: tuple[tuple[str, str], ...]
    """Parameters carried along by the search form."""
    lists: tuple[tuple[str, str], ...]
    """Format and address of each downloadable list."""
    feeds: Mapping[FeedForm, str]
    """Address of the feed in each format."""


def register_view(request: RegisterRequest, response: RegisterResponse) -> RegisterView:
    """Return the page of ``response`` to ``request``."""
    return RegisterView(
        request,
        response,
        (request.page - 1) * request.size + 1,
        tuple(
            Choice(
                str(label), to.changed(request, scope=scope), scope == request.scope, response.scopes[scope]
            )
            for scope, label in words.SCOPES.items()
        ),
        tuple(
            _facet(request, name, response.facets[name]) for name in REGISTER_FACETS if response.facets[name]
        ),
        _chips(request, response),
        to.register_url(RegisterRequest(scope=request.scope, sort=request.sort, size=request.size)),
        tuple(
            Choice(str(label), to.changed(request, sort=sort), sort == request.sort)
            for sort, label in words.REGISTER_SORTS.items()
        ),
        tuple(
            Choice(str(size), to.changed(request, size=size), size == request.size) for size in (20, 50, 100)
        )
        if response.total > SIZES[1]
        else (),
        _paging(request, response.total),
        tuple(pair for pair in to.register_pairs(request) if pair[0] not in ("q", *REGISTER_FACETS)),
        tuple((form, to.register_list_url(request, form)) for form in ("xlsx", "csv", "json")),
        {form: to.register_feed_url(request, form) for form in FEEDS},
    )


def _facet(request: RegisterRequest, name: str, values: Sequence[FacetValue]) -> Facet:
    if name != "year" and any(value.selected for value in values[_SHOWN[name] :]):
        values = sorted(values, key=lambda value: not value.selected)
    shown = max([_SHOWN[name], *(n + 1 for n, value in enumerate(values) if value.selected)])
    if len(values) == shown + 1:
        shown += 1
    ticks = tuple(
        dataclasses.replace(value, label=value_label(name, value.value))
        for value in values[: max(shown, _MOST)]
    )
    title = str(words.REGISTER_TITLES[name])
    return Facet(name, title, ticks[:shown], ticks[shown:], len(values), None)


def _chips(request: RegisterRequest, response: RegisterResponse) -> tuple[Choice, ...]:
    found = [Choice(f"“{request.text}”", to.changed(request, text=""))] if request.text else []
    return (
        *found,
        *(
            Choice(
                f"{words.REGISTER_TITLES[name]}: {value_label(name, value.value)}",
                to.ticked(request, name, value.value, True),
            )
            for name in REGISTER_FACETS
            for value in response.facets[name]
            if value.selected
        ),
    )


def value_label(name: str, value: str) -> str:
    """Return ``value`` of the facet ``name`` in words."""
    if name == "kept":
        return str(words.KEPT[value])
    if name == "status":
        return str(words.LEGAL_STATUSES.get(value, value))
    return undated_document() if name == "year" and value == UNDATED else value


def _paging(request: RegisterRequest, total: int) -> Paging:
    last = last_page(total, request.size)
    return ways(request.page, last, lambda number: to.page_url(request, number))
