"""The neighbours of a document as a picture: what it relies on to the left, what relies on it to the right. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.register.named import Named
from indexer.search.directives.view import DirectiveView
from webui.context.translation import gettext
from webui.presenters import formats, links, words

_WIDTH, _BOX, _MIDDLE = 1000, 300, 260
"""Widths in units of the picture: all of it, the boxes at the sides, and the box in the middle."""
_ROW, _HEAD, _HEIGHT = 36, 30, 28
"""Heights: from one box to the next, of a heading, and of a box."""
_MOST = 20
"""Maximum number of documents on each side; a line tells how many more there are."""
_MARGIN = 4
_LETTERS = 36
"""Number of letters that fit into a box; the title of the box has the full text."""


@dataclass(frozen=True, slots=True)
class Node:
    """A linked box; ``url`` is None for the line that tells how many more there are."""

    x: int
    y: int
    width: int
    label: str
    title: str
    url: str | None
    changes: bool
    """Whether the relation changes one of the two documents."""
    edge: str
    """The path of the line to the middle; empty if there is no line."""

    @property
    def text_y(self) -> int:
        """Vertical position of the text."""
        return self.y + _HEIGHT // 2 + 5


@dataclass(frozen=True, slots=True)
class Heading:
    """How the boxes below it relate to the document."""

    x: int
    y: int
    text: str


@dataclass(frozen=True, slots=True)
class Graph:
    """The picture; ``x``, ``width`` and ``height`` describe its view box."""

    x: int
    width: int
    height: int
    middle: Node
    nodes: tuple[Node, ...]
    headings: tuple[Heading, ...]


_Groups = Sequence[tuple[str, tuple[Named, ...]]]


def graph(view: DirectiveView) -> Graph | None:
    """Return the picture of ``view``; None if the document has no relations."""
    if not view.acts_on and not view.acted_on_by:
        return None
    sides = (_cut(view.acts_on), _cut(view.acted_on_by))
    height = max(_height(groups) for groups, _ in sides) + max(_ROW if left else 0 for _, left in sides)
    middle_y = height // 2 - _HEIGHT
    nodes: list[Node] = []
    headings: list[Heading] = []
    for at_left, (groups, left_out) in zip((True, False), sides, strict=True):
        x = 0 if at_left else _WIDTH - _BOX
        y = max(0, (height - _height(groups) - (_ROW if left_out else 0)) // 2)
        titles = words.ACTS_ON if at_left else words.ACTED_ON_BY
        for relation, named in groups:
            headings.append(Heading(x, y + _HEAD - 10, titles[relation]))
            y += _HEAD
            for one in named:
                nodes.append(_node(x, y, one, words.changes(relation), middle_y + _HEIGHT, at_left))
                y += _ROW
        if left_out:
            text = gettext("và %(number)s văn bản khác", number=formats.number(left_out))
            nodes.append(Node(x, y, _BOX, text, text, None, False, ""))
    middle = Node(
        (_WIDTH - _MIDDLE) // 2,
        middle_y,
        _MIDDLE,
        _short(view.card.label, 30),
        view.card.label,
        None,
        False,
        "",
    )
    # Sides without documents are left out.
    start = 0 if view.acts_on else middle.x - _MARGIN
    end = _WIDTH if view.acted_on_by else middle.x + _MIDDLE + _MARGIN
    return Graph(start, end - start, height, middle, tuple(nodes), tuple(headings))


def _cut(groups: _Groups) -> tuple[list[tuple[str, tuple[Named, ...]]], int]:
    """Return the first ``_MOST`` documents, some from each group, and how many are left out."""
    total = sum(len(named) for _, named in groups)
    if total <= _MOST:
        return list(groups), 0
    shares = dict.fromkeys((relation for relation, _ in groups), 0)
    room = _MOST
    while room:
        for relation, named in groups:
            if room and shares[relation] < len(named):
                shares[relation] += 1
                room -= 1
    return [
        (relation, named[: shares[relation]]) for relation, named in groups if shares[relation]
    ], total - _MOST


def _height(groups: _Groups) -> int:
    return sum(_HEAD + _ROW * len(named) for _, named in groups)


def _node(x: int, y: int, one: Named, changes: bool, middle: int, at_left: bool) -> Node:
    from_x, to_x = (x + _BOX, (_WIDTH - _MIDDLE) // 2) if at_left else (x, (_WIDTH + _MIDDLE) // 2)
    from_y, half = y + _HEIGHT // 2, (from_x + to_x) // 2
    edge = f"M{from_x} {from_y}C{half} {from_y} {half} {middle} {to_x} {middle}"
    title = f"{one.label}: “{one.said.citation.sentence}”" if one.said else one.label
    return Node(x, y, _BOX, _short(one.label, _LETTERS), title, links.directive_url(one.slug), changes, edge)


def _short(label: str, letters: int) -> str:
    return label if len(label) <= letters else f"{label[: letters - 1].rstrip()}…"
