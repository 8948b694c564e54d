"""Attachments on their way to where they are kept from now on."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from typing import Literal

from indexer.catalog.catalog import Catalog
from indexer.errors import UsageError
from indexer.files.opening import files_at, open_files
from indexer.files.store import FileStore, digest_of
from indexer.indexing.outcome import Progress, unseen
from indexer.settings import Settings

DISK = "disk"
"""What the data directory is called as a place for attachments."""


_AT_ONCE = 8
"""Files that are copied side by side: a store far away answers each request after some milliseconds, however small it is."""
_BATCH = 64
"""Files that are handed out together; a run that is stopped brings these to their end."""


@dataclass(frozen=True, slots=True)
class Copied:
    """What was copied from one store into another."""

    files: int
    """Attachments that the other store has now."""
    copied: int
    """Those of them that it did not have before."""
    problems: tuple[str, ...] = ()
    """Attachments that are missing or damaged where they are kept."""


def copy_files(settings: Settings, to: str, thorough: bool = False, progress: Progress = unseen) -> Copied:
    """Copy the attachments that articles carry to the place ``to``, ``disk`` or ``s3://bucket/prefix``; nothing is removed.

    What is there is not copied again; with ``thorough`` it is read first, and what is damaged is replaced. Others may read and
    write meanwhile: what they add is copied by the next run. Raises UsageError where that is the place they are kept at,
    StorageError.
    """
    place = "" if to == DISK else to.rstrip("/")
    if place == settings.files.rstrip("/"):
        raise UsageError(f"the attachments are kept in {to} already; name another place")
    source, target = open_files(settings), files_at(settings, place)
    with closing(Catalog(settings.data)) as catalog:
        carried = sorted(catalog.extractions.carried_files())
    target.claim()
    there, copied, problems = set(target.digests()), 0, []

    def bring(digest: str) -> str | bool:
        if digest in there and not (thorough and target.damage(digest)):
            return False
        return _copied(source, target, digest, digest in there)

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for start in range(0, len(carried), _BATCH):
            for number, found in enumerate(pool.map(bring, carried[start : start + _BATCH]), start + 1):
                if isinstance(found, str):
                    problems.append(found)
                else:
                    copied += found
                progress(number)
    return Copied(len(carried) - len(problems), copied, tuple(problems))


def _copied(source: FileStore, target: FileStore, digest: str, damaged: bool) -> str | Literal[True]:
    """Copy one file; return why where that can't be."""
    with source.at_hand(digest) as path:
        if not path.is_file() or digest_of(path) != digest:
            problem = source.damage(digest) or "it changed while it was read"
            return f"{source.called(digest)}: {problem}; run `tracuu verify`"
        if damaged:
            target.remove(digest)
        target.add(path)
    return True
