"""Processor seconds, which, unlike wall time, do not grow with other work on the machine."""

from __future__ import annotations

import os
import resource
import time
from pathlib import Path

from benchmarks.measure import family


def spent() -> float:
    """Return the CPU seconds of this process and of its children that have ended."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + ended.ru_utime + ended.ru_stime


def spent_with_servers() -> float:
    """Return the CPU seconds of this process and of its children that are still running.

    The kernel counts nanoseconds per thread; threads that have ended are not included.
    """
    others = (pid for pid in family(os.getpid()) if pid != os.getpid())
    return time.process_time() + sum(map(_of_threads, others))


def _of_threads(pid: int) -> float:
    nanoseconds = 0
    for figures in Path(f"/proc/{pid}/task").glob("*/schedstat"):
        try:
            nanoseconds += int(figures.read_text().split()[0])
        except (OSError, IndexError):
            continue
    return nanoseconds / 1e9
