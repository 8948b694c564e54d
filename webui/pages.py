"""The pages. A view reads the request, asks once, and prints a template."""

from __future__ import annotations

import flask

from indexer.model import SearchRequest
from indexer.request import read_request
from webui import links
from webui.downloads import download
from webui.results import facet_choices, results_view
from webui.service import searcher

pages = flask.Blueprint("pages", __name__)
_RELATED = 6
"""Related articles under an article."""
_HOME_VALUES = 12
"""Sources and categories on the home page, the largest first."""


@pages.get("/")
def home() -> str:
    """The search box, what is new, and where it comes from."""
    overview = searcher().overview()
    groups = {
        name: facet_choices(SearchRequest(), name, overview.facets.get(name, ())[:_HOME_VALUES])
        for name in ("category", "source")
    }
    return flask.render_template("home.html", overview=overview, groups=groups)


@pages.get("/search")
def search() -> str:
    """One page of results; a bad parameter becomes its page in ``webui.errors``."""
    request = read_request(flask.request.args.to_dict(flat=False), strict_names=False)
    view = results_view(request, searcher().search(request))
    return flask.render_template("results.html", view=view, text=request.text)


@pages.get("/articles/<slug:slug>")
def article(slug: str) -> str:
    """One article, with the words of ``q`` marked."""
    text = read_request({"q": flask.request.args.getlist("q")}, strict_names=False).text
    view = searcher().article(slug, text)
    found = searcher().related(view.article, _RELATED)
    return flask.render_template(
        "article.html",
        view=view,
        text=text,
        path=links.article_path(slug),
        related=found,
        copies=searcher().copies(view.article),
        original=links.outside_url(view.article.url),
    )


@pages.get("/articles/<slug:slug>/files/<ordinal:n>")
def attachment(slug: str, n: int) -> flask.Response:
    """An attachment as a download."""
    return download(*searcher().file(slug, n))
