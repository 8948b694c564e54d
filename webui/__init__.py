"""Pages and JSON API of the search. Flask is used nowhere else."""

from __future__ import annotations

import hashlib
from pathlib import Path

import flask
import jinja2

from webui import addresses, errors, links, security, words
from webui.api import api
from webui.directives import directives
from webui.file_states import file_states
from webui.health import health
from webui.marking import breakable, marked_html
from webui.pages import pages
from webui.service import EXTENSION, Searcher

_STATIC_SECONDS = 31_536_000
"""A year: the address of a static file changes with its bytes."""


def create_app(service: Searcher) -> flask.Flask:
    """Return the WSGI app that answers from ``service``."""
    app = flask.Flask(__name__)
    app.extensions[EXTENSION] = service
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = _STATIC_SECONDS
    addresses.register(app)
    security.protect(app)
    errors.register(app)
    for blueprint in (pages, directives, file_states, api, health):
        app.register_blueprint(blueprint)
    _prepare_templates(app, service.settings.site_name)
    return app


def _prepare_templates(app: flask.Flask, site_name: str) -> None:
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True, "undefined": jinja2.StrictUndefined}
    app.jinja_env.filters |= {
        "marked": marked_html,
        "breakable": breakable,
        "number": words.number,
        "day": words.day,
        "seconds": words.seconds,
        "file_size": words.file_size,
        "search_url": links.query_url,
        "number_url": links.number_url,
    }
    app.jinja_env.globals |= {
        "site_name": site_name,
        "words": words,
        "article_url": links.article_url,
        "file_url": links.file_url,
        "page_url": links.page_url,
        "files_url": links.files_url,
        "pages_url": links.pages_url,
        "directive_url": links.directive_url,
        "citing_url": links.citing_url,
        "key_url": links.key_url,
        "static": {path.name: _static_url(path) for path in Path(app.static_folder or "").iterdir()},
    }


def _static_url(path: Path) -> str:
    return f"/static/{path.name}?v={hashlib.sha256(path.read_bytes()).hexdigest()[:12]}"
