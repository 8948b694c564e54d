"""An error as programs receive it."""

from __future__ import annotations

from typing import NotRequired

from typing_extensions import TypedDict


class BadParameter(TypedDict):
    """The problem with one parameter or one field of the body."""

    parameter: str
    """Its name; for an attachment ``attachments[0]``."""
    detail: str


class Problem(TypedDict):
    """An error (RFC 9457)."""

    type: str
    """A URN of this service, or ``about:blank`` if the status says everything."""
    title: str
    status: int
    detail: str
    errors: NotRequired[list[BadParameter]]
