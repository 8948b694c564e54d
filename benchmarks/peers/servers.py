"""Peers that are servers: started for a block, as an unprivileged user, on loopback or on a socket of their own."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

_SECONDS = 600


@contextmanager
def running(
    command: Sequence[str],
    log: Path,
    ready: Callable[[], bool],
    user: str,
    environment: Mapping[str, str] | None = None,
) -> Iterator[subprocess.Popen[bytes]]:
    """Run ``command`` until the block ends; raises RuntimeError with its last output if it is not ready within ten minutes."""
    with log.open("ab") as output:
        server = subprocess.Popen(
            [*as_user(user), *command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**os.environ, **(environment or {})},
            cwd=log.parent,
        )
    try:
        _wait(server, log, ready)
        yield server
    finally:
        server.terminate()
        server.wait(_SECONDS)


def _wait(server: subprocess.Popen[bytes], log: Path, ready: Callable[[], bool]) -> None:
    end = time.monotonic() + _SECONDS
    while not ready():
        if server.poll() is not None or time.monotonic() > end:
            raise RuntimeError(f"{log} ends: {log.read_text(errors='replace')[-2_000:]}")
        time.sleep(0.2)


def as_user(user: str) -> list[str]:
    """Return the prefix for a command that refuses to run as root."""
    return (
        ["setpriv", f"--reuid={user}", "--regid", user_group(user), "--clear-groups"]
        if os.geteuid() == 0
        else []
    )


def user_group(user: str) -> str:
    """Return the group of ``user``."""
    return subprocess.run(["id", "-gn", user], check=True, capture_output=True, text=True).stdout.strip()


def owned_folder(folder: Path, user: str) -> None:
    """Create ``folder`` for ``user``, who may traverse our folders leading to it."""
    folder.mkdir(parents=True)
    for parent in (folder.parent, folder.parent.parent):
        if parent.stat().st_uid == os.geteuid():
            parent.chmod(parent.stat().st_mode | 0o111)
    if os.geteuid() == 0:
        shutil.chown(folder, user, user_group(user))
