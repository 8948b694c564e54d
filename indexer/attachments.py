"""The attachments of articles on their way into the index: kept, read once, described."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from indexer.catalog import Catalog
from indexer.errors import ItemError
from indexer.files import FileStore, digest_of
from indexer.model import Attachment, Extraction, FileState, StoredFile

Read = Callable[[Path, str], Extraction]
"""Reads a file under a name; never raises for what a file holds."""


@dataclass(frozen=True, slots=True)
class FoundAttachment:
    """An attachment before it is kept: its digest, or why there are no bytes."""

    attachment: Attachment
    sha256: str | None
    size: int | None
    state: FileState = FileState.PENDING
    problem: str | None = None


def find(attachment: Attachment, largest: int) -> FoundAttachment:
    """Look at the bytes of ``attachment``; files over ``largest`` bytes are given up with a reason."""
    content = attachment.content if attachment.content is not None else attachment.path
    if content is None:
        return FoundAttachment(attachment, None, None, FileState.MISSING)
    try:
        size = len(content) if isinstance(content, bytes) else content.stat().st_size
        if size > largest:
            reason = f"has {size:,} bytes, more than max_file_mb allows ({largest:,})"
            return FoundAttachment(attachment, None, size, FileState.FAILED, reason)
        return FoundAttachment(attachment, digest_of(content), size)
    except FileNotFoundError:
        return FoundAttachment(attachment, None, None, FileState.MISSING)
    except (ItemError, OSError) as error:
        reason = str(error) if isinstance(error, ItemError) else f"can't be read: {error.strerror}"
        return FoundAttachment(attachment, None, None, FileState.FAILED, reason)


class AttachmentReader:
    """Keeps the bytes of attachments and reads those that no article carried before."""

    def __init__(self, catalog: Catalog, store: FileStore, read: Read, threads: int) -> None:
        self._catalog = catalog
        self._store = store
        self._read = read
        self._threads = threads

    def prepare(
        self, found: Sequence[FoundAttachment]
    ) -> tuple[tuple[StoredFile, ...], tuple[Extraction | None, ...]]:
        """Return the files of one article as stored, and what was read of each."""
        names: dict[str, str] = {}
        for one in found:
            if one.sha256 is not None:
                names.setdefault(one.sha256, one.attachment.name)
                content = (
                    one.attachment.content if one.attachment.content is not None else one.attachment.path
                )
                if content is not None:
                    self._store.add(content)
        texts = self._texts(names)
        files = tuple(_stored(n, one, texts.get(one.sha256 or "")) for n, one in enumerate(found))
        return files, tuple(texts.get(one.sha256 or "") for one in found)

    def _texts(self, names: dict[str, str]) -> dict[str, Extraction]:
        texts = {digest: known for digest in names if (known := self._catalog.extraction(digest))}
        unread = [digest for digest in names if digest not in texts]
        if unread:
            with ThreadPoolExecutor(self._threads) as pool:
                read = pool.map(lambda digest: self._read(self._store.path(digest), names[digest]), unread)
                for digest, extraction in zip(unread, read, strict=True):
                    self._catalog.keep_extraction(digest, extraction)
                    texts[digest] = extraction
        return texts


def _stored(n: int, found: FoundAttachment, text: Extraction | None) -> StoredFile:
    name = found.attachment.name
    guessed = found.attachment.media_type or mimetypes.guess_type(name)[0] or "application/octet-stream"
    file = StoredFile(name, n, found.state, guessed, found.size, found.sha256)
    if found.problem:
        return replace(file, problems=(found.problem,))
    if text is None:
        return file
    return replace(file, state=text.state, media_type=text.media_type, problems=text.problems)
