"""Processes that read files, kept for the next test: starting one takes longer than reading what tests have."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from unittest import mock

from indexer.extract.child_process import Child
from indexer.extract.sandbox import Sandbox

_OWN = "tests/extract/"
"""Tests of the processes themselves, which get new ones."""


class _Kept(Child):
    """A process that waits for the next sandbox when asked to end; once killed, it is gone like any other."""

    def __init__(self, command: Sequence[str], idle: list[_Kept]) -> None:
        super().__init__(command)
        self._idle = idle

    def end(self) -> None:
        self._idle.append(self)

    def is_alive(self) -> bool:
        return self._process.poll() is None


@contextmanager
def kept_readers() -> Iterator[None]:
    """Let the sandboxes of this process share their processes during the block."""
    idle: dict[object, list[_Kept]] = defaultdict(list)

    def reader(command: Sequence[str]) -> Child:
        if os.environ.get("PYTEST_CURRENT_TEST", "").startswith(_OWN):
            return Child(command)
        # One started with another PATH may find other programs.
        waiting = idle[tuple(command), os.environ.get("PATH")]
        while waiting:
            if (one := waiting.pop()).is_alive():
                return one
            one.kill()
        return _Kept(command, waiting)

    with mock.patch(f"{Sandbox.__module__}.Child", reader):
        yield
    for waiting in idle.values():
        for one in waiting:
            Child.end(one)
