"""What a mail says, whichever program kept it: its head, its words, the mails and the files in it. PURE."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from indexer.model import Problem

DEEPEST = 10
"""Mails within each other that are read."""


@dataclass(slots=True)
class Message:
    """One mail."""

    head: list[tuple[str, str]] = field(default_factory=list)
    """Name and text of its lines: ``Subject``, ``From``, ``To``, ``Cc``, ``Date``."""
    texts: list[str] = field(default_factory=list)
    """Its words, in order, with those of mails within it."""
    files: list[tuple[str, bytes]] = field(default_factory=list)
    """Name and bytes of what it carries, and what mails within it do; names may be empty."""

    problems: list[Problem] = field(default_factory=list)
    """What of it was not read, each once."""

    def text(self) -> str:
        """Return head and words."""
        return "\n".join([*self._head(), *self.texts])

    def _head(self) -> Iterator[str]:
        for name, text in self.head:
            if shown := " ".join(text.split()):
                yield f"{name}: {shown}"

    def take(self, other: Message) -> None:
        """Take in a mail that this one carries."""
        self.texts.append(other.text())
        self.files += other.files
        for one in other.problems:
            self.leaves_out(one)

    def leaves_out(self, why: Problem) -> None:
        """Note that something was not read."""
        if why not in self.problems:
            self.problems.append(why)


def longer(plain: str, rich: str) -> str:
    """Return the one of two ways of saying the same that says more; the plain one where they are about equal."""
    words = len(plain.split())
    return rich if not words or len(rich.split()) > 1.1 * words + 3 else plain
