"""Pushed changes and their outcome, as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from indexer.contract.types.changes import BulkCounts, LineAnswer, TaskAnswer, TaskListAnswer
from indexer.push.task import RESULTS, Bulk, BulkLine, Task


def task_json(task: Task, url: str) -> TaskAnswer:
    """Return the outcome of one change; ``url`` is where to ask again."""
    return {
        "task": str(task.number),
        "url": url,
        "article": _article(task),
        "change": task.kind,
        "status": task.status,
        "accepted": _moment(task.accepted),
        "finished": None if task.finished is None else _moment(task.finished),
        "result": task.result,
        "problems": list(task.problems),
    }


def bulk_json(bulk: Bulk, url: str, failed: Sequence[BulkLine] = ()) -> TaskAnswer:
    """Return a summary of many changes; ``failed`` has the first ones that were rejected."""
    counts: BulkCounts = {
        "lines": bulk.waiting + sum(bulk.results.values()),
        "waiting": bulk.waiting,
        **{result: bulk.results.get(result, 0) for result in RESULTS},  # type: ignore[typeddict-item]
    }
    return {
        "task": str(bulk.number),
        "url": url,
        "article": None,
        "change": "bulk",
        "status": bulk.status,
        "accepted": _moment(bulk.accepted),
        "finished": None if bulk.finished is None else _moment(bulk.finished),
        "result": None,
        "problems": [f"line {one.line}: {'; '.join(one.task.problems)}" for one in failed],
        "counts": counts,
    }


def line_json(one: BulkLine) -> LineAnswer:
    """Return the outcome of one line."""
    return {
        "line": one.line,
        "task": str(one.task.number),
        "id": one.id,
        "article": _article(one.task),
        "change": one.task.kind,
        "status": one.task.status,
        "result": one.task.result,
        "problems": list(one.task.problems),
    }


def tasks_json(tasks: Sequence[TaskAnswer], next_cursor: str | None) -> TaskListAnswer:
    """Return one page of a list of tasks."""
    return {"tasks": list(tasks), "next_cursor": next_cursor}


def _article(task: Task) -> str | None:
    return f"/articles/{task.slug}" if task.slug else None


def _moment(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
