"""The searches, and their addresses, that result from ticking or unticking a value. Pure."""

from __future__ import annotations

import dataclasses

from indexer.contract.limits import REPEATABLE
from indexer.search.request import SearchRequest
from webui.context import language
from webui.presenters import links


class Ticks:
    """The ticks of one facet around one request.

    A page of results has about a hundred ticks, whose addresses differ only in the parameters of the facet; the other
    parameters are written once. Addresses equal those of :func:`links.search_url` and :func:`toggled`.
    """

    def __init__(self, request: SearchRequest, facet: str) -> None:
        self._facet = facet
        self._search = links.mounted(links.SEARCH)
        self._chosen: tuple[str, ...] = getattr(request, facet)
        behind = REPEATABLE[REPEATABLE.index(facet) + 1 :]
        found = links.pairs(request, without=(facet,))
        stated = language.stated()
        self._before = links.query_string([pair for pair in found if pair[0] not in behind])
        self._behind = links.query_string(
            [pair for pair in found if pair[0] in behind] + ([("lang", stated)] if stated else [])
        )

    def url(self, value: str) -> str:
        """Return the address of the first page with ``value`` ticked, or unticked if it was ticked."""
        chosen = _toggled_values(self._chosen, self._facet, value)
        own = links.query_string([(self._facet, one) for one in chosen])
        query = "&".join(filter(None, (self._before, own, self._behind)))
        return f"{self._search}?{query}" if query else self._search


def toggled(request: SearchRequest, facet: str, value: str) -> SearchRequest:
    """Return ``request`` at its first page with ``value`` ticked, or unticked if it was ticked."""
    changes = {facet: _toggled_values(getattr(request, facet), facet, value), "page": 1}
    return dataclasses.replace(request, **changes)  # type: ignore[arg-type]


def _toggled_values(chosen: tuple[str, ...], facet: str, value: str) -> tuple[str, ...]:
    """Return the values ``chosen`` of ``facet`` with ``value`` added or removed.

    A month replaces its year and a year its months: with both ticked, one of them would have no effect.
    """
    if value in chosen:
        return tuple(other for other in chosen if other != value)
    if facet == "date":
        kept = (o for o in chosen if not o.startswith(f"{value}-") and not value.startswith(f"{o}-"))
        return (*kept, value)
    return (*chosen, value)


def unfiltered_request(request: SearchRequest) -> SearchRequest:
    """Return ``request`` with only its words, order and page size."""
    return SearchRequest(text=request.text, sort=request.sort, size=request.size)
