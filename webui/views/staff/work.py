"""Queries without results that still need attention."""

from __future__ import annotations

from collections.abc import Iterable

from indexer.errors import EngineError, StorageError
from indexer.query_log.report import Asked
from indexer.search.pins import FILE_NAME, Pins, read_pins
from indexer.search.request import SearchRequest
from webui.context.service import service
from webui.presenters.query_work import QueryWork, work_of
from webui.views.staff.asking import journal, public


def work_on(zero: Iterable[Asked]) -> list[QueryWork]:
    """Return the state of each of these queries: what it finds now, and what was done."""
    pins, notes = known_pins(), journal().latest("query")
    return [work_of(asked, _finds(asked.text), pins, notes) for asked in zero]


def known_pins() -> Pins:
    """Return all pins, or none if the file is unreadable; the page of pins reports that."""
    try:
        return read_pins(service().settings.data / FILE_NAME)
    except StorageError:
        return {}


def _finds(text: str) -> int:
    """Return how many articles a query finds now that found nothing before; 0 if it cannot be determined."""
    try:
        # Suggestions and cards are not computed for a second page.
        return public().search(SearchRequest(text, page=2, size=1)).total
    except EngineError:
        return 0
