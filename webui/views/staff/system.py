"""Index, queue, backups and versions."""

from __future__ import annotations

import flask

from indexer.errors import EngineError, StorageError
from indexer.push.task import Bulk, Task
from indexer.upkeep.state import IndexState, index_state, reads_scans, versions
from webui.context.inbox import inbox
from webui.context.service import searcher, service
from webui.presenters.changes import change_view
from webui.presenters.links import DESK
from webui.views.staff.asking import journal

system = flask.Blueprint("staff_system", __name__)
_SECONDS_A_DAY = 86_400.0
_FAILED = 10
_BACKUPS = 10


@system.get(f"{DESK}/system")
def page() -> str:
    """How all of them stand now."""
    queue = inbox().queue()
    return flask.render_template(
        "staff/system.html",
        index=_index(),
        queue=queue,
        results=inbox().results(_SECONDS_A_DAY),
        failed=_failed() if queue else [],
        backups=[change_view(change) for change in journal().page(None, _BACKUPS, "backup")],
        versions=versions(),
        scans=reads_scans(),
    )


def _index() -> IndexState | None:
    try:
        return index_state(service().settings, searcher())
    except (EngineError, StorageError):
        return None


def _failed() -> list[tuple[int, float, str]]:
    """Return the last tasks that failed: number, moment, and the first reason."""
    return [
        (task.number, task.accepted, _reason(task)) for task in inbox().tasks.page(None, _FAILED, "failed")
    ]


def _reason(task: Task | Bulk) -> str:
    if isinstance(task, Bulk):
        return f"{task.results.get('failed', 0)} / {sum(task.results.values())}"
    return task.problems[0] if task.problems else ""
