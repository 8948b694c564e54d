"""Changes pushed by programs, in words: single articles, or many together."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.push.task import Bulk, Result, Task
from webui.context.translation import gettext
from webui.context.translation import lazy_gettext as _
from webui.presenters.formats import number

RESULTS: dict[Result, str] = {
    "indexed": _("đã ghi"),
    "unchanged": _("không đổi"),
    "removed": _("đã gỡ"),
    "unknown": _("không có bài để gỡ"),
    "superseded": _("đã có bản mới hơn"),
    "failed": _("lỗi"),
}
WAITING = _("đang chờ")


@dataclass(frozen=True, slots=True)
class SentTask:
    """A task in the queue."""

    number: int
    at: float
    """When it was accepted, in seconds since 1970."""
    what: str
    became: str
    reason: str
    """The error message of the program; empty unless it failed."""


def sent_task(task: Task | Bulk) -> SentTask:
    """Return a task for display."""
    if isinstance(task, Task):
        became = RESULTS[task.result] if task.result else WAITING
        return SentTask(task.number, task.accepted, task.slug, became, "; ".join(task.problems[:1]))
    parts = [f"{RESULTS[result]} {number(n)}" for result, n in task.results.items() if n]
    parts += [f"{WAITING} {number(task.waiting)}"] if task.waiting else []
    count = task.waiting + sum(task.results.values())
    return SentTask(
        task.number,
        task.accepted,
        gettext("%(count)s bài gửi cùng lúc", count=number(count)),
        ", ".join(parts),
        "",
    )
