"""An OpenSearch cluster of real processes on loopback: ``python -m tests.cluster.nodes`` runs one until it is stopped.

``scripts/opensearch.sh`` installs the server where it is started from.
"""

from __future__ import annotations

import fcntl
import json
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tests.cluster.wires import Wires
from tests.waiting import until_stopped

ROOT = Path(__file__).resolve().parents[2]
SERVER = ROOT / ".venv" / "opensearch"
COUNT = 3
_FIRST_PORT = 20_000 + zlib.crc32(str(ROOT).encode()) % 1_000 * 10
"""Below the ports that the system assigns itself; different for each checkout, so that two can be tested at once."""
_OTHER_PORT = _FIRST_PORT - 10_000
"""Of a cluster that is there to be broken, beside the one that all share."""


HOSTS = tuple(f"http://127.0.0.1:{_FIRST_PORT + n}" for n in range(COUNT))
USERS = SERVER / "users.lock"
"""Every user of the cluster holds a shared lock on this file. When the last one has ended, killed or not, the nodes end."""
STARTED_OFTEN = ("-Xms256m", "-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""Options of Java for many short runs: starting fast matters more than being fast after an hour."""
SERVING = ("-Xms1g", "-Xmx1g", "-XX:+UseSerialGC")
"""Options of Java for measuring what a small machine gives: both compilers, and the heap that OpenSearch has by default."""
_START_SECONDS = 180.0
_SHARED = Path("/dev/shm")
_ROOM = 4_000_000_000
_LOGGING = """status = error
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = [%d{ISO8601}][%-5p][%-25c{1.}] %marker %m%n
rootLogger.level = warn
rootLogger.appenderRef.console.ref = console
"""


def missing() -> str:
    """Return why no cluster can be started here, empty if one can."""
    if not (SERVER / "version").is_file():
        return "it is not installed; with Java 21 and Maven, run: sh scripts/opensearch.sh .venv"
    return "" if _java().is_file() else f"{_java()} is gone; run: sh scripts/opensearch.sh .venv"


class Nodes:
    """A cluster in a folder of its own, which is deleted with it. Its processes run as the user nobody if root starts them."""

    def __init__(
        self,
        shared: bool = True,
        settings: Iterable[str] = (),
        java: Sequence[str] = STARTED_OFTEN,
        wired: bool = False,
    ) -> None:
        """``settings`` are lines of ``opensearch.yml`` that replace ours, ``java`` the options of Java. If ``wired``, nodes can be
        cut off.
        """
        self._more = tuple(settings)
        self._java_options = java
        first = _FIRST_PORT if shared else _OTHER_PORT
        self._http = [first + n for n in range(COUNT)]
        self._transport = [first + COUNT + n for n in range(COUNT)]
        self._wires = Wires(self._transport, self._http, self._process) if wired else None
        self.hosts = tuple(
            f"http://127.0.0.1:{port}" for port in (self._wires.http if self._wires else self._http)
        )
        self.folder = Path(tempfile.mkdtemp(prefix="tracuu-opensearch-", dir=_in_memory()))
        self.folder.chmod(0o755)
        self.processes: list[subprocess.Popen[bytes] | None] = [None] * COUNT

    def start(self, number: int, *settings: str) -> None:
        """Start node ``number``, from 0, with the data it had before, and with lines of ``opensearch.yml`` of its own."""
        place = self.folder / f"{number}"
        for name in ("config", "data", "logs", "tmp"):
            (place / name).mkdir(parents=True, exist_ok=True)
        (place / "config" / "opensearch.yml").write_text(
            "\n".join((self._settings(number, place), *settings))
        )
        (place / "config" / "log4j2.properties").write_text(_LOGGING)
        root = os.geteuid() == 0
        nobody = pwd.getpwnam("nobody")
        if root:
            for path in (place, *place.rglob("*")):
                os.chown(path, nobody.pw_uid, nobody.pw_gid)
        home = SERVER / "home"
        with (self.folder / f"{number}.log").open("ab") as log:
            self.processes[number] = subprocess.Popen(
                [
                    "nice",
                    str(_java()),
                    *self._java_options,
                    "-XX:-UsePerfData",
                    f"-Djava.io.tmpdir={place}/tmp",
                    "-Dlog4j2.disable.jmx=true",
                    f"-Dopensearch.path.home={home}",
                    f"-Dopensearch.path.conf={place}/config",
                    "-Dopensearch.distribution.type=tar",
                    "-cp",
                    f"{home}/lib/*:{home}/agent/*",
                    "org.opensearch.bootstrap.OpenSearch",
                ],
                cwd=place,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                user=nobody.pw_uid if root else None,
                group=nobody.pw_gid if root else None,
                extra_groups=[] if root else None,
            )

    def kill(self, number: int, sign: int = signal.SIGKILL) -> None:
        """Send a signal to node ``number``, and wait for its end unless it survives the signal."""
        process = self.processes[number]
        assert process is not None
        process.send_signal(sign)
        if sign == signal.SIGSTOP:
            until_stopped(process.pid)
        if sign in (signal.SIGKILL, signal.SIGTERM):
            process.wait()
            self.processes[number] = None

    @property
    def wires(self) -> Wires:
        """Those of a ``wired`` cluster."""
        assert self._wires is not None
        return self._wires

    def manager(self) -> int:
        """Return the number of the node that is the elected manager, as the first one that answers sees it."""
        host = next(filter(_ready, self.hosts))
        with urlopen(f"{host}/_cat/cluster_manager?format=json") as found:
            return int(json.load(found)[0]["node"].removeprefix("n"))

    def chosen(self, what: str) -> list[int]:
        """Return the nodes that a case is about: ``a node``, ``the manager`` or ``two of three``; none for others."""
        manager = self.manager()
        others = [n for n in range(COUNT) if n != manager]
        return {"a node": others[:1], "the manager": [manager], "two of three": [manager, others[0]]}.get(
            what, []
        )

    def stop(self) -> None:
        """Stop all nodes and delete their data."""
        for number, process in enumerate(self.processes):
            if process is not None:
                self.kill(number)
        if self._wires:
            self._wires.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def wait(self, count: int = COUNT) -> str:
        """Wait until ``count`` nodes are up, and all data is there if that is all; return what is wrong if they don't get there."""
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline:
            for number, process in enumerate(self.processes):
                if process is not None and process.poll() is not None:
                    log = (self.folder / f"{number}.log").read_text(errors="replace")
                    return f"node {number} ended with code {process.returncode}: {log[-2_000:]}"
            # Each of them: the others may still count a node that has just been killed.
            if sum(_ready(host, count) for host in self.hosts) >= count:
                return ""
            time.sleep(0.3)
        return f"it was not ready within {_START_SECONDS:.0f} seconds"

    def data(self, number: int) -> Path:
        """Return the folder with the data of a node."""
        return self.folder / f"{number}" / "data"

    def _process(self, number: int) -> int | None:
        process = self.processes[number]
        return None if process is None else process.pid

    def _settings(self, number: int, place: Path) -> str:
        replaced = {line.partition(":")[0] for line in self._more}
        names = ", ".join(f"n{n}" for n in range(COUNT))
        told = self._wires.transport if self._wires else self._transport
        seeds = ", ".join(f'"127.0.0.1:{port}"' for port in told)
        lines = (
            f"cluster.name: tracuu-test-{self._http[0]}",
            f"node.name: n{number}",
            "network.host: 127.0.0.1",
            f"http.port: {self._http[number]}",
            f"transport.port: {self._transport[number]}",
            f"transport.publish_port: {told[number]}",
            f"path.data: {place}/data",
            f"path.logs: {place}/logs",
            f"discovery.seed_hosts: [{seeds}]",
            f"cluster.initial_cluster_manager_nodes: [{names}]",
            "cluster.routing.allocation.disk.threshold_enabled: false",
            "cluster.max_shards_per_node: 5000",  # a test makes an index, and there are hundreds
            "search.max_open_pit_context: 50000",  # and each of them keeps some commits
            "indices.breaker.total.use_real_memory: false",  # the heap is small, and mostly rubbish
            "action.auto_create_index: false",
        )
        kept = (line for line in lines if line.partition(":")[0] not in replaced)
        return "\n".join((*kept, *self._more, ""))


@contextmanager
def turn_to_break() -> Iterator[None]:
    """Wait until no other process has a cluster of its own: each has the same ports, and two are too much for a small machine."""
    with (SERVER / "broken.lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        yield


def use() -> str:
    """Keep the cluster running as long as this process lives, started by whichever process comes first; return why there is
    none.
    """
    if reason := missing():
        return reason
    if not _using:
        _using.append(os.open(USERS, os.O_RDWR | os.O_CREAT, 0o644))
        fcntl.flock(_using[0], fcntl.LOCK_SH)
    with (SERVER / "start.lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if _ready(HOSTS[0]):
            return ""
        failure = SERVER / "failure"
        failure.unlink(missing_ok=True)
        # Without the lock, which would keep the cluster running for itself.
        runner = subprocess.Popen(
            [sys.executable, "-m", __name__], cwd=ROOT, stdin=subprocess.DEVNULL, start_new_session=True
        )
        while not _ready(HOSTS[0]):
            if runner.poll() is not None:
                return failure.read_text() if failure.exists() else "it could not be started"
            time.sleep(0.2)
        runner.returncode = 0  # it outlives this process and is not waited for
    return ""


_using: list[int] = []
"""The open file that holds this process's share of the lock."""


def _in_memory() -> Path | None:
    """Return a folder in memory, if there is one: hundreds of small indexes spend most of their time waiting for the disk."""
    return _SHARED if _SHARED.is_dir() and shutil.disk_usage(_SHARED).free > _ROOM else None


def _java() -> Path:
    return Path((SERVER / "java").read_text().strip())


def _ready(host: str, count: int = COUNT) -> bool:
    data = "yellow" if count == COUNT else "red"
    try:
        with urlopen(
            f"{host}/_cluster/health?wait_for_nodes={count}&wait_for_status={data}&timeout=1s", timeout=5
        ) as found:
            return b'"timed_out":false' in found.read()
    except (URLError, OSError):
        return False


def main() -> None:
    """Run a cluster until nobody uses it."""
    nodes = Nodes()
    try:
        for number in range(COUNT):
            nodes.start(number)
        if reason := nodes.wait():
            (SERVER / "failure").write_text(reason)
            return
        with USERS.open("w") as users:
            fcntl.flock(users, fcntl.LOCK_EX)
    except KeyboardInterrupt:
        pass
    finally:
        nodes.stop()


if __name__ == "__main__":
    main()
