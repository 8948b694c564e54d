"""For search engines and browsers: crawling rules, sitemaps, and the site as an app.

Sitemaps list public articles only, whoever requests them. They are split by month of publication, so that one changes only if
articles of its months do.
"""

from __future__ import annotations

import calendar
import json
from collections.abc import Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import flask
from werkzeug.wrappers import Response as BaseResponse

from indexer.errors import NotFoundError
from indexer.model import UNDATED
from indexer.search.register.request import REGISTER_FACETS
from indexer.search.request import SearchRequest
from indexer.search.searcher import Searcher
from indexer.stored.address import readable_path
from indexer.stored.article import StoredArticle
from webui.api.paths import API
from webui.context.mount import prefix
from webui.context.public_url import root_url
from webui.context.service import service
from webui.presenters import links, sitemap
from webui.presenters.templates import static_path

discovery = flask.Blueprint("discovery", __name__)
_STATIC = Path(__file__).resolve().parents[1] / "static"
_ABOUT = ("/", "/directives", "/help", "/embed", "/api/v1/docs")
"""Pages about the site itself that search engines should index."""
_NOT_CRAWLED = (
    "/search", "/list", "/compare", "/alerts", "/clicks", "/opensearch/", f"{API}v1/",
    "/articles/*/files/*/pages/", "/directives/*/citing.", "/directives.",
    *(f"/directives?*{name}=" for name in ("q", "sort", "size", *REGISTER_FACETS)),
)  # fmt: skip
"""Filters and sort orders create endless addresses, each costing a search; Google advises to keep crawlers from such ("Managing
crawling of faceted navigation URLs"). Pages of results also say ``noindex`` themselves."""
_CRAWLED = (f"{API}v1/docs",)
_COLOURS = ("#ffffff", "#123f4a")


class _Part(NamedTuple):
    """Articles of the months ``YYYY-MM`` from ``first`` to ``last``, or undated ones: the ``n``-th 50,000 of them."""

    first: str
    last: str
    n: int

    @property
    def path(self) -> str:
        return f"/sitemaps/articles/{self.first}_{self.last}_{self.n}.xml.gz"


@discovery.get("/robots.txt")
def robots() -> flask.Response:
    """robots.txt: what crawlers should not request, and where the sitemap is; crawlers read it only at the root of a host."""
    before = prefix()
    lines = [
        "User-agent: *",
        *(f"Allow: {before}{path}" for path in _CRAWLED),
        *(f"Disallow: {before}{path}" for path in _NOT_CRAWLED),
        "",
        f"Sitemap: {root_url()}/sitemap.xml",
        "",
    ]
    return flask.Response("\n".join(lines), mimetype="text/plain")


@discovery.get("/sitemap.xml")
def index() -> flask.Response:
    """The index of all sitemaps."""
    root, public = root_url(), _public()
    changed = public.directives.updated()
    paths = ["/sitemaps/pages.xml.gz", *(part.path for part in _parts(public))]
    pieces = sitemap.sitemap_index((root + path, changed) for path in paths)
    return flask.Response("".join(pieces), mimetype="application/xml")


@discovery.get("/sitemaps/pages.xml.gz")
def pages() -> flask.Response:
    """The pages about the site, and those of the most cited documents."""
    root = root_url()
    documents = _public().directives.ranked.most_cited(sitemap.MOST - len(_ABOUT))
    paths = [*_ABOUT, *(links.directive_path(one.slug) for one in documents)]
    return _gzipped((root + path, None) for path in paths)


@discovery.get("/sitemaps/articles/<first>_<last>_<int:n>.xml.gz")
def articles(first: str, last: str, n: int) -> flask.Response:
    """The articles of some months, written while they are read from the index."""
    request = _request(_Part(first, last, n))
    found = _public().scan(request, sitemap.MOST * (n + 1))
    root = root_url()
    return _gzipped(
        (root + readable_path(one.slug, one.title), _changed(one))
        for one in islice(found, sitemap.MOST * n, None)
    )


@discovery.get("/manifest.webmanifest")
def manifest() -> flask.Response:
    """The web app manifest, for home screens."""
    name, home = service().settings.site_name, links.mounted("/")
    document = {
        "name": name,
        "short_name": name[:12],
        "id": home,
        "start_url": home,
        "scope": home,
        "display": "browser",
        "background_color": _COLOURS[0],
        "theme_color": _COLOURS[1],
        "icons": [
            {"src": links.mounted(static_path(_STATIC / file)), "sizes": sizes, "type": kind}
            for file, sizes, kind in (
                ("favicon.svg", "any", "image/svg+xml"),
                ("icon-180.png", "180x180", "image/png"),
                ("icon-512.png", "512x512", "image/png"),
            )
        ],
    }
    return flask.Response(json.dumps(document, ensure_ascii=False), mimetype="application/manifest+json")


@discovery.get("/favicon.ico")
def icon() -> BaseResponse:
    """The icon at the address where browsers and crawlers look by default."""
    return flask.redirect(links.mounted(static_path(_STATIC / "favicon.ico")))


def _public() -> Searcher:
    return service().searcher("public")


def _parts(public: Searcher) -> Iterator[_Part]:
    """Yield the parts into which articles are split: consecutive months with at most 50,000 articles, or parts of a larger month."""
    dates = public.search(SearchRequest(size=1)).facets.get("date", ())
    months = sorted((month.value, month.count) for year in dates for month in year.children)
    undated = [(year.value, year.count) for year in dates if year.value == UNDATED]
    run: list[str] = []
    held = 0
    for month, count in months:
        if run and held + count > sitemap.MOST:
            yield from _divided(run[0], run[-1], held)
            run, held = [], 0
        run.append(month)
        held += count
    if run:
        yield from _divided(run[0], run[-1], held)
    for value, count in undated:
        yield from _divided(value, value, count)


def _divided(first: str, last: str, count: int) -> Iterator[_Part]:
    return (_Part(first, last, n) for n in range(-(-count // sitemap.MOST)))


def _request(part: _Part) -> SearchRequest:
    """Return the search for the articles of ``part``; raises NotFoundError if there is no such part."""
    if part.n >= sitemap.MOST:
        raise NotFoundError("there is no such sitemap")
    if (part.first, part.last) == (UNDATED, UNDATED):
        return SearchRequest(date=(UNDATED,), sort="oldest")
    try:
        begin, end = (date.fromisoformat(f"{month}-01") for month in (part.first, part.last))
    except ValueError:
        raise NotFoundError("there is no such sitemap") from None
    end = end.replace(day=calendar.monthrange(end.year, end.month)[1])
    return SearchRequest(date_from=begin, date_to=end, sort="oldest")


def _changed(article: StoredArticle) -> str | None:
    return article.updated or article.published_at or article.published


def _gzipped(places: Iterator[sitemap.Place]) -> flask.Response:
    return flask.Response(sitemap.gzipped(sitemap.sitemap(places)), mimetype="application/gzip")
