"""The page of those who look after the search: what is asked, and what finds nothing."""

from __future__ import annotations

import flask

from indexer.query_log.report import report
from indexer.query_log.store import QueryLog
from indexer.search.pins import FILE_NAME, read_pins
from webui.context import identity
from webui.context.service import service

staff_queries = flask.Blueprint("staff_queries", __name__, url_prefix="/staff")
_DAYS = 30
_LISTED = 50


@staff_queries.get("/queries")
def queries() -> str:
    """The figures of the last month, the proposals of the last ``tracuu report``, and what is pinned."""
    identity.staff_only()
    data = service().settings.data
    found = report(data, _DAYS, _LISTED)
    followed = sum(n for _, n in found.clicks)
    return flask.render_template(
        "staff_queries.html",
        report=found,
        clicks=[(position, n, round(100 * n / followed)) for position, n in found.clicks],
        proposals=QueryLog(data).proposals(),
        pins=list(read_pins(data / FILE_NAME).values()),
    )


@staff_queries.after_request
def _keep_nowhere(response: flask.Response) -> flask.Response:
    response.headers["Cache-Control"] = "no-store"
    return response
