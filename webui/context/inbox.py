"""Where what is pushed is kept until it is written, and how a view gets at it."""

from __future__ import annotations

from typing import cast

import flask

from indexer.push.inbox import Inbox

_EXTENSION = "tracuu-inbox"


def register(app: flask.Flask, inbox: Inbox) -> None:
    """Keep what is pushed in ``inbox``."""
    app.extensions[_EXTENSION] = inbox


def inbox() -> Inbox:
    """Return the inbox of the running app."""
    return cast(Inbox, flask.current_app.extensions[_EXTENSION])
