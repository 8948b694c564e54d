"""The whole service on loopback: nodes of OpenSearch, an object store, and machines that are processes of ``tracuu serve``."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from indexer.opensearch_settings import HOSTS_VARIABLE
from indexer.role_settings import Role
from tests.cluster import nodes
from tests.cluster.nodes import COUNT, ROOT, Nodes
from tests.files import gateway
from tests.files.gateway import BUCKET, WITH_US, Gateway
from tests.running.server import Server, answers, free_port
from tests.waiting import SECONDS, until

_WEB_PROCESSES = "1"
_FIRST = '{"id": "dau-tien", "title": "Tin đầu tiên", "body": "Cổng thông tin mở cửa."}\n'


def missing() -> str:
    """Return why the service cannot be started here, empty if it can."""
    return nodes.missing() or gateway.missing()


@dataclass
class Machine:
    """A machine of the service: all of its processes live and die together."""

    name: str
    role: Role
    folder: Path
    common: str
    """The settings that all machines share, as TOML."""
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def data(self) -> Path:
        """Its data directory."""
        return self.folder / "data"

    @property
    def config(self) -> Path:
        """Its settings file."""
        return self.folder / "tracuu.toml"

    def options(self) -> list[str]:
        """Return the options by which commands find settings and data."""
        return ["--config", str(self.config), "--data", str(self.data)]

    def set_up(self) -> None:
        """Write its settings."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.config.write_text(f'role = "{self.role}"\n{self.common}')

    def start(self) -> None:
        """Switch it on, with the data it had before."""
        self.set_up()
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [*WITH_US, *_tracuu("serve"), "--quiet", *self.options(), "--port", str(self.port),
                 "--workers", _WEB_PROCESSES],
                cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=_environ(),
                start_new_session=True,
            )  # fmt: skip

    def wait(self) -> None:
        """Return once it answers searches."""
        assert self.process is not None
        server, process = Server(self.port, self.process), self.process  # type: ignore[arg-type]
        until(lambda: process.poll() is not None or answers(server))
        assert process.poll() is None, f"{self.name} ended: {self.log()}"

    def signal(self, number: int) -> None:
        """Send a signal to all of its processes at once."""
        assert self.process is not None
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, number)

    def kill(self) -> None:
        """Cut its power; nothing happens if it is off."""
        if self.process is not None:
            self.signal(signal.SIGKILL)
            self.process.wait(SECONDS)
            self.process = None

    def run(self, *command: str, sent: str = "") -> str:
        """Run a command on it that reads ``sent``; return what it printed."""
        words = [*_tracuu(*command), *self.options()]
        done = subprocess.run(words, cwd=ROOT, input=sent, env=_environ(), capture_output=True, text=True,
                              check=False)  # fmt: skip
        assert done.returncode == 0, f"tracuu {' '.join(command)}: {done.stderr}"
        return done.stdout

    def log(self) -> str:
        """Return the end of what it logged."""
        return (self.folder / "log").read_text(errors="replace")[-3_000:]


class Service:
    """Three nodes, a store, a writer, two web nodes and a standby, in ``folder``; the writer has an index, of one article."""

    def __init__(self, folder: Path) -> None:
        self.nodes = Nodes(shared=False)
        self.store = Gateway()
        known = self.store.settings()
        hosts = ", ".join(f'"{host}"' for host in self.nodes.hosts)
        common = f"""
engine = "opensearch"
files = "s3://{BUCKET}/cong"
rate_limit = 0
key_rate_limit = 0
ocr = false
[opensearch]
hosts = [{hosts}]
replicas = 1
connect_seconds = 5
[s3]
endpoint = "{known.endpoint}"
access_key = "{known.access_key}"
secret_file = "{known.secret_file}"
request_seconds = 10
"""

        def machine(name: str, role: Role) -> Machine:
            return Machine(name, role, folder / name, common)

        self.writer = machine("writer", "writer")
        self.standby = machine("standby", "standby")
        self.web = [machine(f"web-{n}", "web") for n in range(2)]

    def machines(self) -> list[Machine]:
        """Return all machines, the writer first."""
        return [self.writer, self.standby, *self.web]

    def start(self) -> None:
        """Start everything, and wait until all machines answer."""
        for number in range(COUNT):
            self.nodes.start(number)
        self.store.start()
        if reason := self.nodes.wait():
            raise AssertionError(reason)
        self.writer.set_up()
        self.writer.run("index", "--quiet", "-", sent=_FIRST)
        for machine in self.machines():
            machine.start()
        for machine in self.machines():
            machine.wait()

    def stop(self) -> None:
        """Stop everything, and delete what nodes and store hold."""
        for machine in self.machines():
            machine.kill()
        self.store.stop()
        self.nodes.stop()


def _environ() -> dict[str, str]:
    """The settings name the hosts; other tests have those of another cluster in the environment."""
    return {name: value for name, value in os.environ.items() if name != HOSTS_VARIABLE}


def _tracuu(*words: str) -> list[str]:
    return [sys.executable, "-W", "ignore", "-m", "indexer", *words]
