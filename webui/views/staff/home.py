"""The first page of the desk: what waits for somebody."""

from __future__ import annotations

import flask

from indexer.errors import EngineError
from indexer.model import FileState
from indexer.query_log.report import report
from indexer.upkeep.runs import source_states
from webui.context.inbox import inbox
from webui.context.service import searcher, service
from webui.presenters.changes import change_view
from webui.presenters.links import DESK
from webui.presenters.query_work import query_work
from webui.presenters.source_runs import has_trouble
from webui.views.staff.asking import USUAL_DAYS, journal

home = flask.Blueprint("staff_home", __name__)
_ZERO = 200
"""Queries that find nothing, among which those are counted that nobody has looked at."""
_CHANGES = 5
_UNREAD = (FileState.FAILED, FileState.PARTIAL, FileState.PROTECTED, FileState.MISSING)


@home.get(DESK)
def page() -> str:
    """Figures of each page with a link to it, and the last changes."""
    settings, lines = service().settings, journal()
    found = report(settings.data, USUAL_DAYS, _ZERO)
    work = [query_work(asked.text, lines.latest("query")) for asked in found.zero]
    try:
        counts = searcher().file_states(None, 0, 1).counts
    except EngineError:
        counts = {}
    backup = next(iter(lines.page(None, 1, "backup")), None)
    return flask.render_template(
        "staff/home.html",
        report=found,
        undone=sum(one is None for one in work),
        unread={state: counts[state] for state in _UNREAD if counts.get(state)},
        trouble=[source.name for source in source_states(settings) if has_trouble(source)],
        queue=inbox().queue(),
        backup=backup and change_view(backup),
        changes=[change_view(change) for change in lines.page(None, _CHANGES)],
    )
