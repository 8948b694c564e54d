"""Keeps what the writer accepts in the object store, and forgets there what its published copies have."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from indexer.errors import ReplacedError
from indexer.replication.kept_changes import KeptChanges
from indexer.replication.manifest import Manifest
from indexer.replication.membership import shared_place, writing_term
from indexer.replication.term import Term, Terms
from indexer.settings import Settings


class Keeper:
    """Keeps accepted changes in the term of this machine; safe to use from several threads.

    Methods raise ReplacedError if another machine has become the writer, and the other errors of
    :func:`~indexer.replication.membership.writing_term`.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        bucket, prefix = shared_place(settings)
        self._terms = Terms(bucket, prefix)
        self._kept = KeptChanges(bucket, prefix)
        self._term: Term | None = None

    def check(self) -> None:
        """Look whether this machine is the writer, unless it was with the last change."""
        self._held()

    def keep(self, number: int, content: bytes | Path) -> None:
        """Keep what was accepted as task ``number``.

        Who became the writer before this returns may not have seen it: then it raises ReplacedError.
        """
        term = self._held()
        self._kept.put(term.number, number, content)
        try:
            self._terms.check(term)
        except ReplacedError:
            self._term = None
            raise

    def _held(self) -> Term:
        term = self._term
        if term is None:
            term = self._term = writing_term(self._settings, self._terms)
        return term


def keeper(settings: Settings) -> Keeper | None:
    """Return what keeps accepted changes outside this machine; None where it is alone."""
    return None if settings.role == "alone" else Keeper(settings)


def forgetting(settings: Settings, inbox: str) -> Callable[[Manifest], None]:
    """Return what removes the kept changes that the copy of the file ``inbox`` in a published manifest has.

    Raises FilesUnreachableError; what is left is removed with the next copy.
    """
    kept, done = KeptChanges(*shared_place(settings)), -1

    def published(manifest: Manifest) -> None:
        nonlocal done
        copy = manifest.file(inbox)
        if copy is not None and copy.upto is not None and copy.upto > done:
            kept.forget(manifest.term, copy.upto)
            done = copy.upto

    return published
