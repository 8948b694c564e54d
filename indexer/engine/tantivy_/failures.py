"""What the library raises -> our errors."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from indexer.errors import EngineError, StorageError, TraCuuError

_STORAGE_WORDS = (
    "No space left",
    "Permission denied",
    "Read-only",
    "Disk quota",
    "Input/output error",
    "os error",
)


@contextmanager
def our_errors(path: Path, doing: str) -> Iterator[None]:
    """Turn whatever the library raises in the block into an EngineError or a StorageError.

    Rust panics arrive as ``PanicException``, a BaseException that must not end the process.
    """
    try:
        yield
    except (TraCuuError, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:
        reason = str(error).strip() or type(error).__name__
        if isinstance(error, OSError) or any(word in reason for word in _STORAGE_WORDS):
            # The rest is for who wrote the library.
            plain = next((word for word in _STORAGE_WORDS[:-1] if word in reason), reason)
            raise StorageError(
                f"{path} can't be written or read while {doing}: {plain};"
                " free up disk space or fix the permissions, then run the command again; no accepted article is lost"
            ) from error
        if type(error).__name__ == "PanicException" or isinstance(error, (ValueError, RuntimeError)):
            raise EngineError(f"the index in {path} failed while {doing}: {reason}") from error
        raise
