"""An error as programs get it."""

from __future__ import annotations

from typing import NotRequired

from typing_extensions import TypedDict


class BadParameter(TypedDict):
    """What is wrong with one parameter, or one field of the body."""

    parameter: str
    """Its name; of an attachment ``attachments[0]``."""
    detail: str


class Problem(TypedDict):
    """An error as RFC 9457 has it."""

    type: str
    """A URN of ours, or ``about:blank`` where the status says it all."""
    title: str
    status: int
    detail: str
    errors: NotRequired[list[BadParameter]]
