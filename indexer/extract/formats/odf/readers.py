"""Reads texts, drawings and presentations of OpenDocument."""

from __future__ import annotations

from pathlib import Path

from indexer.extract.formats.content import (
    Content,
    UnreadableError,
    in_pieces,
    in_unicode,
    numbered,
    without_blank_lines,
)
from indexer.extract.formats.odf.document import OpenDocument
from indexer.extract.formats.xml import attribute, each


def open_text(path: Path, _media_type: str) -> Content:
    """Return the text of a document, its notes and comments, headers and footers, without anything deleted or hidden."""
    document = OpenDocument(path)
    written = "\n".join([document.text(document.body), *document.margins()])
    text = "\n".join([written, *document.about(written)])
    return in_unicode(in_pieces(text), tuple(document.problems))


def open_slides(path: Path, _media_type: str) -> Content:
    """Return a page for each slide with its notes. Hidden slides are included: whoever opens the file sees them."""
    document = OpenDocument(path)
    slides = [without_blank_lines(document.text(one)) for one in each(document.body, "page")]
    if not slides:
        raise UnreadableError("no_pages")
    # Their numbers, headers and footers are stored separately, and shown on the slides that use them.
    common = dict.fromkeys(
        (one.text or "").strip() for one in each(document.body, "header-decl", "footer-decl")
    )
    names = {attribute(one, "master-page-name") for one in each(document.body, "page")}
    common.update(dict.fromkeys(map(without_blank_lines, document.masters(names))))
    written = "\n".join([*slides, *common])
    slides[0] = "\n".join([slides[0], *common, *document.about(written)])
    return in_unicode(numbered(enumerate(slides, 1)), tuple(document.problems))
