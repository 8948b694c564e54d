"""A folder of pages and documents, or one file of it, as a source of articles."""

from __future__ import annotations

import json
import posixpath
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from indexer.errors import ItemError
from indexer.model import Article, Attachment
from indexer.settings import Settings
from indexer.sources import Problem
from indexer.sources.claims import Claims, without_suffix
from indexer.sources.folder_scan import SIDECAR_SUFFIX, Scan, scan_folder
from indexer.sources.page import DOCUMENT_NAME, Page
from indexer.sources.record import RecordReader, check_id
from indexer.sources.text_page import read_markdown_page, read_text_page

MAX_PAGE = 64 * 2**20
"""Bytes of a page, as of a line of JSONL; ``max_file_mb`` may set less."""
_MAX_SIDECAR = 2**20
_ONLY_DEPTH = 2
"""Levels below a single page where its files are looked for: it may lie in a large folder."""


class FolderSource:
    """The pages of a folder with their attachments, then the documents that no page claims.

    Ids are paths from the folder: a page's without its suffix where no other article has the
    same, a document's with it. With ``only`` it yields the articles of that one file.
    """

    def __init__(self, root: Path, settings: Settings, only: Path | None = None) -> None:
        self.name = str((only or root).absolute())
        self._root = root.resolve()
        self._only = only.absolute() if only else None
        self._settings = settings
        self._zone = settings.zone
        self._largest = min(MAX_PAGE, settings.max_file_mb * 2**20)
        self._done = 0
        self._total = 0

    def items(self) -> Iterator[Article | Problem]:
        """Yield articles in the order of their paths; what can't be used is a Problem with its path."""
        scan = scan_folder(self._root, None if self._only is None else _ONLY_DEPTH)
        if self._only is None:
            yield from scan.problems
        wanted = self._wanted(scan)
        claims = Claims(scan.pages, scan.files)
        ids = _ids(scan)
        seen: dict[str, str] = {}
        self._total = max(1, len(wanted))
        for name in wanted:
            for item in self._page(name, ids[name], scan, claims):
                yield item if isinstance(item, Problem) else _once(item, name, seen)
            self._done += 1
        for name in self._documents(scan, claims):
            for item in self._document(name, scan):
                yield item if isinstance(item, Problem) else _once(item, name, seen)
        self._done = self._total

    def progress(self) -> float | None:
        """Return the share of pages read, None before the folder has been looked through."""
        return self._done / self._total if self._total else None

    def _wanted(self, scan: Scan) -> list[str]:
        return [name for name, path in scan.pages.items() if self._only is None or _same(path, self._only)]

    def _documents(self, scan: Scan, claims: Claims) -> Iterator[str]:
        """Yield the documents that are articles by themselves: unclaimed, or asked for as ``only``."""
        for name, path in scan.files.items():
            asked = self._only is None or _same(path, self._only)
            if asked and DOCUMENT_NAME.fullmatch(name) and name not in claims.claimed:
                yield name

    def _page(self, name: str, id: str, scan: Scan, claims: Claims) -> Iterator[Article | Problem]:
        try:
            page = self._read(scan.pages[name], check_id(id))
        except ItemError as error:
            yield Problem(name, str(error))
            return
        attachments = claims.attachments(page, name)
        article = replace(page.article, attachments=attachments)
        yield from self._overridden(article, name, without_suffix(name), scan)

    def _document(self, name: str, scan: Scan) -> Iterator[Article | Problem]:
        file_name = posixpath.basename(name)
        # As it is: a number hides in many a file name ("74-UBND-KH", "12_2024_QD-UBND").
        title = posixpath.splitext(file_name)[0]
        try:
            article = Article(
                check_id(name), title, attachments=(Attachment(file_name, path=scan.files[name]),)
            )
        except ItemError as error:
            yield Problem(name, str(error))
            return
        yield from self._overridden(article, name, posixpath.splitext(name)[0], scan)

    def _read(self, path: Path, id: str) -> Page:
        try:
            with path.open("rb") as file:
                data = file.read(self._largest + 1)
        except OSError as error:
            raise ItemError(f"the page can't be read: {error.strerror}") from None
        if len(data) > self._largest:
            raise ItemError(f"the page is larger than {self._largest // 2**20} MiB")
        suffix = path.suffix.lower()
        if suffix == ".md":
            return read_markdown_page(data, id, self._zone)
        if suffix == ".txt":
            return read_text_page(data, id, self._zone)
        # Here, because it takes 0.3 s that only folders with HTML pages need to spend.
        from indexer.sources.html_page import read_html_page

        return read_html_page(data, id, self._zone)

    def _overridden(self, article: Article, name: str, stem: str, scan: Scan) -> Iterator[Article | Problem]:
        """Yield ``article`` with what ``NAME.meta.json`` says instead; a bad one is reported beside it."""
        sidecar = next(
            (s for s in (name + SIDECAR_SUFFIX, stem + SIDECAR_SUFFIX) if s in scan.sidecars), None
        )
        if sidecar is None:
            yield article
            return
        path = scan.sidecars[sidecar]
        try:
            if path.stat().st_size > _MAX_SIDECAR:
                raise ItemError(f"it is larger than {_MAX_SIDECAR // 2**20} MiB")
            record = json.loads(path.read_bytes().decode("utf-8-sig"))
            reading = RecordReader(self._settings, path.parent).override(article, record)
        except (OSError, ValueError, RecursionError, ItemError) as error:
            yield article
            yield Problem(sidecar, f"it was not used: {error}")
            return
        yield reading.article
        yield from (Problem(sidecar, problem) for problem in reading.problems)


def _ids(scan: Scan) -> dict[str, str]:
    """Return the id of every page: its path without suffix, or with it where that is not its own."""
    stems = Counter([*map(without_suffix, scan.pages), *scan.files])
    return {name: stem if stems[stem := without_suffix(name)] == 1 else name for name in scan.pages}


def _once(article: Article, name: str, seen: dict[str, str]) -> Article | Problem:
    first = seen.setdefault(article.id, name)
    return article if first == name else Problem(name, f"duplicate id {article.id!r}, first at {first}")


def _same(path: Path, other: Path) -> bool:
    return path == other or path.resolve() == other.resolve()
