"""The outcome of pushed changes: one change, many together, and all of the last days."""

from __future__ import annotations

import flask

from indexer.contract.parameters import read_page_of_tasks
from indexer.contract.types.changes import TaskAnswer
from indexer.errors import NotFoundError, ParameterError
from indexer.push.task import STATUSES, Bulk, Status, Task
from webui.api.paths import BASE
from webui.api.writing import MOST_LINES_A_PAGE, MOST_TASKS_A_PAGE, TASKS_A_PAGE
from webui.context import identity
from webui.context.inbox import inbox
from webui.context.parameters import given
from webui.presenters import links
from webui.presenters.task_json import bulk_json, line_json, task_json, tasks_json
from webui.views.api import as_json

tasks = flask.Blueprint("tasks", __name__, url_prefix=BASE)
_LARGEST = 1 << 63
"""SQLite numbers rows with up to 63 bits."""


@tasks.get("/tasks/<int:number>")
def task(number: int) -> flask.Response:
    """The outcome of a change, and of each line of a bulk request."""
    key = identity.needs("write")
    cursor, size, status = read_page_of_tasks(given(), MOST_LINES_A_PAGE, MOST_LINES_A_PAGE, STATUSES)
    known = number < _LARGEST and (key.source is None or inbox().tasks.is_of(number, key.id))
    found = (inbox().task(number) or inbox().bulks.bulk(number)) if known else None
    if found is None:
        raise NotFoundError(f"there is no task {number}; tasks are deleted a week after they finish")
    if isinstance(found, Task):
        if any(given().values()):
            raise ParameterError(dict.fromkeys(given(), "applies only to tasks with many lines"))
        return _no_store(task_json(found, _address(found)), 200)
    return _no_store(_with_lines(found, cursor or 0, size, status), 200)


@tasks.get("/tasks")
def task_list() -> flask.Response:
    """Pushed changes, newest first; a key restricted to one source sees only its own."""
    key = identity.needs("write")
    cursor, size, status = read_page_of_tasks(given(), TASKS_A_PAGE, MOST_TASKS_A_PAGE, STATUSES)
    found = inbox().tasks.page(cursor, size + 1, status, key.id if key.source is not None else None)
    following = str(found[size - 1].number) if len(found) > size else None
    return _no_store(tasks_json([_in_short(one) for one in found[:size]], following), 200)


def accepted(found: Task | Bulk) -> flask.Response:
    """Return a 202 for one change or for many."""
    if isinstance(found, Bulk):
        answer = _with_lines(found, 0, MOST_LINES_A_PAGE, None)
    else:
        answer = task_json(found, _address(found))
    response = _no_store(answer, 202)
    response.headers["Location"] = links.mounted(_address(found))
    return response


def _with_lines(bulk: Bulk, after: int, size: int, status: Status | None) -> TaskAnswer:
    lines = inbox().bulks.lines(bulk.number, after, size + 1, status)
    answer = _in_short(bulk)
    answer["lines"] = list(map(line_json, lines[:size]))
    answer["next_cursor"] = str(lines[size - 1].task.number) if len(lines) > size else None
    return answer


def _in_short(found: Task | Bulk) -> TaskAnswer:
    if isinstance(found, Task):
        return task_json(found, _address(found))
    failed = inbox().bulks.lines(found.number, 0, 20, "failed") if found.results.get("failed") else []
    return bulk_json(found, _address(found), failed)


def _address(found: Task | Bulk) -> str:
    return f"{BASE}/tasks/{found.number}"


def _no_store(answer: object, status: int) -> flask.Response:
    response = as_json(answer)
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    return response
