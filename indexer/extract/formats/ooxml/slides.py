"""Reads a presentation (PPTX, PPTM, PPSX, POTX): a page for each slide, with its notes and comments."""

from __future__ import annotations

import re
from pathlib import Path

from indexer.extract.formats.about import said_of_itself
from indexer.extract.formats.content import Content, in_unicode, numbered, without_blank_lines
from indexer.extract.formats.ooxml.drawn import drawn
from indexer.extract.formats.ooxml.pruning import alternatives
from indexer.extract.formats.ooxml.story import story
from indexer.extract.formats.package import Package, Relation
from indexer.extract.formats.xml import Element, attribute, drop, each, local

_SHAPES = ("sp", "pic", "graphicFrame", "grpSp", "cxnSp")
_NUMBERS = ("sldNum",)
_OF_NOTES_PAGE = ("sldImg", "sldNum", "hdr", "ftr", "dt")
"""Placeholders on a notes page that contain no notes."""
_ON = ("1", "true")
_OFF = ("0", "false")
_MASTERS = ("slideLayout", "slideMaster")
"""What a slide is based on, and what that is based on."""
_SHAPE = re.compile(rb"<\w{0,9}:?(?:sp|graphicFrame)[ >]")
_PLACE = re.compile(rb"<\w{0,9}:?ph[ />]")
_SHOWS_MASTER = "showMasterSp"


def open_xml_slides(path: Path, _media_type: str) -> Content:
    """Return the slides in their order. Hidden slides are included: whoever opens the file sees them.

    What appears on all slides of a master or layout is read once; placeholders are ignored.
    """
    package = Package(path)
    main = package.main("officeDocument", "ppt/presentation.xml")
    root = package.xml(main)
    if root is None:
        raise ValueError("the list of slides is missing or damaged")
    relations = package.relations(main)
    seen: set[str] = set()
    slides = [_slide(package, relations.get(name), seen) for name in dict.fromkeys(_listed(root))]
    about = said_of_itself(
        package.xml(package.main("core-properties", "docProps/core.xml")), "\n".join(slides)
    )
    if about:
        slides[:1] = ["\n".join([*slides[:1], *about])]
    return in_unicode(numbered(enumerate(slides, 1)), tuple(package.problems))


def _listed(presentation: Element) -> list[str]:
    """Return the relation ids of the slides, which the presentation lists beside their own ids."""
    return [
        value for one in each(presentation, "sldId") for name, value in one.items() if name.endswith("}id")
    ]


def _slide(package: Package, relation: Relation | None, seen: set[str]) -> str:
    root = None if relation is None else package.xml(relation.target)
    if relation is None or root is None:
        return ""
    relations = package.relations(relation.target)
    texts = [_text(package, root, relations, _NUMBERS)]
    for its in [*relations.values()]:
        if its.kind in ("notesSlide", "comments") and (more := package.xml(its.target)) is not None:
            texts.append(_text(package, more, package.relations(its.target), _OF_NOTES_PAGE))
            texts += (one.text or "" for one in each(more, "text"))
    texts += _of_masters(package, root, relations, seen)
    return without_blank_lines("\n".join(texts))


def _of_masters(package: Package, root: Element, relations: dict[str, Relation], seen: set[str]) -> list[str]:
    """Return what the layout and the master of a slide show on it, except what was ``seen`` before."""
    texts = []
    for kind in _MASTERS:
        part = next((its.target for its in relations.values() if its.kind == kind), None)
        if part is None or part in seen or attribute(root, _SHOWS_MASTER) in _OFF:
            break
        seen.add(part)
        found = package.xml(part, _with_texts)
        if found is not None or kind != _MASTERS[-1]:  # a master without texts leads nowhere
            relations = package.relations(part)
        if found is not None:
            root = found
            for one in [*each(root, "ph")]:
                drop(_shape_of(one))
            texts.append(_text(package, root, relations, _NUMBERS, pictures="none"))
    return texts


def _with_texts(content: bytes) -> bytes:
    """Return a master or layout that may show more than placeholders, otherwise nothing: most need not be parsed."""
    shapes = len(_SHAPE.findall(content)) > len(_PLACE.findall(content))
    return content if shapes or _SHOWS_MASTER.encode() in content else b""


def _text(
    package: Package,
    root: Element,
    relations: dict[str, Relation],
    left_out: tuple[str, ...],
    pictures: str = "cNvPr",
) -> str:
    alternatives(root)
    for one in [*each(root, "ph", "cNvPr", "fld", "tc")]:
        name = local(one)
        if name == "tc":
            gone = attribute(one, "hMerge") in _ON or attribute(one, "vMerge") in _ON
        elif name == "fld":
            gone = attribute(one, "type") == "slidenum"
        else:
            gone = attribute(one, "type") in left_out or attribute(one, "hidden") in _ON
        if gone:
            drop(one if name in ("tc", "fld") else _shape_of(one))

    def elsewhere(name: str) -> str:
        relation = relations.pop(name, None)  # once, however often it is shown
        return "" if relation is None else drawn(package, relation)

    return story(root, elsewhere=elsewhere, pictures=pictures)


def _shape_of(property_: Element) -> Element:
    while local(property_) not in _SHAPES and property_.getparent() is not None:
        property_ = property_.getparent()
    return property_
