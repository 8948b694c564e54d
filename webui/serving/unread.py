"""Unread request bodies: if more of a body may follow, the connection is closed and the client is told so.

Otherwise, a proxy would send its next request into the closing connection and answer 502 on our behalf.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from webui.serving.framing import READ_AHEAD

Start = Callable[..., Any]
Application = Callable[[dict[str, Any], Start], Iterable[bytes]]


def telling_unread(app: Application) -> Application:
    """Wrap ``app``: discard the rest of small bodies, and send ``Connection: close`` if more may follow."""

    def answered(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            if not _is_read(environ, refused=status >= "4"):
                start_response.__self__.force_close()
            return start_response(status, headers, exc_info)

        return app(environ, start)

    return answered


def _is_read(environ: dict[str, Any], refused: bool) -> bool:
    """Tell whether the body is complete. Bytes already received are discarded; nothing is waited for."""
    if "HTTP_TRANSFER_ENCODING" in environ or "HTTP_EXPECT" in environ:
        return not refused
    body = environ["wsgi.input"]
    left: int = getattr(getattr(body, "reader", None), "length", 0) or 0
    if left and int(environ.get("CONTENT_LENGTH") or 0) <= READ_AHEAD:  # all of it is here
        while body.read(READ_AHEAD):
            pass
        return True
    return not left
