"""All results of a search as a file."""

from __future__ import annotations

import flask

from indexer.contract.limits import LAST_RESULT
from webui.context.clock import today
from webui.context.parameters import asked
from webui.context.public_url import absolute_url, root_url
from webui.context.service import searcher
from webui.presenters import links
from webui.presenters.article_list import article_list
from webui.presenters.lists import name_of_list
from webui.presenters.saved_list import Form
from webui.presenters.search_summary import search_summary

result_lists = flask.Blueprint("result_lists", __name__)


@result_lists.get("/search.<any(csv, json, xlsx):form>")
def results(form: Form) -> flask.Response:
    """The first 10,000 matching articles in the requested order, including copies of the same text."""
    request = asked(without=("page", "size"))
    articles = searcher().listed(request, LAST_RESULT)
    day, address = today(), absolute_url(links.search_url(request))
    return article_list(
        form,
        name_of_list("ket-qua", request.text),
        articles,
        root_url(),
        lambda count: search_summary(request, count, day, address),
    )
