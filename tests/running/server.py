"""The real server with several processes, and clients that misbehave."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.waiting import SECONDS, until

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: str
    seconds: float


@dataclass(frozen=True)
class Server:
    port: int
    process: subprocess.Popen[str]

    def get(self, path: str, headers: Mapping[str, str] | None = None, method: str = "GET") -> Answer:
        start = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)
        try:
            connection.request(method, path, headers=dict(headers or {}))
            response = connection.getresponse()
            body = response.read().decode(errors="replace")  # pictures, too
            return Answer(response.status, dict(response.getheaders()), body, time.monotonic() - start)
        finally:
            connection.close()

    def connect(self, sent: bytes = b"") -> socket.socket:
        client = socket.create_connection(("127.0.0.1", self.port), timeout=SECONDS)
        client.sendall(sent)
        return client

    def metric(self, name: str) -> float:
        lines = self.get("/metrics").body.splitlines()
        return sum(float(line.rpartition(" ")[2]) for line in lines if line.startswith(name))

    def workers(self) -> list[int]:
        """The web processes: those without children whose parent is not a supervisor."""
        (web,) = children_of(self.process.pid)[:1]
        return children_of(web)

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(SECONDS)


def children_of(pid: int) -> list[int]:
    """Return the processes started by the first thread of a process; none if it has ended."""
    try:
        found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return sorted(map(int, found))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(data: Path, *options: str, **environ: str) -> Iterator[Server]:
    port = free_port()
    command = [sys.executable, "-W", "ignore", "-m", "indexer", "serve", "--quiet", "--data", str(data)]
    process = subprocess.Popen(
        [*command, "--port", str(port), *options],
        cwd=ROOT,
        env={**os.environ, **environ},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    server = Server(port, process)
    try:
        until(lambda: answers(server))
        yield server
    finally:
        if process.poll() is None:
            process.terminate()
        process.communicate(timeout=SECONDS)


@contextmanager
def activated(data: Path, kept: socket.socket) -> Iterator[Server]:
    """Serve on a socket as systemd passes it: as file 3, with the process id in the environment."""
    command = [sys.executable, "-W", "ignore", "-m", "indexer", "serve", "--quiet", "--data", str(data)]
    launcher = (
        "import os, sys; os.dup2(int(sys.argv[1]), 3, inheritable=True);"
        " os.environ.update(LISTEN_FDS='1', LISTEN_PID=str(os.getpid())); os.execv(sys.argv[2], sys.argv[2:])"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", launcher, str(kept.fileno()), *command, "--workers", "1"],
        cwd=ROOT,
        pass_fds=[kept.fileno()],
        text=True,
    )
    server = Server(kept.getsockname()[1], process)
    try:
        until(lambda: answers(server))
        yield server
    finally:
        process.terminate()
        process.wait(SECONDS)


def answers(server: Server) -> bool:
    assert server.process.poll() is None, "the server ended"
    try:
        return server.get("/readyz").status == 200
    except OSError:
        return False
