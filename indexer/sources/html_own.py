"""Separates the lines of the article from the list of other news below it. PURE."""

from __future__ import annotations

import re
from collections.abc import Collection

from indexer.html.tree import Element
from indexer.sources.html_lines import Tree
from indexer.sources.marks import Mark, find_mark
from indexer.sources.page import LINKED_NAME
from indexer.vietnamese.letters import fold

_OTHERS = re.compile(
    r"(?:cac |danh sach |nhung )?van ban (?:khac|lien quan|moi(?: nhat| ban hanh)?|tuong tu|duoc quan tam"
    r"|cung (?:loai|chuyen muc|linh vuc|co quan(?: ban hanh)?|nam|nguoi ky|the loai)|da ban hanh|xem nhieu)"
)
_ABOVE = 4
"""Number of lines above the title that may be its section and date."""
_ABOVE_SIZE = 300
"""Maximum length, in characters, of the element containing them."""
_GROWS = 1.5
"""The part of the page around the title is extended while that adds at least half as much prose again: less would be a sidebar
or footer; more is an article whose title is in a box of its own."""


def related_lines(tree: Tree, at: int | None) -> set[int]:
    """Return the indexes of the lines of the list of other news, including its heading."""
    for n, line in enumerate(tree.lines):
        found = find_mark(line.text) if len(line.text) < 60 and n > (0 if at is None else at) else None
        if found is None or found.mark is not Mark.RELATED:
            continue
        block = tree.beside_title(line)
        inside = _within(tree, block, n)
        if len(inside) < 2 and (parent := block.getparent()) is not None:
            # The heading is a separate element; the items are its neighbours.
            inside = _within(tree, parent, n)
        return inside
    return set()


def other_documents(tree: Tree, at: int | None) -> set[int]:
    """Return the indexes of the lines of lists of other documents on a document's page, including their headings."""
    found: set[int] = set()
    for n, line in enumerate(tree.lines):
        if n not in found and len(line.text) < 60 and _OTHERS.fullmatch(fold(line.text).strip(" :.»")):
            block = tree.beside_title(line) if at is not None else line.element.getparent()
            inside = _within(tree, block, n) if block is not None else set()
            listed = {i for i in inside if tree.lines[i].linked or tree.lines[i].close or i == n}
            found |= {
                i for i in listed if not any(LINKED_NAME.fullmatch(link.name) for link in tree.lines[i].links)
            }
    return found


def _within(tree: Tree, element: Element, start: int) -> set[int]:
    inside = set(element.iter())
    return {n for n in range(start, len(tree.lines)) if tree.lines[n].element in inside}


def above_title(tree: Tree, at: int, own: Collection[int]) -> list[int]:
    """Return the lines right above the title and outside its part, like section and date on some portals.

    Elements with links or much text are other parts of the page.
    """
    found: list[int] = []
    for n in range(at - 1, max(-1, at - 1 - _ABOVE), -1):
        if n in own:
            continue
        box = tree.beside_title(tree.lines[n])
        if box.find(".//a[@href]") is not None or len(box.text_content()) > _ABOVE_SIZE:
            break
        found.append(n)
    return found[::-1]


def own_lines(tree: Tree, related: set[int]) -> list[int]:
    """Return the indexes of the lines in the smallest element with the title and the prose of the article."""
    levels = tree.levels()
    others = {*related, *tree.title_lines()}  # a long title is no text
    prose: dict[int, int] = {}
    for n, line in enumerate(tree.lines):
        if line.prose and n not in others:
            prose[levels[n]] = prose.get(levels[n], 0) + len(line.text)
    chosen, chosen_prose, total = max(levels, default=0), 0, 0
    for level in sorted(prose):
        total += prose[level]
        if chosen_prose == 0 or total >= _GROWS * chosen_prose:
            chosen, chosen_prose = level, total
    return [n for n, level in enumerate(levels) if level <= chosen]
