"""Workbooks of Excel 5 to 2003 (XLS) -> their shown sheets."""

from __future__ import annotations

from pathlib import Path

from indexer.extract.formats.content import Content, UnreadableError, in_unicode, numbered
from indexer.extract.formats.sheets.biff.book import CELLS, CHART, Book
from indexer.extract.formats.sheets.biff.sheet import SheetReader
from indexer.extract.formats.sheets.biff.unlocked import unlocked
from indexer.extract.ole import OLE_MAGIC, Ole
from indexer.extract.reasons import problem

_OLDER = tuple(bytes((9, version)) for version in (0, 2, 4))
"""How files of Excel 2 to 4 begin, which are a bare stream of one sheet."""


def xls(path: Path, _media_type: str) -> Content:
    """Return the shown sheets of the workbook at ``path``, numbered as they follow in it.

    Raises PasswordNeededError, and ValueError where it is no such workbook.
    """
    book = Book(unlocked(_stream(path.read_bytes())))
    pages, problems = [], dict.fromkeys(book.problems)
    for number, listed in enumerate(book.sheets, 1):
        if listed.kind in (CELLS, CHART) and not listed.is_hidden:
            sheet = SheetReader(book, listed)
            if text := sheet.text():
                pages.append((number, f"{listed.name}\n{text}"))
            if not sheet.is_whole:
                problems[problem("part_damaged", part=listed.name)] = None
    return in_unicode(numbered(pages), tuple(problems))


def _stream(content: bytes) -> bytes:
    if not content.startswith(OLE_MAGIC):
        if content.startswith(_OLDER):
            raise UnreadableError("old_excel")
        return content
    ole = Ole(content)
    entry = ole.find("Workbook") or ole.find("Book")
    if entry is None:
        raise ValueError("its OLE container is damaged or contains no workbook")
    return ole.read(entry)
