"""Every address that a page links to. The URL is the state, so each control is a link to another state.

A page whose address states a language passes it on to the pages it links to. Addresses begin with the path under which the site
is mounted; the ``url`` of articles and documents, and anything called a path, does not.
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Collection, Mapping, Sequence
from typing import Literal
from urllib.parse import parse_qsl, quote, quote_plus, urlsplit

from indexer.contract.limits import REPEATABLE
from indexer.directives.number import parse_number
from indexer.directives.slug import slug_of_key
from indexer.search.request import Reading, SearchRequest
from indexer.stored.address import readable_path
from webui.context import language
from webui.context.mount import prefix

SEARCH = "/search"
FeedForm = Literal["atom", "rss"]
FEEDS: Mapping[FeedForm, str] = {"atom": "/feed", "rss": "/feed.rss"}
"""Where the feed of a search is; appended to the address of a document, the feed of articles that cite it."""
PICKED = "/list"
ALERTS = "/alerts"
ALERT_ASKED = "/alerts/asked"
_DEFAULT = SearchRequest()


def pairs(request: SearchRequest, without: Collection[str] = ()) -> list[tuple[str, str]]:
    """Return the parameters of ``request`` in a fixed order, leaving out defaults and those in ``without``.

    The page number is left out as well: it becomes meaningless once anything else changes.
    """
    single = {
        "q": request.text,
        "from": request.date_from.isoformat() if request.date_from else "",
        "to": request.date_to.isoformat() if request.date_to else "",
        "in": request.area if request.area != _DEFAULT.area else "",
        "sort": request.sort or "",
        "size": str(request.size) if request.size != _DEFAULT.size else "",
        "strict": "1" if request.strict else "",
        "reading": request.reading or "",
    }
    found = [(name, value) for name in REPEATABLE for value in getattr(request, name)]
    found[:0] = [(name, value) for name, value in single.items() if value]
    return [pair for pair in found if pair[0] not in without] if without else found


def search_url(request: SearchRequest) -> str:
    """Return the address of ``request``, including its page number."""
    found = pairs(request)
    if request.page != 1:
        found.append(("page", str(request.page)))
    return page_address(SEARCH, found)


def changed_url(request: SearchRequest, **changes: object) -> str:
    """Return the address of ``request`` with ``changes``, at its first page."""
    return search_url(dataclasses.replace(request, **{**changes, "page": 1}))  # type: ignore[arg-type]


def results_url(request: SearchRequest, form: str, reading: Reading = "exact") -> str:
    """Return the address of all results of ``request`` as a file; ``form`` is ``csv`` or ``json``.

    ``reading`` is the reading that answered; without it, a file contains exact matches only.
    """
    if reading != "exact":
        request = dataclasses.replace(request, reading=reading)
    return page_address(f"{SEARCH}.{form}", pairs(request, without=("size",)))


def feed_url(request: SearchRequest, form: FeedForm = "atom") -> str:
    """Return the address of the feed for ``request``; the feed sets its own order and size."""
    return page_address(FEEDS[form], pairs(request, without=("sort", "size")))


def picked_url(slugs: Sequence[str], form: str = "", without: str | None = None) -> str:
    """Return the address of a list of picked articles, as a page or as a ``form`` to save; ``without`` leaves one out."""
    found = [("id", slug) for slug in slugs if slug != without]
    return page_address(f"{PICKED}.{form}" if form else PICKED, found)


def alert_url(request: SearchRequest) -> str:
    """Return the address at which to subscribe to new results of ``request``."""
    return page_address(ALERTS, pairs(request, without=("sort", "size")))


def citing_alert_url(number: str) -> str:
    """Return the address at which to subscribe to new articles citing the document with ``number``."""
    return page_address(ALERTS, [("q", _citing(number))])


def parsed(query: str) -> list[tuple[str, str]]:
    """Return the parameters of a query string."""
    return parse_qsl(query)


def values_url(request: SearchRequest, facet: str) -> str:
    """Return the address of the page with all values of ``facet`` for ``request``."""
    return page_address(f"{SEARCH}/values/{facet}", pairs(request))


def query_url(text: str) -> str:
    """Return the address of a search for ``text`` alone."""
    return page_address(SEARCH, [("q", text)])


def article_url(url: str, text: str = "", title: str | None = None) -> str:
    """Return the address of an article, with the query whose words the page marks.

    With the ``title`` it is the readable address, without it one that redirects there.
    """
    path = url if title is None else readable_path(url.rpartition("/")[2], title)
    return page_address(path, [("q", text)] if text else [])


def file_url(url: str, n: int) -> str:
    """Return the download address of attachment ``n`` of the article at ``url``."""
    return mounted(f"{url}/files/{n}")


def page_url(url: str, n: int, page: int, text: str = "") -> str:
    """Return the address of ``page`` of attachment ``n`` of the article at ``url``, with the query to mark."""
    return article_url(f"{url}/files/{n}/pages/{page}", text)


def text_url(url: str, n: int, text: str = "", anchor: str = "") -> str:
    """Return the address of the full text of attachment ``n``, or of a place in it."""
    return with_anchor(article_url(f"{url}/files/{n}/text", text), anchor)


def with_anchor(url: str, anchor: str) -> str:
    """Return the address of a place on the page at ``url``; of the page itself if there is no ``anchor``."""
    return f"{url}#{quote(anchor, safe='')}" if anchor else url


def provision_url(address: str, text: str = "", title: str | None = None) -> str:
    """Return the address of a provision of a document, on its own page or on that of another text, with ``text`` marked.

    ``title`` is that of the article with the text, if known.
    """
    path, _, anchor = address.partition("#")
    return with_anchor(article_url(path, text, None if "/files/" in path else title) if path else "", anchor)


def picture_url(url: str, n: int, page: int) -> str:
    """Return the address of the picture of ``page`` of attachment ``n`` of the article at ``url``."""
    return f"{file_url(url, n)}/pages/{page}/picture"


def pages_url(url: str, n: int, text: str = "") -> str:
    """Return the address that leads to the first page of attachment ``n`` that matches ``text``."""
    return article_url(f"{url}/files/{n}/pages", text)


def article_path(slug: str) -> str:
    """Return the path of the article with ``slug``."""
    return "/articles/" + quote(slug, safe="~")


def directive_url(slug: str, variant: Mapping[str, Sequence[str]] | None = None) -> str:
    """Return the address of the page of a document, or of something below it; ``variant`` chooses among several."""
    return page_address(directive_path(slug), _chosen(variant))


def directive_path(slug: str, variant: Mapping[str, Sequence[str]] | None = None) -> str:
    """Return the same as a path without a language, for files that are read after the request is over."""
    query = query_string(_chosen(variant))
    return f"/directives/{quote(slug, safe='/~:@&.')}" + (f"?{query}" if query else "")


def _chosen(variant: Mapping[str, Sequence[str]] | None) -> list[tuple[str, str]]:
    return [(name, values[0]) for name, values in (variant or {}).items()]


def directive_feed_url(
    slug: str, variant: Mapping[str, Sequence[str]] | None = None, form: FeedForm = "atom"
) -> str:
    """Return the address of the feed of articles that cite a document; ``variant`` chooses among several."""
    return directive_url(slug + FEEDS[form], variant)


def list_url(slug: str, variant: Mapping[str, Sequence[str]], form: str, relation: str | None = None) -> str:
    """Return the address of a document's relations as CSV or JSON: all of them, or one ``relation``."""
    narrowed = {**variant, "relation": [relation]} if relation else variant
    return directive_url(f"{slug}/citing.{form}", narrowed)


def key_url(key: str) -> str:
    """Return the address of the document identified by the strict key ``key``."""
    return directive_url(slug_of_key(key))


def number_url(number: str) -> str:
    """Return the address of the document with ``number``; of a search if it is a name rather than a number."""
    parsed = parse_number(number)
    return key_url(parsed.key) if parsed else query_url(f'"{number}"')


def citing_url(number: str, year: int | None = None) -> str:
    """Return the address of a search for articles citing the document with ``number``, optionally from one year."""
    found = [("q", _citing(number))]
    dated = year and parse_number(number) is not None
    return page_address(SEARCH, [*found, ("date", str(year))] if dated else found)


def _citing(number: str) -> str:
    """Return the query for articles citing a document, or naming it if its number is a name."""
    return f"viện dẫn:{number}" if parse_number(number) else f'"{number}"'


def outside_url(url: str | None) -> str | None:
    """Return ``url`` if it is an http or https address with a host, otherwise None."""
    if not url:
        return None
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname
    except ValueError:
        return None
    return url.strip() if parts.scheme in ("http", "https") and host else None


def mounted(path: str) -> str:
    """Return the address of something that is the same in every language: a file, a script or the API."""
    return prefix() + path


def page_address(path: str, found: Sequence[tuple[str, str]] = ()) -> str:
    """Return the address of the page at ``path`` with the parameters ``found`` and the stated language, if any."""
    stated = language.stated()
    whole = [*found, ("lang", stated)] if stated else found
    return f"{mounted(path)}?{query_string(whole)}" if whole else mounted(path)


def query_string(found: Sequence[tuple[str, str]]) -> str:
    """Return the parameters ``found`` as a query string."""
    return "&".join(f"{name}={_quoted(value)}" for name, value in found)


@functools.lru_cache(maxsize=4096)
def _quoted(value: str) -> str:
    """Quote ``text`` for a query string; cached because a page of results repeats a few values in each of its hundred links."""
    return quote_plus(value, errors="replace")
