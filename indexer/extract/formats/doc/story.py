"""The text of a story of a document: one line per paragraph, cells separated by tabs, boxes after their paragraph."""

from __future__ import annotations

import re
from collections.abc import Mapping

from indexer.extract.formats.doc.fib import STYLES, Fib
from indexer.extract.formats.doc.lists import Lists
from indexer.extract.formats.doc.piece_table import PieceTable
from indexer.extract.formats.doc.shown import GONE, ShownText
from indexer.extract.formats.doc.sprms import Paragraph, of_piece, paragraph
from indexer.extract.formats.doc.styles import Style, Styles
from indexer.extract.formats.pieces import HEADING

_PARAGRAPH = re.compile("[^\r\x07\x0c]*[\r\x07\x0c]|[^\r\x07\x0c]+")
_CELL = "\x07"
_CHARACTERS: dict[int, str | None] = {
    **dict.fromkeys(range(0x20)),
    0x09: "\t",
    0x0A: "\n",
    0x0B: "\n",
    0x0E: "\n",
    0x1E: "-",
}
"""What represents tabs, breaks and hyphens; the others mark pictures, notes and ends of fields."""
_SPECIAL = re.compile("[\0-\x08\x0b-\x1f]")


class Stories:
    """Reads stories of a document in their order, since lists are numbered across all of them."""

    def __init__(self, fib: Fib, pieces: PieceTable) -> None:
        self._pieces = pieces
        self._styles = Styles(fib.structure(STYLES), fib.changes_of_styles)
        self._text = ShownText(fib, pieces, self._styles).text
        self._lists = Lists(fib)
        self._fib = fib
        self._runs = fib.runs_of_paragraphs()
        self._known: dict[tuple[bytes, int], tuple[Paragraph, Style]] = {}

    def read(self, first: int, last: int, boxes: Mapping[int, str] | None = None) -> str:
        """Return the text between two characters; ``boxes`` are the texts anchored at a character, placed beside its paragraph."""
        out: list[str] = []
        places = sorted((boxes or {}).items(), reverse=True)
        cell: int | None = None
        """Where in ``out`` the open cell begins."""
        was_cell = False
        for found in _PARAGRAPH.finditer(self._text, first, last):
            raw = found[0]
            known = self._paragraph(found.end() - 1)
            its = known[0] if known else None
            text = self._line(raw, *known) if known else _shown(raw)
            if cell is None and (its is None or its.in_table):
                cell = len(out)
            out.append(text)
            while places and places[-1][0] < found.end():
                out.append(f"\n{places.pop()[1]}")
            ends_cell = raw[-1] == _CELL
            if its is None:
                ends_row = ends_cell and was_cell and raw == _CELL
            else:
                ends_row = its.inner_row_end or (ends_cell and its.row_end)
            if ends_row:
                while out and out[-1] in ("", "\t"):
                    out.pop()
                out.append("\n")
                cell = None if ends_cell else cell
            elif ends_cell:
                out[cell:] = ["".join(out[cell:]).strip("\n"), "\t"]
                cell = len(out)
            else:
                out.append("\t" if its is not None and its.inner_cell else "\n")
                cell = cell if its is not None and its.in_table else None
            was_cell = ends_cell
        return "".join([*out, *(f"\n{box}" for _, box in reversed(places))])

    def _line(self, raw: str, its: Paragraph, said: Style) -> str:
        """Return the text of a paragraph, starting with its number."""
        text = _shown(raw)
        if its.row_end and not text:
            return text
        if its.style in self._styles.hidden:
            return ""
        if said.list and (text or len(raw) < 2 or raw.strip(GONE + raw[-1])):
            text = f"{self._lists.next(said.list, said.level, its.style)} {text}".strip()
        return HEADING + text if said.heading and text else text

    def _paragraph(self, number: int) -> tuple[Paragraph, Style] | None:
        """Return the own and the combined settings of the paragraph whose mark is the character ``number``."""
        piece = self._pieces.piece_of(number)
        said = self._runs.at(piece.place + (number - piece.first) * piece.width)
        if said is None:
            return None
        found = self._known.get((said, piece.modifier))
        if found is None:
            changes = of_piece(piece.modifier, self._pieces.changes) if piece.modifier else b""
            its = paragraph(said[2:] + changes, int.from_bytes(said[:2], "little"), self._fib.long_changes)
            found = self._known[said, piece.modifier] = its, self._styles.of(its)
        return found


def _shown(raw: str) -> str:
    """Return what a reader sees of the characters of a paragraph."""
    text = raw.strip()
    return text.translate(_CHARACTERS).strip() if _SPECIAL.search(text) else text
