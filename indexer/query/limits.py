"""What one query may cost: the dear parts of a tree are counted, and beyond a limit read as plain words.

512 characters hold 170 words with ``~``, each of which is looked for among all terms of the index: three seconds
where a usual query takes five milliseconds. Limits are above what people type; a line of the reading says when one
was reached. ``python -m benchmarks.hurting`` shows what is left.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

from indexer.model import Language
from indexer.query import tree

Dear = Literal["fuzzy", "prefix", "quoted", "forms"]
MOST: Mapping[Dear, int] = {"fuzzy": 3, "prefix": 6, "quoted": 12, "forms": 10}
"""Of each kind in one query; the same one again counts once."""
_KINDS: Mapping[type, Dear] = {
    tree.Fuzzy: "fuzzy", tree.Prefix: "prefix", tree.Quoted: "quoted", tree.Either: "forms",
}  # fmt: skip
_SAID: Mapping[Language, Mapping[Dear, str]] = {
    "vi": {
        "fuzzy": "chỉ {most} từ đầu có ~ được phép sai một chữ cái, các từ sau tìm như đã gõ",
        "prefix": "chỉ {most} từ đầu có * được tìm theo phần đầu, các từ sau tìm như đã gõ",
        "quoted": "chỉ {most} cụm từ đầu được tìm chính xác, các cụm sau tìm từng từ",
        "forms": "chỉ {most} từ đầu được tìm cả cách viết khác, các từ sau tìm như đã gõ",
    },
    "en": {
        "fuzzy": "only the first {most} words with ~ may have one wrong letter; the others are searched as typed",
        "prefix": "only the first {most} words with * are searched as prefixes; the others as typed",
        "quoted": "only the first {most} phrases are searched as phrases; the others word by word",
        "forms": "other spellings are searched for the first {most} words only; the others as typed",
    },
}


def bounded(node: tree.Node) -> tuple[tree.Node, frozenset[Dear]]:
    """Return ``node`` within the limits, and which of them were reached; the same part twice stands once."""
    bounds = _Bounds()
    return bounds.within(node), frozenset(bounds.reached)


def limit_lines(reached: frozenset[Dear], language: Language) -> tuple[str, ...]:
    """Return a line for each limit that was reached."""
    return tuple(said.format(most=MOST[kind]) for kind, said in _SAID[language].items() if kind in reached)


class _Bounds:
    def __init__(self) -> None:
        self.reached: set[Dear] = set()
        self._counts: Counter[Dear] = Counter()
        self._seen: set[tree.Node] = set()

    def within(self, node: tree.Node) -> tree.Node:
        match node:
            case tree.And():
                return tree.And(self._each(node.nodes))
            case tree.Or():
                return replace(node, nodes=self._each(node.nodes))
            case tree.Not():
                return tree.Not(self.within(node.node))
            case tree.Fuzzy() | tree.Prefix() | tree.Quoted() | tree.Either():
                return self._counted(node)
            case _:
                return node

    def _each(self, nodes: tuple[tree.Node, ...]) -> tuple[tree.Node, ...]:
        """Words stay where they are, since neighbours matter; of everything else once is enough."""
        kept: dict[tree.Node, None] = {}
        found: list[tree.Node] = []
        for node in map(self.within, nodes):
            if isinstance(node, tree.Word) or node not in kept:
                kept[node] = None
                found.append(node)
        return tuple(found)

    def _counted(self, node: tree.Fuzzy | tree.Prefix | tree.Quoted | tree.Either) -> tree.Node:
        kind = _KINDS[type(node)]
        if node not in self._seen:
            self._seen.add(node)
            self._counts[kind] += 1
            if self._counts[kind] > MOST[kind]:
                self._seen.discard(node)
                self.reached.add(kind)
                return _plain(node)
        return node


def _plain(node: tree.Fuzzy | tree.Prefix | tree.Quoted | tree.Either) -> tree.Node:
    if isinstance(node, tree.Either):
        return tree.And(node.words)
    before = (node.before,) if isinstance(node, tree.Prefix) and node.before else ()
    words = (*before, *tree.words_in(node.text, node.area))
    return words[0] if len(words) == 1 else tree.And(words)
