"""Logging of answered searches and of results that were opened."""

from __future__ import annotations

from typing import cast

import flask

from indexer.query_log.recorder import Recorder
from indexer.search.request import SearchRequest
from indexer.search.response import SearchResponse
from webui.middleware import request_log
from webui.presenters import links

RECORDER = "tracuu_query_log"
_NO_FILTERS = ("q", "sort", "size")


def register(app: flask.Flask, recorder: Recorder | None) -> None:
    """Pass searches to ``recorder``; None turns logging off."""
    app.extensions[RECORDER] = recorder


def searched(request: SearchRequest, response: SearchResponse) -> None:
    """Record a search; its further pages belong to the same search."""
    if request.page > 1:
        return
    metrics = request_log.metrics()
    metrics.count("searches")
    if not response.total:
        metrics.count("searches_without_results")
    if recorder := _recorder():
        filtered = bool(links.pairs(request, without=_NO_FILTERS))
        recorder.searched(request.text, response.total, filtered, response.took_ms)


def clicked(text: str, position: int) -> None:
    """Record that a result was opened."""
    if recorder := _recorder():
        recorder.clicked(text, position)


def ping(request: SearchRequest) -> str | None:
    """Return the address to which browsers report an opened result, without the position at its end.

    The attribute ``ping`` needs no script and leaves the addresses of articles unchanged. People can turn it off, and in some
    browsers it is off by default. None if logging is off.
    """
    if _recorder() is None or not request.text:
        return None
    return f"{links.mounted('/clicks')}?{links.query_string([('q', request.text)])}&position="


def _recorder() -> Recorder | None:
    """Return the recorder, None if logging is off or the browser asks not to be tracked."""
    headers = flask.request.headers
    if headers.get("DNT") == "1" or headers.get("Sec-GPC") == "1":
        return None
    return cast(Recorder | None, flask.current_app.extensions[RECORDER])
