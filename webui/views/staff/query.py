"""One query without results: what is known about it, and what was done."""

from __future__ import annotations

import flask
from werkzeug.wrappers import Response as BaseResponse

from indexer.contract.limits import LONGEST_QUERY
from indexer.curation.queries import LONGEST_REMARK, STATES, QueryState, read
from indexer.errors import NotFoundError, PreconditionError
from indexer.query_log.text import query_key
from indexer.search.pins import pin_key
from indexer.search.request import SearchRequest
from webui.presenters.changes import change_view
from webui.presenters.desk_links import DESK, desk_url
from webui.views.staff.asking import curator, journal, number, public
from webui.views.staff.work import known_pins

query = flask.Blueprint("staff_query", __name__)
_ADDRESS = f"{DESK}/queries/one"
_HISTORY = 20


@query.get(_ADDRESS)
def page() -> str:
    """What it finds now, what was done, and what can be done."""
    return _page(_text(flask.request.args.get("q", "")))


@query.post(_ADDRESS)
def note() -> BaseResponse | tuple[str, int]:
    """Save what was done; if somebody else did so in the meantime, show both versions and lose nothing."""
    sent = flask.request.form
    text, remark = _text(sent.get("q", "")), " ".join(sent.get("remark", "").split())[:LONGEST_REMARK]
    state = given if (given := sent.get("state", "")) in STATES else None
    try:
        curator().note_query(text, state, remark, number("seen", 0, 1 << 60, sent))
    except PreconditionError as error:
        return _page(text, state, remark, late=True), error.status
    return flask.redirect(desk_url("/queries/one", [("q", text), ("kept", "1")]), 303)


def _page(text: str, state: QueryState | None = None, remark: str = "", late: bool = False) -> str:
    history = journal().history("query", query_key(text), _HISTORY)
    done = read(history[0]) if history else None
    response = public().search(SearchRequest(text))
    _, ids = known_pins().get(pin_key(text), ("", ()))
    if not late and done:
        state, remark = done.state, done.remark
    return flask.render_template(
        "staff/query.html",
        text=text,
        response=response,
        pinned=ids,
        state=state,
        remark=remark,
        longest=LONGEST_REMARK,
        seen=done.change.n if done else 0,
        late=late,
        kept="kept" in flask.request.args,
        history=[change_view(change) for change in history],
    )


def _text(given: str) -> str:
    text = given.strip()[:LONGEST_QUERY]
    if not text:
        raise NotFoundError("the query is missing")
    return text
