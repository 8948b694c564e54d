"""Whether the attachments can be reached where the settings say."""

from __future__ import annotations

from itertools import islice

from indexer.errors import TraCuuError
from indexer.files.opening import open_files
from indexer.settings import Settings
from indexer.upkeep.check import Check


def attachments(settings: Settings) -> Check:
    """Ask the object store for one file; those in the data directory are looked after with it."""
    if not settings.files:
        return Check("attachments", "ok", "in the data directory")
    try:
        list(islice(open_files(settings).digests(), 1))
    except TraCuuError as error:
        what, _, do = str(error).rpartition("; ")
        return Check("attachments", "fault", what, do)
    return Check("attachments", "ok", f"{settings.files} answers")
