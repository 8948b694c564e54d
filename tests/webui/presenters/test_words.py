"""A word for everything that is shown."""

from __future__ import annotations

from indexer.contract.limits import PARAMETERS
from indexer.directives.legal_status import STATUSES, UNKNOWN
from indexer.model import FileState
from indexer.search.request import FACETS
from webui.presenters import error_words, file_words, words


def test_everything_has_its_words() -> None:
    assert set(file_words.FILE_STATES) == set(FileState)
    assert set(words.FACET_TITLES) == set(FACETS)
    assert all(map(error_words.bad_parameter, PARAMETERS))
    assert error_words.bad_parameter("utm_source") is None
    assert set(words.LEGAL_STATUSES) == {*STATUSES, UNKNOWN}
