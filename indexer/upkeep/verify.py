"""Reading everything in a data directory: is it what was written, and do its parts agree?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress

from indexer.catalog.catalog import Catalog
from indexer.catalog.files import FOLDER
from indexer.catalog.format import FILE_NAME
from indexer.disk.locks import writer_lock
from indexer.disk.sqlite.damage import damage_of_log
from indexer.duplicates.store import FILE_NAME as DUPLICATES
from indexer.errors import EngineError, IndexBusyError, IndexMissingError, StorageError
from indexer.indexing.statuses import FILE_NAME as STATUSES
from indexer.push.inbox_file import FILE_NAME as INBOX
from indexer.settings import Settings
from indexer.sources.site.state_file import FILE_NAME as SITES
from indexer.suggest.completion import FILE_NAME as SUGGESTIONS
from indexer.upkeep.access import check_readable
from indexer.upkeep.derived_findings import (
    CRAWL_AGAIN,
    duplicates_findings,
    sites_findings,
    statuses_findings,
    suggestions_findings,
)
from indexer.upkeep.file_findings import file_findings
from indexer.upkeep.finding import DELETE, REBUILD, RESTORE, Finding, guarded
from indexer.upkeep.index_findings import index_findings, previous_findings
from indexer.upkeep.service_findings import PUSH_AGAIN, service_findings

_INDEX_AGAIN = "index the sources again (unchanged articles take little time), or restore from a backup"


def verify(settings: Settings) -> Iterator[Finding]:
    """Yield what is damaged, missing or does not agree, with what mends it; nothing is changed.

    Writers are held off meanwhile, as far as this process may lock the directory. Raises IndexBusyError where one is
    at work, EngineError where there is no catalog, StorageError where this process may not read everything.
    """
    if not settings.data.is_dir():
        raise IndexMissingError(settings.data)
    check_readable(settings.data)
    with ExitStack() as stack:
        # A directory that can't be written is not locked; nobody like us writes there either.
        with suppress(StorageError):
            stack.enter_context(writer_lock(settings.data, settings.lock_timeout))
        # Before anything is opened, which takes the logs in, as far as they can be read.
        yield from _log_findings(settings)
        try:
            catalog = stack.enter_context(closing(Catalog(settings.data)))
        except IndexBusyError:
            raise
        except (EngineError, StorageError) as error:
            if not (settings.data / FILE_NAME).is_file():
                raise
            yield Finding(FILE_NAME, str(error), RESTORE)
            yield from guarded(settings.engine, REBUILD, lambda: previous_findings(settings))
            yield from service_findings(settings.data)
            return
        sound = yield from guarded(FILE_NAME, RESTORE, lambda: catalog_findings(catalog))
        yield from guarded(FOLDER, RESTORE, lambda: file_findings(settings, catalog))
        indexed = yield from guarded(settings.engine, REBUILD, lambda: index_findings(settings, catalog))
        # With what is damaged itself nothing is compared.
        truth, index = catalog if sound else None, settings if indexed else None
        yield from guarded(SUGGESTIONS, DELETE, lambda: suggestions_findings(settings.data, truth))
        yield from guarded(DUPLICATES, DELETE, lambda: duplicates_findings(settings.data, truth, index))
        yield from guarded(STATUSES, DELETE, lambda: statuses_findings(settings.data, truth))
        yield from guarded(SITES, CRAWL_AGAIN, lambda: sites_findings(settings.data))
        yield from service_findings(settings.data)


def _log_findings(settings: Settings) -> Iterator[Finding]:
    logs = (
        (FILE_NAME, _INDEX_AGAIN),
        (SUGGESTIONS, DELETE),
        (DUPLICATES, DELETE),
        (STATUSES, DELETE),
        (SITES, CRAWL_AGAIN),
        (INBOX, PUSH_AGAIN),
    )
    for name, do in logs:
        with suppress(FileNotFoundError):
            for problem in damage_of_log(settings.data / name):
                yield Finding(f"{name}-wal", problem, do)


def catalog_findings(catalog: Catalog) -> Iterator[Finding]:
    """Yield what of the catalog is not as it was written."""
    for one in catalog.damage():
        match one.kind:
            case "file":
                yield Finding(FILE_NAME, one.name, RESTORE)
            case "article":
                do = f"restore it from a backup, or run `tracuu remove {one.name}` and index its source again"
                yield Finding(FILE_NAME, f"article {one.name!r} is damaged", do)
            case "text":
                do = f"run `tracuu reextract {one.name}`"
                yield Finding(FILE_NAME, f"the stored text of file {one.name} is damaged", do)
            case "page":
                yield Finding(FILE_NAME, f"an OCR page of file {one.name} is damaged", REBUILD)
            case "reader":
                yield Finding(FILE_NAME, f"the progress marker of index {one.name!r} is damaged", REBUILD)
            case "run":
                yield Finding(FILE_NAME, f"the stored state of source {one.name!r} is damaged", REBUILD)
