"""XML that is a document of its own: Word 2003, Word as one file (``pkg:package``), and others that do not say so at once.

The library would write the names of elements into the text, and what is deleted or hidden.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from indexer.extract.formats.content import Content, beginning, in_pieces, in_unicode
from indexer.extract.formats.odf.readers import open_slides, open_text
from indexer.extract.formats.odf.sheets import open_sheets
from indexer.extract.formats.ooxml.pruning import prune
from indexer.extract.formats.ooxml.story import story
from indexer.extract.formats.ooxml.styles import Styles
from indexer.extract.formats.sheets.xml_2003 import xml_2003
from indexer.extract.formats.xml import Element, attribute, drop, each, local, parse_xml
from indexer.extract.reasons import problem

_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
_OF_KIND = {"spreadsheet": open_sheets, "presentation": open_slides, "graphics": open_slides}
_WORDS = ("document", "wordDocument")
_STORIES = ("body", "footnotes", "endnotes", "hdr", "ftr")
_WORKBOOK = "Workbook"
_BEGINS_WITH_ELEMENT = re.compile(rb"\s{0,99}<[A-Za-z]")
_GONE = ("Word.Deletion", "Word.Comment")


def office_xml(path: Path, media_type: str) -> Content:
    """Return the text of the XML at ``path``; raises ValueError where it is none."""
    content, problems = beginning(path)
    root, whole = _parsed(content)
    if root is None:
        raise ValueError("it is not XML")
    if (said := attribute(root, "mimetype") or "").startswith(_OPEN_DOCUMENT):
        kind = said.removeprefix(_OPEN_DOCUMENT).removesuffix("-template")
        return _OF_KIND.get(kind, open_text)(path, media_type)
    if local(root) == _WORKBOOK:
        return xml_2003(path, media_type)
    if not whole and not problems:
        problems += (problem("part_damaged", part=local(root)),)
    return in_unicode(in_pieces("\n".join(_lines(root))), problems)


def _parsed(content: bytes) -> tuple[Element | None, bool]:
    """Return the root, and whether all was read; a piece without a declaration may have several, which then lie in one."""
    if not _BEGINS_WITH_ELEMENT.match(content):
        return parse_xml(content)
    root, whole = parse_xml(b"<all>" + content + b"</all>")
    return (root[0] if root is not None and len(root) == 1 else root), whole


def _lines(root: Element) -> Iterator[str]:
    if next(each(root, *_WORDS), None) is not None:
        hidden = Styles(root).hidden
        for change in [*each(root, "annotation")]:
            if attribute(change, "type") in _GONE:
                drop(change)
        for one in [*each(root, *_STORIES)]:
            if not any(local(above) in _STORIES for above in one.iterancestors()):
                prune(one, hidden)
                yield story(one)
    else:
        yield from (text for one in root.itertext() if (text := " ".join(one.split())))
