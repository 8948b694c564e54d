"""Addresses of the searches that one more tick, or one less, leads to. Pure."""

from __future__ import annotations

from indexer.contract.limits import REPEATABLE
from indexer.search.request import SearchRequest
from webui.context import language
from webui.presenters import links


class Ticks:
    """The ticks of one facet around one request.

    A page of results has a hundred of them, and all but the facet's own parameters are the same in each:
    those are written once. The addresses are those of :func:`links.search_url` and :func:`links.toggled`.
    """

    def __init__(self, request: SearchRequest, facet: str) -> None:
        self._facet = facet
        self._chosen: tuple[str, ...] = getattr(request, facet)
        behind = REPEATABLE[REPEATABLE.index(facet) + 1 :]
        found = links.pairs(request, without=(facet,))
        stated = language.stated()
        self._before = links.query_string([pair for pair in found if pair[0] not in behind])
        self._behind = links.query_string(
            [pair for pair in found if pair[0] in behind] + ([("lang", stated)] if stated else [])
        )

    def url(self, value: str) -> str:
        """Return the address of the first page with ``value`` ticked, or no longer ticked."""
        chosen = links.toggled_values(self._chosen, self._facet, value)
        own = links.query_string([(self._facet, one) for one in chosen])
        query = "&".join(filter(None, (self._before, own, self._behind)))
        return f"{links.SEARCH}?{query}" if query else links.SEARCH
