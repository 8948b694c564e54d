"""The first substream of a workbook: its sheets, strings and formats ([MS-XLS] 2.1.7.20.3). PURE."""

from __future__ import annotations

import codecs
from typing import NamedTuple

from indexer.extract.formats.content import PasswordNeededError
from indexer.extract.formats.sheets.biff.records import Kind, Segments, substream
from indexer.extract.formats.sheets.biff.strings import coded, shared_strings, string_at
from indexer.extract.formats.sheets.cells import Shown
from indexer.extract.formats.sheets.number_format import BUILT_IN, GENERAL
from indexer.extract.reasons import problem
from indexer.model import Problem

_BIFF8 = 0x600
_OTHER_CODE_PAGES = {1200: "cp1252", 10000: "mac_roman", 32768: "mac_roman", 32769: "cp1252"}
CELLS, CHART = 0, 2
"""Kinds of sheets; 1 contains macros, 6 the module of a program."""


class Listed(NamedTuple):
    """A sheet in the list of the workbook."""

    name: str
    kind: int
    is_hidden: bool
    at: int
    """Where its substream begins."""


class Book:
    """What the sheets of a workbook have in common.

    Raises PasswordNeededError, and ValueError if the stream does not belong to a workbook.
    """

    def __init__(self, stream: bytes) -> None:
        self.stream = stream
        self.is_biff8 = True
        self.sheets: list[Listed] = []
        self.strings: list[str] = []
        self.problems: list[Problem] = []
        self._code_page = "cp1252"
        self._since_1904 = False
        self._codes = dict(BUILT_IN)
        self._styles: list[int] = []
        try:
            for kind, segments, depth in substream(stream, 0, _TAKES):
                if depth == 1:
                    _TAKES[kind](self, segments)
        except PasswordNeededError:
            raise
        except (ValueError, IndexError) as error:
            if not self.sheets:
                raise ValueError("the list of its sheets is missing or damaged") from error
            self.problems.append(problem("list_damaged"))
        self.shown = Shown([self._codes.get(style, GENERAL) for style in self._styles], self._since_1904)

    def text(self, segments: Segments, at: int, count_bytes: int = 2) -> str:
        """Return the string at ``at`` in a record, whose length takes ``count_bytes`` bytes."""
        if self.is_biff8:
            return string_at(segments, at, count_bytes)
        return coded(b"".join(segments), at, count_bytes, self._code_page)

    def _bof(self, segments: Segments) -> None:
        self.is_biff8 = int.from_bytes(segments[0][:2], "little") >= _BIFF8

    def _file_pass(self, _segments: Segments) -> None:
        raise PasswordNeededError("its records are encrypted")

    def _sheet(self, segments: Segments) -> None:
        data = segments[0]
        name = self.text(segments, 6, 1)
        self.sheets.append(Listed(name, data[5], data[4] & 3 != 0, int.from_bytes(data[:4], "little")))

    def _strings(self, segments: Segments) -> None:
        self.strings = shared_strings(segments)

    def _format(self, segments: Segments) -> None:
        code = self.text(segments, 2, 2 if self.is_biff8 else 1)
        self._codes[int.from_bytes(segments[0][:2], "little")] = code

    def _xf(self, segments: Segments) -> None:
        self._styles.append(int.from_bytes(segments[0][2:4], "little"))

    def _since(self, segments: Segments) -> None:
        self._since_1904 = segments[0][:1] == b"\x01"

    def _coded(self, segments: Segments) -> None:
        self._code_page = _named(int.from_bytes(segments[0][:2], "little"))


_TAKES = {
    Kind.BOF: Book._bof,
    Kind.FILE_PASS: Book._file_pass,
    Kind.SHEET: Book._sheet,
    Kind.STRINGS: Book._strings,
    Kind.FORMAT: Book._format,
    Kind.XF: Book._xf,
    Kind.SINCE_1904: Book._since,
    Kind.CODE_PAGE: Book._coded,
}


def _named(code_page: int) -> str:
    name = _OTHER_CODE_PAGES.get(code_page, f"cp{code_page}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"
