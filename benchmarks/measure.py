"""Measures time and memory: everything in one run, with each program in its own process."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any


def times(
    runs: Mapping[str, tuple[Callable[[Any], Any], Sequence[Any]]],
    rounds: int = 3,
    clock: Callable[[], float] = time.perf_counter,
) -> dict[str, list[float]]:
    """Return the milliseconds of every run on each of its inputs, the best of ``rounds`` after a warm-up, by ``clock``.

    The runs alternate input by input, so a machine that slows down slows all of them.
    """
    best = {name: [math.inf] * len(inputs) for name, (_, inputs) in runs.items()}
    for counted in range(rounds + 1):
        for i in range(max(map(len, best.values()))):
            for name, (run, inputs) in runs.items():
                if i >= len(inputs):
                    continue
                start = clock()
                run(inputs[i])
                taken = (clock() - start) * 1000
                if counted:
                    best[name][i] = min(best[name][i], taken)
    return best


def child(module: str, *arguments: str) -> dict[str, Any]:
    """Run ``python -m module`` and return the JSON it prints, with ``peak_mb`` for all of its processes."""
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", module, *arguments], stdout=subprocess.PIPE, text=True
    )
    peak = [0.0]
    watcher = threading.Thread(target=_watch, args=(process, peak), daemon=True)
    watcher.start()
    output = process.communicate()[0]
    watcher.join()
    if process.returncode:
        raise RuntimeError(f"{module} {' '.join(arguments)} ended with {process.returncode}")
    return {**json.loads(output), "peak_mb": round(peak[0])}


def _watch(process: subprocess.Popen[str], peak: list[float]) -> None:
    while process.poll() is None:
        peak[0] = max(peak[0], sum(memory_mb(pid) for pid in family(process.pid)))
        time.sleep(0.2)


def command_line(pid: int) -> list[str]:
    """Return the command line of a process; empty if it is gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().split("\0")
    except OSError:
        return []


def family(pid: int) -> list[int]:
    """Return ``pid`` and all of its descendants."""
    found = [pid]
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += [member for one in children.read_text().split() for member in family(int(one))]
        except OSError:
            continue
    return found


def memory_mb(pid: int, private: bool = False) -> float:
    """Return the proportional memory of a process, or its ``private`` share; 0 if it is gone.

    Private memory excludes pages of files: those of the index are mapped by every process, and the kernel drops them when
    needed; just after being written, they count as dirty for some seconds.
    """
    wanted = ("Pss_Anon",) if private else ("Pss",)
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.split(":")[0] in wanted) / 1024


def processor_seconds(pid: int) -> float:
    """Return the CPU seconds of a process including its threads; 0 if it is gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def folder_mb(*paths: Path) -> float:
    """Return the size of files and folders in MB (10^6 bytes)."""
    files = [f for path in paths for f in ([path] if path.is_file() else path.rglob("*"))]
    return sum(f.stat().st_size for f in files if f.is_file()) / 1e6
