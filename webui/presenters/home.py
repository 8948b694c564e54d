"""The content of the home page besides the search box. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.register.named import Named
from indexer.search.overview import Overview
from indexer.search.request import SearchRequest
from indexer.search.response import FacetValue, Hit
from webui.presenters import links, words
from webui.presenters.choices import Choice
from webui.presenters.facets import facet_choices

_SHOWN = {"category": 12, "type": 8, "source": 8}
"""Maximum number of values per facet, largest first."""
_LEAST = 2
"""Minimum number of values per facet: a single one offers no choice."""
_ADDRESS = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")
"""A category known only by its slug (``the-thao``), which means nothing to visitors."""
_EVERYTHING = SearchRequest()


@dataclass(frozen=True, slots=True)
class Group:
    """Values of a facet to browse by; ``all_url`` leads to all ``total`` values if there are more."""

    name: str
    title: str
    choices: tuple[Choice, ...]
    total: int
    all_url: str | None


@dataclass(frozen=True, slots=True)
class HomeView:
    """The home page as templates print it."""

    total: int
    documents: tuple[Hit, ...]
    newest: tuple[Hit, ...]
    """Newest articles, without documents if those have a list of their own."""
    cited: tuple[Named, ...]
    popular: tuple[str, ...]
    topics: Group | None
    """Categories; None if there are too few to choose from."""
    groups: tuple[Group, ...]


def home_view(overview: Overview, popular: Sequence[str]) -> HomeView:
    """Return the home page from ``overview`` and the ``popular`` searches."""
    groups = {name: _group(name, overview.facets.get(name, ())) for name in _SHOWN}
    topics = groups.pop("category")
    return HomeView(
        overview.total,
        overview.documents,
        tuple(hit for hit in overview.newest if not (overview.documents and hit.type)),
        overview.cited,
        tuple(popular),
        topics,
        tuple(filter(None, groups.values())),
    )


def _group(name: str, values: Sequence[FacetValue]) -> Group | None:
    if len(values) < _LEAST:
        return None
    named = [value for value in values if not _ADDRESS.fullmatch(value.label)]
    shown = (named or values)[: _SHOWN[name]]
    rest = links.values_url(_EVERYTHING, name) if len(values) > len(shown) else None
    title = str(words.TOPICS if name == "category" else words.FACET_TITLES[name])
    return Group(name, title, facet_choices(_EVERYTHING, name, shown), len(values), rest)
