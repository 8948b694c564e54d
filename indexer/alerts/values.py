"""Values passed between the parts of alerts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from indexer.alerts.rhythm import Rhythm
from indexer.errors import BusyError
from indexer.model import Language

Kind = Literal["mail", "webhook"]
Purpose = Literal["confirm", "leave"]
MessageKind = Literal["confirm", "news"]


class TooManyError(BusyError):
    """A client, or all clients together, have exceeded the daily limit (HTTP 429)."""

    status = 429
    title = "Too many requests"
    kind = "too-many-requests"


@dataclass(frozen=True, slots=True)
class Alert:
    """A search with a subscriber."""

    id: int
    query: str
    """The parameters of the search, as in its address."""
    language: Language
    rhythm: Rhythm
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Due:
    """An alert to match."""

    alert: Alert
    known: int
    """Number of the last article already known to it."""


@dataclass(frozen=True, slots=True)
class Found:
    """What is new for an alert."""

    due: Due
    articles: tuple[str, ...]
    """Ids of the articles to show, newest first."""
    total: int


@dataclass(frozen=True, slots=True)
class Message:
    """A message to send."""

    id: int
    name: str
    """The same whenever a message for the same alert and articles is planned."""
    kind: MessageKind
    to: Kind
    recipient: int
    address: str
    """An email address, or that of a webhook."""
    secret: str
    """The secret of a webhook; empty for emails."""
    alert: Alert
    leave: str
    """The token for unsubscribing."""
    articles: tuple[str, ...]
    total: int
    made: int
    tries: int


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry in a list of alerts; recipients stay encrypted except for what distinguishes them."""

    alert: Alert
    kind: Kind
    recipient: int
    address: str
    """Masked, such as ``t…@example.vn``."""
    paused: bool
    due: int
    sent: int | None
    waiting: int
    """Number of messages to send."""
