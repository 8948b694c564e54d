"""Counts the outcomes of the items of sources, for people and for programs."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Mapping
from typing import Any

from indexer.errors import StorageError
from indexer.indexing.outcome import Outcome

_PROBLEMS_SHOWN = 20
_KINDS = ("indexed", "unchanged", "removed", "failed", "missing", "unread")


class Tally:
    """Counts outcomes and keeps their messages."""

    def __init__(self, dry: bool = False) -> None:
        """``dry`` means that nothing was changed, only examined."""
        self._start = time.monotonic()
        self._dry = dry
        self._notices: dict[str, tuple[int, str, str]] = {}
        self._gone: list[str] = []
        self.counts: Counter[str] = Counter()
        self.problems: list[dict[str, str]] = []

    def add(self, outcome: Outcome) -> None:
        """Count one outcome."""
        if outcome.kind == "notice":
            number, item, first = self._notices.get(outcome.group, (0, outcome.item, outcome.problem or ""))
            self._notices[outcome.group] = number + outcome.number, item, first
            return
        self.counts[outcome.kind] += outcome.number
        if outcome.kind == "removed" and self._dry:
            self._gone.append(outcome.item)
        if outcome.problem is not None:
            self.problems.append({"item": outcome.item, "problem": outcome.problem})

    def has_notice(self, group: str) -> bool:
        """Tell whether a notice of this group was added."""
        return group in self._notices

    @property
    def exit_code(self) -> int:
        """3 if nothing was removed because it would have been too much, 1 if an item could not be read, otherwise 0."""
        if self.counts["refused"]:
            return StorageError.exit_code
        return 1 if self.counts["failed"] or self.counts["unread"] else 0

    def result(self) -> dict[str, Any]:
        """Return everything as JSON."""
        notices = [
            {"item": item, "notice": notice, "count": number}
            for number, item, notice in self._notices.values()
        ]
        return {
            **({"dry_run": True} if self._dry else {}),
            **{kind: self.counts[kind] for kind in _KINDS},
            "seconds": round(time.monotonic() - self._start, 3),
            **({"gone": self._gone} if self._dry else {}),
            "problems": self.problems,
            "notices": notices,
        }

    def show(self) -> None:
        """Print it for people."""
        would = "would be: " if self._dry else ""
        result = self.result()
        print(
            "{would}{indexed} indexed, {unchanged} unchanged, {removed} removed, {failed} failed in {seconds} s".format(
                would=would, **result
            )
        )
        if self.counts["missing"]:
            print(f"{self.counts['missing']} attachments are named by articles but missing")
        if self.counts["unread"]:
            print(f"{self.counts['unread']} files were not read")
        for id in self._gone:
            print(f"  would be removed: {id}")
        for notice in result["notices"][:_PROBLEMS_SHOWN]:
            print(f"  {notice_line(notice)}", file=sys.stderr)
        if len(self._notices) > _PROBLEMS_SHOWN:
            print(
                f"  … and {len(self._notices) - _PROBLEMS_SHOWN} more; use --json to see all", file=sys.stderr
            )
        for problem in self.problems[:_PROBLEMS_SHOWN]:
            print(f"  {problem['item']}: {problem['problem']}", file=sys.stderr)
        if len(self.problems) > _PROBLEMS_SHOWN:
            print(
                f"  … and {len(self.problems) - _PROBLEMS_SHOWN} more; use --json to see all", file=sys.stderr
            )


def notice_line(notice: Mapping[str, Any]) -> str:
    """Return one of the ``notices`` of :meth:`Tally.result` for people."""
    number, said = notice["count"], notice["notice"]
    # Messages about several files begin with their number.
    more = f" (and {number - 1} more like it)" if number > 1 and not said.startswith(str(number)) else ""
    return f"{notice['item']}: {said}{more}"
