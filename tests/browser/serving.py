"""The real server, on a free port."""

from __future__ import annotations

import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from werkzeug.serving import WSGIRequestHandler, make_server

from indexer.search.service import open_search
from indexer.settings import Settings
from tests.demo_portal import ROOT
from webui import create_app

_SECONDS = 30.0
"""Time within which the server has to be ready."""
_STAFF = 'trusted_proxies = 1\nstaff_header = "X-Staff"\n'
_MAIL = '[smtp]\nhost = "127.0.0.1"\nport = 1\ntls = "none"\nsender = "tin@lamgiang.example"\n'
"""With these settings pages offer alerts, but no mail is sent."""


@contextmanager
def serving(settings: Settings) -> Iterator[str]:
    """Run ``tracuu serve`` during the block; gives its origin, ``http://127.0.0.1:PORT``."""
    port = _free_port()
    command = [sys.executable, "-W", "ignore", "-m", "indexer", "serve", "--quiet"]
    command += ["--data", str(settings.data), "--port", str(port), "--workers", "1"]
    origin = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "tracuu.toml"
        config.write_text(f'site_url = "{origin}"\n{_STAFF}{_MAIL}', encoding="utf-8")
        with subprocess.Popen([*command, "--config", str(config)], cwd=ROOT) as server:
            try:
                _wait(server, f"{origin}/readyz")
                yield origin
            finally:
                server.terminate()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait(server: subprocess.Popen[bytes], address: str) -> None:
    deadline = time.monotonic() + _SECONDS
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(address, timeout=_SECONDS):
                return
        except urllib.error.URLError:
            if server.poll() is not None:
                raise RuntimeError(f"tracuu serve ended with {server.returncode}") from None
            time.sleep(0.05)
    raise RuntimeError(f"{address} did not answer within {_SECONDS:.0f} s")


@contextmanager
def answering(settings: Settings) -> Iterator[str]:
    """Answer from threads of this process during the block, as :func:`serving` does: for tests of pages alone."""
    service = open_search(settings)
    server = make_server("127.0.0.1", 0, create_app(service), threaded=True, request_handler=_Silent)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        service.close()


class _Silent(WSGIRequestHandler):
    def log(self, *args: object, **values: object) -> None:
        """Log no requests."""
