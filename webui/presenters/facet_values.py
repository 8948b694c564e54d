"""All values of one facet, to look through and tick. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.search.request import SearchRequest
from indexer.search.response import FacetValue, SearchResponse
from indexer.vietnamese.letters import fold
from webui.presenters import links, words

_MOST = 300
"""Values on the page; letters narrow them."""
LONGEST_FIND = 100
"""Characters that are looked for in values."""


@dataclass(frozen=True, slots=True)
class Values:
    """What the page prints."""

    facet: str
    title: str
    find: str
    choices: tuple[FacetValue, ...]
    total: int
    """Values that hold the letters, of which ``choices`` are the most frequent."""
    back_url: str
    action: str
    fields: tuple[tuple[str, str], ...]
    """Parameters that the form carries along, values that are ticked but not shown among them."""


def values_view(request: SearchRequest, response: SearchResponse, facet: str, find: str) -> Values:
    """Return the values of ``facet`` that hold ``find`` in any case and with or without diacritics."""
    wanted = fold(find.strip())
    found = [value for value in response.facets.get(facet, ()) if wanted in fold(value.label)]
    shown = tuple(found[:_MOST])
    ticks = {(facet, value.value) for value in shown}
    return Values(
        facet,
        str(words.FACET_TITLES[facet]),
        find,
        shown,
        len(found),
        links.search_url(request),
        links.mounted(f"{links.SEARCH}/values/{facet}"),
        tuple(pair for pair in links.pairs(request) if pair not in ticks),
    )
