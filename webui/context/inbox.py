"""The inbox of pushed changes, and how views reach it."""

from __future__ import annotations

from typing import cast

import flask

from indexer.push.inbox import Inbox

_EXTENSION = "tracuu-inbox"


def register(app: flask.Flask, inbox: Inbox) -> None:
    """Make ``inbox`` available to the views of the app."""
    app.extensions[_EXTENSION] = inbox


def inbox() -> Inbox:
    """Return the inbox of the running app."""
    return cast(Inbox, flask.current_app.extensions[_EXTENSION])
