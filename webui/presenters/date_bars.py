"""Publication dates of the results as a bar chart: by year or span of years, and by month within a year. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from indexer.model import UNDATED
from indexer.search.request import SearchRequest
from indexer.search.response import FacetValue
from webui.context.translation import gettext
from webui.presenters import formats, links, words
from webui.presenters.ticks import Ticks

HEIGHT = 100
"""Height, in units, of a bar that reaches the top of the scale."""
_MOST_YEARS = 40
"""Years in the chart, counted from the latest; the list beside it has all of them."""
_MOST_BARS = 12
"""Maximum number of bars; more would each be narrower than a finger or pointer needs (WCAG 2.2, 2.5.8)."""
_MOST_LABELS = 6
"""Maximum number of years with labels; with more, only the first and last have one."""
_SPANS = (1, 2, 5, 10)
"""Possible numbers of years per bar."""
_LEAST = 4
"""Height of a bar for a single article, so that it stays visible."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One month, year or span of years; ``height`` is of :data:`HEIGHT`."""

    height: float
    title: str
    label: str
    """The label below the bar; empty if there is no room."""
    url: str | None
    """None if nothing was published."""
    selected: bool


@dataclass(frozen=True, slots=True)
class DateBars:
    """A bar chart with its title, the number of articles at the top of the scale, and labels for both ends if bars have none."""

    name: str
    bars: tuple[Bar, ...]
    top: int
    ends: tuple[str, str] | None


def year_bars(request: SearchRequest, values: Sequence[FacetValue]) -> DateBars | None:
    """Return a bar for each shown year in ``values``, earliest first; None for fewer than two."""
    years = {int(value.value): value for value in _shown(request, values)}
    if len(years) < 2:
        return None
    last = max(years)
    first = max(min(years), last - _MOST_YEARS + 1)
    step = next(step for step in _SPANS if last // step - first // step < _MOST_BARS)
    spans = [
        range(max(start, first), min(start + step, last + 1))
        for start in range(first // step * step, last + 1, step)
    ]
    within = [[years[year] for year in span if year in years] for span in spans]
    ticks, top = Ticks(request, "date"), _top([sum(value.count for value in found) for found in within])
    labelled = step == 1 and len(spans) <= _MOST_LABELS
    bars = tuple(
        _bar(
            sum(value.count for value in found),
            top,
            gettext("Năm %(year)s", year="–".join(dict.fromkeys(map(str, (span[0], span[-1]))))),
            str(span[0]) if labelled else "",
            ticks.url(str(span[0])) if step == 1 else _span_url(request, span),
            any(map(is_open, found)) or _is_chosen(request, span),
        )
        for span, found in zip(spans, within, strict=True)
    )
    ends = None if labelled else (str(first), str(last))
    return DateBars(gettext("Số bài theo năm"), bars, top, ends)


def month_bars(request: SearchRequest, values: Sequence[FacetValue]) -> DateBars | None:
    """Return a bar for each month of one year: the only year, or the one that is ticked or has a ticked month."""
    shown = _shown(request, values)
    opened = shown if len(shown) == 1 else [value for value in values if is_open(value)]
    if len(opened) != 1 or not opened[0].children:
        return None
    year = opened[0]
    months = {int(child.value[5:]): child for child in year.children}
    ticks, top = Ticks(request, "date"), _top([child.count for child in months.values()])
    bars = tuple(
        _bar(
            months[n].count if n in months else 0,
            top,
            formats.month(f"{year.value}-{n:02}"),
            str(n),
            ticks.url(f"{year.value}-{n:02}"),
            n in months and months[n].selected,
        )
        for n in range(1, 13)
    )
    return DateBars(gettext("Số bài theo tháng của năm %(year)s", year=year.value), bars, top, None)


def is_open(value: FacetValue) -> bool:
    """Tell whether the year ``value`` or one of its months is ticked."""
    return value.selected or any(child.selected for child in value.children)


def _shown(request: SearchRequest, values: Sequence[FacetValue]) -> list[FacetValue]:
    """Return the years with articles within the requested dates."""
    first = request.date_from.year if request.date_from else 0
    last = request.date_to.year if request.date_to else date.max.year
    years = [value for value in values if value.value != UNDATED and value.count]
    return [value for value in years if first <= int(value.value) <= last]


def _bar(count: int, top: int, name: str, label: str, url: str, selected: bool) -> Bar:
    height = round(max(_LEAST, HEIGHT * count / top), 1) if count else 0
    return Bar(
        height, f"{name}: {words.articles(count)}", label, url if count or selected else None, selected
    )


def _top(counts: Sequence[int]) -> int:
    """Return the rounded top of the scale: 1, 2 or 5 times a power of ten."""
    most, unit = max(counts, default=0), 1
    while unit * 10 < most:
        unit *= 10
    return next(unit * figure for figure in (1, 2, 5, 10) if unit * figure >= most)


def _is_chosen(request: SearchRequest, span: range) -> bool:
    return (request.date_from, request.date_to) == (date(span[0], 1, 1), date(span[-1], 12, 31))


def _span_url(request: SearchRequest, span: range) -> str:
    """Return the address that selects these years, or deselects them if they are selected."""
    first, last = date(span[0], 1, 1), date(span[-1], 12, 31)
    if _is_chosen(request, span):
        return links.changed_url(request, date_from=None, date_to=None, date=())
    return links.changed_url(request, date_from=first, date_to=last, date=())
