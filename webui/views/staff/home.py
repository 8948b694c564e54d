"""The first page of the desk: what needs attention."""

from __future__ import annotations

from collections.abc import Mapping

import flask

from indexer.errors import EngineError, TraCuuError
from indexer.model import FileState
from indexer.query_log.report import report
from indexer.upkeep.runs import SourceState, source_states
from webui.context.inbox import inbox
from webui.context.service import searcher, service
from webui.presenters.changes import change_view
from webui.presenters.desk_links import DESK
from webui.presenters.source_runs import has_trouble
from webui.views.staff.asking import LISTED, USUAL_DAYS, journal
from webui.views.staff.work import work_on

home = flask.Blueprint("staff_home", __name__)
_CHANGES = 5
_UNREAD = (FileState.FAILED, FileState.PARTIAL, FileState.PROTECTED, FileState.PENDING, FileState.MISSING)


@home.get(DESK)
def page() -> str:
    """Figures of each page with a link to it, and the latest changes."""
    settings, lines = service().settings, journal()
    found = report(settings.data, USUAL_DAYS, LISTED)
    counts, sources = _counts(), _sources()
    backup = next(iter(lines.page(None, 1, "backup")), None)
    return flask.render_template(
        "staff/home.html",
        report=found,
        undone=sum(one.is_open for one in work_on(found.zero)),
        unread=None if counts is None else {state: counts[state] for state in _UNREAD if counts.get(state)},
        trouble=None if sources is None else [source.name for source in sources if has_trouble(source)],
        queue=inbox().queue(),
        backup=backup and change_view(backup),
        changes=[change_view(change) for change in lines.page(None, _CHANGES)],
    )


def _counts() -> Mapping[FileState, int] | None:
    """Return the number of articles by state of their attachments, None if it cannot be determined."""
    try:
        return searcher().file_states(None, 0, 1).counts
    except EngineError:
        return None


def _sources() -> list[SourceState] | None:
    """Return the sources, None if they cannot be read; their own page says why."""
    try:
        return source_states(service().settings)
    except TraCuuError:
        return None
