"""A process that keeps others alive: the web server and the writer beside it.

A child that ends is restarted, sooner the longer it has run. Children end with the supervisor, however that ends. Most
importantly, no child takes another down with it: pages are served while the writer fails.
"""

from __future__ import annotations

import logging
import os
import signal
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess

from webui.serving.children import DRAIN_SECONDS, ENDING, Child, Running, forked

_LAST_SECONDS = 3.0
"""Seconds that the last children may take after that."""
_log = logging.getLogger("tracuu.supervisor")


@dataclass(frozen=True, slots=True)
class Renewal:
    """A change of what the children do. They change over without a moment in which none of those that reload is there."""

    prepare: Callable[[], None]
    """Runs in a process of its own, while the children that do not reload are stopped; if it fails, nothing changes."""
    children: Sequence[Child]
    """By their names: what those that are started anew do."""
    accept: Callable[[], None]
    """Called before SIGHUP is passed on."""


class Supervisor:
    """Runs children until SIGTERM or SIGINT; passes SIGHUP on to those that reload.

    ``renewed`` is called at each SIGHUP and returns what changes; None if nothing does.
    """

    def __init__(
        self, children: Sequence[Child], renewed: Callable[[], Renewal | None] = lambda: None
    ) -> None:
        self._running = [Running(child) for child in children]
        self._renewed = renewed
        self._renewing: _Renewing | None = None
        self._asked = False
        self._ending = False

    def run(self) -> int:
        """Return the exit code: 0 after a requested stop, 3 if a vital child cannot be kept running."""
        reader, writer = os.pipe()
        os.set_blocking(writer, False)
        wakeup = signal.set_wakeup_fd(writer)
        handlers = {one: signal.signal(one, self._note) for one in (signal.SIGHUP, *ENDING)}
        # Wakes up when a child ends. Process sentinels would not do: a child that executes another program closes its own.
        handlers[signal.SIGCHLD] = signal.signal(signal.SIGCHLD, lambda *_: None)
        try:
            while not self._ending:
                self._reload()
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

    def _reload(self) -> None:
        """Go on with the current renewal, or begin what the next SIGHUP asks for."""
        if self._renewing is None and self._asked:
            self._asked = False
            if (renewal := self._renewed()) is None:
                self._pass_on()
            else:
                self._renewing = _Renewing(renewal, [one for one in self._running if not one.child.reloads])
        if self._renewing is not None and (done := self._renewing.go_on()) is not None:
            self._renewing = None
            if done:
                self._pass_on()

    def _pass_on(self) -> None:
        self._send(signal.SIGHUP, [one for one in self._running if one.child.reloads])

    def _note(self, number: int, frame: object) -> None:
        if number == signal.SIGHUP:
            self._asked = True
        else:
            self._ending = True

    def _send(self, number: int, to: Sequence[Running]) -> None:
        for running in to:
            if running.process and running.process.pid:
                with suppress(ProcessLookupError):
                    os.kill(running.process.pid, number)

    def _pause(self) -> float | None:
        """Return the seconds until the next child is due."""
        due = [running.due for running in self._running if running.is_due()]
        if self._asked and self._renewing is None:
            return 0.0
        return max(0.0, min(due) - time.monotonic()) if due else None

    def _end(self) -> None:
        """Ask all children to finish; kill those that do not finish in time."""
        if self._renewing is not None:
            self._renewing.stop()
        self._end_some([one for one in self._running if not one.child.last], DRAIN_SECONDS)
        self._end_some([one for one in self._running if one.child.last], _LAST_SECONDS)

    def _end_some(self, ending: Sequence[Running], seconds: float) -> None:
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


class _Renewing:
    """A renewal under way."""

    def __init__(self, renewal: Renewal, stopped: Sequence[Running]) -> None:
        self._renewal = renewal
        self._stopped = stopped
        self._preparing: BaseProcess | None = None
        for running in stopped:
            running.stop()

    def go_on(self) -> bool | None:
        """Do the next step; return whether the renewal succeeded, None while it is under way."""
        if self._preparing is None:
            if all(running.is_stopped() for running in self._stopped):
                first = Child("reload", self._renewal.prepare)
                self._preparing = forked(first)
            return None
        if self._preparing.exitcode is None:
            return None
        done = self._preparing.exitcode == 0
        if done:
            self._renewal.accept()
        new = {child.name: child for child in self._renewal.children} if done else {}
        for running in self._stopped:
            running.start(new.get(running.child.name, running.child))
        return done

    def stop(self) -> None:
        """End what is being prepared."""
        if self._preparing is not None:
            self._preparing.terminate()
            self._preparing.join()
