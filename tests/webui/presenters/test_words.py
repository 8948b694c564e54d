"""A word for everything that is shown."""

from __future__ import annotations

import flask

from indexer.commands.wording import WORDINGS
from indexer.contract.limits import PARAMETERS
from indexer.directives.citations import RELATIONS
from indexer.directives.legal_status import STATUSES
from indexer.model import FileState
from indexer.search.facets import facets
from indexer.search.request import FACETS, SearchRequest
from webui.context.language import LANGUAGES
from webui.presenters import error_words, file_words, words


def test_everything_has_its_words() -> None:
    assert set(file_words.FILE_STATES) == set(FileState)
    assert set(words.FACET_TITLES) == set(FACETS)
    assert all(map(error_words.bad_parameter, PARAMETERS))
    assert error_words.bad_parameter("utm_source") is None


def test_pages_filters_and_commands_call_relations_and_statuses_the_same() -> None:
    app = flask.Flask(__name__)
    for language in LANGUAGES:
        with app.test_request_context(f"/?lang={language}"):
            for relation in RELATIONS:
                assert str(words.GROUPS[relation]) == WORDINGS[language].relation(relation)
            for status in STATUSES:
                said = facets({"status": {status: 1}}, SearchRequest(language=language))["status"][0].label
                assert str(words.LEGAL_STATUSES[status]) == WORDINGS[language].legal_status(status) == said
