"""Logging of every request: its id, its duration and its line in the access log."""

from __future__ import annotations

import re
import secrets
import time

import flask

from webui.context.service import service
from webui.middleware.access_log import AccessLog
from webui.middleware.metrics import Metrics

METRICS = "tracuu_metrics"
_SANE_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
"""Pattern of request ids accepted from a proxy; anything else could forge a log line."""
ROUTES_OF = {
    "pages.search": "search",
    "api.search": "api_search",
    "api.suggest": "suggest",
    "opensearch.suggestions": "suggest",
    "pages.article": "article",
    "api.article": "api_article",
    "api.related": "related",
    "api.directive": "directive",
    "directives.directive": "directive",
    "register.listed": "directive",
    "compare.side_by_side": "directive",
    "api.directives": "directive",
    "pages.attachment": "file",
    "pages.page": "file",
    "pages.picture": "file",
    "pages.file_text": "file",
    "api.file_text": "file",
    "api.file": "file",
    "api.picture": "file",
    "result_lists.results": "list",
    "directives.citing": "list",
    "register.as_list": "list",
    "picked.as_file": "list",
    "discovery.articles": "list",
    "discovery.pages": "list",
    "feeds.of_search": "feed",
    "feeds.of_directive": "feed",
    "feeds.rss_of_search": "feed",
    "feeds.rss_of_directive": "feed",
    "register.feed": "feed",
    "register.rss": "feed",
    "pushes.put_article": "push",
    "pushes.delete_article": "push",
    "pushes.post_articles": "push",
    "pushes.delete_source": "push",
    "tasks.task": "task",
    "tasks.task_list": "task",
    "static": "static",
    "health.alive": "watch",
    "health.ready": "watch",
    "health.metrics": "watch",
}


def register(app: flask.Flask, metrics: Metrics, access_log: AccessLog | None) -> None:
    """Count and time all requests of ``app``; call this before registering anything that may answer or refuse them."""
    app.extensions[METRICS] = metrics

    def begin() -> None:
        given = flask.request.headers.get("X-Request-ID", "")
        flask.g.request_id = given if _SANE_ID.fullmatch(given) else secrets.token_hex(8)
        flask.g.began = time.perf_counter()

    def end(response: flask.Response) -> flask.Response:
        seconds = time.perf_counter() - flask.g.began
        route = ROUTES_OF.get(flask.request.endpoint or "", "other")
        metrics.observe(route, response.status_code, seconds)
        metrics.set("commits_seen", service().commits_seen)
        response.headers["X-Request-ID"] = flask.g.request_id
        if access_log is not None:
            access_log.add(
                time=time.time(),
                request_id=flask.g.request_id,
                method=flask.request.method[:16],
                path=flask.request.path[:300],
                status=response.status_code,
                ms=round(seconds * 1000, 1),
                bytes=response.content_length,
            )
        return response

    app.before_request(begin)
    app.after_request(end)


def metrics() -> Metrics:
    """Return the counters of the running app."""
    found: Metrics = flask.current_app.extensions[METRICS]
    return found
