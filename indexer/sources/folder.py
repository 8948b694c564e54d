"""A folder of pages, records and documents, or one file of it, as a source of articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Container, Iterable, Iterator
from pathlib import Path

from indexer.model import Article
from indexer.settings import Settings
from indexer.sources import Item, Problem
from indexer.sources.claims import without_suffix
from indexer.sources.defaults import Defaults
from indexer.sources.folder_defaults import FolderDefaults
from indexer.sources.folder_items import FolderItems
from indexer.sources.folder_scan import Scan, scan_folder
from indexer.sources.page import DOCUMENT_NAME
from indexer.sources.table import TABLE_SUFFIXES
from indexer.sources.xml_kinds import XML_SUFFIXES

_ONLY_DEPTH = 2
"""Levels below a single page where its files are looked for: it may lie in a large folder."""


class FolderSource:
    """The pages of a folder with their attachments, then the records and exports in it, then the documents that nothing claims.

    Ids are paths from the folder: a page's without its suffix where no other article has the
    same, a document's with it; records have their own. With ``only`` it yields the articles of that one file.
    """

    def __init__(
        self,
        root: Path,
        settings: Settings,
        only: Path | None = None,
        defaults: Defaults | None = None,
        leave_out: Collection[str] = (),
    ) -> None:
        """``leave_out`` are patterns of paths; see :func:`~indexer.sources.folder_scan.scan_folder`."""
        self.name = str((only or root).absolute())
        self._root = root.resolve()
        self._only = only.absolute() if only else None
        self._settings = settings
        self._defaults = defaults or Defaults()
        self._leave_out = leave_out
        self._files: Container[str] = ()
        self._done = 0
        self._total = 0

    def items(self) -> Iterator[Item]:
        """Yield articles in the order of their paths; what can't be used is a Problem with its path."""
        alone = self._only is not None
        scan = scan_folder(self._root, _ONLY_DEPTH if alone else None, self._leave_out)
        defaults = FolderDefaults(self._root, self._defaults, scan.settings.items())
        reading = FolderItems(scan, self._settings, defaults)
        self._files = scan.files
        pages = [name for name, path in scan.pages.items() if self._asked(path)]
        ids = _ids(scan)
        seen: dict[str, str] = {}
        self._total = max(1, len(pages))
        if not alone:
            yield from scan.problems
        for name in pages:
            yield from _once(reading.page(name, ids[name]), name, seen)
            self._done += 1
        for name in scan.records if not alone else ():
            yield from _once(reading.records(name), name, seen)
        # What is claimed is known only now.
        for name in scan.files if not alone else ():
            if name.lower().endswith((*XML_SUFFIXES, *TABLE_SUFFIXES)) and name not in reading.claimed:
                yield from _once(reading.export(name), name, seen)
        for name, path in scan.files.items():
            if self._asked(path) and DOCUMENT_NAME.fullmatch(name) and name not in reading.claimed:
                yield from _once(reading.document(name), name, seen)
        yield from defaults.problems
        if not alone:
            yield from reading.unread()
        self._done = self._total

    def progress(self) -> float | None:
        """Return the share of pages read, None before the folder has been looked through."""
        return self._done / self._total if self._total else None

    def has(self, path: str) -> bool:
        """Whether a file lies at ``path``; asked for while items are read."""
        return path in self._files

    def _asked(self, path: Path) -> bool:
        return self._only is None or path == self._only or path.resolve() == self._only.resolve()


def _ids(scan: Scan) -> dict[str, str]:
    """Return the id of every page: its path without suffix, or with it where that is not its own."""
    stems = Counter([*map(without_suffix, scan.pages), *scan.files])
    return {name: stem if stems[stem := without_suffix(name)] == 1 else name for name in scan.pages}


def _once(items: Iterable[Item], name: str, seen: dict[str, str]) -> Iterator[Item]:
    for item in items:
        if isinstance(item, Article) and seen.setdefault(item.id, name) != name:
            problem = f"duplicate id {item.id!r}, first used at {seen[item.id]}"
            yield Problem(name, problem, item.id, staff=item.audience == "staff")
        else:
            yield item
