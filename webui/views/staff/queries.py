"""What people search for, what finds nothing and what was done about it, and results that nobody opens."""

from __future__ import annotations

import flask

from indexer.query_log.report import report
from indexer.query_log.store import QueryLog
from indexer.query_log.unopened import unopened
from webui.context.service import service
from webui.presenters.desk_links import DESK
from webui.views.staff.asking import LISTED, PERIODS, days
from webui.views.staff.work import work_on

queries = flask.Blueprint("staff_queries", __name__)


@queries.get(f"{DESK}/queries")
def listed() -> str:
    """The figures of a period, and the proposals of the last ``tracuu report``."""
    settings, back = service().settings, days()
    found = report(settings.data, back, LISTED)
    followed = sum(n for _, n in found.clicks)
    work = work_on(found.zero)
    kept = settings.query_log_days
    return flask.render_template(
        "staff/queries.html",
        report=found,
        kept=kept,
        periods=sorted({*(one for one in PERIODS if one < kept), kept, back}),
        noted=settings.query_log,
        work=[one for one in work if one.is_open],
        done=[one for one in work if not one.is_open],
        unopened=unopened(settings.data, back, LISTED),
        clicks=[(position, n, round(100 * n / followed)) for position, n in found.clicks],
        proposals=QueryLog(settings.data).proposals(),
    )
