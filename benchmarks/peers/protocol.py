"""What every peer is asked to do: index documents, then answer three kinds of questions about them.

Texts and queries come in NFC to all of them, as any of their users would see to; what is a word each decides for itself, in
texts and queries alike.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from indexer.vietnamese.letters import fold

FACETS = ("source", "category", "month")
HITS = 10


class NotInstalledError(Exception):
    """A peer that this machine lacks; the message says what would bring it."""


@dataclass(frozen=True, slots=True)
class Document:
    """One article: its title, and summary and body as one text."""

    id: str
    title: str
    text: str
    source: str = "none"
    category: str = "none"
    month: str = "none"


@dataclass(frozen=True, slots=True)
class Page:
    """What a page of results needs: how many match, ten of them, and how many values and snippets were made."""

    total: int
    ids: tuple[str, ...]
    facet_values: int
    snippets: int


class Searcher(Protocol):
    """An open index."""

    def page(self, text: str) -> Page:
        """Return the first ten that hold all words, with three facets and a snippet each where the peer can."""

    def matching(self, text: str) -> frozenset[str]:
        """Return the ids of all documents that are counted for ``text``."""

    def ranked(self, text: str, depth: int) -> list[str]:
        """Return the ids of the best ``depth`` documents that hold any of the words."""

    def shown(self, text: str) -> list[str]:
        """Return the ids of the first page that a user sees who types a whole question."""


class Peer(Protocol):
    """A search engine with its settings."""

    title: str
    setup: str
    """How it is set up, and what it can't do, for the reader of the table."""

    def check(self) -> None:
        """Raise NotInstalledError where it can't run here."""

    def build(self, folder: Path, documents: Iterable[Document]) -> None:
        """Index ``documents`` into ``folder``, which is empty, and stop whatever was started for it."""

    def opened(self, folder: Path) -> AbstractContextManager[Searcher]:
        """Open what was built."""


def folded(text: str) -> str:
    """Return the words of ``text`` that have accents, without them: the second form that is indexed beside the first."""
    pairs = ((word, fold(word)) for word in text.lower().split())
    return " ".join(bare for word, bare in pairs if bare != word)
