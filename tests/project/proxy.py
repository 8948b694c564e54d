"""The nginx of ``deploy/nginx`` on loopback, in front of small servers that say what reached them."""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import socket
import ssl
import subprocess
import threading
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "deploy" / "nginx"
CLUSTER = ROOT / "deploy" / "cluster" / "nginx" / "tracuu-upstream.conf"
STAFF = ("an.nguyen", "secret")
"""Name and password of the only member of staff."""
_WAIT_SECONDS = 10.0


def nginx() -> str | None:
    return shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin:/sbin")


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    """By lower-case name."""
    body: str

    @property
    def said(self) -> Any:
        """What the machine behind the proxy told: ``machine``, ``method``, ``path`` and ``headers``."""
        return json.loads(self.body)


class Machine:
    """A server behind the proxy that answers every request with 200 and what it received."""

    def __init__(self, name: str) -> None:
        self.name = name
        machine = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def __getattr__(self, name: str) -> Any:
                if name.startswith("do_"):
                    return self._answer
                raise AttributeError(name)

            def _answer(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                told = {
                    "machine": machine.name,
                    "method": self.command,
                    "path": self.path,
                    "headers": {key.lower(): value for key, value in self.headers.items()},
                }
                content = json.dumps(told).encode()
                self.send_response(200)
                self.send_header("Content-Length", str(len(content)))
                # A proxy that keeps connections to a machine that is gone would only notice with the next request.
                self.send_header("Connection", "close")
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(content)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = int(self._server.server_address[1])
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Refuse connections from now on."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def upstreams(web: list[int], writer: int) -> str:
    """Return the file of the cluster's machines with ports of this machine in place of its addresses."""
    file = CLUSTER.read_text(encoding="utf-8")
    ports = iter([*web, writer])
    told = re.sub(r"10\.0\.0\.\d+:8000", lambda _: f"127.0.0.1:{next(ports)}", file)
    assert next(ports, None) is None
    return told


class Proxy:
    """nginx with the example of ``deploy/``, as a package of Debian sets it up: the folders of logs and caches are there and
    nothing is in them. Only ports, folders, rates and the network of the staff are other ones.
    """

    def __init__(self, folder: Path, upstream: str, insiders: str = "10.0.0.0/8") -> None:
        self._folder = folder
        self._port, plain_port = _free_ports(2)
        self._process: subprocess.Popen[bytes] | None = None
        example = (EXAMPLES / "tracuu.conf").read_text(encoding="utf-8")
        for place in ("/var/cache", "/var/log/nginx", "/etc/ssl/tracuu", "/etc/nginx"):
            (folder / place[1:]).mkdir(parents=True, exist_ok=True)
            example = example.replace(f"{place}/", f"{folder}{place}/")
        # Only root may listen below 1024; which ports these are is nothing that can be wrong.
        for listened, here in (("443", f"127.0.0.1:{self._port}"), ("80", f"127.0.0.1:{plain_port}")):
            example = re.sub(rf"listen {listened}\b", f"listen {here}", example)
            example = re.sub(rf"^ *listen \[::\]:{listened}\b.*\n", "", example, flags=re.MULTILINE)
        example = re.sub(r"rate=\d+r/s", "rate=100000r/s", example).replace("10.0.0.0/8", insiders)
        keys = folder / "etc/ssl/tracuu"
        command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=example"]
        subprocess.run(
            [*command, "-keyout", keys / "privkey.pem", "-out", keys / "fullchain.pem"],
            check=True,
            capture_output=True,
        )
        (folder / "etc/nginx/tracuu.staff").write_text(f"{STAFF[0]}:{{PLAIN}}{STAFF[1]}\n")
        (folder / "tracuu.conf").write_text(example)
        (folder / "tracuu-upstream.conf").write_text(upstream)
        temporary = "".join(
            f"{kind}_temp_path {folder}/{kind};\n"
            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        user = "user root;\n" if os.geteuid() == 0 else ""
        (folder / "nginx.conf").write_text(
            f"{user}pid {folder}/pid;\nerror_log {folder}/error.log;\nworker_processes 1;\nevents {{}}\n"
            f"http {{\n{temporary}include {folder}/tracuu*.conf;\n}}\n"
        )

    def check(self) -> None:
        """Let nginx read its configuration; fails with what it says."""
        done = subprocess.run([*self._command, "-t"], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr + (self._folder / "error.log").read_text()

    def start(self) -> None:
        self._process = subprocess.Popen([*self._command, "-g", "daemon off;"], stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + _WAIT_SECONDS
        while True:
            with suppress(ConnectionRefusedError):
                self.ask("GET", "/")
                return
            assert self._process.poll() is None, (self._folder / "error.log").read_text()
            assert time.monotonic() < deadline
            time.sleep(0.02)

    def switch(self, upstream: str) -> None:
        """Take other machines, as ``systemctl reload nginx`` does; return when no worker knows the earlier ones any more."""
        before = self._workers()
        (self._folder / "tracuu-upstream.conf").write_text(upstream)
        subprocess.run([*self._command, "-s", "reload"], check=True)
        deadline = time.monotonic() + _WAIT_SECONDS
        # For a moment, workers with the earlier and with the new machines take requests side by side.
        while before & self._workers():
            assert time.monotonic() < deadline
            time.sleep(0.02)

    def _workers(self) -> set[int]:
        assert self._process is not None
        pid = self._process.pid
        return {int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()}

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait()

    def ask(
        self, method: str, path: str, headers: dict[str, str] | None = None, body: bytes | None = None
    ) -> Answer:
        connection = http.client.HTTPSConnection(
            "127.0.0.1", self._port, timeout=_WAIT_SECONDS, context=_unverified()
        )
        try:
            connection.request(method, path, body, {"Host": "timkiem.example.gov.vn", **(headers or {})})
            answer = connection.getresponse()
            told = {key.lower(): value for key, value in answer.getheaders()}
            return Answer(answer.status, told, answer.read().decode())
        finally:
            connection.close()

    @property
    def _command(self) -> list[str]:
        return [str(nginx()), "-p", str(self._folder), "-c", str(self._folder / "nginx.conf")]


def _free_ports(count: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [int(one.getsockname()[1]) for one in sockets]
    for one in sockets:
        one.close()
    return ports


def _unverified() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
