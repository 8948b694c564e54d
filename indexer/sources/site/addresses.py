"""Addresses of pages: when two are one page, and which lead to no page at all. PURE."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

from indexer.sources.html_links import is_download
from indexer.sources.page import LINKED_NAME, Link
from indexer.sources.values import MAX_ID

LONGEST = 2000
"""Characters of an address; longer ones are made by loops."""
_SAFE = "%/:=&?~+!$,;'@()*[]"
_SESSION_PATH = re.compile(
    r";(?:jsessionid|phpsessid|sid)=[^/?;]*|/\([A-Za-z]\([\w-]{20,60}\)\)", re.IGNORECASE
)
"""``;jsessionid=…`` of Java servers, ``/(S(…))`` of ASP.NET without cookies."""
_NO_MATTER = re.compile(
    r"(?:utm_\w+|fbclid|gclid|yclid|zarsrc|zalo\w*|gidzl|mc_[ce]id|_ga|ref_?src|cfid|cftoken"
    r"|(?:php|asp|j)?sess(?:ion)?_?id|aspsessionid\w*|sid|p_auth|p_p_auth|_t|timestamp|nocache|rnd|random)",
    re.IGNORECASE,
)
"""Parameters that name a session or where a reader came from, and never another page."""
_PRINT = re.compile(
    r"(?:^|[/?&_])(?:print|printview|printable|print_?article|in-?(?:bai|trang|tin)|ban-?in)(?:[/=&.]|$)"
    r"|[?&](?:tmpl=component|p_p_state=(?:pop_up|exclusive)|mode=print|view=print|type=print|isprint=\w+|format=pdf)",
    re.IGNORECASE,
)
_NO_PAGE = re.compile(
    r".*\.(?:jpe?g|png|gif|webp|svg|ico|bmp|avif|css|js|mjs|map|json|woff2?|ttf|eot|mp[34]|m4[av]|avi|mov|wmv|flv|webm"
    r"|ogg|wav|wma|exe|msi|apk|dmg|iso|tar|gz|ics|vcf|swf)",
    re.IGNORECASE,
)
_NO_READING = re.compile(
    r"(?:^|/)(?:wp-login\.php|wp-json|wp-admin|xmlrpc\.php|feed|rss|trackback|cdn-cgi|login|log-?out|sign-?in|register"
    r"|dang-?nhap|dang-?ky|dang-?xuat|quen-mat-khau|c/portal/login)(?:/|\.\w+$|$)",
    re.IGNORECASE,
)
_SEARCH_PATH = re.compile(
    r"(?:^|/)(?:search|tim-?kiem|tag|tags|tu-?khoa|ket-?qua-?tim-?kiem)(?:/|\.\w+$|$)", re.IGNORECASE
)
_SEARCH_QUERY = re.compile(r"[?&](?:s|q|search|keyword|keywords|tukhoa|tu_khoa|searchword)=", re.IGNORECASE)
_REPEATED = 3
"""Times that a part of a path may come again: relative links that are wrong build ``/a/b/a/b/a/b``."""
_DEEPEST = 20


def joined(base: str, link: str) -> str | None:
    """Return the whole address of ``link`` on the page ``base``, cleaned; None where it is none of http."""
    try:
        return cleaned(urljoin(base, link.strip()))
    except ValueError:
        return None


def cleaned(address: str) -> str | None:
    """Return ``address`` without fragment, session and traces of where readers came from, its odd letters encoded.

    None for what is no address of http.
    """
    try:
        parts = urlsplit(address.strip())
        host, port = (parts.hostname or "").encode("idna").decode(), parts.port
    except (ValueError, UnicodeError):
        return None
    if parts.scheme not in ("http", "https") or not host or parts.username is not None:
        return None
    if ":" in host:
        host = f"[{host}]"
    if port not in (None, 443 if parts.scheme == "https" else 80):
        host = f"{host}:{port}"
    path = quote(_SESSION_PATH.sub("", parts.path) or "/", _SAFE)
    query = quote(_query(parts.query), _SAFE)
    return urlunsplit((parts.scheme, host, path, query, ""))


def _query(query: str) -> str:
    """Return a query as it is written but for what does not matter."""
    return "&".join(
        part for part in query.split("&") if part and not _NO_MATTER.fullmatch(part.partition("=")[0])
    )


def key_of(address: str) -> str:
    """Return what is the same for all addresses of a page: no scheme, no ``index.html``, parameters in order."""
    parts = urlsplit(address)
    path = re.sub(r"/(?:index|default)\.(?:html?|php|aspx?|jsp)$", "/", parts.path, flags=re.IGNORECASE)
    query = urlencode(sorted(parse_qsl(parts.query, keep_blank_values=True)))
    return f"{parts.netloc}{path}{'?' + query if query else ''}"


def id_of(key: str) -> str:
    """Return the id of the article at ``key``: that itself, shortened where it is too long for an id."""
    if len(key) <= MAX_ID:
        return key
    digest = hashlib.sha256(key.encode()).hexdigest()[:16]
    return f"{key[: MAX_ID - len(digest) - 1]}#{digest}"


def host_of(address: str) -> str:
    """Return host and port of a cleaned address."""
    return urlsplit(address).netloc


def is_root(address: str) -> bool:
    """Tell whether ``address`` is the front page of its host."""
    parts = urlsplit(address)
    return key_of(address).partition("/")[2] == "" and not parts.query


def is_search(address: str) -> bool:
    """Tell whether ``address`` asks for results of a search, or for what has a tag."""
    parts = urlsplit(address)
    return _SEARCH_PATH.search(parts.path) is not None or _SEARCH_QUERY.search(f"?{parts.query}") is not None


def is_document(address: str) -> bool:
    """Tell whether ``address`` names a document, or is of what hands out files; Liferay has a code behind the name."""
    parts = urlsplit(address)
    named = any(LINKED_NAME.fullmatch(step) for step in parts.path.split("/")[-3:])
    return named or is_download(Link("", address))


def no_page(address: str) -> str | None:
    """Return why ``address`` is not worth fetching as a page, ``""`` for what nobody needs to be told of; None if it is."""
    parts = urlsplit(address)
    if len(address) > LONGEST:
        return f"its address is longer than {LONGEST:,} characters"
    if _NO_PAGE.fullmatch(parts.path) or is_document(address) or _NO_READING.search(parts.path):
        return ""
    if _PRINT.search(f"{parts.path}?{parts.query}"):
        return "it is a print view"
    if "replytocom=" in parts.query or "share=" in parts.query:
        return ""
    steps = [step for step in parts.path.split("/") if step]
    if len(steps) > _DEEPEST or any(steps.count(step) > _REPEATED for step in set(steps)):
        return "its path repeats itself"
    return None


class Patterns:
    """Patterns of addresses: ``*`` is anything, and without a scheme they are those of paths."""

    def __init__(self, patterns: Iterable[str]) -> None:
        parts = [".*".join(map(re.escape, pattern.split("*"))) for pattern in patterns]
        self._pattern = re.compile("|".join(f"(?:{part})" for part in parts)) if parts else None

    def __bool__(self) -> bool:
        """Tell whether there are any."""
        return self._pattern is not None

    def match(self, address: str) -> bool:
        """Tell whether one of them is the whole of ``address``, or of what follows its host."""
        if self._pattern is None:
            return False
        parts = urlsplit(address)
        rest = f"{parts.path}{'?' + parts.query if parts.query else ''}"
        return any(self._pattern.fullmatch(text) is not None for text in (address, rest))
