"""The bytes of attachments against their names and the catalog."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.catalog.catalog import Catalog
from indexer.catalog.files import FOLDER, FileStore, digest_of
from indexer.errors import ItemError
from indexer.settings import Settings
from indexer.upkeep.finding import REBUILD, Finding

_NAMED = 3
"""Articles that are named for a file."""


def file_findings(settings: Settings, catalog: Catalog) -> Iterator[Finding]:
    """Yield files that are missing, are not what their names say, or that no article carries."""
    store = FileStore(settings.data)
    carried = catalog.extractions.carried_files()
    for digest in sorted(carried):
        path = store.path(digest)
        part = path.relative_to(settings.data).as_posix()
        try:
            if not path.is_file():
                yield Finding(part, "it is missing", _advice(catalog, digest))
            elif digest_of(path) != digest:
                yield Finding(part, "it is damaged", _advice(catalog, digest))
        except ItemError as error:
            yield Finding(part, str(error), _advice(catalog, digest))
    for path in store.unused(carried):
        yield Finding(path.relative_to(settings.data).as_posix(), "no article uses it", REBUILD)


def _advice(catalog: Catalog, digest: str) -> str:
    ids = catalog.extractions.carriers([digest])
    named = " ".join(ids[:_NAMED]) + (" …" if len(ids) > _NAMED else "")
    return f"copy {FOLDER}/{digest[:2]}/{digest} from a backup, or run `tracuu remove {named}` and index the source again"
