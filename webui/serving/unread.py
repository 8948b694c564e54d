"""What an answer leaves unread of a request: where more of the body may come, the connection is not kept, and the client is told.

A proxy that is not told sends the next request into a connection that is being closed, and answers 502 in our place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from webui.serving.framing import READ_AHEAD

Start = Callable[..., Any]
Application = Callable[[dict[str, Any], Start], Iterable[bytes]]


def telling_unread(app: Application) -> Application:
    """Return ``app`` with the rest of small bodies thrown away, and ``Connection: close`` where more may come."""

    def answered(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            if not _is_read(environ, refused=status >= "4"):
                start_response.__self__.force_close()
            return start_response(status, headers, exc_info)

        return app(environ, start)

    return answered


def _is_read(environ: dict[str, Any], refused: bool) -> bool:
    """Tell whether nothing of the body comes any more. What is at hand of it is thrown away; nothing is waited for."""
    if "HTTP_TRANSFER_ENCODING" in environ or "HTTP_EXPECT" in environ:
        return not refused
    body = environ["wsgi.input"]
    left: int = getattr(getattr(body, "reader", None), "length", 0) or 0
    if left and int(environ.get("CONTENT_LENGTH") or 0) <= READ_AHEAD:  # all of it is here
        while body.read(READ_AHEAD):
            pass
        return True
    return not left
