"""Pages and JSON API of the search. Flask is used nowhere else."""

from __future__ import annotations

import hashlib
from pathlib import Path

import flask
import jinja2

from webui import addresses, errors, language, links, security, words
from webui.marking import breakable, marked_html
from webui.service import EXTENSION, Searcher
from webui.views.api import api
from webui.views.directives import directives
from webui.views.embed import embed
from webui.views.feeds import feeds
from webui.views.file_states import file_states
from webui.views.health import health
from webui.views.opensearch import opensearch
from webui.views.pages import pages
from webui.views.result_lists import result_lists

_STATIC_SECONDS = 31_536_000
"""A year: the address of a static file changes with its bytes."""


def create_app(service: Searcher) -> flask.Flask:
    """Return the WSGI app that answers from ``service``."""
    app = flask.Flask(__name__)
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True, "undefined": jinja2.StrictUndefined}
    app.extensions[EXTENSION] = service
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = _STATIC_SECONDS
    addresses.register(app)
    security.protect(app)
    language.register(app)
    errors.register(app)
    for blueprint in (pages, result_lists, feeds, directives, file_states, opensearch, embed, api, health):
        app.register_blueprint(blueprint)
    _prepare_templates(app, service.settings.site_name)
    return app


def _prepare_templates(app: flask.Flask, site_name: str) -> None:
    app.jinja_env.policies["ext.i18n.trimmed"] = True
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
        "picture_url": links.picture_url,
        "page_address": links.page_address,
        "files_url": links.files_url,
        "pages_url": links.pages_url,
        "directive_url": links.directive_url,
        "citing_url": links.citing_url,
        "key_url": links.key_url,
        "as_written": language.as_written,
        "other_language": language.other,
        "feed_url": links.feed_url,
        "results_url": links.results_url,
        "static": {path.name: _static_url(path) for path in Path(app.static_folder or "").iterdir()},
    }


def _static_url(path: Path) -> str:
    return f"/static/{path.name}?v={hashlib.sha256(path.read_bytes()).hexdigest()[:12]}"
