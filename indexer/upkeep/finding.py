"""What is wrong with a data directory, and what to do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it was written."""

    part: str
    """A file or folder of the data directory."""
    what: str
    do: str
    """What mends it."""

    def __str__(self) -> str:
        return f"{self.part}: {self.what}; {self.do}"


REBUILD = "run `tracuu rebuild`"
RESTORE = "restore it from a backup (`tracuu restore BACKUP --replace`)"
DELETE = "delete this file, the next writer makes it anew from the catalog"
