"""Every address that a page links to: the URL is the state, so each control is a link to another state.

A page whose own address states its language hands that on to the pages it links to. Addresses begin with what the site is
mounted under; ``url`` of articles and documents, and what is called a path, does not.
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
"""Where the feed of a search is, and behind the address of a document the feed of what cites it."""
PICKED = "/list"
ALERTS = "/alerts"
ALERT_ASKED = "/alerts/asked"
_DEFAULT = SearchRequest()


def pairs(request: SearchRequest, without: Collection[str] = ()) -> list[tuple[str, str]]:
    """Return the parameters of ``request`` in one fixed order, without defaults and those ``without``.

    The page is left out too: it means nothing once anything else changes.
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
    """Return the address of ``request``, its page included."""
    found = pairs(request)
    if request.page != 1:
        found.append(("page", str(request.page)))
    return page_address(SEARCH, found)


def changed_url(request: SearchRequest, **changes: object) -> str:
    """Return the address of ``request`` with ``changes``, on its first page."""
    return search_url(dataclasses.replace(request, **{**changes, "page": 1}))  # type: ignore[arg-type]


def results_url(request: SearchRequest, form: str, reading: Reading = "exact") -> str:
    """Return the address of all that ``request`` finds as a file; ``form`` is ``csv`` or ``json``.

    ``reading`` is the one that answered: a file holds what is exact unless it is asked for another.
    """
    if reading != "exact":
        request = dataclasses.replace(request, reading=reading)
    return page_address(f"{SEARCH}.{form}", pairs(request, without=("size",)))


def feed_url(request: SearchRequest, form: FeedForm = "atom") -> str:
    """Return the address of the feed of what ``request`` finds; it has an order and a size of its own."""
    return page_address(FEEDS[form], pairs(request, without=("sort", "size")))


def picked_url(slugs: Sequence[str], form: str = "", without: str | None = None) -> str:
    """Return the address of a list of articles, as a page or in a ``form`` to save; without one of them, to leave it out."""
    found = [("id", slug) for slug in slugs if slug != without]
    return page_address(f"{PICKED}.{form}" if form else PICKED, found)


def alert_url(request: SearchRequest) -> str:
    """Return where to ask for mails of what is new of ``request``."""
    return page_address(ALERTS, pairs(request, without=("sort", "size")))


def citing_alert_url(number: str) -> str:
    """Return where to ask for mails of what cites the document with ``number``."""
    return page_address(ALERTS, [("q", _citing(number))])


def parsed(query: str) -> list[tuple[str, str]]:
    """Return the parameters of a query string."""
    return parse_qsl(query)


def values_url(request: SearchRequest, facet: str) -> str:
    """Return the address of the page of all values of ``facet`` that ``request`` finds."""
    return page_address(f"{SEARCH}/values/{facet}", pairs(request))


def query_url(text: str) -> str:
    """Return the address of a search for ``text`` alone."""
    return page_address(SEARCH, [("q", text)])


def article_url(url: str, text: str = "", title: str | None = None) -> str:
    """Return an article's address with the query whose words it shall mark.

    With its ``title`` that is the one that people can read, without it one that leads there.
    """
    path = url if title is None else readable_path(url.rpartition("/")[2], title)
    return page_address(path, [("q", text)] if text else [])


def file_url(url: str, n: int) -> str:
    """Return the download address of attachment ``n`` of the article at ``url``."""
    return mounted(f"{url}/files/{n}")


def page_url(url: str, n: int, page: int, text: str = "") -> str:
    """Return the address of ``page`` of attachment ``n`` of the article at ``url``, with the query that it shall mark."""
    return article_url(f"{url}/files/{n}/pages/{page}", text)


def text_url(url: str, n: int, text: str = "", anchor: str = "") -> str:
    """Return the address of the whole text of attachment ``n``, or of a place in it."""
    return with_anchor(article_url(f"{url}/files/{n}/text", text), anchor)


def with_anchor(url: str, anchor: str) -> str:
    """Return the address of a place on the page at ``url``; the page itself where there is no ``anchor``."""
    return f"{url}#{quote(anchor, safe='')}" if anchor else url


def provision_url(address: str, text: str = "", title: str | None = None) -> str:
    """Return the address of an article of a document: a place on the page, or on that of another text, where ``text`` is marked.

    ``title`` is that of the article of the portal whose text it is, where that is known.
    """
    path, _, anchor = address.partition("#")
    return with_anchor(article_url(path, text, None if "/files/" in path else title) if path else "", anchor)


def picture_url(url: str, n: int, page: int) -> str:
    """Return the address of the picture of ``page`` of attachment ``n`` of the article at ``url``."""
    return f"{file_url(url, n)}/pages/{page}/picture"


def pages_url(url: str, n: int, text: str = "") -> str:
    """Return the address that leads to the first page of attachment ``n`` that answers ``text``."""
    return article_url(f"{url}/files/{n}/pages", text)


def article_path(slug: str) -> str:
    """Return the path of the article with ``slug``."""
    return "/articles/" + quote(slug, safe="~")


def directive_url(slug: str, variant: Mapping[str, Sequence[str]] | None = None) -> str:
    """Return the address of a document's page, or of what is below it; ``variant`` chooses among several."""
    return page_address(directive_path(slug), _chosen(variant))


def directive_path(slug: str, variant: Mapping[str, Sequence[str]] | None = None) -> str:
    """Return the path of the same, whatever the language: for files that are read after their request is over."""
    query = query_string(_chosen(variant))
    return f"/directives/{quote(slug, safe='/~:@&.')}" + (f"?{query}" if query else "")


def _chosen(variant: Mapping[str, Sequence[str]] | None) -> list[tuple[str, str]]:
    return [(name, values[0]) for name, values in (variant or {}).items()]


def directive_feed_url(
    slug: str, variant: Mapping[str, Sequence[str]] | None = None, form: FeedForm = "atom"
) -> str:
    """Return the address of the feed of what cites a document; ``variant`` chooses among several."""
    return directive_url(slug + FEEDS[form], variant)


def list_url(slug: str, variant: Mapping[str, Sequence[str]], form: str, relation: str | None = None) -> str:
    """Return the address of what articles do with a document as CSV or JSON, all of it or one ``relation``."""
    narrowed = {**variant, "relation": [relation]} if relation else variant
    return directive_url(f"{slug}/citing.{form}", narrowed)


def key_url(key: str) -> str:
    """Return the address of the document with the strict key ``key``."""
    return directive_url(slug_of_key(key))


def number_url(number: str) -> str:
    """Return the address of the document with ``number``, of a search where it is a name without one."""
    parsed = parse_number(number)
    return key_url(parsed.key) if parsed else query_url(f'"{number}"')


def citing_url(number: str, year: int | None = None) -> str:
    """Return the address of a search for what cites the document with ``number``, in one year or at any time."""
    found = [("q", _citing(number))]
    dated = year and parse_number(number) is not None
    return page_address(SEARCH, [*found, ("date", str(year))] if dated else found)


def _citing(number: str) -> str:
    """Return the query for what cites a document, or names one that has a name for a number."""
    return f"viện dẫn:{number}" if parse_number(number) else f'"{number}"'


def outside_url(url: str | None) -> str | None:
    """Return ``url`` where it is an http or https address with a host, else None."""
    if not url:
        return None
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname
    except ValueError:
        return None
    return url.strip() if parts.scheme in ("http", "https") and host else None


def mounted(path: str) -> str:
    """Return the address of what is no page of its own language: a file, a script, the API."""
    return prefix() + path


def page_address(path: str, found: Sequence[tuple[str, str]] = ()) -> str:
    """Return the address of the page at ``path`` with the parameters ``found`` and the language, where one was stated."""
    stated = language.stated()
    whole = [*found, ("lang", stated)] if stated else found
    return f"{mounted(path)}?{query_string(whole)}" if whole else mounted(path)


def query_string(found: Sequence[tuple[str, str]]) -> str:
    """Return the parameters ``found`` as an address has them."""
    return "&".join(f"{name}={_quoted(value)}" for name, value in found)


@functools.lru_cache(maxsize=4096)
def _quoted(value: str) -> str:
    """Quoted once: a page of results repeats the same few values in each of its hundred links."""
    return quote_plus(value, errors="replace")
