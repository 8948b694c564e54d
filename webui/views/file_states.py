"""The page for those who look after attachments: which could not be read, and why."""

from __future__ import annotations

import flask

from indexer.contract.limits import LAST_RESULT
from indexer.errors import ParameterError
from indexer.model import FileState
from webui.context.service import searcher
from webui.presenters.paging import last_page

file_states = flask.Blueprint("file_states", __name__)
_LISTED = 50
"""Articles on a page."""


@file_states.get("/files")
def listed() -> str:
    """Attachments in one state, fifty articles a page, the worst state first."""
    state, page = _choice("state", [str(state) for state in FileState]), _page()
    view = searcher().file_states(FileState(state) if state else None, (page - 1) * _LISTED, _LISTED)
    total = view.counts.get(view.state, 0) if view.state else 0
    last = last_page(total, _LISTED)
    return flask.render_template("file_states.html", view=view, page=page, last=last)


def _choice(name: str, choices: list[str]) -> str:
    value = flask.request.args.get(name, "")
    if value and value not in choices:
        raise ParameterError({name: f"is none of {', '.join(choices)}"})
    return value


def _page() -> int:
    value = flask.request.args.get("page", "1")
    if not (
        value.isascii() and value.isdigit() and len(value) < 6 and 1 <= int(value) * _LISTED <= LAST_RESULT
    ):
        raise ParameterError({"page": f"is no whole number from 1 to {LAST_RESULT // _LISTED}"})
    return int(value)
