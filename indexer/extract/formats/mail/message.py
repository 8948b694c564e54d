"""The contents of an email, whichever program stored it: its header, its text, the emails and files in it. PURE."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from indexer.model import Problem

DEEPEST = 10
"""The deepest nesting of emails that is read."""


@dataclass(slots=True)
class Message:
    """One mail."""

    head: list[tuple[str, str]] = field(default_factory=list)
    """Name and text of the header lines: ``Subject``, ``From``, ``To``, ``Cc``, ``Date``."""
    texts: list[str] = field(default_factory=list)
    """Its texts, in order, with those of emails within it."""
    files: list[tuple[str, bytes]] = field(default_factory=list)
    """Name and bytes of its attachments and those of emails within it; names may be empty."""

    problems: list[Problem] = field(default_factory=list)
    """What was not read, each problem once."""

    def text(self) -> str:
        """Return header and text."""
        return "\n".join([*self._head(), *self.texts])

    def _head(self) -> Iterator[str]:
        for name, text in self.head:
            if shown := " ".join(text.split()):
                yield f"{name}: {shown}"

    def take(self, other: Message) -> None:
        """Add an email contained in this one."""
        self.texts.append(other.text())
        self.files += other.files
        for one in other.problems:
            self.leaves_out(one)

    def leaves_out(self, why: Problem) -> None:
        """Record that something was not read."""
        if why not in self.problems:
            self.problems.append(why)


def longer(plain: str, rich: str) -> str:
    """Return the longer of two versions of a text; the plain one if they are about equal."""
    words = len(plain.split())
    return rich if not words or len(rich.split()) > 1.1 * words + 3 else plain
