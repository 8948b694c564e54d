"""The documents that a query requests by number."""

from __future__ import annotations

from itertools import chain

from indexer.query import tree


def documents_asked(node: tree.Node) -> tuple[str, ...]:
    """Return the strict keys of the documents requested by ``node``, in the order typed, without duplicates.

    A number that may mean several documents gives the likeliest. Excluded numbers and possible amounts do not count.
    """
    return tuple(dict.fromkeys(keys[0] for part in tree.asked_of(node) if (keys := sure_keys(part))))


def choice_of(node: tree.Node) -> tuple[str, ...]:
    """Return the strict keys of the other documents that the numbers in ``node`` may mean, likeliest first."""
    others = (
        other.keys[1 if other.sure else 0 :]
        for part in tree.asked_of(node)
        if isinstance(part, tree.Either)
        for other in part.others
        if isinstance(other, tree.Document)
    )
    return tuple(dict.fromkeys(chain.from_iterable(others)))


def told_beside(node: tree.Node) -> dict[str, tuple[int | None, str | None]]:
    """Return the year of issue and the type that were typed with a number, by the strict keys of the possible documents."""
    return {
        key: (other.issued[0].year if other.issued else None, other.kind)
        for part in tree.asked_of(node)
        if isinstance(part, tree.Either)
        for other in part.others
        if isinstance(other, tree.Document)
        for key in other.keys
    }


def asks_for_documents_only(node: tree.Node) -> bool:
    """Tell whether ``node`` consists of nothing but document numbers."""
    parts = list(tree.asked_of(node))
    return bool(parts) and all(map(sure_keys, parts))


def sure_keys(part: tree.Node) -> tuple[str, ...]:
    """Return the strict keys of the documents that one part of a query means; none if it may mean something else."""
    match part:
        case tree.Word(area=None) | tree.Quoted(area=None) | tree.NumberIs():
            return (part.number.key,) if part.number else ()
        case tree.Either():
            return next((o.keys for o in part.others if isinstance(o, tree.Document) and o.sure), ())
        case _:
            return ()
