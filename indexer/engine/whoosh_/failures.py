"""What the library raises -> our errors."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from indexer.errors import EngineError, StorageError, TraCuuError


@contextmanager
def our_errors(path: Path, doing: str) -> Iterator[None]:
    """Turn whatever Whoosh raises in the block into an EngineError or a StorageError.

    Damaged files show as errors of many kinds (struct, pickle, zlib, index): all are the index's.
    """
    try:
        yield
    except TraCuuError:
        raise
    except OSError as error:
        raise StorageError(
            f"{path} can't be written or read while {doing}: {error.strerror or error};"
            " free up disk space or fix the permissions, then run the command again; no accepted article is lost"
        ) from error
    except Exception as error:
        reason = str(error).strip() or type(error).__name__
        raise EngineError(f"the index in {path} failed while {doing}: {reason}") from error
