"""All pushed changes, newest first."""

from __future__ import annotations

from indexer.push.bulks import IN_STATUS, Used, bulks
from indexer.push.inbox_file import BULK, SENT, whole
from indexer.push.inbox_rows import TASK, task_of
from indexer.push.task import Bulk, Status, Task

_WAITS = "EXISTS (SELECT 1 FROM sent JOIN pushes USING (task) WHERE bulk = bulks.task AND finished IS NULL)"
_FAILED = "EXISTS (SELECT 1 FROM sent JOIN pushes USING (task) WHERE bulk = bulks.task AND result = 'failed')"
_OF_BULKS: dict[Status, str] = {
    "accepted": _WAITS,
    "done": f"NOT {_WAITS} AND NOT {_FAILED}",
    "failed": f"NOT {_WAITS} AND {_FAILED}",
}
_BULK, _SENT = whole(BULK, "bulks"), whole(SENT, "sent")


class TaskList:
    """The tasks of an inbox; a bulk is one task. Raises the errors of the inbox."""

    def __init__(self, used: Used) -> None:
        self._used = used

    def page(
        self, before: int | None, limit: int, status: Status | None = None, key: str | None = None
    ) -> list[Task | Bulk]:
        """Return the ``limit`` newest tasks with numbers below ``before``; with ``key``, those sent with it."""
        bound = 1 << 62 if before is None else before
        values: tuple[object, ...] = (bound,) if key is None else (bound, key)
        of_sent, of_bulk = (
            ("", "") if key is None else (f" AND key = ? AND {_SENT}", f" AND key = ? AND {_BULK}")
        )
        with self._used("read") as db:
            wanted = f" AND {IN_STATUS[status]}" if status else ""
            rows = db.execute(
                f"SELECT {TASK} FROM pushes LEFT JOIN sent USING (task)"
                f" WHERE bulk IS NULL AND task < ?{of_sent}{wanted} ORDER BY task DESC LIMIT ?",
                (*values, limit),
            )
            alone = [task_of(row) for row in rows]
            wanted = f" AND {_OF_BULKS[status]}" if status else ""
            together = bulks(db, f"task < ?{of_bulk}{wanted}", values, limit)
        found: list[Task | Bulk] = [*alone, *together]
        return sorted(found, key=lambda one: one.number, reverse=True)[:limit]

    def is_of(self, number: int, key: str) -> bool:
        """Tell whether a task was sent with the key of this id."""
        with self._used("read") as db:
            sent = (
                f"SELECT 1 FROM sent WHERE task = ? AND key = ? AND {_SENT}"
                f" UNION ALL SELECT 1 FROM bulks WHERE task = ? AND key = ? AND {_BULK}"
            )
            return db.execute(sent, (number, key, number, key)).fetchone() is not None
