"""All results of a search as a file."""

from __future__ import annotations

import re

import flask

from indexer.contract.limits import LAST_RESULT
from indexer.search.request import SearchRequest
from indexer.vietnamese.letters import fold
from webui.context.clock import today
from webui.context.parameters import asked
from webui.context.public_url import absolute_url, root_url
from webui.context.service import searcher
from webui.presenters import links
from webui.presenters.article_list import Form, article_list
from webui.presenters.search_summary import search_summary

result_lists = flask.Blueprint("result_lists", __name__)
_LONGEST_NAME = 60
"""Characters of the query in the name of a file."""


@result_lists.get("/search.<any(csv, json, xlsx):form>")
def results(form: Form) -> flask.Response:
    """The first 10,000 articles that answer, in the order asked, copies of one text among them."""
    request = asked(without=("page", "size"))
    articles = searcher().listed(request, LAST_RESULT)
    day, address = today(), absolute_url(links.search_url(request))
    return article_list(
        form,
        _name(request),
        articles,
        root_url(),
        lambda count: search_summary(request, count, day, address),
    )


def _name(request: SearchRequest) -> str:
    """Return the name of the file: ``ket-qua-chuyen-doi-so``, letters that every system can save."""
    asked = re.sub("[^a-z0-9]+", "-", fold(request.text)).strip("-")[:_LONGEST_NAME].strip("-")
    return f"ket-qua-{asked}" if asked else "ket-qua"
