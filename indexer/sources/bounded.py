"""Reading whole files up to a maximum size."""

from __future__ import annotations

from pathlib import Path

from indexer.errors import ItemError


def read_bounded(path: Path, most: int, what: str = "it", advice: str = "") -> bytes:
    """Return the bytes of a file; raises ItemError if it cannot be read or has more than ``most``.

    ``what`` names it in the error; ``advice`` is added to the error for files that are too large.
    """
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        raise ItemError(f"{what} can't be read: {error.strerror}") from None
    if len(data) > most:
        size = f"{most // 2**20} MiB" if most >= 2**20 else f"{most // 2**10} KiB"
        raise ItemError(f"{what} is larger than {size}{advice}")
    return data
