"""What is searched, what finds nothing and what was done about it, what is found and never opened."""

from __future__ import annotations

import flask

from indexer.query_log.report import report
from indexer.query_log.store import QueryLog
from indexer.query_log.unopened import unopened
from indexer.search.pins import FILE_NAME, read_pins
from indexer.search.request import SearchRequest
from webui.context.service import service
from webui.presenters.links import DESK
from webui.presenters.query_work import work_of
from webui.views.staff.asking import PERIODS, days, journal, public

queries = flask.Blueprint("staff_queries", __name__)
_LISTED = 50


@queries.get(f"{DESK}/queries")
def listed() -> str:
    """The figures of a period, and the proposals of the last ``tracuu report``."""
    settings, back = service().settings, days()
    found = report(settings.data, back, _LISTED)
    followed = sum(n for _, n in found.clicks)
    pins, notes = read_pins(settings.data / FILE_NAME), journal().latest("query")
    work = [work_of(asked, _finds(asked.text), pins, notes) for asked in found.zero]
    kept = settings.query_log_days
    return flask.render_template(
        "staff/queries.html",
        report=found,
        kept=kept,
        periods=sorted({*(one for one in PERIODS if one < kept), kept, back}),
        noted=settings.query_log,
        work=[one for one in work if one.is_open],
        done=[one for one in work if not one.is_open],
        unopened=unopened(settings.data, back, _LISTED),
        clicks=[(position, n, round(100 * n / followed)) for position, n in found.clicks],
        proposals=QueryLog(settings.data).proposals(),
    )


def _finds(text: str) -> int:
    """Return how many articles a query finds now that found nothing when it was asked."""
    # No suggestion and no card is made for a second page.
    return public().search(SearchRequest(text, page=2, size=1)).total
