"""Puts fetched files in their places in a data directory, all or none: a run that was killed meanwhile is completed by the next.

The folder with fetched files gets its final name when it is complete; what is in it then replaces the files of the directory,
one by one. A restore works in the same way.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from indexer.disk import durable
from indexer.disk.locks import moving_in

_READY = Path("cache", "fetched")
"""Folder with complete files that are being put in place."""
_PLAN = "plan.json"
"""In that folder: what to do, in order."""


def staged(name: str) -> str:
    """Return the name in the folder of fetched files of what becomes the file ``name``."""
    return name.replace("/", "__")


def place(data: Path, folder: Path, names: Sequence[str], gone: Sequence[str]) -> None:
    """Put the complete and synced files in ``folder`` (see :func:`staged`) in the places ``names``, in this order, and remove the
    files ``gone``.

    Only under the writer's lock. Raises StorageError.
    """
    finish_placing(data)
    with durable.storage_errors(folder, "written"):
        durable.write(folder / _PLAN, json.dumps({"names": names, "gone": gone}).encode())
        durable.move(folder, data / _READY)
    finish_placing(data)


def finish_placing(data: Path) -> None:
    """Complete what a killed :func:`place` began; only under the writer's lock. Raises StorageError."""
    ready = data / _READY
    if not ready.is_dir():
        return
    with durable.storage_errors(data, "written"):
        plan = json.loads((ready / _PLAN).read_bytes())
        with moving_in(data):
            for name in plan["names"]:
                if (ready / staged(name)).is_file():
                    durable.make_folder((data / name).parent)
                    _remove_log(data / name)
                    durable.move(ready / staged(name), data / name)
            for name in plan["gone"]:
                _remove_log(data / name)
                durable.remove(data / name)
                if "/" in name:
                    with suppress(OSError):  # it holds something else
                        (data / name).parent.rmdir()
        durable.remove(ready)


def _remove_log(path: Path) -> None:
    """Remove what SQLite would take for the log of the next file at ``path``."""
    for end in ("-wal", "-shm", "-journal"):
        durable.remove(Path(f"{path}{end}"))
