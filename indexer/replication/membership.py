"""Where this machine stands among those that share the service: the place they share, and whether it is the writer."""

from __future__ import annotations

from indexer.errors import NotWriterError, ReplacedError
from indexer.files.bucket import Bucket
from indexer.files.owner import directory_name
from indexer.replication.copy_store import CopyStore
from indexer.replication.held import check_held
from indexer.replication.term import Term, Terms, told
from indexer.s3_settings import place_of
from indexer.settings import Settings


def shared_place(settings: Settings) -> tuple[Bucket, str]:
    """Return the bucket that all machines use, and the prefix in it, which is empty or ends with a slash."""
    name, prefix = place_of(settings.files)
    return Bucket(name, settings.s3), prefix


def open_shared(settings: Settings) -> tuple[Terms, CopyStore]:
    """Return the terms and the copies; nothing is read yet."""
    bucket, prefix = shared_place(settings)
    return Terms(bucket, prefix), CopyStore(bucket, prefix)


def writing_term(settings: Settings, terms: Terms | None = None) -> Term:
    """Return the term in which this machine writes; the first writer of a prefix begins the first one.

    Raises NotWriterError if its role is not to write, ReplacedError if another data directory is the writer, HalfPromotedError
    if this one has not taken over everything yet, FilesUnreachableError and StorageError.
    """
    if settings.role != "writer":
        raise NotWriterError(settings.role)
    terms = terms or open_shared(settings)[0]
    name = directory_name(settings.data)
    term = terms.current() or _first(terms, name)
    if term.writer != name:
        raise ReplacedError(told(term))
    check_held(settings.data, term)
    return term


def _first(terms: Terms, name: str) -> Term:
    try:
        return terms.begin(name, None)
    except ReplacedError:
        # Perhaps by another process of this machine.
        if term := terms.current():
            return term
        raise


class Writing:
    """The right of this machine to write; both methods raise FilesUnreachableError."""

    def __init__(self, settings: Settings) -> None:
        """Raises the errors of :func:`writing_term` unless this machine may write; where one machine is alone, it may."""
        self._term: Term | None = None
        if settings.role != "alone":
            self._terms, self._store = open_shared(settings)
            self._term = writing_term(settings, self._terms)

    def check(self) -> None:
        """Raise ReplacedError once this machine may write no more."""
        if self._term is not None:
            self._terms.check(self._term)

    def is_copied(self, name: str, upto: int) -> bool:
        """Tell whether the published copy of the file ``name`` contains everything up to ``upto``, or nobody else needs one."""
        if self._term is None:
            return True
        manifest = self._store.manifest(self._term.number)
        copy = manifest.file(name) if manifest and manifest.complete else None
        return copy is not None and copy.upto is not None and copy.upto >= upto


def check_writes(settings: Settings) -> None:
    """Raise the errors of :func:`writing_term` unless this machine may write now; where one machine is alone, it may."""
    Writing(settings)
