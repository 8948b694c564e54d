"""What is wrong with a data directory, and what to do."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass

from indexer.errors import ClusterError, TraCuuError


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
START_NODES = "check that its nodes are running and can be reached from here"
DELETE = "delete this file; the next writer rebuilds it from the catalog"


def guarded(part: str, do: str, findings: Callable[[], Iterator[Finding]]) -> Generator[Finding, None, bool]:
    """Yield ``findings``, and one more where they can't go on; return whether there was none."""
    sound = True
    try:
        for finding in findings():
            sound = False
            yield finding
    except ClusterError as error:
        sound = False
        yield Finding(part, str(error), START_NODES)
    except TraCuuError as error:
        sound = False
        yield Finding(part, f"it can't be read completely ({error})", do)
    return sound
