"""The data that editors see and change: pins, the local dictionary, and reports on searches."""

from __future__ import annotations

from typing_extensions import TypedDict


class PinInput(TypedDict):
    """Articles pinned to a query."""

    query: str
    ids: list[str]
    """In order, at most five; an empty list removes the pins."""


class PinAnswer(TypedDict):
    """Articles pinned to a query."""

    query: str
    ids: list[str]


class PinsAnswer(TypedDict):
    """All pins."""

    pins: list[PinAnswer]


class LexiconInput(TypedDict):
    """The local dictionary."""

    text: str
    """TOML, as described in ``tracuu.toml.example``."""


class LexiconAnswer(TypedDict):
    """The local dictionary."""

    text: str
    """TOML exactly as written, including comments; empty if there is none."""


class ProposalInput(TypedDict):
    """A line for the local dictionary, as proposed by the report."""

    kind: str
    """Name of the table in the local dictionary."""
    form: str
    meant: str


class ProposalAnswer(TypedDict):
    """A proposed line for the local dictionary."""

    kind: str
    form: str
    meant: str


class AskedAnswer(TypedDict):
    """A query, ignoring capitals."""

    text: str
    times: int
    total: int
    """Number of results of the latest search."""


class SlowAnswer(TypedDict):
    """A query that was slow at least once."""

    text: str
    times: int
    slowest_ms: float


class ReportAnswer(TypedDict):
    """The searches of the last days."""

    days: int
    searches: int
    without_results: int
    zero_share: float
    top: list[AskedAnswer]
    zero: list[AskedAnswer]
    """Queries without results."""
    slow: list[SlowAnswer]
    clicks: list[list[int]]
    """Pairs of the position of a result (0 for pinned ones) and the number of clicks."""
    proposals: list[ProposalAnswer]
    """Proposals of the latest ``tracuu report``."""
