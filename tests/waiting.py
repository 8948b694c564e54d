"""Tests wait for a condition, never for a fixed time, so that a busy machine only makes them slower."""

from __future__ import annotations

import os
import time
from collections.abc import Callable

SECONDS = 120.0
"""Time within which anything waited for has to happen; only a failing test takes that long."""
_POLL = 0.02


def until(true: Callable[[], object], seconds: float = SECONDS) -> None:
    """Return as soon as ``true()`` is true; raises AssertionError if it is not within ``seconds``."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(_POLL)


def until_stopped(pid: int) -> None:
    """Return once the child process ``pid``, which got ``SIGSTOP``, is stopped: until then, one of its threads may still answer."""
    os.waitid(os.P_PID, pid, os.WSTOPPED)
