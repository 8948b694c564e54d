"""Which documents a query asks for by number."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.directives.number import parse_number
from indexer.query import tree


def documents_asked(node: tree.Node) -> tuple[str, ...]:
    """Return the strict keys of the documents that ``node`` asks for, in the order typed, each once.

    Of a number typed in words it is the likeliest. What must not match is not asked for.
    """
    return tuple(dict.fromkeys(_keys(node)))


def _keys(node: tree.Node) -> Iterator[str]:
    match node:
        case tree.Word(area=None) | tree.Quoted(area=None) | tree.NumberIs():
            number = parse_number(node.text)
            if number:
                yield number.key
        case tree.Either():
            for other in node.others:
                if isinstance(other, tree.Document):
                    yield other.keys[0]
        case tree.And() | tree.Or():
            for child in node.nodes:
                yield from _keys(child)
