"""The pages and the JSON API of the search service; the only package that uses Flask."""

from __future__ import annotations

import flask

from indexer.push.inbox import Inbox
from indexer.query_log.recorder import Recorder
from indexer.replication.keeping import keeper
from indexer.search.service import SearchService
from webui.context import identity, inbox, language, mount, translation
from webui.context.service import EXTENSION
from webui.middleware import (
    caching,
    compression,
    cors,
    desk,
    errors,
    mounting,
    query_log,
    rates,
    request_log,
    roles,
    security_headers,
    size_limits,
    url_converters,
)
from webui.middleware.access_log import AccessLog
from webui.middleware.metrics import Metrics
from webui.middleware.shared_counts import Counters
from webui.presenters import templates
from webui.views.alerts import alerts
from webui.views.api import api
from webui.views.api_docs import api_docs
from webui.views.clicks import clicks
from webui.views.compare import comparisons
from webui.views.curation import curation
from webui.views.directives import directives
from webui.views.discovery import discovery
from webui.views.embed import embed
from webui.views.feeds import feeds
from webui.views.health import health
from webui.views.opensearch import opensearch
from webui.views.pages import pages
from webui.views.picked import picked
from webui.views.pushes import pushes
from webui.views.register import register
from webui.views.result_lists import result_lists
from webui.views.staff.desk import DESK
from webui.views.tasks import tasks

_STATIC_SECONDS = 31_536_000
"""A year: the address of a static file changes with its contents."""


_BLUEPRINTS = (
    pages, result_lists, feeds, register, directives, comparisons, opensearch, embed, api, pushes, api_docs, health,
    clicks, tasks, curation, alerts, discovery, picked, *DESK,
)  # fmt: skip
_OF_WRITER = (pushes, tasks, curation, alerts, *DESK)
"""What only the writer answers."""


def create_app(
    service: SearchService,
    counters: Counters | None = None,
    metrics: Metrics | None = None,
    access_log: AccessLog | None = None,
    recorder: Recorder | None = None,
) -> flask.Flask:
    """Return the WSGI app that serves ``service``.

    The processes of a server share ``counters`` (of callers) and ``metrics``. Each request adds a line to ``access_log``;
    searches are passed to ``recorder``.
    """
    app = flask.Flask(__name__)
    app.extensions[EXTENSION] = service
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = _STATIC_SECONDS
    templates.register(app, service.settings)
    request_log.register(app, metrics or Metrics(), access_log)
    query_log.register(app, recorder)
    url_converters.register(app)
    # Response handlers run in reverse order of registration.
    compression.register(app)
    size_limits.register(app)
    security_headers.register(app)
    identity.register(app, service.settings)
    rates.register(app, service.settings, counters)
    desk.register(app, service.settings)
    roles.register(app, service.settings, _OF_WRITER)
    mount.register(app)
    language.register(app)
    translation.register(app)
    caching.register(app)
    inbox.register(app, Inbox(service.settings.data, keeper(service.settings)))
    cors.register(app)
    errors.register(app)
    for blueprint in _BLUEPRINTS:
        app.register_blueprint(blueprint)
    mounting.register(app, service.settings)
    return app
