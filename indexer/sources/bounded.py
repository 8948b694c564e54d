"""Files read whole, up to a size."""

from __future__ import annotations

from pathlib import Path

from indexer.errors import ItemError


def read_bounded(path: Path, most: int, what: str = "it", advice: str = "") -> bytes:
    """Return the bytes of a file; raises ItemError where it can't be read or has more than ``most``.

    ``what`` is what the error calls it, ``advice`` what it says besides of one that is too large.
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
