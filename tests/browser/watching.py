"""What a browser reports while it shows our pages."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Error, Page, Request


class Watch:
    """Collects what none of our pages may cause: errors, warnings, requests to other sites.

    Violations of the content security policy are errors on the console too.
    """

    def __init__(self, page: Page, origins: Collection[str]) -> None:
        self.complaints: list[str] = []
        self._page = page
        self._origins = origins
        self._documents: set[str] = set()
        page.on("console", self._said)
        page.on("pageerror", self._raised)
        page.on("request", self._asked)

    def stop(self) -> None:
        """Stop watching."""
        self._page.remove_listener("console", self._said)
        self._page.remove_listener("pageerror", self._raised)
        self._page.remove_listener("request", self._asked)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type not in ("error", "warning"):
            return
        address = str(message.location.get("url", ""))
        # A page that is itself an error is expected; anything it loads must still succeed.
        if message.text.startswith("Failed to load resource") and address in self._documents:
            return
        self.complaints.append(f"{message.type}: {message.text} ({address})")

    def _raised(self, error: Error) -> None:
        self.complaints.append(f"raised: {error}")

    def _asked(self, request: Request) -> None:
        if request.is_navigation_request():
            self._documents.add(request.url)
        parts = urlsplit(request.url)
        if parts.scheme in ("data", "blob", "about"):
            return
        if f"{parts.scheme}://{parts.netloc}" not in self._origins:
            self.complaints.append(f"asks {request.url}")
