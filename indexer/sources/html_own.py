"""Which lines of a page are its article's, and which are the list of other news below it. PURE."""

from __future__ import annotations

from collections.abc import Collection

from indexer.sources.html_lines import Tree
from indexer.sources.html_tree import Element
from indexer.sources.marks import Mark, find_mark

_ABOVE = 4
"""Lines above the title that may be its section and its date."""
_ABOVE_SIZE = 300
"""Characters of what holds them."""
_GROWS = 1.5
"""The part of the page that holds the title is widened while that brings half as much prose again:
less is a side column's or footer's share, more an article whose title stands in a box of its own."""


def related_lines(tree: Tree, at: int | None) -> set[int]:
    """Return the indexes of the lines of the list of other news, its heading among them."""
    for n, line in enumerate(tree.lines):
        found = find_mark(line.text) if len(line.text) < 60 and n > (0 if at is None else at) else None
        if found is None or found.mark is not Mark.RELATED:
            continue
        block = tree.beside_title(line)
        inside = _within(tree, block, n)
        if len(inside) < 2 and (parent := block.getparent()) is not None:
            # A heading by itself: the items are its neighbours.
            inside = _within(tree, parent, n)
        return inside
    return set()


def _within(tree: Tree, element: Element, start: int) -> set[int]:
    inside = set(element.iter())
    return {n for n in range(start, len(tree.lines)) if tree.lines[n].element in inside}


def above_title(tree: Tree, at: int, own: Collection[int]) -> list[int]:
    """Return the lines right above the title that stand outside of its part, as section and date do on some portals.

    What holds links, or much text, is another part of the page.
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
    """Return the indexes of the lines of the smallest element with the title and the article's prose."""
    levels = tree.levels()
    prose: dict[int, int] = {}
    for n, line in enumerate(tree.lines):
        if line.prose and n not in related:
            prose[levels[n]] = prose.get(levels[n], 0) + len(line.text)
    chosen, chosen_prose, total = max(levels, default=0), 0, 0
    for level in sorted(prose):
        total += prose[level]
        if chosen_prose == 0 or total >= _GROWS * chosen_prose:
            chosen, chosen_prose = level, total
    return [n for n, level in enumerate(levels) if level <= chosen]
