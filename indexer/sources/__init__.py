"""Where articles come from. A source yields articles, interleaved with reports of what it could not use."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from indexer.model import Article

_SHOWN = 3
"""Maximum number of file names listed in a sentence."""


@dataclass(frozen=True, slots=True)
class Problem:
    """An item that could not be used: ``item`` names it (``news.jsonl:17``), ``problem`` says why.

    If nothing but its existence is known, no article of its source may be pruned.
    """

    item: str
    problem: str
    id: str | None = None
    """Id of the article that it is or concerns, if known; that article is kept."""
    below: str | None = None
    """Common prefix of the ids of all articles in it, if known; those articles are kept."""
    staff: bool = False
    """Whether the article ``id`` is, or may be, declared staff-only; the public must not see it from now on."""
    named: tuple[str, ...] = ()
    """Ids in it, if it may be a staff-only article; articles of its source with these ids that were not read elsewhere are
    hidden, too.
    """


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that was interpreted or skipped; nothing failed."""

    item: str
    notice: str
    kind: str
    """Equal for all notices that a report counts together."""


@dataclass(frozen=True, slots=True)
class Unread:
    """Files with the same extension that were not read; no articles are known in them."""

    ending: str
    """In lower case, including the dot; empty for files without one."""
    names: tuple[str, ...]
    reason: str
    expected: bool = False
    """Whether such files contain no text of their own."""

    @property
    def sentence(self) -> str:
        """The sentence to print about them."""
        more = len(self.names) - _SHOWN
        names = ", ".join(self.names[:_SHOWN]) + (f" and {more} more" if more > 0 else "")
        files, were = ("files", "were") if len(self.names) > 1 else ("file", "was")
        named = f"{self.ending} {files}" if self.ending else f"{files} without an ending"
        return f"{len(self.names)} {named} {were} not read: {self.reason} ({names})"


@dataclass(frozen=True, slots=True)
class Unchanged:
    """An article that still exists and has not changed, from a source that can tell without reading it again."""

    id: str


@dataclass(frozen=True, slots=True)
class Partly:
    """The source is not read completely this time, so missing articles are not necessarily gone."""


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """Something that exists but is currently not an article, such as a draft. If it was one before, the public must not see it
    any more.

    It is gone from the source, like everything that is not yielded.
    """

    id: str


Item = Article | Problem | Notice | Unread | Unchanged | Partly | Withdrawn


class Source(Protocol):
    """A place that provides articles."""

    name: str
    """Stable name of the place; ``--prune`` compares with what was indexed under it before."""

    def items(self) -> Iterator[Item]:
        """Yield all items in a stable order; a bad item never ends the iteration."""

    def progress(self) -> float | None:
        """Return the share read so far, from 0 to 1; None if the total is unknown."""


@runtime_checkable
class Renamed(Protocol):
    """A source with a configured name, whose articles were indexed under other names before."""

    def was(self, place: str) -> bool:
        """Return whether the source ``place`` was this one."""


@runtime_checkable
class Resumed(Protocol):
    """A source that can skip what has not changed since its last run."""

    def resume(self, mark: object) -> None:
        """Continue from the result of :meth:`mark` in an earlier run; read everything if it cannot be interpreted."""

    def mark(self) -> object:
        """Return the position reached, as JSON data; None if the run did not finish."""


@runtime_checkable
class Filed(Protocol):
    """A source whose documents are articles of their own, with their paths as ids."""

    def has(self, path: str) -> bool:
        """Return whether there is a file at ``path``; called while items are read."""
