"""All values of one facet, to look through and tick. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.search.request import SearchRequest
from indexer.search.response import SearchResponse
from indexer.vietnamese.letters import fold
from webui.presenters import links, words
from webui.presenters.choices import Choice
from webui.presenters.facets import facet_choices

_MOST = 300
"""Values on the page; letters narrow them."""
LONGEST_FIND = 100
"""Characters that are looked for in values."""


@dataclass(frozen=True, slots=True)
class Values:
    """What the page prints."""

    title: str
    find: str
    choices: tuple[Choice, ...]
    total: int
    """Values that hold the letters, of which ``choices`` are the most frequent."""
    back_url: str
    action: str
    fields: tuple[tuple[str, str], ...]
    """Parameters that the form carries along."""


def values_view(request: SearchRequest, response: SearchResponse, facet: str, find: str) -> Values:
    """Return the values of ``facet`` that hold ``find`` in any case and with or without diacritics."""
    wanted = fold(find.strip())
    found = [value for value in response.facets.get(facet, ()) if wanted in fold(value.label)]
    return Values(
        str(words.FACET_TITLES[facet]),
        find,
        facet_choices(request, facet, found[:_MOST]),
        len(found),
        links.search_url(request),
        links.mounted(f"{links.SEARCH}/values/{facet}"),
        tuple(links.pairs(request)),
    )
