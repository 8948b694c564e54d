"""A process that keeps others alive: the web server and the writer beside it.

A child that ends is restarted, sooner the longer it has run. Children end with the supervisor, however that ends. Most
importantly, no child takes another down with it: pages are served while the writer fails.
"""

from __future__ import annotations

import ctypes
import logging
import multiprocessing
import os
import shlex
import signal
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess

DRAIN_SECONDS = 25.0
"""Seconds to finish current requests and batches after a stop is requested; below the 30 s that other programs usually wait."""
_LAST_SECONDS = 3.0
"""Seconds that the last children may take after that."""
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 30.0
"""Seconds before an ended child is restarted; doubled each time."""
_SETTLED_SECONDS = 60.0
"""Seconds after which a child counts as running well."""
_PR_SET_PDEATHSIG = 1
_FORWARDED = (signal.SIGHUP,)
_ENDING = (signal.SIGTERM, signal.SIGINT)
_log = logging.getLogger("tracuu.supervisor")
_forked = multiprocessing.get_context("fork")


@dataclass(frozen=True, slots=True)
class Child:
    """A program to run in a process of its own.

    If a ``vital`` child fails ``attempts`` times in a row, everything stops. ``reloads`` tells whether SIGHUP is passed on to
    it. The ``last`` ones are stopped when all others have ended.
    """

    name: str
    run: Callable[[], None]
    vital: bool = False
    attempts: int = 3
    reloads: bool = False
    last: bool = False


def command(line: str) -> Callable[[], None]:
    """Return a function that replaces the process with the command ``line``."""
    words = shlex.split(line)

    def become() -> None:
        try:
            os.execvp(words[0], words)
        except OSError as error:
            sys.exit(f"{words[0]}: {error.strerror}")

    return become


class Supervisor:
    """Runs children until SIGTERM or SIGINT; passes SIGHUP on to those that reload."""

    def __init__(self, children: Sequence[Child]) -> None:
        self._running = [_Running(child) for child in children]
        self._signals: list[int] = []

    def run(self) -> int:
        """Return the exit code: 0 after a requested stop, 3 if a vital child cannot be kept running."""
        reader, writer = os.pipe()
        os.set_blocking(writer, False)
        wakeup = signal.set_wakeup_fd(writer)
        handlers = {one: signal.signal(one, self._note) for one in (*_FORWARDED, *_ENDING)}
        # Wakes up when a child ends. Process sentinels would not do: a child that executes another program closes its own.
        handlers[signal.SIGCHLD] = signal.signal(signal.SIGCHLD, lambda *_: None)
        try:
            while not any(one in _ENDING for one in self._signals):
                while self._signals:
                    self._send(self._signals.pop(0), [one for one in self._running if one.child.reloads])
                if any(not running.keep() for running in self._running):
                    self._end()
                    return 3
                wait([reader], timeout=self._pause())
                with suppress(BlockingIOError):
                    os.set_blocking(reader, False)
                    os.read(reader, 512)
            self._end()
            return 0
        finally:
            signal.set_wakeup_fd(wakeup)
            for one, handler in handlers.items():
                signal.signal(one, handler)
            os.close(reader)
            os.close(writer)

    def _note(self, number: int, frame: object) -> None:
        self._signals.append(number)

    def _send(self, number: int, to: Sequence[_Running]) -> None:
        for running in to:
            if running.process and running.process.pid:
                with suppress(ProcessLookupError):
                    os.kill(running.process.pid, number)

    def _pause(self) -> float | None:
        """Return the seconds until the next child is due."""
        due = [running.due for running in self._running if running.process is None]
        return max(0.0, min(due) - time.monotonic()) if due else None

    def _end(self) -> None:
        """Ask all children to finish; kill those that do not finish in time."""
        self._end_some([one for one in self._running if not one.child.last], DRAIN_SECONDS)
        self._end_some([one for one in self._running if one.child.last], _LAST_SECONDS)

    def _end_some(self, ending: Sequence[_Running], seconds: float) -> None:
        self._send(signal.SIGTERM, ending)
        deadline = time.monotonic() + seconds
        for running in ending:
            if running.process is None:
                continue
            running.process.join(max(0.0, deadline - time.monotonic()))
            if running.process.exitcode is None:
                _log.error("%s did not stop within %.0f s; killing it", running.child.name, seconds)
                running.process.kill()
                running.process.join()


class _Running:
    """A child and its history."""

    def __init__(self, child: Child) -> None:
        self.child = child
        self.process: BaseProcess | None = None
        self.due = 0.0
        self._started = 0.0
        self._failures = 0

    def keep(self) -> bool:
        """Start the child if it is due; return False once it is beyond hope."""
        now = time.monotonic()
        if self.process is not None and self.process.exitcode is not None:
            ran = now - self._started
            self._failures = 1 if ran > _SETTLED_SECONDS else self._failures + 1
            pause = min(_LONGEST_PAUSE, _FIRST_PAUSE * 2 ** (self._failures - 1))
            if self.child.vital and self._failures >= self.child.attempts:
                _log.error("%s stopped %d times in a row (exit code %s); giving up",
                           self.child.name, self._failures, self.process.exitcode)  # fmt: skip
                return False
            _log.error("%s stopped after %.0f s (exit code %s); restarting it in %.0f s",
                       self.child.name, ran, self.process.exitcode, pause)  # fmt: skip
            self.process, self.due = None, now + pause
        if self.process is None and now >= self.due:
            self.process = _forked.Process(target=_run, args=(self.child, os.getpid()), name=self.child.name)
            self.process.start()
            self._started = now
        return True


def _run(child: Child, parent: int) -> None:
    """In the child: reset signals as at the start of a program, and end together with the supervisor."""
    signal.set_wakeup_fd(-1)
    for one in (*_FORWARDED, *_ENDING, signal.SIGCHLD):
        signal.signal(one, signal.SIG_DFL)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            sys.exit(1)
    child.run()
