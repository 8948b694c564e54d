"""The language of the pages: Vietnamese as the templates have it, English by ``translations/en.po``.

``lang`` in the address decides, else what the browser asks for. An address that says it hands it on to the
links of its page (see :mod:`webui.presenters.links`), so that nothing has to be remembered about a visitor.
"""

from __future__ import annotations

import functools
import io
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, cast, get_args
from urllib.parse import quote, urlencode

import flask
import flask_babel
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations
from markupsafe import Markup

from indexer.model import Language

LANGUAGES: tuple[Language, ...] = get_args(Language)
DEFAULT: Language = "vi"
_NAMES: dict[Language, str] = {"vi": "Tiếng Việt", "en": "English"}
LONGEST_QUERY_STRING = 8192
"""Bytes of a query string that the link to the other language repeats."""
CATALOGS = Path(__file__).resolve().parents[1] / "translations"


@dataclass(frozen=True, slots=True)
class _Choice:
    stated: Language | None
    current: Language


_chosen: ContextVar[_Choice | None] = ContextVar("chosen", default=None)
"""Of the request at hand: a page asks 300 times, so headers and address are read once."""


def register(app: flask.Flask) -> None:
    """Choose the language of each request."""
    catalogs = _Catalogs()
    flask_babel.Babel(app, default_locale=DEFAULT, locale_selector=current)
    app.before_request(catalogs.as_default)
    app.before_request(_choose)
    app.after_request(_vary)
    app.teardown_request(_forget)
    # Those of Flask-Babel and Jinja look up application, domain, locale and context anew for each message.
    app.jinja_env.install_gettext_callables(_gettext, _ngettext, newstyle=True)  # type: ignore[attr-defined]
    app.jinja_env.globals["_"] = _in_template
    app.jinja_env.globals |= {"language": current, "stated_language": stated}


def stated() -> Language | None:
    """Return the language that the address of the request states, None where it states none that is known."""
    return (_chosen.get() or _read()).stated


def current() -> Language:
    """Return the language to answer the request in, Vietnamese outside of one."""
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
    """A thread serves one request after the other."""
    _chosen.set(None)


def say(text: str, /, **values: object) -> str:
    """Return ``text``, with its ``%(name)s`` filled in, in the language of the request."""
    said = _gettext(text)
    return said % values if values else said


def say_of(text: str, n: int, /, **values: object) -> str:
    """Return ``text`` in the form that goes with ``n`` things, in the language of the request."""
    return _ngettext(text, text, n) % values


def _in_template(text: str, /, **values: object) -> Markup:
    """The messages of templates are ours and hold tags; what is filled in is escaped."""
    said = _markup(current(), text)
    return said % values if values else said


@functools.lru_cache(maxsize=2048)
def _markup(language: Language, text: str) -> Markup:
    return Markup(catalog(language).gettext(text))


def _gettext(text: str) -> str:
    return str(catalog(current()).gettext(text))


def _ngettext(one: str, several: str, n: int) -> str:
    return str(catalog(current()).ngettext(one, several, n))


def later(text: str) -> str:
    """Return ``text`` for a table that is written once: it is translated when it is printed."""
    return cast(str, flask_babel.lazy_gettext(text))


def as_written() -> Markup:
    """Return the attribute of an element whose text is an article's own: nothing on a Vietnamese page."""
    return Markup() if current() == DEFAULT else Markup(f' lang="{DEFAULT}"')


class Other(NamedTuple):
    """The language that a page offers beside its own."""

    code: Language
    name: str
    """As it calls itself."""
    url: str
    """The same page in it; the home page where the address is too long to be repeated."""


def other() -> Other:
    """Return the language that the page of the request is not in."""
    request = flask.request
    code: Language = "en" if current() == "vi" else "vi"
    if len(request.query_string) > LONGEST_QUERY_STRING or request.method not in ("GET", "HEAD"):
        return Other(code, _NAMES[code], f"/?lang={code}")
    kept = [(name, value) for name, value in request.args.items(multi=True) if name != "lang"]
    query = urlencode([*kept, ("lang", code)], errors="replace")
    return Other(code, _NAMES[code], f"{quote(request.path)}?{query}")


class _Catalogs(flask_babel.Domain):  # type: ignore[misc]
    """Catalogs as translators edit them, so that none has to be compiled and kept beside."""

    def get_translations(self) -> Translations:
        return catalog(current())


@functools.cache
def catalog(language: Language) -> Translations:
    """Return the translations into ``language``; without a file of its own the templates' words stand."""
    path = CATALOGS / f"{language}.po"
    if not path.is_file():
        return Translations()
    compiled = io.BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, language))
    compiled.seek(0)
    return Translations(compiled)


def _vary(response: flask.Response) -> flask.Response:
    if response.mimetype == "text/html":
        response.vary.add("Accept-Language")
    return response
