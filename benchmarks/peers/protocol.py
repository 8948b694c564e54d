"""The tasks of every peer: index documents, then answer three kinds of questions about them.

All of them receive texts and queries in NFC, as their users would ensure; each decides for itself what a word is, in texts and
queries alike.
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
    """A peer that is not installed; the message says how to install it."""


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
    """The content of a page of results: the number of matches, ten of them, and how many facet values and snippets were made."""

    total: int
    ids: tuple[str, ...]
    facet_values: int
    snippets: int


class Searcher(Protocol):
    """An open index."""

    def page(self, text: str) -> Page:
        """Return the first ten documents with all words, with three facets, and a snippet for each if the peer can."""

    def matching(self, text: str) -> frozenset[str]:
        """Return the ids of all documents that count as matches for ``text``."""

    def ranked(self, text: str, depth: int) -> list[str]:
        """Return the ids of the best ``depth`` documents with any of the words."""

    def shown(self, text: str) -> list[str]:
        """Return the ids on the first page for a user who types a whole question."""


class Peer(Protocol):
    """A search engine with its settings."""

    title: str
    setup: str
    """Its set-up and its limitations, for the reader of the table."""

    def check(self) -> None:
        """Raise NotInstalledError if it cannot run here."""

    def build(self, folder: Path, documents: Iterable[Document]) -> None:
        """Index ``documents`` into the empty ``folder``, and stop everything started for it."""

    def opened(self, folder: Path) -> AbstractContextManager[Searcher]:
        """Open the index."""


def folded(text: str) -> str:
    """Return the accented words of ``text`` without accents, as the second form that is indexed beside the first."""
    pairs = ((word, fold(word)) for word in text.lower().split())
    return " ".join(bare for word, bare in pairs if bare != word)
