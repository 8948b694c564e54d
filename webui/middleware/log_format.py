"""Log formats: a JSON object per line for machines, or plain text for people."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from typing import Any

import flask


class JsonLines(logging.Formatter):
    """Formats a record as one line of JSON, including the id of its request."""

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
    """Return the ``logging`` configuration of the server, its web framework and everything else; all log to stderr."""
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
    """Return seconds since 1970 as an ISO 8601 UTC time with milliseconds."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds")
