"""A service whose index is on machines that do not answer, or refuse: it starts, says so, and answers once they do."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from indexer.engine.opensearch_.administration import INDEX_FILE
from indexer.engine.opensearch_.schema import VERSION
from indexer.engine.version import write_version
from indexer.errors import ClusterError
from indexer.opensearch_settings import OpenSearchSettings
from indexer.search.service import open_search
from indexer.settings import Settings
from webui import create_app

ADDRESSES = ("/search?q=hòa bình", "/api/v1/search?q=hòa bình", "/articles/hoa-binh")


@pytest.fixture(params=[401, 503, 500])
def node(request: pytest.FixtureRequest) -> Iterator[str]:
    """A node that refuses everything with this status."""
    kind = {500: "node_not_connected_exception", 503: "no_shard_available_action_exception"}

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            self.rfile.read(int(self.headers.get("content-length") or 0))
            error = {"error": {"type": kind.get(request.param, "security_exception"), "reason": "no"}}
            content = json.dumps(error).encode()
            self.send_response(request.param)
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_PUT = do_POST = do_DELETE = answer

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_pages_say_when_to_come_again(node: str, tmp_path: Path) -> None:
    folder = tmp_path / "opensearch"
    folder.mkdir()
    write_version(folder, VERSION)
    (folder / INDEX_FILE).write_text("tracuu-mot\n")
    cluster = OpenSearchSettings(hosts=(node,), search_seconds=0.5)
    settings = Settings(data=tmp_path, engine="opensearch", opensearch=cluster, rate_limit=0)
    with pytest.raises(ClusterError):
        open_search(settings)
    with closing(open_search(settings, patient=True)) as service:
        client = create_app(service).test_client()
        for address in ADDRESSES:
            start = time.monotonic()
            answer = client.get(address)
            assert (answer.status_code, "Retry-After" in answer.headers) == (503, True), address
            assert time.monotonic() - start < 10 * cluster.search_seconds
        assert client.get("/healthz").status_code == 200
        assert client.get("/readyz").get_data(as_text=True) == f"not ready: {ClusterError.readiness}\n"
