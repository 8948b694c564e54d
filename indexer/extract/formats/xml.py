"""XML of office documents: the one module of the formats that knows lxml. Nothing is expanded, nothing fetched."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any, Protocol

from lxml import etree

Element = Any
"""An element; the parser has no types of its own."""


class Blocks(Protocol):
    """What is read block by block."""

    def read(self, size: int, /) -> bytes:
        """Return the next bytes, ``size`` at most, none at the end."""


_NO_MEMORY = 2
"""XML_ERR_NO_MEMORY of libxml2."""
_KEPT = 100
"""Emptied elements of a stream that may stand in memory."""


def parse_xml(content: bytes) -> tuple[Element | None, bool]:
    """Return the root of ``content``, None where there is none, and whether all of it could be read.

    What stands before a fault is kept. Raises MemoryError.
    """
    parser = _parser()
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        root = None
    if any(one.type == _NO_MEMORY for one in parser.error_log):
        raise MemoryError("the XML needs more memory than a reader may use")
    return root, root is not None and not any(one.level_name == "FATAL" for one in parser.error_log)


@functools.cache
def _parser() -> Any:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        recover=True,
        huge_tree=True,  # elements within each other up to 2,048; the size of parts is bounded by who reads them
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )


def streamed(file: Blocks, *names: str) -> Iterator[Element]:
    """Yield the elements of ``file`` with these local names, each whole, and let go of each behind it.

    Raises ValueError where the XML is damaged, behind the elements before that.
    """
    found = etree.iterparse(
        file, events=("end",), tag=[f"{{*}}{name}" for name in names], resolve_entities=False,
        no_network=True, load_dtd=False, remove_comments=True, remove_pis=True, huge_tree=False,
    )  # fmt: skip
    try:
        for number, (_, element) in enumerate(found):
            yield element
            element.clear()
            if number % _KEPT == 0 and (parent := element.getparent()) is not None:
                del parent[: parent.index(element)]
    except etree.XMLSyntaxError as error:
        raise ValueError("its XML is damaged") from error


def steps(root: Element, names: tuple[str, ...] = ()) -> Iterator[tuple[str, Element]]:
    """Yield ``"start"`` and ``"end"`` of all elements, or of those with these local names, in the document's order."""
    tags = tuple(f"{{*}}{name}" for name in names) or ("{*}*",)
    return iter(etree.iterwalk(root, events=("start", "end"), tag=tags))


def each(root: Element, *names: str) -> Iterator[Element]:
    """Yield the elements below ``root`` with these local names, whatever their namespace."""
    return iter(root.iter(*(f"{{*}}{name}" for name in names)))


def local(element: Element) -> str:
    """Return the name of ``element`` without its namespace."""
    return str(element.tag).rpartition("}")[2]


def attribute(element: Element, name: str) -> str | None:
    """Return the attribute with this local name."""
    for key, value in element.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return None


def child(element: Element | None, name: str) -> Element | None:
    """Return the first child with this local name."""
    return None if element is None else next(element.iterchildren(f"{{*}}{name}"), None)


def values(parent: Element | None) -> dict[str, str]:
    """Return what the children have as ``val`` (the way of Open XML to give a property) by their local names."""
    found: dict[str, str] = {}
    for one in () if parent is None else parent:
        tag = one.tag
        end = tag.rfind("}") + 1
        if (value := one.get(f"{tag[:end]}val")) is not None:
            found.setdefault(tag[end:], value)
    return found


def drop(element: Element) -> None:
    """Take ``element`` out of its tree, if it is in one, but not the text behind it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    parent.remove(element)
