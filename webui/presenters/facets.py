"""Facets as ticks: for each facet, as many values as fit a page of results. Pure."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.search.request import SearchRequest
from indexer.search.response import FacetValue
from webui.presenters import links, words
from webui.presenters.choices import Choice
from webui.presenters.date_bars import is_open
from webui.presenters.ticks import Ticks

_SHOWN = 8
"""Number of values shown before "Xem thêm"."""
_MOST = 60
"""Maximum number of values on a page of results, to keep it light; another page has all of them."""


@dataclass(frozen=True, slots=True)
class Facet:
    """A group of ticks. ``more`` is folded away; ``all_url`` leads to the page of all values if there are more."""

    name: str
    title: str
    values: tuple[FacetValue, ...]
    more: tuple[FacetValue, ...]
    total: int
    all_url: str | None


def facet_view(request: SearchRequest, name: str, values: Sequence[FacetValue]) -> Facet:
    """Return the facet ``name``; ticked values are never folded away."""
    if name != "date" and any(value.selected for value in values[_SHOWN:]):
        # Dates stay in chronological order.
        values = sorted(values, key=lambda value: not value.selected)
    shown = _SHOWN
    if name == "date":
        shown = max([shown, *(i + 1 for i, value in enumerate(values) if is_open(value))])
    if len(values) == shown + 1:
        shown += 1
    ticks = tuple(_tick(value) for value in values[: max(shown, _MOST)])
    all_url = links.values_url(request, name) if len(values) > len(ticks) else None
    title = str(words.FACET_TITLES[name])
    return Facet(name, title, ticks[:shown], ticks[shown:], len(values), all_url)


def facet_choices(request: SearchRequest, name: str, values: Sequence[FacetValue]) -> tuple[Choice, ...]:
    """Return the values of a facet as links that add or remove them from ``request``."""
    ticks = Ticks(request, name)
    return tuple(Choice(value.label, ticks.url(value.value), value.selected, value.count) for value in values)


def _tick(value: FacetValue) -> FacetValue:
    """Return a tick; the months of a year are shown if the year or one of them is ticked."""
    return value if not value.children or is_open(value) else dataclasses.replace(value, children=())
