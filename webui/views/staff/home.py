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
from webui.presenters.source_runs import has_trouble
from webui.views.staff.asking import LISTED, USUAL_DAYS, journal
from webui.views.staff.work import work_on

home = flask.Blueprint("staff_home", __name__)
_CHANGES = 5
_UNREAD = (FileState.FAILED, FileState.PARTIAL, FileState.PROTECTED, FileState.MISSING)


@home.get(DESK)
def page() -> str:
    """Figures of each page with a link to it, and the last changes."""
    settings, lines = service().settings, journal()
    found = report(settings.data, USUAL_DAYS, LISTED)
    try:
        counts = searcher().file_states(None, 0, 1).counts
    except EngineError:
        counts = {}
    backup = next(iter(lines.page(None, 1, "backup")), None)
    return flask.render_template(
        "staff/home.html",
        report=found,
        undone=sum(one.is_open for one in work_on(found.zero)),
        unread={state: counts[state] for state in _UNREAD if counts.get(state)},
        trouble=[source.name for source in source_states(settings) if has_trouble(source)],
        queue=inbox().queue(),
        backup=backup and change_view(backup),
        changes=[change_view(change) for change in lines.page(None, _CHANGES)],
    )
