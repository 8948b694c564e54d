"""Where articles come from. A source yields articles and, between them, what it could not use."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from indexer.model import Article

_SHOWN = 3
"""Names of files that a sentence gives."""


@dataclass(frozen=True, slots=True)
class Problem:
    """An item that could not be used: ``item`` names it (``news.jsonl:17``), ``problem`` says why.

    An item of which nothing is known but that it is there keeps every article of its source from being pruned.
    """

    item: str
    problem: str
    id: str | None = None
    """Id of the article that it is, or is about, where that is known: that article stays."""
    below: str | None = None
    """What the ids of all articles in it begin with, where that is known: they stay."""
    staff: bool = False
    """It says, or may say, that the article ``id`` is for staff, which the public must not see from now on."""
    named: tuple[str, ...] = ()
    """Ids that stand in it where it may be one for staff: articles of its source that are read nowhere else are hidden, too."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What was read otherwise than it was written, or passed over; nothing failed."""

    item: str
    notice: str
    kind: str
    """The same for all notices that a report counts together."""


@dataclass(frozen=True, slots=True)
class Unread:
    """Files of one ending that were not read; no articles are known of them."""

    ending: str
    """With its dot, in lower case; empty for files without one."""
    names: tuple[str, ...]
    reason: str
    expected: bool = False
    """Whether such files have no text of their own."""

    @property
    def sentence(self) -> str:
        """What is said of them."""
        more = len(self.names) - _SHOWN
        names = ", ".join(self.names[:_SHOWN]) + (f" and {more} more" if more > 0 else "")
        files, were = ("files", "were") if len(self.names) > 1 else ("file", "was")
        named = f"{self.ending} {files}" if self.ending else f"{files} without an ending"
        return f"{len(self.names)} {named} {were} not read: {self.reason} ({names})"


@dataclass(frozen=True, slots=True)
class Unchanged:
    """An article that is there still, as it was when it was read: a source that can tell need not read it again."""

    id: str


@dataclass(frozen=True, slots=True)
class Partly:
    """The source is not read to the whole this time: what it does not yield is not gone for that."""


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What is there and is no article for the time being, as a draft: one that the source had before is not for the public any more.

    It is gone from the source as all that is not yielded.
    """

    id: str


Item = Article | Problem | Notice | Unread | Unchanged | Partly | Withdrawn


class Source(Protocol):
    """One place of articles."""

    name: str
    """Stable name of the place; ``--prune`` compares what was indexed under it before."""

    def items(self) -> Iterator[Item]:
        """Yield what is there, in a stable order; one bad item never ends the others."""

    def progress(self) -> float | None:
        """Return the share read so far in 0..1, None where the end is not known."""


@runtime_checkable
class Renamed(Protocol):
    """A source under a name of its own, whose articles came under other names before."""

    def was(self, place: str) -> bool:
        """Whether the source ``place`` was this one."""


@runtime_checkable
class Resumed(Protocol):
    """A source that need not read again what has not changed since its last run."""

    def resume(self, mark: object) -> None:
        """Go on from what :meth:`mark` returned after an earlier run; whatever can't be made out means: read all."""

    def mark(self) -> object:
        """Return where this run came to, as JSON has it; None where it did not come to its end."""


@runtime_checkable
class Filed(Protocol):
    """A source whose documents are articles by themselves, with their paths for ids."""

    def has(self, path: str) -> bool:
        """Whether a file lies at ``path``; asked for while items are read."""
