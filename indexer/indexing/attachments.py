"""Processes the attachments of articles for the index: they are stored, read once and described."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from indexer.catalog.extractions import Extractions
from indexer.disk.scratch import scratch_folder
from indexer.extract.archive_names import name_inside
from indexer.extract.archives import ARCHIVES, Unpacked, carries_files
from indexer.extract.reasons import problem
from indexer.extract.tesseract import tesseract_missing
from indexer.files.store import FileStore
from indexer.indexing.found import FoundAttachment, look_at
from indexer.model import Attachment, Extraction, FileState, Member, OcrPage
from indexer.stored.article import StoredFile
from indexer.vietnamese.letters import DIRECTION

Read = Callable[[Path, str], Extraction]
"""Reads a file under a given name; never raises because of its content."""
Unpack = Callable[[Path, Path, int], Unpacked]
"""Writes the files in an archive to a folder; never raises because of its content."""
Ocr = Callable[[Path, int], OcrPage]
"""Reads one page of a scan; never raises because of the file's content."""
_TURNS = re.compile(f"[{DIRECTION}]")
_MOST_SCANS = 500
"""Maximum number of pages per file read by OCR; the rest is reported."""
_WAITING = ("needs_ocr", "pages_need_ocr")
_DEEPEST = 3
"""Maximum nesting of archives that are unpacked."""


class AttachmentReader:
    """Stores the bytes of attachments and reads those that no article has carried before."""

    def __init__(
        self,
        extractions: Extractions,
        store: FileStore,
        read: Read,
        unpack: Unpack,
        ocr: Ocr | None,
        threads: int,
        largest: int,
    ) -> None:
        """``largest`` is the size in bytes beyond which a file in an archive is left out; without ``ocr``, scans stay unread."""
        self._extractions = extractions
        self._store = store
        self._read = read
        self._unpack = unpack
        self._ocr = ocr
        self._threads = threads
        self._largest = largest
        self._again: set[str] = set()

    def find(self, attachments: Iterable[Attachment]) -> list[FoundAttachment]:
        """Look up the bytes of ``attachments``; those too large or unreadable are given up with a reason."""
        return [look_at(one, self._largest) for one in attachments]

    def read_again(self, digests: Iterable[str]) -> None:
        """Read these files again when an article next carries them, whatever was read before."""
        self._again.update(digests)

    def prepare(
        self, found: Sequence[FoundAttachment]
    ) -> tuple[tuple[StoredFile, ...], tuple[Extraction | None, ...]]:
        """Return the files of an article in stored form, and what was read from each; members follow their archive."""
        files: list[StoredFile] = []
        texts: list[Extraction | None] = []
        for one, text in self._all(found, 0):
            files.append(_stored(len(files), one, text))
            texts.append(text)
        return tuple(files), tuple(texts)

    def _all(
        self, found: Sequence[FoundAttachment], depth: int
    ) -> Iterator[tuple[FoundAttachment, Extraction | None]]:
        texts = self._kept_and_read(found)
        for one in found:
            text = texts.get(one.sha256 or "")
            if (
                text is None
                or not carries_files(text)
                or (text.media_type not in ARCHIVES and depth == _DEEPEST)
            ):
                yield one, text
            elif depth == _DEEPEST:
                reason = problem("archive_deep", depth=_DEEPEST)
                yield one, replace(text, state=FileState.FAILED, problems=(reason,))
            else:
                text = self._unpacked(one, text)
                yield one, text
                members = [
                    FoundAttachment(Attachment(f"{one.attachment.name}/{m.name}"), m.sha256, m.size)
                    for m in text.members
                ]
                yield from self._all(members, depth + 1)

    def _unpacked(self, one: FoundAttachment, text: Extraction) -> Extraction:
        """Return what is known about an archive, with its members stored; it is unpacked once, unless they have been removed
        since.
        """
        has_words = text.media_type not in ARCHIVES
        known = bool(text.members) if has_words else text.state is not FileState.PENDING
        if one.sha256 is None or (known and self._has(text.members)):
            return text
        with scratch_folder() as folder:
            with self._store.at_hand(one.sha256) as path:
                found = self._unpack(path, folder, self._largest)
            members = tuple(
                Member(name or name_inside(one.attachment.name), self._store.add(folder / file), size)
                for name, file, size in found.members
            )
        if has_words and not members:
            return text  # it carries nothing
        if has_words:
            problems = tuple(dict.fromkeys((*text.problems, *found.problems)))
            text = replace(text, problems=problems, members=members)
        else:
            text = Extraction(text.media_type, found.state, problems=found.problems, members=members)
        self._extractions.keep(one.sha256, text)
        return text

    def _has(self, members: Iterable[Member]) -> bool:
        # Those of an archive that no article carries yet are removed when its writer is killed.
        return all(self._store.find(member.sha256) for member in members)

    def _kept_and_read(self, found: Sequence[FoundAttachment]) -> dict[str, Extraction]:
        names: dict[str, str] = {}
        for one in found:
            if one.sha256 is not None:
                names.setdefault(one.sha256, one.attachment.name)
                content = (
                    one.attachment.content if one.attachment.content is not None else one.attachment.path
                )
                if content is not None:
                    self._store.add(content)
        return self._texts(names)

    def _texts(self, names: dict[str, str]) -> dict[str, Extraction]:
        texts = {
            digest: known
            for digest in names
            if digest not in self._again and (known := self._extractions.of(digest))
        }
        self._again.difference_update(names)
        unread = [digest for digest in names if digest not in texts]
        if unread:
            with ThreadPoolExecutor(self._threads) as pool:
                read = pool.map(lambda digest: self._read_kept(digest, names[digest]), unread)
                for digest, extraction in zip(unread, read, strict=True):
                    # Checked only when there is a scan: most runs encounter none.
                    if extraction.unread and self._ocr is not None and tesseract_missing() is None:
                        extraction = self._recognised(digest, extraction, self._ocr, pool)
                    self._extractions.keep(digest, extraction)
                    texts[digest] = extraction
        return texts

    def _read_kept(self, digest: str, name: str) -> Extraction:
        with self._store.at_hand(digest) as path:
            return self._read(path, name)

    def _recognised(
        self, digest: str, extraction: Extraction, ocr: Ocr, pool: ThreadPoolExecutor
    ) -> Extraction:
        """Return ``extraction`` with the pages that need OCR; pages read before an interruption are not read again."""
        pages = self._extractions.ocr_pages(digest)
        waiting = [number for number in extraction.unread[:_MOST_SCANS] if number not in pages]
        with self._store.at_hand(digest) as path:
            read = pool.map(lambda number: ocr(path, number), waiting)
            for number, page in zip(waiting, read, strict=True):
                pages[number] = page
                self._extractions.keep_ocr_page(digest, number, page)
        return with_ocr(extraction, pages)


def with_ocr(extraction: Extraction, read: Mapping[int, OcrPage]) -> Extraction:
    """Return ``extraction`` with the pages ``read`` by OCR in place of those without a usable text layer."""
    found = {number: one.page for number, one in read.items() if one.page is not None}
    pages = tuple(found.get(page.number or 0, page) for page in extraction.pages)
    left = tuple(number for number in extraction.unread if number not in found)
    other = tuple(one for one in extraction.problems if one.code not in _WAITING)
    problems = dict.fromkeys((*other, *(one.problem for one in read.values() if one.problem)))
    if len(extraction.unread) > len(read):
        problems[problem("ocr_most", read=len(read), all=len(extraction.unread))] = None
    if not any(page.text for page in pages):
        state = FileState.FAILED if left else FileState.EMPTY
    else:
        state = FileState.PARTIAL if left or other else FileState.OCR
    return replace(
        extraction,
        state=state,
        pages=pages,
        unread=left,
        problems=tuple(problems) or (() if state is FileState.OCR else (problem("no_text"),)),
    )


def _stored(n: int, found: FoundAttachment, text: Extraction | None) -> StoredFile:
    name = _TURNS.sub("", found.attachment.name)
    guessed = found.attachment.media_type or mimetypes.guess_type(name)[0] or "application/octet-stream"
    file = StoredFile(name, n, found.state, guessed, found.size, found.sha256)
    if found.problems:
        return replace(file, problems=found.problems)
    if text is None:
        return file
    return replace(
        file,
        state=text.state,
        media_type=text.media_type,
        problems=text.problems,
        signatures=text.signatures,
        pages=max((page.number for page in text.pages if page.number), default=None),
    )
