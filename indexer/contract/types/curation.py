"""What those who look after the site see and change: pins, their lexicon, what is searched."""

from __future__ import annotations

from typing_extensions import TypedDict


class PinInput(TypedDict):
    """Articles that come first for a query."""

    query: str
    ids: list[str]
    """The best first, at most five; none takes back what was pinned."""


class PinAnswer(TypedDict):
    """Articles that come first for a query."""

    query: str
    ids: list[str]


class PinsAnswer(TypedDict):
    """All that is pinned."""

    pins: list[PinAnswer]


class LexiconInput(TypedDict):
    """The site's own lexicon."""

    text: str
    """TOML, as ``tracuu.toml.example`` describes it."""


class LexiconAnswer(TypedDict):
    """The site's own lexicon."""

    text: str
    """TOML as it is written, comments and all; empty where there is none."""


class ProposalInput(TypedDict):
    """A line that the lexicon could have, as the report proposes it."""

    kind: str
    """Table of the lexicon."""
    form: str
    meant: str


class ProposalAnswer(TypedDict):
    """A line that the lexicon could have."""

    kind: str
    form: str
    meant: str


class AskedAnswer(TypedDict):
    """A query, however its letters were written."""

    text: str
    times: int
    total: int
    """Articles found the last time."""


class SlowAnswer(TypedDict):
    """A query that was slow at least once."""

    text: str
    times: int
    slowest_ms: float


class ReportAnswer(TypedDict):
    """What was searched in the last days."""

    days: int
    searches: int
    without_results: int
    zero_share: float
    top: list[AskedAnswer]
    zero: list[AskedAnswer]
    """What found nothing."""
    slow: list[SlowAnswer]
    clicks: list[list[int]]
    """Pairs of the position of a result, 0 for pinned ones, and how often it was followed."""
    proposals: list[ProposalAnswer]
    """Those of the last ``tracuu report``."""
