"""Plain text and tables of it, read as they are.

The library knows no TCVN3, and would write "Row 1:" and the heads of columns into each row of a table.
"""

from __future__ import annotations

from pathlib import Path

from indexer.extract.formats.content import Content, beginning, in_pieces
from indexer.vietnamese.legacy import decode


def plain(path: Path, _media_type: str) -> Content:
    """Return the text at ``path``, whatever encoding it is in."""
    content, problems = beginning(path)
    found = decode(content)
    return Content(in_pieces(found.text), problems, found.encoding)
