"""Where several machines share the service, only the writer answers what writes or tells of what was written: a proxy in front
sends that there.
"""

from __future__ import annotations

from collections.abc import Iterable

import flask

from indexer.errors import NotWriterError
from indexer.replication.membership import writing_term
from indexer.role_settings import READING_ROLES
from indexer.settings import Settings

_READING = ("GET", "HEAD", "OPTIONS")
_CHECKED_THERE = "pushes"
"""What is pushed is checked when it is stored."""


def register(app: flask.Flask, settings: Settings, of_writer: Iterable[flask.Blueprint]) -> None:
    """Refuse requests in the blueprints ``of_writer``: all of them with a NotWriterError where this machine only reads, and those
    that write with a ReplacedError where another machine has become the writer.

    Call it after the desk is hidden from the public.
    """
    names = {blueprint.name for blueprint in of_writer}

    def refuse() -> None:
        if flask.request.blueprint in names:
            raise NotWriterError(settings.role)

    def check() -> None:
        request = flask.request
        if request.method not in _READING and request.blueprint in names - {_CHECKED_THERE}:
            writing_term(settings)

    if settings.role in READING_ROLES:
        app.before_request(refuse)
    elif settings.role == "writer":
        app.before_request(check)
