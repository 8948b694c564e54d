"""Converts counts of the engine to facets for display, and defines the filters behind their values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from indexer.model import UNDATED, Language
from indexer.search.labels import status_label
from indexer.search.request import SearchRequest
from indexer.search.response import FacetValue

_UNDATED_LABELS: Mapping[Language, str] = {"vi": "Không rõ ngày đăng", "en": "No date"}
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
KEYWORD_FACETS = ("source", "category", "type", "issuer", "status", "file_type")
ENGINE_FACETS = ("month", *KEYWORD_FACETS)
_FILE_LABELS = {
    "pdf": "PDF", "doc": "Word (.doc)", "docx": "Word (.docx)", "xls": "Excel (.xls)",
    "xlsx": "Excel (.xlsx)", "ppt": "PowerPoint (.ppt)", "pptx": "PowerPoint (.pptx)",
    "odt": "OpenDocument (.odt)", "odm": "OpenDocument (.odm)", "ods": "OpenDocument (.ods)",
    "odp": "OpenDocument (.odp)",
}  # fmt: skip


def facets(
    counts: Mapping[str, Mapping[str, int]], request: SearchRequest
) -> dict[str, tuple[FacetValue, ...]]:
    """Return all facets of a response; ticked values are included even with a count of zero."""
    shown = {"date": _dates(counts.get("month", {}), frozenset(request.date), request.language)}
    for name in KEYWORD_FACETS:
        ticked = getattr(request, name)
        found = {**dict.fromkeys(ticked, 0), **counts.get(name, {})}
        shown[name] = tuple(
            FacetValue(value, _label(name, value, request.language), count, value in ticked)
            for value, count in sorted(found.items(), key=lambda item: (-item[1], item[0]))
        )
    return shown


def _label(facet: str, value: str, language: Language) -> str:
    if facet == "status":
        return status_label(value, language)
    return _FILE_LABELS.get(value, value) if facet == "file_type" else value


def date_label(value: str, language: Language) -> str:
    """Return a value of the date facet in words: ``2024``, ``Tháng 11/2024``, undated."""
    if value == UNDATED:
        return _UNDATED_LABELS[language]
    year, _, month = value.partition("-")
    if not month:
        return year
    return f"{_MONTHS[int(month) - 1]} {year}" if language == "en" else f"Tháng {int(month)}/{year}"


def _dates(months: Mapping[str, int], ticked: frozenset[str], language: Language) -> tuple[FacetValue, ...]:
    """Return years, newest first, with their months, and undated articles last."""
    years: dict[str, dict[str, int]] = defaultdict(dict)
    for value in ticked - {UNDATED}:
        year = years[value[:4]]
        if len(value) > 4:
            year[value] = 0
    for month, count in months.items():
        if month != UNDATED:
            years[month[:4]][month] = count
    values = [
        FacetValue(
            year,
            year,
            sum(of_year.values()),
            year in ticked,
            tuple(
                FacetValue(month, date_label(month, language), count, month in ticked)
                for month, count in sorted(of_year.items(), reverse=True)
            ),
        )
        for year, of_year in sorted(years.items(), reverse=True)
    ]
    undated = months.get(UNDATED, 0)
    if undated or UNDATED in ticked:
        values.append(FacetValue(UNDATED, date_label(UNDATED, language), undated, UNDATED in ticked))
    return tuple(values)
