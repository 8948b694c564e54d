"""XML that is a document of its own: Word and Excel 2003, Word as one file (``pkg:package``), OpenDocument, and any other.

The library would write the names of elements into the text, and what is deleted or hidden.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from indexer.extract.formats.content import Content, beginning, in_pieces, in_unicode
from indexer.extract.formats.odf.readers import open_slides, open_text
from indexer.extract.formats.odf.sheets import open_sheets
from indexer.extract.formats.ooxml.pruning import prune
from indexer.extract.formats.ooxml.story import story
from indexer.extract.formats.xml import Element, attribute, drop, each, local, parse_xml
from indexer.extract.reasons import problem

_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
_OF_KIND = {"spreadsheet": open_sheets, "presentation": open_slides, "graphics": open_slides}
_WORDS = ("document", "wordDocument")
_STORIES = ("body", "footnotes", "endnotes", "hdr", "ftr")
_SHEETS = "Workbook"
_GONE = ("Word.Deletion", "Word.Comment")
_HIDDEN = ("SheetHidden", "SheetVeryHidden")
_LAST_COLUMN = 1 << 14


def office_xml(path: Path, media_type: str) -> Content:
    """Return the text of the XML at ``path``; raises ValueError where it is none."""
    content, problems = beginning(path)
    root, whole = parse_xml(content)
    if root is None:
        raise ValueError("it is no XML")
    if (said := attribute(root, "mimetype") or "").startswith(_OPEN_DOCUMENT):
        kind = said.removeprefix(_OPEN_DOCUMENT).removesuffix("-template")
        return _OF_KIND.get(kind, open_text)(path, media_type)
    if not whole:
        problems += (problem("part_damaged", part=local(root)),)
    return in_unicode(in_pieces("\n".join(_lines(root))), problems)


def _lines(root: Element) -> Iterator[str]:
    if next(each(root, *_WORDS), None) is not None:
        hidden = _hidden_styles(root)
        for change in [*each(root, "annotation")]:
            if attribute(change, "type") in _GONE:
                drop(change)
        for one in [*each(root, *_STORIES)]:
            if not any(local(above) in _STORIES for above in one.iterancestors()):
                prune(one, hidden)
                yield story(one)
    elif local(root) == _SHEETS:
        for sheet in each(root, "Worksheet"):
            if not any((one.text or "").strip() in _HIDDEN for one in each(sheet, "Visible")):
                yield attribute(sheet, "Name") or ""
                yield from _rows(sheet)
    else:
        yield from (text for one in root.itertext() if (text := " ".join(one.split())))


def _hidden_styles(root: Element) -> frozenset[str]:
    """Return the styles that hide, but for those that are based on another."""
    styles = (one for one in each(root, "style") if next(each(one, "vanish"), None) is not None)
    return frozenset(attribute(one, "styleId") or "" for one in styles)


def _rows(sheet: Element) -> Iterator[str]:
    hidden = {place for place, one in _placed(each(sheet, "Column")) if _is_hidden(one)}
    for row in each(sheet, "Row"):
        if not _is_hidden(row):
            cells = _placed(one for one in row if local(one) == "Cell")
            shown = ("\n".join(_words(cell)) for place, cell in cells if place not in hidden)
            if line := "\t".join(filter(None, shown)):
                yield line


def _placed(elements: Iterator[Element]) -> Iterator[tuple[int, Element]]:
    """Yield columns or cells with their number; one may stand for several."""
    place = 0
    for one in elements:
        place = max(place + 1, _number(one, "Index"))
        more = min(_number(one, "Span") + _number(one, "MergeAcross"), _LAST_COLUMN)
        yield place, one
        if local(one) == "Column":
            yield from ((place + n, one) for n in range(1, more + 1))
        place += more


def _words(cell: Element) -> Iterator[str]:
    return (text for data in each(cell, "Data") if (text := "".join(data.itertext()).strip()))


def _is_hidden(element: Element) -> bool:
    size = attribute(element, "Width" if local(element) == "Column" else "Height")
    return attribute(element, "Hidden") == "1" or (size is not None and not size.strip("0."))


def _number(element: Element, name: str) -> int:
    said = attribute(element, name) or ""
    return int(said) if said.isdecimal() and len(said) < 7 else 0
