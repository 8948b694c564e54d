"""A process that is kept running: started anew when it ends, sooner the longer it has run."""

from __future__ import annotations

import ctypes
import logging
import multiprocessing
import os
import shlex
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.process import BaseProcess

DRAIN_SECONDS = 25.0
"""Seconds to finish current requests and batches after a stop is requested; below the 30 s that other programs usually wait."""
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 30.0
"""Seconds before an ended child is restarted; doubled each time."""
_SETTLED_SECONDS = 60.0
"""Seconds after which a child counts as running well."""
_PR_SET_PDEATHSIG = 1
ENDING = (signal.SIGTERM, signal.SIGINT)
_log = logging.getLogger("tracuu.supervisor")
_forked = multiprocessing.get_context("fork")


@dataclass(frozen=True, slots=True)
class Child:
    """A program to run in a process of its own.

    If a ``vital`` child fails ``attempts`` times in a row, everything stops. ``reloads``: SIGHUP is passed on to it, and it does
    what is to be done by itself; others are ended and started anew. The ``last`` ones are stopped when all others have ended.
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


def forked(child: Child) -> BaseProcess:
    """Start ``child`` in a process forked from this one, with which it ends."""
    process = _forked.Process(target=_run, args=(child, os.getpid()), name=child.name)
    process.start()
    return process


class Running:
    """A child and its history."""

    def __init__(self, child: Child) -> None:
        self.child = child
        self.process: BaseProcess | None = None
        self.due = 0.0
        self._stopped = False
        self._started = 0.0
        self._failures = 0

    def stop(self) -> None:
        """End the child if it runs, and keep it ended until :meth:`start`."""
        self._stopped = True
        self.due = time.monotonic() + DRAIN_SECONDS
        if self.process is not None and self.process.exitcode is None:
            self.process.terminate()

    def is_stopped(self) -> bool:
        """Tell whether the child has ended after :meth:`stop`; one that takes too long is killed."""
        if self.process is not None and self.process.exitcode is None and time.monotonic() >= self.due:
            _log.error("%s did not stop within %.0f s; killing it", self.child.name, DRAIN_SECONDS)
            self.process.kill()
            self.process.join()
        if self.process is not None and self.process.exitcode is not None:
            self.process = None
        return self.process is None

    def start(self, child: Child) -> None:
        """Run ``child`` from now on, after :meth:`stop`."""
        self.child, self.due, self._stopped, self._failures = child, 0.0, False, 0

    def is_due(self) -> bool:
        """Tell whether something is to be done at ``due``: a start, or a kill."""
        return (self.process is not None) == self._stopped

    def keep(self) -> bool:
        """Start the child if it is due; return False once it is beyond hope."""
        if self._stopped:
            return True
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
            self.process = forked(self.child)
            self._started = now
        return True


def _run(child: Child, parent: int) -> None:
    """In the child: reset signals as at the start of a program, and end together with the supervisor."""
    signal.set_wakeup_fd(-1)
    for one in (signal.SIGHUP, *ENDING, signal.SIGCHLD):
        signal.signal(one, signal.SIG_DFL)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            sys.exit(1)
    child.run()
