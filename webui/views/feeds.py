"""Feeds of new articles: those that answer a search, and those that cite a document."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
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
from webui.presenters import atom, formats, links
from webui.views.directives import variant_asked

feeds = flask.Blueprint("feeds", __name__)
_ENTRIES = 30
"""Articles in a feed that is asked for no other number: who reads it once a day misses nothing."""


@feeds.get(links.FEED)
def of_search() -> BaseResponse:
    """The newest articles that answer a search; its order and page are nobody's."""
    request = dataclasses.replace(asked(without=("page", "sort")), sort="newest")
    found = links.pairs(request, without=("sort", "size"))
    if not any(map(str.strip, flask.request.args.getlist("size"))):
        request = dataclasses.replace(request, size=_ENTRIES)
    elif request.size != _ENTRIES:
        found.append(("size", str(request.size)))
    return _answer(
        links.page_address(links.FEED, found),
        links.search_url(dataclasses.replace(request, size=SearchRequest().size)),
        _title(request),
        searcher().scan(request, request.size),
    )


@feeds.get("/directives/<path:number>/feed")
def of_directive(number: str) -> BaseResponse:
    """The newest articles that cite a document; other spellings lead to its own address."""
    variant = variant_asked()
    chosen = read_variant(variant)
    slug, rows = searcher().directives.citing(number, *chosen)
    if number != slug:
        return flask.redirect(links.directive_feed_url(slug, variant))
    view = searcher().directives.view(number, *chosen)
    # An article has a row for everything that it does with the document.
    articles = (next(of_one).article for _, of_one in groupby(rows, key=lambda row: row.article.id))
    return _answer(
        links.directive_feed_url(slug, variant),
        links.directive_url(slug, variant),
        gettext("Bài viện dẫn %(document)s", document=(view.variant or view.card).label),
        islice(articles, _ENTRIES),
    )


def _answer(address: str, page: str, title: str, articles: Iterable[StoredArticle]) -> BaseResponse:
    """Return the feed at ``address``, which ``page`` shows to people."""
    site = service().settings.site_name
    feed = atom.Feed(
        absolute_url(address),
        absolute_url(page),
        f"{title} – {site}",
        site,
        language.current(),
        [_entry(article) for article in articles],
    )
    response = flask.Response(atom.feed_xml(feed), mimetype=atom.MEDIA_TYPE)
    response.vary.add("Accept-Language")
    response.add_etag()
    return response.make_conditional(flask.request)


def _entry(article: StoredArticle) -> atom.Entry:
    zone = service().settings.zone
    return atom.Entry(
        # The id is the same in every language and with every title, the link leads to the language that was asked for.
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
    return atom.midnight(article.published, zone) if article.published else None


def _title(request: SearchRequest) -> str:
    """Return what the feed of ``request`` is about: its words and all that is ticked."""
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
