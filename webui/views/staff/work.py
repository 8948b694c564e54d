"""What waits to be done about queries that found nothing."""

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
    """Return how each of these queries stands: what it finds by now, and what was done."""
    pins, notes = known_pins(), journal().latest("query")
    return [work_of(asked, _finds(asked.text), pins, notes) for asked in zero]


def known_pins() -> Pins:
    """Return what is pinned; the page of pins tells of a file that can't be read."""
    try:
        return read_pins(service().settings.data / FILE_NAME)
    except StorageError:
        return {}


def _finds(text: str) -> int:
    """Return how many articles a query finds now that found nothing when it was asked; 0 where nobody can tell."""
    try:
        # No suggestion and no card is made for a second page.
        return public().search(SearchRequest(text, page=2, size=1)).total
    except EngineError:
        return 0
