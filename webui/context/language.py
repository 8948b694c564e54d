"""The language of a response: Vietnamese or English.

``lang`` in the address decides, otherwise the browser's preference. An address that states the language passes it on to the
links of its page (see :mod:`webui.presenters.links`), so nothing about a visitor has to be remembered.
"""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass
from typing import NamedTuple, cast, get_args
from urllib.parse import quote, urlencode

import flask
from markupsafe import Markup

from indexer.model import Language
from webui.context.mount import prefix

LANGUAGES: tuple[Language, ...] = get_args(Language)
DEFAULT: Language = "vi"
_NAMES: dict[Language, str] = {"vi": "Tiếng Việt", "en": "English"}
_AS_WRITTEN = {one: Markup() if one == DEFAULT else Markup(f' lang="{DEFAULT}"') for one in LANGUAGES}
LONGEST_QUERY_STRING = 8192
"""Bytes of a query string, beyond which the link to the other language drops it."""


@dataclass(frozen=True, slots=True)
class _Choice:
    stated: Language | None
    current: Language


_chosen: ContextVar[_Choice | None] = ContextVar("chosen", default=None)
"""The language of the current request; cached because a page asks for it some 300 times."""


def register(app: flask.Flask) -> None:
    """Choose the language of each request."""
    app.before_request(_choose)
    app.after_request(_vary)
    app.teardown_request(_forget)
    app.jinja_env.globals |= {"language": current, "stated_language": stated}


def stated() -> Language | None:
    """Return the language stated in the address of the request, None if it states no known one."""
    return (_chosen.get() or _read()).stated


def current() -> Language:
    """Return the language of the response, Vietnamese outside a request."""
    return (_chosen.get() or _read()).current


def _read() -> _Choice:
    if not flask.has_request_context():
        return _Choice(None, DEFAULT)
    given = flask.request.args.get("lang")
    if given in LANGUAGES:
        return _Choice(given, given)
    return _Choice(None, cast(Language, flask.request.accept_languages.best_match(LANGUAGES, DEFAULT)))


def _choose() -> None:
    _chosen.set(_read())


def _forget(error: BaseException | None) -> None:
    """Reset the cache at the end of a request, since a thread serves many of them."""
    _chosen.set(None)


def as_written() -> Markup:
    """Return the ``lang`` attribute for text taken from an article; empty on a Vietnamese page."""
    return written_on(current())


def written_on(page: Language) -> Markup:
    """Return the same attribute for a page in the language ``page``."""
    return _AS_WRITTEN[page]


class Other(NamedTuple):
    """The other language of a page."""

    code: Language
    name: str
    """The name of the language, in that language."""
    url: str
    """The address of the same page in that language; of the home page if the address is too long to repeat."""


def other() -> Other:
    """Return the language that the current page is not in."""
    request = flask.request
    code: Language = "en" if current() == "vi" else "vi"
    if len(request.query_string) > LONGEST_QUERY_STRING or request.method not in ("GET", "HEAD"):
        return Other(code, _NAMES[code], f"{prefix()}/?lang={code}")
    kept = [(name, value) for name, value in request.args.items(multi=True) if name != "lang"]
    query = urlencode([*kept, ("lang", code)], errors="replace")
    return Other(code, _NAMES[code], f"{quote(prefix() + request.path)}?{query}")


def _vary(response: flask.Response) -> flask.Response:
    if response.mimetype == "text/html":
        response.vary.add("Accept-Language")
    return response
