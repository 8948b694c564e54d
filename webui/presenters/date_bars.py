"""When what was found was published, as a picture of bars: by year, and by month within a year. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.model import UNDATED
from indexer.search.request import SearchRequest
from indexer.search.response import FacetValue
from webui.presenters import formats, words
from webui.presenters.ticks import Ticks

WIDTH, HEIGHT = 1000, 100
"""Units of the picture, which is stretched to its place."""
_MOST_YEARS = 40
"""Years in the picture, the last ones; the list beside it has all."""
_LEAST = 4
"""Height of a bar for a single article, so that it can be seen."""
_GAP = 0.16
"""Share of a bar's place that stays free."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One year or month; ``left``, ``width`` and ``height`` are units of the picture."""

    left: float
    width: float
    height: float
    title: str
    url: str | None
    """None where nothing was published."""
    selected: bool


@dataclass(frozen=True, slots=True)
class DateBars:
    """The picture, and what stands beneath its ends."""

    bars: tuple[Bar, ...]
    first: str
    last: str


def year_bars(request: SearchRequest, values: Sequence[FacetValue]) -> DateBars | None:
    """Return the bars of the years in ``values``, the earliest first; None for fewer than two."""
    years = {int(value.value): value for value in values if value.value != UNDATED and value.count}
    if len(years) < 2:
        return None
    last = max(years)
    span = range(max(min(years), last - _MOST_YEARS + 1), last + 1)
    return _bars(request, [str(year) for year in span], {str(year): value for year, value in years.items()})


def month_bars(request: SearchRequest, values: Sequence[FacetValue]) -> DateBars | None:
    """Return the bars of the months of the one year that is ticked, or of which a month is; None otherwise."""
    opened = [value for value in values if is_open(value) and value.children]
    if len(opened) != 1:
        return None
    months = [f"{opened[0].value}-{month:02}" for month in range(1, 13)]
    return _bars(request, months, {child.value: child for child in opened[0].children})


def is_open(value: FacetValue) -> bool:
    """Tell whether the year ``value`` or one of its months is ticked."""
    return value.selected or any(child.selected for child in value.children)


def _bars(request: SearchRequest, slots: Sequence[str], values: dict[str, FacetValue]) -> DateBars:
    most = max((value.count for value in values.values()), default=0) or 1
    place = WIDTH / len(slots)
    ticks, bars = Ticks(request, "date"), []
    for i, slot in enumerate(slots):
        value = values.get(slot)
        count = value.count if value else 0
        bars.append(
            Bar(
                round(place * (i + _GAP / 2), 1),
                round(place * (1 - _GAP), 1),
                round(max(_LEAST, HEIGHT * count / most), 1) if count else 0,
                f"{formats.month(slot)}: {words.articles(count)}",
                ticks.url(slot) if count else None,
                value is not None and value.selected,
            )
        )
    return DateBars(tuple(bars), formats.month(slots[0]), formats.month(slots[-1]))
