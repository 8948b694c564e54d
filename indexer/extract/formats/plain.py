"""Plain text and text tables, read unchanged.

The library does not know TCVN3, and would add "Row 1:" and the column headings to each row of a table.
"""

from __future__ import annotations

from pathlib import Path

from indexer.extract.formats.content import Content, beginning, in_pieces
from indexer.vietnamese.legacy import decode


def plain(path: Path, _media_type: str) -> Content:
    """Return the text at ``path``, whatever its encoding."""
    content, problems = beginning(path)
    found = decode(content)
    return Content(in_pieces(found.text), problems, found.encoding)
