"""Which documents a query asks for by number."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.query import tree


def documents_asked(node: tree.Node) -> tuple[str, ...]:
    """Return the strict keys of the documents that ``node`` asks for, in the order typed, each once.

    Of a number typed in words it is the likeliest. What must not match is not asked for.
    """
    return tuple(dict.fromkeys(_keys(node)))


def asks_for_documents_only(node: tree.Node) -> bool:
    """Tell whether ``node`` is document numbers and nothing else."""
    parts = list(tree.asked_of(node))
    return bool(parts) and all(any(True for _ in _keys(part)) for part in parts)


def _keys(node: tree.Node) -> Iterator[str]:
    for part in tree.asked_of(node):
        match part:
            case tree.Word(area=None) | tree.Quoted(area=None) | tree.NumberIs():
                if part.number:
                    yield part.number.key
            case tree.Either():
                yield from (other.keys[0] for other in part.others if isinstance(other, tree.Document))
