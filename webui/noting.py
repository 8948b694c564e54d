"""What is noted of every search that was answered."""

from __future__ import annotations

from indexer.model import SearchRequest, SearchResponse
from webui import observing


def searched(request: SearchRequest, response: SearchResponse) -> None:
    """Count a search; further pages of one are the same search."""
    if request.page > 1:
        return
    metrics = observing.metrics()
    metrics.count("searches")
    if not response.total:
        metrics.count("searches_without_results")
