"""Which folder of the data directory contains the index of an engine: a rebuild creates another and switches."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from indexer.disk import durable
from indexer.errors import DamagedError
from indexer.settings import EngineName


@dataclass(frozen=True, slots=True)
class IndexFolders:
    """Names of folders in the data directory; the catalog records the position of each under the same name."""

    current: str
    previous: str | None = None
    """The one that ``tracuu rebuild --rollback`` returns to."""


def read_folders(data: Path, engine: EngineName) -> IndexFolders:
    """Return where the index is; before the first rebuild, in a folder named after the engine.

    Raises DamagedError if the file with this information is invalid, OSError if it is unreadable.
    """
    try:
        names = _pointer(data, engine).read_text(encoding="ascii").split()
    except FileNotFoundError:
        return IndexFolders(engine)
    except UnicodeDecodeError:
        names = []
    if not 1 <= len(names) <= 2 or not all(is_folder(engine, name) for name in names):
        raise DamagedError(f"{_pointer(data, engine)} is damaged; run `tracuu rebuild`")
    return IndexFolders(*names)


def write_folders(data: Path, engine: EngineName, folders: IndexFolders) -> None:
    """Switch: from now on, readers use ``folders.current``. Raises OSError."""
    names = filter(None, (folders.current, folders.previous))
    durable.write(_pointer(data, engine), "".join(f"{name}\n" for name in names).encode())


def forget_folders(data: Path, engine: EngineName) -> None:
    """Remove what says where the index of an engine is, after the index itself. Raises OSError."""
    durable.remove(_pointer(data, engine))


def existing_folders(data: Path, engine: EngineName) -> set[str]:
    """Return the names of all folders of the engine, including those left by killed rebuilds."""
    return {path.name for path in data.glob(f"{engine}*") if is_folder(engine, path.name) and path.is_dir()}


def next_folder(engine: EngineName, taken: set[str]) -> str:
    """Return a name for a new index that is not in ``taken``, and was not used before those in it."""
    numbers = [int(name.partition(".")[2] or 1) for name in taken if is_folder(engine, name)]
    return f"{engine}.{max(numbers, default=1) + 1}"


def is_folder(engine: EngineName, name: str) -> bool:
    """Tell whether ``name`` is that of a folder of the engine: its own name, optionally followed by a dot and a number."""
    return re.fullmatch(rf"{engine}(\.[0-9]{{1,9}})?", name) is not None


def pointer_name(engine: EngineName) -> str:
    """Return the name of the file in the data directory that says which folder is current; it may not exist."""
    return f"{engine}.current"


def _pointer(data: Path, engine: EngineName) -> Path:
    return data / pointer_name(engine)
