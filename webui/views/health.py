"""For monitoring: liveness, readiness and metrics; where several machines share the service, also those of this machine's role."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_address, ip_network
from itertools import chain

import flask

from indexer.errors import EngineError, NotFoundError, StorageError
from indexer.model import FileState
from indexer.query_log.outbox import Outbox
from indexer.replication.local_state import read_state
from indexer.role_settings import READING_ROLES
from webui.context.inbox import inbox
from webui.context.service import service
from webui.middleware import request_log
from webui.middleware.metrics import Sample

health = flask.Blueprint("health", __name__)
_LATELY = 300.0
"""Seconds: longer than the interval of Prometheus, and short enough to count the changes each time."""
_PROXIED = ("X-Forwarded-For", "X-Real-IP", "Forwarded", "Via")


@health.get("/healthz")
def alive() -> flask.Response:
    """200 as long as the process responds at all."""
    return flask.Response("ok\n", mimetype="text/plain")


@health.get("/readyz")
def ready() -> flask.Response:
    """200 if a search would be answered, otherwise 503 with the reason."""
    reason = service().unready()
    if reason is None:
        return flask.Response("ready\n", mimetype="text/plain")
    return flask.Response(f"not ready: {reason}\n", status=503, mimetype="text/plain")


@health.get("/metrics")
def metrics() -> flask.Response:
    """All metrics in the Prometheus format, for the networks in ``metrics_from``; 404 for everyone else."""
    if not _may_read():
        raise NotFoundError("there is no such page")
    text = request_log.metrics().text(chain(_of_role(), _of_index(), _of_pushes(), _of_query_log()))
    return flask.Response(text, content_type="text/plain; version=0.0.4; charset=utf-8")


def _may_read() -> bool:
    """Requests passed on by a proxy on this machine may come from anywhere, so they are not local."""
    if any(name in flask.request.headers for name in _PROXIED):
        return False
    try:
        address = ip_address(flask.request.remote_addr or "")
    except ValueError:
        return False
    return any(address in ip_network(network) for network in service().settings.metrics_from.split())


def _tells_of_all() -> bool:
    """Whether this machine reports what all machines share: reported by each, the figures could not be added up."""
    return service().settings.role not in READING_ROLES


def _of_role() -> Iterator[Sample]:
    """The role, and of which term and how old the newest copies are that this machine has published or fetched."""
    settings = service().settings
    if settings.role == "alone":
        return
    yield "tracuu_role", "gauge", "The role of this machine.", [(f'{{role="{settings.role}"}}', 1)]
    state = read_state(settings.data)
    if state:
        yield (
            "tracuu_term",
            "gauge",
            "The term of the writer whose copies are the newest here.",
            [("", state.term)],
        )
        yield (
            "tracuu_copies_age_seconds",
            "gauge",
            "Seconds since the writer confirmed that the newest copies here are its newest; it does so every ten seconds.",
            [("", round(state.age, 3))],
        )


def _of_index() -> Iterator[Sample]:
    try:
        counts = service().searcher().file_states(None, 0, 1).counts
    except EngineError:
        yield "tracuu_index_up", "gauge", "Whether the index can be searched (1) or not (0).", [("", 0)]
        return
    yield "tracuu_index_up", "gauge", "Whether the index can be searched (1) or not (0).", [("", 1)]
    if not _tells_of_all():
        return
    states = [(f'{{state="{state}"}}', counts.get(state, 0)) for state in FileState]
    yield (
        "tracuu_articles_with_attachments",
        "gauge",
        "Articles that have an attachment in this state.",
        states,
    )


def _of_pushes() -> Iterator[Sample]:
    """The queue of the writer, where a growing age means that nobody writes, and its recent outcomes."""
    if not _tells_of_all():
        return
    try:
        queue, results = inbox().queue(), inbox().results(_LATELY)
    except (StorageError, EngineError):
        return
    if queue:
        waiting, seconds = queue
        yield "tracuu_pushes_waiting", "gauge", "Pushed changes waiting for the writer.", [("", waiting)]
        yield (
            "tracuu_oldest_push_seconds",
            "gauge",
            "Age of the oldest waiting change, in seconds.",
            [("", round(seconds, 3))],
        )
    finished = [(f'{{result="{result}"}}', count) for result, count in results.items()]
    yield (
        "tracuu_pushes_finished",
        "gauge",
        "Pushed changes finished in the last five minutes.",
        finished,
    )


def _of_query_log() -> Iterator[Sample]:
    """What this machine has still to hand to the writer."""
    outbox = Outbox(service().settings.data)
    try:
        waiting, handed_in = outbox.waiting(), outbox.handed_in()
    except (StorageError, EngineError):
        return
    yield (
        "tracuu_query_log_waiting",
        "gauge",
        "Query log entries of this machine that the writer does not have yet.",
        [("", waiting)],
    )
    yield (
        "tracuu_query_log_handed_in_timestamp_seconds",
        "gauge",
        "When this machine last handed in query log entries, in seconds since 1970; 0 if it never did.",
        [("", handed_in or 0)],
    )
