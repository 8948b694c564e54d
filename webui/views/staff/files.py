"""How far attachments could be read, and why not further."""

from __future__ import annotations

import flask
from werkzeug.wrappers import Response as BaseResponse

from indexer.contract.limits import LAST_RESULT
from indexer.errors import ParameterError
from indexer.model import FileState
from webui.context.service import searcher
from webui.presenters.desk_links import DESK
from webui.presenters.links import page_address, parsed
from webui.presenters.paging import last_page

files = flask.Blueprint("staff_files", __name__)
_LISTED = 50
"""Number of articles per page."""


@files.get(f"{DESK}/files")
def listed() -> str:
    """Attachments in one state, fifty articles per page, worst state first."""
    state, page = _choice("state", [str(state) for state in FileState]), _page()
    view = searcher().file_states(FileState(state) if state else None, (page - 1) * _LISTED, _LISTED)
    total = view.counts.get(view.state, 0) if view.state else 0
    last = last_page(total, _LISTED)
    return flask.render_template("staff/files.html", view=view, page=page, last=last)


@files.get("/files")
def moved() -> BaseResponse:
    """Redirect from the former address."""
    query = flask.request.query_string.decode("ascii", "replace")
    kept = [pair for pair in parsed(query) if pair[0] != "lang"]
    return flask.redirect(page_address(f"{DESK}/files", kept), 301)


def _choice(name: str, choices: list[str]) -> str:
    value = flask.request.args.get(name, "")
    if value and value not in choices:
        raise ParameterError({name: f"must be one of {', '.join(choices)}"})
    return value


def _page() -> int:
    value = flask.request.args.get("page", "1")
    if not (
        value.isascii() and value.isdigit() and len(value) < 6 and 1 <= int(value) * _LISTED <= LAST_RESULT
    ):
        raise ParameterError({"page": f"must be a whole number from 1 to {LAST_RESULT // _LISTED}"})
    return int(value)
