"""The visible sheets of an Open XML workbook as pages, whether its parts are XML or records."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from indexer.extract.formats.about import said_of_itself
from indexer.extract.formats.content import Content, in_unicode, numbered
from indexer.extract.formats.package import Relation
from indexer.extract.formats.sheets.beside import add_beside
from indexer.extract.formats.sheets.parts import Parts
from indexer.extract.formats.sheets.sheet import Sheet

_KINDS = ("worksheet", "chartsheet", "dialogsheet")
"""Kinds of sheets that contain text; macro sheets contain programs."""


class Listed(NamedTuple):
    """A sheet in the list of the workbook."""

    name: str
    is_hidden: bool
    relation: str
    """The relation id of its part."""


def content(
    parts: Parts,
    leads: dict[str, Relation],
    listed: Iterable[Listed],
    read: Callable[[str, dict[str, Relation]], Sheet],
) -> Content:
    """Return the visible sheets, numbered by their order in the workbook; ``read`` reads a part that refers to others.

    Each part is read once: a small file may list one thousands of times.
    """
    pages: list[tuple[int, str]] = []
    were_read: set[str] = set()
    for number, (name, is_hidden, relation) in enumerate(listed, 1):
        kind, part = leads.get(relation, ("", ""))
        if kind in _KINDS and not is_hidden and part not in were_read:
            were_read.add(part)
            others = {
                one.target: one for one in parts.relations(part).values() if one.target not in were_read
            }
            were_read.update(others)
            sheet = read(part, others)
            add_beside(parts, others, sheet)
            if text := sheet.text():
                pages.append((number, f"{name}\n{text}"))
    if pages:
        number, last = pages[-1]
        about = said_of_itself(
            parts.xml(parts.main("core-properties", "docProps/core.xml")),
            "\n".join(text for _, text in pages),
        )
        pages[-1] = number, "\n".join([last, *about])
    return in_unicode(numbered(pages), tuple(parts.problems))
