"""What this machine last published or fetched, for monitoring and for its next start."""

from __future__ import annotations

import json
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from indexer.disk import durable
from indexer.replication.manifest import Manifest

_FILE = Path("cache", "copies.json")


@dataclass(frozen=True, slots=True)
class LocalState:
    """The newest manifest that this machine has written, or has the files of."""

    term: int
    number: int
    made: float
    """When the writer wrote it, in seconds since 1970 by its own clock."""
    files: tuple[str, ...] = ()
    """Names of the files that were fetched."""

    @property
    def age(self) -> float:
        """Seconds since the writer wrote the manifest; clocks of machines differ, but nothing is younger than new."""
        return max(0.0, time.time() - self.made)


def state_of(manifest: Manifest, files: tuple[str, ...] = ()) -> LocalState:
    """Return the state of a machine that has just written ``manifest``, or fetched ``files`` of it."""
    return LocalState(manifest.term, manifest.number, manifest.made, files)


def write_state(data: Path, state: LocalState) -> None:
    """Replace the state. It may get lost, so nothing waits for the disk; raises StorageError."""
    path = data / _FILE
    with durable.storage_errors(path, "written"):
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = path.with_name(f"{durable.TEMPORARY}{path.name}")
        aside.write_text(json.dumps(asdict(state)))
        aside.replace(path)


def read_state(data: Path) -> LocalState | None:
    """Return the state; None if there is none."""
    with suppress(OSError, ValueError, TypeError, KeyError):
        said = json.loads((data / _FILE).read_text())
        return LocalState(**{**said, "files": tuple(said["files"])})
    return None


def known_files(data: Path) -> set[str]:
    """Return the names of the files that were fetched, as far as it is known."""
    state = read_state(data)
    return {*state.files} if state else set()
