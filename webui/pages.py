"""The pages. A view reads the request, asks once, and prints a template."""

from __future__ import annotations

import flask
from werkzeug.wrappers import Response as BaseResponse

from indexer.model import SearchRequest
from indexer.request import read_request
from webui import links
from webui.downloads import download
from webui.results import facet_choices, results_view
from webui.service import searcher

pages = flask.Blueprint("pages", __name__)
_RELATED = 6
"""Related articles under an article."""
_PICTURE_SECONDS = 3600
"""For which a browser shows the picture of a page again without asking."""
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
    text = _text()
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


@pages.get("/articles/<slug:slug>/files/<ordinal:n>/pages")
def first_page(slug: str, n: int) -> BaseResponse:
    """To the page with the number ``page``, else to the first that answers ``q``."""
    text, wanted = _text(), flask.request.args.get("page", "")
    number = int(wanted) if wanted.isdecimal() and len(wanted) < 5 else searcher().first_page(slug, n, text)
    return flask.redirect(links.page_url(links.article_path(slug), n, number, text))


@pages.get("/articles/<slug:slug>/files/<ordinal:n>/pages/<ordinal:number>")
def page(slug: str, n: int, number: int) -> str:
    """One page of an attachment as it looks and as it reads, with the words of ``q`` marked."""
    text = _text()
    view = searcher().page(slug, n, number, text)
    return flask.render_template("page.html", view=view, text=text, path=links.article_path(slug))


@pages.get("/articles/<slug:slug>/files/<ordinal:n>/pages/<ordinal:number>/picture")
def picture(slug: str, n: int, number: int) -> BaseResponse:
    """The picture of a page of an attachment, the same whatever is looked for."""
    response = flask.Response(searcher().picture(slug, n, number).image, mimetype="image/webp")
    response.headers["Cache-Control"] = f"private, max-age={_PICTURE_SECONDS}"
    response.add_etag()
    return response.make_conditional(flask.request)


@pages.get("/articles/<slug:slug>/files/<ordinal:n>")
def attachment(slug: str, n: int) -> flask.Response:
    """An attachment as a download."""
    return download(*searcher().file(slug, n))


def _text() -> str:
    """Return the query whose words are marked; all other parameters are nobody's."""
    return read_request({"q": flask.request.args.getlist("q")}, strict_names=False).text
