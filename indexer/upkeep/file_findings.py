"""Compares the bytes of attachments with their names and the catalog."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.catalog.catalog import Catalog
from indexer.files.opening import open_files
from indexer.role_settings import READING_ROLES
from indexer.settings import Settings
from indexer.upkeep.finding import REBUILD, Finding

_NAMED = 3
"""Maximum number of articles listed for a file."""


def file_findings(settings: Settings, catalog: Catalog) -> Iterator[Finding]:
    """Yield files that are missing, that do not match their names, or that no article carries."""
    store = open_files(settings)
    carried = catalog.extractions.carried_files()
    for digest in sorted(carried):
        if problem := store.damage(digest):
            part = store.called(digest)
            yield Finding(part, problem, _advice(catalog, digest, part))
    if settings.role in READING_ROLES:
        return  # the writer has newer ones
    # Those of a writer stay until the published catalog has no article that carries them.
    waiting = set() if settings.role == "alone" else catalog.extractions.unused()
    for part in store.unused(carried | waiting):
        yield Finding(part, "no article uses it", REBUILD)


def _advice(catalog: Catalog, digest: str, part: str) -> str:
    ids = catalog.extractions.carriers([digest])
    named = " ".join(ids[:_NAMED]) + (" …" if len(ids) > _NAMED else "")
    return f"copy {part} from a backup, or run `tracuu remove {named}` and index the source again"
