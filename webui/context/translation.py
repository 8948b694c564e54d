"""The words of the pages: Vietnamese in the templates, English from ``translations/en.po``."""

from __future__ import annotations

import functools
import io
from collections.abc import Callable
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
    """Translate templates and views into the language of each request."""
    flask_babel.Babel(app, default_locale=DEFAULT, locale_selector=current)
    # Flask-Babel and Jinja look up application, domain, locale and context again for each message.
    app.jinja_env.install_gettext_callables(_translated, _counted, newstyle=True)  # type: ignore[attr-defined]
    app.jinja_env.globals["_"] = _in_template


def gettext(text: str, /, **values: object) -> str:
    """Return ``text`` in the language of the request, with its ``%(name)s`` placeholders filled in."""
    said = _translated(text)
    return said % values if values else said


def ngettext(text: str, n: int, /, **values: object) -> str:
    """Return the singular or plural of ``text`` for ``n``, in the language of the request.

    Vietnamese has one form for both, so there is only one source text.
    """
    return _counted(text, text, n) % values


def lazy_gettext(text: str) -> str:
    """Return ``text`` as a lazy string for module-level tables; it is translated when printed."""
    # Flask-Babel's version needs an application; tables are also printed outside requests.
    return cast(str, LazyString(gettext, text))


def lazily(said: Callable[[Language], str]) -> str:
    """Return what ``said`` gives in the language of the request, as a lazy string like :func:`lazy_gettext`."""
    return cast(str, LazyString(lambda: said(current())))


def _translated(text: str) -> str:
    return str(catalog(current()).gettext(text))


def _counted(one: str, several: str, n: int) -> str:
    return _form(current(), one, several, n)


@functools.lru_cache(maxsize=4096)
def _form(language: Language, one: str, several: str, n: int) -> str:
    """Return the plural form of ``n``; cached because a page has some hundred counts and the catalog computes it with a formula."""
    return str(catalog(language).ngettext(one, several, n))


def _in_template(text: str, /, **values: object) -> Markup:
    """Translate a message of a template. Messages are ours and may contain tags; the values filled in are escaped."""
    said = _markup(current(), text)
    return said % values if values else said


@functools.lru_cache(maxsize=2048)
def _markup(language: Language, text: str) -> Markup:
    return Markup(catalog(language).gettext(text))


@functools.cache
def catalog(language: Language) -> Translations:
    """Return the translations into ``language``; a language without a file shows the Vietnamese source text.

    The ``.po`` file that translators edit is read directly, so there is no compiled copy to keep in step.
    """
    path = CATALOGS / f"{language}.po"
    if not path.is_file():
        return Translations()
    compiled = io.BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, language))
    compiled.seek(0)
    return Translations(compiled)
