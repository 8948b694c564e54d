"""Publishes copies of this machine's files: by the process that does it all the time, or once, for a command that ends."""

from __future__ import annotations

import time

from indexer.disk.locks import copies_lock
from indexer.errors import IndexBusyError, StorageError
from indexer.push.inbox_file import FILE_NAME as INBOX
from indexer.replication.keeping import forgetting
from indexer.replication.membership import open_shared, writing_term
from indexer.replication.publisher import Publisher
from indexer.replication.term import Term
from indexer.replication.wanted import grant, want
from indexer.settings import Settings
from indexer.upkeep.copied_files import copied_files

_POLL = 0.2
MOST_SECONDS = 3_600.0
"""Seconds after which a command no longer waits: copies of large files take minutes."""


def publisher_of(settings: Settings, term: Term) -> Publisher:
    """Return what publishes the files of ``settings.data`` in ``term``; only under the lock of copies."""
    terms, store = open_shared(settings)
    sources = copied_files(settings)
    return Publisher(settings.data, terms, term, store, sources, forgetting(settings, INBOX))


def publish_now(settings: Settings) -> None:
    """Return once copies of all files as they are now are published, by the running publisher if there is one.

    Raises StorageError if that takes too long, and the errors of
    :meth:`~indexer.replication.publisher.Publisher.publish`.
    """
    names = [source.name for source in copied_files(settings)]
    asked = want(settings.data, names)
    deadline = time.monotonic() + MOST_SECONDS
    try:
        while any(one.exists() for one in asked):
            try:
                with copies_lock(settings.data, 0.0):
                    publisher = publisher_of(settings, writing_term(settings))
                    publisher.begin()
                    for name in names:
                        publisher.publish(name)
                    return
            except IndexBusyError:
                if time.monotonic() > deadline:
                    raise StorageError(
                        "what was written is here, but other machines have no copy of it yet, so it would be lost with this"
                        " machine; see what `tracuu publish` says"
                    ) from None
                time.sleep(_POLL)
    finally:
        grant(asked)
