"""A page of another site with our search box on it, under the strictest content security policy."""

from __future__ import annotations

from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from playwright.sync_api import Page

from tests.browser.pages import Site

STYLE = "body { color: #222; background: #fff } input { border: 9px solid red !important; display: none }"
DARK = "body { color-scheme: dark; color: #eee; background: #111 }"
Show = Callable[..., Page]
"""Shows a page with the given body, in which ``SCRIPT`` stands for our search box."""


class Portal(ThreadingHTTPServer):
    """Another site, on a port of its own and so of another origin."""

    def __init__(self, trusted: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.policy = (
            f"default-src 'none'; style-src 'self'; script-src {trusted}; form-action {trusted}; connect-src {trusted};"
            " img-src data:; base-uri 'none'; require-trusted-types-for 'script'"
        )
        self.files = {"/": "", "/style.css": STYLE, "/dark.css": DARK}

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: Portal

    def do_GET(self) -> None:
        kind = "text/css" if self.path.endswith(".css") else "text/html"
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Security-Policy", self.server.policy)
        self.end_headers()
        self.wfile.write(self.server.files[self.path].encode())

    def log_message(self, format: str, *args: Any) -> None:
        """Log nothing."""


def document(site: Site, body: str, head: str = "") -> str:
    return (
        '<!DOCTYPE html><html lang="vi"><meta charset="utf-8"><title>Cổng thông tin</title>'
        f'<link rel="icon" href="data:,"><link rel="stylesheet" href="/style.css">{head}'
        f"<body><main><h1>Cổng thông tin</h1>{body}</main></html>"
    ).replace("SCRIPT", f'script src="{site.origin}/embed.js"')
