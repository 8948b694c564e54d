"""How log records are written: for machines as a JSON object a line, or for people."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from typing import Any

import flask


class JsonLines(logging.Formatter):
    """One record as one line of JSON, with the id of the request that it is about."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        told: dict[str, Any] = {
            "time": timestamp(record.created),
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


def timestamp(seconds: float) -> str:
    """Return seconds since 1970 as ISO 8601 in UTC, to the millisecond."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds")
