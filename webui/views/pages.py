"""The pages. Each view reads the request, queries the service once, and renders a template."""

from __future__ import annotations

import dataclasses

import flask
from werkzeug.wrappers import Response as BaseResponse

from indexer.search.request import SearchRequest
from indexer.search.response import SearchResponse
from indexer.stored.address import readable_path
from indexer.stored.article import StoredArticle
from webui.context.clock import today
from webui.context.parameters import asked, text_asked
from webui.context.public_url import absolute_url, root_url
from webui.context.service import searcher, service
from webui.middleware import caching, query_log
from webui.presenters import formats, links, page_meta, words
from webui.presenters.contents import contents, heading_levels
from webui.presenters.downloads import download
from webui.presenters.facet_values import LONGEST_FIND, values_view
from webui.presenters.home import home_view
from webui.presenters.meta import Meta
from webui.presenters.results import results_view
from webui.presenters.search_summary import search_summary
from webui.presenters.ticks import unfiltered_request
from webui.views.article_address import article_at, way_to
from webui.views.page_picture import page_picture

pages = flask.Blueprint("pages", __name__)
_RELATED = 6
"""Number of related articles below an article."""


@pages.get("/")
def home() -> str:
    """The search box, popular searches, cited documents, new articles and an overview."""
    view = home_view(searcher().overview(), service().popular())
    meta = page_meta.home_meta(root_url(), service().settings.site_name)
    return flask.render_template("home.html", view=view, everything=SearchRequest(), meta=meta)


@pages.get("/search")
def search() -> str:
    """A page of results; ``webui.middleware.errors`` turns bad parameters into a page."""
    request = asked()
    response = searcher().search(request)
    query_log.searched(request, response)
    caching.searched(response)
    view = results_view(request, response, today(), _unfiltered(request, response))
    return flask.render_template(
        "results.html",
        view=view,
        text=request.text,
        ping=query_log.ping(request),
        meta=page_meta.results_meta(view),
        summary=search_summary(request, view.results, today(), absolute_url(links.search_url(request))),
    )


@pages.get("/search/count")
def count() -> flask.Response:
    """The number of results for the button below ticked filters; not recorded as a search."""
    response = searcher().search(dataclasses.replace(asked(), page=1, size=1))
    answer = flask.jsonify(results=words.results(response.total - response.folded))
    answer.vary.add("Accept-Language")
    return answer


@pages.get("/search/values/<any(source, category, type, issuer, status, file_type):facet>")
def values(facet: str) -> str:
    """All values of a facet, or those that contain the letters ``find``."""
    request = asked()
    find = flask.request.args.get("find", "")[:LONGEST_FIND]
    view = values_view(request, searcher().search(request), facet, find)
    return flask.render_template("values.html", view=view, text=request.text)


@pages.get("/help")
def help_page() -> str:
    """The query language, explained by examples."""
    return flask.render_template("help.html", meta=page_meta.plain_meta("/help"))


@pages.get("/articles/<readable:last>")
def article(last: str) -> str | BaseResponse:
    """An article with the words of ``q`` marked; its bare id or another title redirects to its own address."""
    found = article_at(searcher().articles, last)
    if elsewhere := way_to(found, last):
        return elsewhere
    text = text_asked()
    view = searcher().articles.view(found.slug, text, _RELATED)
    return flask.render_template(
        "article.html",
        meta=page_meta.article_meta(root_url(), view.article),
        view=view,
        text=text,
        path=view.article.address,
        related=searcher().related(view.article, _RELATED),
        copies=searcher().copies(view.article),
        original=links.outside_url(view.article.url),
        citation=_citation(view.article),
        contents=contents(view.body.outline),
        levels=heading_levels(view.body.outline),
    )


@pages.get("/articles/<slug:slug>/files/<ordinal:n>/text")
def file_text(slug: str, n: int) -> str:
    """The full text of an attachment with its contents, and with the words of ``q`` marked."""
    text = text_asked()
    view = searcher().whole_texts.view(slug, n, text)
    return flask.render_template(
        "file_text.html",
        meta=Meta(flask.request.path),
        view=view,
        text=text,
        path=links.article_path(slug),
        contents=contents(view.body.outline),
        levels=heading_levels(view.body.outline),
    )


@pages.get("/articles/<slug:slug>/files/<ordinal:n>/pages")
def first_page(slug: str, n: int) -> BaseResponse:
    """Redirect to the page numbered ``page``, otherwise to the first one that matches ``q``."""
    text, wanted = text_asked(), flask.request.args.get("page", "")
    number = int(wanted) if wanted.isdecimal() and len(wanted) < 5 else searcher().pages.first(slug, n, text)
    return flask.redirect(links.page_url(links.article_path(slug), n, number, text))


@pages.get("/articles/<slug:slug>/files/<ordinal:n>/pages/<ordinal:number>")
def page(slug: str, n: int, number: int) -> str:
    """A page of an attachment as picture and text, with the words of ``q`` marked."""
    text = text_asked()
    view = searcher().pages.view(slug, n, number, text)
    return flask.render_template(
        "page.html", view=view, text=text, path=links.article_path(slug), meta=Meta(flask.request.path)
    )


@pages.get("/articles/<slug:slug>/files/<ordinal:n>/pages/<ordinal:number>/picture")
def picture(slug: str, n: int, number: int) -> BaseResponse:
    """The picture of a page of an attachment, which is the same for every query."""
    return page_picture(slug, n, number)


@pages.get("/articles/<slug:slug>/files/<ordinal:n>")
def attachment(slug: str, n: int) -> flask.Response:
    """An attachment as a download."""
    return download(*searcher().articles.file(slug, n))


def _citation(article: StoredArticle) -> str:
    """Return a citation of an article: title, sources, date and address, that of the original if known."""
    address = links.outside_url(article.url) or root_url() + readable_path(article.slug, article.title)
    day = formats.day(article.published) if article.published else ""
    origin = ", ".join(filter(None, (*article.sources, day)))
    return ". ".join(part.rstrip(".") for part in (article.title, origin, address) if part)


def _unfiltered(request: SearchRequest, response: SearchResponse) -> int | None:
    """Return the number of articles without any filter, if none matched the filters."""
    plain = unfiltered_request(request)
    if response.total or links.pairs(request) == links.pairs(plain):
        return None
    return searcher().search(dataclasses.replace(plain, size=1)).total
