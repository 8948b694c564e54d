"""Problems found in a data directory, and how to fix them."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass

from indexer.errors import ClusterError, FilesUnreachableError, TraCuuError


@dataclass(frozen=True, slots=True)
class Finding:
    """A damaged or inconsistent part."""

    part: str
    """A file or folder of the data directory."""
    what: str
    do: str
    """How to fix it."""

    def __str__(self) -> str:
        return f"{self.part}: {self.what}; {self.do}"


REBUILD = "run `tracuu rebuild`"
RESTORE = "restore it from a backup (`tracuu restore BACKUP --replace`)"
START_NODES = "check that its nodes are running and can be reached from here"
DELETE = "delete this file; the next writer rebuilds it from the catalog"


def guarded(part: str, do: str, findings: Callable[[], Iterator[Finding]]) -> Generator[Finding, None, bool]:
    """Yield ``findings``, and one more if they cannot be continued; return whether there were none."""
    sound = True
    try:
        for finding in findings():
            sound = False
            yield finding
    except ClusterError as error:
        sound = False
        yield Finding(part, str(error), START_NODES)
    except FilesUnreachableError as error:
        sound = False
        yield Finding(part, str(error), "then run this again")
    except TraCuuError as error:
        sound = False
        yield Finding(part, f"it can't be read completely ({error})", do)
    return sound
