"""Where this machine stands among those that share the service: the place they share, and whether it is the writer."""

from __future__ import annotations

from indexer.errors import NotWriterError, ReplacedError
from indexer.files.bucket import Bucket
from indexer.files.owner import directory_name
from indexer.replication.copy_store import CopyStore
from indexer.replication.term import Term, Terms, told
from indexer.s3_settings import place_of
from indexer.settings import Settings


def shared_place(settings: Settings) -> tuple[Bucket, str]:
    """Return the bucket that all machines use, and the prefix in it, which is empty or ends with a slash."""
    name, prefix = place_of(settings.files)
    return Bucket(name, settings.s3), f"{prefix}/" if prefix else ""


def open_shared(settings: Settings) -> tuple[Terms, CopyStore]:
    """Return the terms and the copies; nothing is read yet."""
    bucket, prefix = shared_place(settings)
    return Terms(bucket, prefix), CopyStore(bucket, prefix)


def writing_term(settings: Settings, terms: Terms | None = None) -> Term:
    """Return the term in which this machine writes; the first writer of a prefix begins the first one.

    Raises NotWriterError if its role is not to write, ReplacedError if another data directory is the writer,
    FilesUnreachableError and StorageError.
    """
    if settings.role != "writer":
        raise NotWriterError(settings.role)
    terms = terms or open_shared(settings)[0]
    name = directory_name(settings.data)
    term = terms.current() or terms.begin(name, None)
    if term.writer != name:
        raise ReplacedError(told(term))
    return term


def check_writes(settings: Settings) -> None:
    """Raise the errors of :func:`writing_term` unless this machine may write; where one machine is alone, it may."""
    if settings.role != "alone":
        writing_term(settings)
