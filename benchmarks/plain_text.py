"""The text of a file as used for counting characters in labels; unlike the product's reading, it never changes."""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pypdfium2

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def read_file(path: Path) -> str:
    """Return the text of a PDF, of a DOCX (one paragraph per line), or of ``path.txt``."""
    if path.suffix == ".pdf":
        pages = pypdfium2.PdfDocument(path)
        return "\n".join(page.get_textpage().get_text_range() for page in pages).replace("\r", "")
    if path.suffix == ".docx":
        with zipfile.ZipFile(path) as archive:
            document = ElementTree.fromstring(archive.read("word/document.xml"))
        return "\n".join(map(_text, document.iter(f"{_WORD}p")))
    return path.with_suffix(".txt").read_text(encoding="utf-8")


def _text(paragraph: ElementTree.Element) -> str:
    return "".join(piece.text or "" for piece in paragraph.iter(f"{_WORD}t"))
