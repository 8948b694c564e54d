"""A list of articles picked from results. Its address holds the whole list, so it can be kept, sent and printed."""

from __future__ import annotations

import flask

from indexer.errors import ParameterError
from webui.context.clock import today
from webui.context.public_url import absolute_url, root_url
from webui.context.service import searcher
from webui.context.translation import gettext
from webui.presenters import links
from webui.presenters.article_list import article_list
from webui.presenters.saved_list import Form
from webui.presenters.search_summary import counted_lines

picked = flask.Blueprint("picked", __name__)
_MOST = 200
"""Maximum number of articles: as many as fit in an address."""


@picked.get(links.PICKED)
def listed() -> str:
    """The picked articles, in the order of the address."""
    slugs = _slugs()
    articles = searcher().picked(slugs)
    return flask.render_template(
        "picked.html",
        articles=articles,
        slugs=slugs,
        missing=len(slugs) - len(articles),
        day=today().isoformat(),
        address=absolute_url(links.picked_url(slugs)),
    )


@picked.get(f"{links.PICKED}.<any(csv, json, xlsx):form>")
def as_file(form: Form) -> flask.Response:
    """The same list as a file."""
    slugs = _slugs()
    day, address = today(), absolute_url(links.picked_url(slugs))
    return article_list(
        form,
        "danh-sach",
        searcher().picked(slugs),
        root_url(),
        lambda count: counted_lines(gettext("Số bài"), count, day, address),
    )


def _slugs() -> tuple[str, ...]:
    slugs = tuple(dict.fromkeys(filter(None, map(str.strip, flask.request.args.getlist("id")))))
    if len(slugs) > _MOST:
        raise ParameterError({"id": f"must be given at most {_MOST} times"})
    return slugs
