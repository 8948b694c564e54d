"""What a change does, told to those who look after the site before they keep it."""

from __future__ import annotations

from contextlib import closing

from indexer.curation.trial import tried
from indexer.search.request import SearchRequest
from indexer.search.service import open_search
from indexer.settings import Settings


def test_results_are_counted_as_on_their_page(demo: Settings) -> None:
    with closing(open_search(demo)) as service:
        searcher = service.searcher()
        response = searcher.search(SearchRequest("ke hoach"))
        (one,) = tried(searcher, searcher, ["ke hoach"])
    assert response.folded and one.after.total == response.total - response.folded
    assert one.is_same
