"""Answers of a server."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field

HTML = "text/html; charset=utf-8"


@dataclass(frozen=True)
class Reply:
    """One answer. If ``tagged`` it has an ETag, and is not sent again to clients that have it."""

    body: bytes
    type: str = HTML
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    tagged: bool = True

    @property
    def etag(self) -> str:
        return f'"{hashlib.blake2b(self.body, digest_size=8).hexdigest()}"'


Answer = Reply | Callable[[str], Reply]
"""The answer at an address, or a function that makes it from the address requested."""


def html(text: str, **more: object) -> Reply:
    """A page."""
    return Reply(text.encode(), **more)  # type: ignore[arg-type]


def moved(to: str, status: int = 301) -> Reply:
    """A redirect."""
    return Reply(b"", status=status, headers={"Location": to})
