"""Index, queue, backups and versions."""

from __future__ import annotations

import flask

from indexer.errors import EngineError, StorageError
from indexer.upkeep.state import IndexState, index_state, reads_scans, versions
from webui.context.inbox import inbox
from webui.context.service import searcher, service
from webui.presenters import sent_tasks
from webui.presenters.changes import change_view
from webui.presenters.desk_links import DESK
from webui.presenters.sent_tasks import sent_task
from webui.views.staff.asking import journal

system = flask.Blueprint("staff_system", __name__)
_SECONDS_A_DAY = 86_400.0
_TASKS = 20
_BACKUPS = 10


@system.get(f"{DESK}/system")
def page() -> str:
    """The current state of the system."""
    queue = inbox().queue()
    return flask.render_template(
        "staff/system.html",
        index=_index(),
        queue=queue,
        results=inbox().results(_SECONDS_A_DAY),
        tasks=list(map(sent_task, inbox().tasks.page(None, _TASKS))) if queue else [],
        words_of=sent_tasks.RESULTS,
        backups=[change_view(change) for change in journal().page(None, _BACKUPS, "backup")],
        versions=versions(),
        scans=reads_scans(),
    )


def _index() -> IndexState | None:
    try:
        return index_state(service().settings, searcher())
    except (EngineError, StorageError):
        return None
