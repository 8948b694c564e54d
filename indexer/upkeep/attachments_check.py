"""Whether the attachments can be reached where the settings say."""

from __future__ import annotations

from itertools import islice

from indexer.errors import TraCuuError
from indexer.files.conditions import ignored_condition
from indexer.files.opening import open_files
from indexer.replication.membership import shared_place
from indexer.settings import Settings
from indexer.upkeep.check import Check


def attachments(settings: Settings) -> Check:
    """Ask the object store for one file, and try whether it honours conditional writes; those in the data directory are
    looked after with it."""
    if not settings.files:
        return Check("attachments", "ok", "in the data directory")
    try:
        list(islice(open_files(settings).digests(), 1))
        ignored = ignored_condition(*shared_place(settings), versions=settings.role != "alone")
    except TraCuuError as error:
        what, _, do = str(error).rpartition("; ")
        return Check("attachments", "fault", what, do)
    if ignored:
        found = f"the store of {settings.files} {ignored}, so two machines could write at once"
        return Check("attachments", "fault", found, "use a store that supports conditional writes")
    return Check("attachments", "ok", f"{settings.files} answers")
