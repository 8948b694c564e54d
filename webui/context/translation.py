"""The words of the pages: Vietnamese as the templates have it, English by ``translations/en.po``."""

from __future__ import annotations

import functools
import io
from pathlib import Path
from typing import cast

import flask
import flask_babel
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations
from flask_babel.speaklater import LazyString
from markupsafe import Markup

from indexer.model import Language
from webui.context.language import DEFAULT, current

CATALOGS = Path(__file__).resolve().parents[1] / "translations"


def register(app: flask.Flask) -> None:
    """Translate what templates and views say into the language of each request."""
    flask_babel.Babel(app, default_locale=DEFAULT, locale_selector=current)
    # Those of Flask-Babel and Jinja look up application, domain, locale and context anew for each message.
    app.jinja_env.install_gettext_callables(_translated, _counted, newstyle=True)  # type: ignore[attr-defined]
    app.jinja_env.globals["_"] = _in_template


def gettext(text: str, /, **values: object) -> str:
    """Return ``text``, with its ``%(name)s`` filled in, in the language of the request."""
    said = _translated(text)
    return said % values if values else said


def ngettext(text: str, n: int, /, **values: object) -> str:
    """Return ``text`` in the form that goes with ``n`` things, in the language of the request.

    Vietnamese has one form for one and for many, so there is no second text to give.
    """
    return _counted(text, text, n) % values


def lazy_gettext(text: str) -> str:
    """Return ``text`` for a table that is written once: it is translated when it is printed."""
    # That of Flask-Babel wants an application; tables are also printed where no request reached one.
    return cast(str, LazyString(gettext, text))


def _translated(text: str) -> str:
    return str(catalog(current()).gettext(text))


def _counted(one: str, several: str, n: int) -> str:
    return _form(current(), one, several, n)


@functools.lru_cache(maxsize=4096)
def _form(language: Language, one: str, several: str, n: int) -> str:
    """A page has a hundred counts, and which form goes with a number is worked out by a formula of the catalog."""
    return str(catalog(language).ngettext(one, several, n))


def _in_template(text: str, /, **values: object) -> Markup:
    """The messages of templates are ours and hold tags; what is filled in is escaped."""
    said = _markup(current(), text)
    return said % values if values else said


@functools.lru_cache(maxsize=2048)
def _markup(language: Language, text: str) -> Markup:
    return Markup(catalog(language).gettext(text))


@functools.cache
def catalog(language: Language) -> Translations:
    """Return the translations into ``language``; without a file of its own the templates' words stand.

    The file is the one that translators edit, so that none has to be compiled and kept beside.
    """
    path = CATALOGS / f"{language}.po"
    if not path.is_file():
        return Translations()
    compiled = io.BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, language))
    compiled.seek(0)
    return Translations(compiled)
