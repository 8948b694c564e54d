"""The page with all values of one facet, to look through and tick. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.search.request import SearchRequest
from indexer.search.response import FacetValue, SearchResponse
from indexer.vietnamese.letters import fold
from webui.presenters import links, words

_MOST = 300
"""Maximum number of values on the page; typing letters narrows them."""
LONGEST_FIND = 100
"""Maximum length, in characters, of the letters typed to narrow the values."""


@dataclass(frozen=True, slots=True)
class Values:
    """The page of values as it is printed."""

    facet: str
    title: str
    find: str
    choices: tuple[FacetValue, ...]
    total: int
    """Number of values that contain the letters; ``choices`` has the most frequent of them."""
    back_url: str
    action: str
    fields: tuple[tuple[str, str], ...]
    """Parameters carried along by the form, including ticked values that are not shown."""


def values_view(request: SearchRequest, response: SearchResponse, facet: str, find: str) -> Values:
    """Return the values of ``facet`` that contain ``find``, ignoring case and diacritics."""
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
