"""What is gone from a source, and whether so much of it may be removed at once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from indexer.catalog.catalog import Catalog
from indexer.indexing.outcome import Outcome
from indexer.indexing.reading import SourceReading
from indexer.source_settings import RemovalLimit
from indexer.sources import Renamed, Source

_SHOWN = 3
"""Ids that a sentence gives."""


def names_before(source: Source, catalog: Catalog) -> list[str]:
    """Return the names that articles of ``source`` came under before it had its own."""
    return list(filter(source.was, catalog.places.all())) if isinstance(source, Renamed) else []


def pruned(
    catalog: Catalog,
    places: Collection[str],
    reading: SourceReading,
    limit: RemovalLimit,
    remove: Callable[[Sequence[str]], Sequence[str]],
) -> Iterator[Outcome]:
    """Remove what is gone from the source that was read, and yield what became of it.

    ``places`` are the names that its articles came under; the first is the one that it has now. ``remove`` is told what
    is gone and removes what no other source has. Nothing is removed where it can't be known what is gone, be it that only a
    part was read, or where that is more than ``limit``: a share that is not mounted, or half an export, must not empty the index.
    """
    if reading.partly:
        return
    name = next(iter(places))
    if reading.unknown:
        reason = f"{reading.unknown} items could not be read, and may be articles that seem to be gone"
        yield Outcome("failed", name, f"nothing was removed: {reason}")
        return
    had = list(dict.fromkeys(id for place in places for id in catalog.places.of(place)))
    gone = list(filter(reading.is_gone, had))
    yield from removed_within(limit, name, gone, len(had), remove)


def removed_within(
    limit: RemovalLimit,
    name: str,
    gone: Sequence[str],
    of: int,
    remove: Callable[[Sequence[str]], Sequence[str]],
) -> Iterator[Outcome]:
    """Remove articles that are ``gone`` from the source ``name``, which had ``of`` of them, where ``limit`` allows so many."""
    if gone and not limit.allows(len(gone), of):
        shown = ", ".join(gone[:_SHOWN]) + (" …" if len(gone) > _SHOWN else "")
        reason = f"{len(gone)} of its {of} articles are gone ({shown}), which is more than {limit}"
        yield Outcome(
            "refused",
            name,
            f"nothing was removed: {reason}. Check that the source is complete. To remove these articles, run the"
            f" command again with --max-removed {len(gone)}",
        )
        return
    removed = remove(gone)
    yield from (Outcome("removed", id) for id in removed)
    kept = set(gone) - set(removed)
    if kept:
        notice = f"{len(kept)} articles are gone from it, but are kept because another source has them"
        yield Outcome("notice", name, notice, "held by others")
