"""An S3-compatible server on loopback: versitygw over a folder, which ``scripts/versitygw.sh`` puts where it is started from."""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

import pytest

from indexer.s3_settings import S3Settings
from tests.waiting import until_stopped

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / ".venv" / "versitygw" / "versitygw"
BUCKET = "tracuu-test"
_START_SECONDS = 60.0
WITH_US = ("setpriv", "--pdeathsig", "KILL") if shutil.which("setpriv") else ()
"""It ends with the process that started it, however that ends."""
_KEY, _SECRET = "khoa", "bi-mat-cua-thu-nghiem"


def missing() -> str:
    """Return why no server can be started here; empty where one can."""
    if not PROGRAM.is_file():
        return "no versitygw is installed for tests; with Go, run: sh scripts/versitygw.sh .venv"
    return "" if find_spec("obstore") else "obstore is not installed"


class Gateway:
    """One server with one bucket, of which the objects are files in ``objects``."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="tracuu-s3-"))
        self.objects = self.folder / "data" / BUCKET
        self.objects.mkdir(parents=True)
        self._secret_file = self.folder / "secret"
        self._secret_file.write_text(f"{_SECRET}\n")
        with socket.create_server(("127.0.0.1", 0)) as free:
            self._port = free.getsockname()[1]
        self._process: subprocess.Popen[bytes] | None = None

    def settings(self, **others: object) -> S3Settings:
        """Return how it is reached."""
        known = {"secret_file": str(self._secret_file), "access_key": _KEY, "request_seconds": 10.0}
        return S3Settings(f"http://127.0.0.1:{self._port}", **{**known, **others})  # type: ignore[arg-type]

    def start(self) -> None:
        """Start it over what is there; returns when it listens."""
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [*WITH_US, str(PROGRAM), "--quiet", "--port", f"127.0.0.1:{self._port}", "--access", _KEY,
                 "--secret", _SECRET, "posix", str(self.folder / "data")],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )  # fmt: skip
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline and self._process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", self._port), 1).close()
                return
            except OSError:
                time.sleep(0.05)
        log_text = (self.folder / "log").read_text(errors="replace")[-2_000:]
        self.stop()
        pytest.fail(f"versitygw does not listen: {log_text}")

    def kill(self, sign: int = signal.SIGKILL) -> None:
        """Send a signal; waits for the end unless it is one that a process survives."""
        assert self._process is not None
        self._process.send_signal(sign)
        if sign == signal.SIGSTOP:
            until_stopped(self._process.pid)
        if sign == signal.SIGKILL:
            self._process.wait()
            self._process = None

    def stop(self) -> None:
        """End it; nothing is left."""
        if self._process is not None:
            self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)
