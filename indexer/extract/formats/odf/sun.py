"""OpenOffice.org 1 (``.sxw``, ``.sxc``, ``.sxi``): its elements under the names that OpenDocument gave them."""

from __future__ import annotations

from indexer.extract.formats.xml import Element, attribute

_SUN = "{http://openoffice.org/2000/"
_ODF = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_NAMES = {
    "tab-stop": "tab", "ordered-list": "list", "unordered-list": "list", "footnote": "note", "endnote": "note",
    "footnote-body": "note-body", "endnote-body": "note-body", "footnote-citation": "note-citation",
    "endnote-citation": "note-citation",
}  # fmt: skip
"""Text elements that have other names today."""
_OF_TABLES = _ODF % "table"


def modernized(root: Element) -> Element:
    """Return ``root`` with today's names, as far as readers need them."""
    if not str(root.tag).startswith(_SUN):
        return root
    for element in root.iter("*"):
        element.tag = _renamed(element)
        if element.tag.startswith(
            _OF_TABLES
        ):  # the one kind whose attributes are asked for with their namespace
            for key, value in element.items():
                if key.startswith(_SUN):
                    element.set(_OF_TABLES + key.rpartition("}")[2], value)
    return root


def _renamed(element: Element) -> str:
    space, _, name = str(element.tag).rpartition("}")
    if not space.startswith(_SUN):
        return str(element.tag)
    kind = space.removeprefix(_SUN)
    if kind == "text":
        name = _NAMES.get(name, name)
    elif name == "properties":
        name = (
            "table-properties" if attribute(element.getparent(), "family") == "table" else "text-properties"
        )
    return _ODF % kind + name
