"""Feeds of new articles in Atom and RSS: those that match a search, and those that cite a document."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo
from itertools import groupby, islice

import flask
from werkzeug.wrappers import Response as BaseResponse

from indexer.contract.parameters import read_variant
from indexer.highlight.finder import Wanted
from indexer.highlight.fragment import fragment
from indexer.search.request import SearchRequest
from indexer.stored.article import StoredArticle
from webui.context import language
from webui.context.parameters import asked
from webui.context.public_url import absolute_url, root_url
from webui.context.service import searcher, service
from webui.context.translation import gettext
from webui.presenters import atom, formats, links, rss
from webui.presenters.feed import Entry, Feed, midnight
from webui.views.directives import variant_asked

feeds = flask.Blueprint("feeds", __name__)
_ENTRIES = 30
"""Default number of articles in a feed, enough for a daily reader to miss nothing."""
_WRITERS = {"atom": (atom.feed_xml, atom.MEDIA_TYPE), "rss": (rss.rss_xml, rss.MEDIA_TYPE)}


@feeds.get(links.FEEDS["atom"])
def of_search() -> BaseResponse:
    """The newest articles that match a search, as Atom; its order and page are ignored."""
    return _of_search("atom")


@feeds.get(links.FEEDS["rss"])
def rss_of_search() -> BaseResponse:
    """The same as RSS."""
    return _of_search("rss")


@feeds.get("/directives/<path:number>" + links.FEEDS["atom"])
def of_directive(number: str) -> BaseResponse:
    """The newest articles that cite a document, as Atom; other spellings redirect to its own address."""
    return _of_directive(number, "atom")


@feeds.get("/directives/<path:number>" + links.FEEDS["rss"])
def rss_of_directive(number: str) -> BaseResponse:
    """The same as RSS."""
    return _of_directive(number, "rss")


def _of_search(form: links.FeedForm) -> BaseResponse:
    request = dataclasses.replace(asked(without=("page", "sort")), sort="newest")
    found = links.pairs(request, without=("sort", "size"))
    if not any(map(str.strip, flask.request.args.getlist("size"))):
        request = dataclasses.replace(request, size=_ENTRIES)
    elif request.size != _ENTRIES:
        found.append(("size", str(request.size)))
    return _answer(
        form,
        links.page_address(links.FEEDS[form], found),
        links.search_url(dataclasses.replace(request, size=SearchRequest().size)),
        _title(request),
        searcher().scan(request, request.size),
    )


def _of_directive(number: str, form: links.FeedForm) -> BaseResponse:
    variant = variant_asked()
    chosen = read_variant(variant)
    slug, rows = searcher().directives.citing(number, *chosen)
    if number != slug:
        return flask.redirect(links.directive_feed_url(slug, variant, form))
    view = searcher().directives.view(number, *chosen)
    # An article has a row for each of its relations to the document.
    articles = (next(of_one).article for _, of_one in groupby(rows, key=lambda row: row.article.id))
    return _answer(
        form,
        links.directive_feed_url(slug, variant, form),
        links.directive_url(slug, variant),
        gettext("Bài viện dẫn %(document)s", document=(view.variant or view.card).label),
        islice(articles, _ENTRIES),
    )


def _answer(
    form: links.FeedForm, address: str, page: str, title: str, articles: Iterable[StoredArticle]
) -> BaseResponse:
    return feed_response(form, address, page, title, list(map(_entry, articles)))


def feed_response(
    form: links.FeedForm, address: str, page: str, title: str, entries: Sequence[Entry]
) -> BaseResponse:
    """Return the feed of ``entries`` at ``address``; ``page`` shows the same to people."""
    write, media_type = _WRITERS[form]
    site = service().settings.site_name
    feed = Feed(
        absolute_url(address),
        absolute_url(page),
        f"{title} – {site}",
        site,
        language.current(),
        entries,
    )
    response = flask.Response(write(feed), mimetype=media_type)
    response.vary.add("Accept-Language")
    response.add_etag()
    return response.make_conditional(flask.request)


def _entry(article: StoredArticle) -> Entry:
    zone = service().settings.zone
    return Entry(
        # The id is the same in every language and with every title; the link leads to the requested language.
        id=root_url() + article.address,
        url=absolute_url(links.article_url(article.address, title=article.title)),
        title=article.title or gettext("Bài viết không có tiêu đề"),
        summary=" ".join((article.summary or fragment(article.text, Wanted()).text).split()),
        published=_moment(article, zone),
        authors=article.sources,
        category=article.category,
        original=links.outside_url(article.url),
    )


def _moment(article: StoredArticle, zone: tzinfo) -> datetime | None:
    if article.published_at:
        return datetime.fromisoformat(article.published_at)
    return midnight(article.published, zone) if article.published else None


def _title(request: SearchRequest) -> str:
    """Return the title of the feed of ``request``: its words and all ticked values."""
    first, last = request.date_from, request.date_to
    parts = [
        request.text,
        *request.source,
        *request.category,
        *request.type,
        *request.issuer,
        *request.status,
        *request.file_type,
        *map(formats.month, request.date),
        formats.since(first) if first else "",
        formats.until(last) if last else "",
    ]
    return " · ".join(filter(None, parts)) or gettext("Bài mới")
