"""Small files that are replaced as a whole: who reads sees the old one or the new one, also after a power cut."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from indexer.errors import StorageError


def replace_text(path: Path, text: str) -> None:
    """Make ``text`` the content of ``path``; raises StorageError, and then the old content stands."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as out:
                out.write(text)
                out.flush()
                os.fsync(out.fileno())
                # Temporary files are for their owner only; web processes may run as someone else.
                os.fchmod(out.fileno(), path.stat().st_mode & 0o777 if path.exists() else 0o644)
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise StorageError(f"{path} can't be written: {error.strerror}; nothing was changed") from error
