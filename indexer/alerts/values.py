"""What the parts of alerts hand to each other."""

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
    """More was asked for than one client, or all together, may ask for in a day (HTTP 429)."""

    status = 429
    title = "Too many requests"


@dataclass(frozen=True, slots=True)
class Alert:
    """A search whose news somebody gets."""

    id: int
    query: str
    """The parameters of the search, as its address has them."""
    language: Language
    rhythm: Rhythm
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Due:
    """An alert that is to be matched."""

    alert: Alert
    known: int
    """Number of the last article that is no news to it."""


@dataclass(frozen=True, slots=True)
class Found:
    """What is new for an alert."""

    due: Due
    articles: tuple[str, ...]
    """Ids of those that are shown, the newest first."""
    total: int


@dataclass(frozen=True, slots=True)
class Message:
    """Something that is to be sent."""

    id: int
    name: str
    """The same for the same alert and articles, whenever it is planned."""
    kind: MessageKind
    to: Kind
    recipient: int
    address: str
    """Of mail, or of a webhook."""
    secret: str
    """Of a webhook; empty for mail."""
    alert: Alert
    leave: str
    """The token by which the alert is left."""
    articles: tuple[str, ...]
    total: int
    made: int
    tries: int


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of a list of alerts: who gets it stays sealed but for what tells one recipient from another."""

    alert: Alert
    kind: Kind
    recipient: int
    address: str
    """Masked, as ``t…@example.vn``."""
    paused: bool
    due: int
    sent: int | None
    waiting: int
    """Messages that are to be sent."""
