"""Logs for machines (a JSON object a line) or people, and the access log, which a thread of its own writes."""

from __future__ import annotations

import json
import logging
import sys
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, TextIO

import flask

from indexer.background import BackgroundWriter

_MOST_WAITING = 10_000
"""Lines that may wait to be written; more are dropped: a full disk must not stop the search."""
_BATCH = 500


class JsonLines(logging.Formatter):
    """One record as one line of JSON, with the id of the request that it is about."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        told: dict[str, Any] = {
            "time": _time(record.created),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            "process": record.process,
        }
        if flask.has_request_context() and "request_id" in flask.g:
            told["request_id"] = flask.g.request_id
        if record.exc_info:
            told["traceback"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False)


def log_settings(json_lines: bool) -> dict[str, Any]:
    """Return the set-up of ``logging`` for the server, its web framework and the rest: all to stderr."""
    lines = {"()": JsonLines}
    text = {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"chosen": lines if json_lines else text},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "chosen"}},
        "root": {"level": "WARNING", "handlers": ["stderr"]},
        "loggers": {"gunicorn.error": {"level": "WARNING", "handlers": ["stderr"], "propagate": False}},
    }


class AccessLog:
    """Writes a line of JSON for each request, in batches, in nobody's way.

    No query strings and no addresses: what someone searched for is nobody else's business.
    """

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream
        self._lines = BackgroundWriter[dict[str, Any]](
            "access log", self._write, most=_MOST_WAITING, batch=_BATCH
        )

    def add(self, **told: Any) -> None:
        """Have a line written soon."""
        self._lines.add(told)

    def _write(self, batch: list[dict[str, Any]]) -> None:
        lines = "".join(
            json.dumps({**line, "time": _time(line["time"])}, ensure_ascii=False) + "\n" for line in batch
        )
        stream = self._stream or sys.stdout
        # Lines that a full disk does not take are lost; those that come when it does are not.
        with suppress(OSError, ValueError):
            stream.write(lines)
            stream.flush()


def _time(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds")
