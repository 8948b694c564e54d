"""The portal served on localhost; its answers can be changed while it runs."""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.portal import aspnet, liferay, traps, wordpress
from tests.portal.replies import Answer, Reply, html
from tests.portal.stories import Story

LOOKS = (wordpress, liferay, aspnet)
STARTS = (f"{wordpress.BASE}/", f"{liferay.BASE}/home", f"{aspnet.BASE}/Default.aspx")


class Portal:
    """All addresses with their answers."""

    def __init__(self, stories: Sequence[Story], with_traps: bool = True) -> None:
        self.stories = list(stories)
        self.answers: dict[str, Answer] = {}
        self.asked: Counter[str] = Counter()
        """How often each address was requested."""
        self.agents: set[str] = set()
        self.bytes = 0
        self.patterns: list[tuple[str, Callable[[str], Reply]]] = []
        self.everything: Reply | None = None
        """Answers all addresses while it is set."""
        self.released = threading.Event()
        """Set when the server ends, which releases requests that are never answered."""
        for look in LOOKS:
            self.answers.update(look.pages(self.stories))
        if with_traps:
            self.answers.update(traps.pages())
            self.patterns += traps.endless()
            first = self.answers[f"{wordpress.BASE}/"]
            assert isinstance(first, Reply)
            old = wordpress.address(self.stories[0])
            page = self.answers[old]
            assert isinstance(page, Reply)
            self.answers[old] = traps.in_cp1258(page)
            link = f'<a href="{wordpress.BASE}/so-do/">Sơ đồ trang</a></footer>'.encode()
            self.answers[f"{wordpress.BASE}/"] = Reply(first.body.replace(b"</footer>", link))

    @property
    def articles(self) -> dict[str, Story]:
        """The addresses of articles."""
        return {look.address(one): one for look in LOOKS for one in self.stories}

    def answer(self, address: str) -> Reply:
        """The answer at an address."""
        self.asked[address] += 1
        if self.everything is not None:
            return self.everything
        if address == traps.SLOW:
            self.released.wait()
        clean = re.sub(r";jsessionid=\w+|[?&]utm_\w+=\w+", "", address)
        found = self.answers.get(clean)
        if found is None:
            found = next((make for pattern, make in self.patterns if re.fullmatch(pattern, clean)), None)
        if found is None:
            # The newspaper answers 200 to everything; the others use proper status codes.
            newspaper = clean.startswith(wordpress.BASE) or "khong-co-trang-nay" in clean
            return html(traps.NOT_FOUND, status=200 if newspaper else 404, tagged=False)
        return found(clean) if callable(found) else found


@contextmanager
def served(portal: Portal) -> Iterator[str]:
    """Yield the origin at which ``portal`` is served."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        # Head and body in one packet: otherwise each answer waits 40 ms for an acknowledgement.
        wbufsize = 1 << 16
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            portal.agents.add(self.headers.get("User-Agent", ""))
            reply = portal.answer(self.path)
            body = reply.body.replace(b"{origin}", origin.encode())
            known = reply.tagged and self.headers.get("If-None-Match") == reply.etag
            self.send_response(304 if known else reply.status)
            self.send_header("Content-Type", reply.type)
            if reply.tagged and reply.status == 200:
                self.send_header("ETag", reply.etag)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            body = b"" if known else body
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            portal.bytes += len(body)

        def log_message(self, *_: Any) -> None:
            pass

    class Server(ThreadingHTTPServer):
        request_queue_size = 128

    server = Server(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    origin = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield origin
    finally:
        portal.released.set()
        server.shutdown()
        server.server_close()
        thread.join()
