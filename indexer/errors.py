"""Every error raised on purpose. Status (HTTP) and exit code (command line) live on the class.

A message is one sentence that says what happened and what to do; the edges print it as it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path


class TraCuuError(Exception):
    """Root of the tree."""

    status = 500
    exit_code = 1
    title = "Error"


class UsageError(TraCuuError):
    """Asked in a way that has no answer (HTTP 400, exit 2)."""

    status = 400
    exit_code = 2
    title = "Bad request"


class ParameterError(UsageError):
    """One or more parameters can't be read; ``errors`` names each with its reason."""

    title = "Bad parameter"

    def __init__(self, errors: Mapping[str, str]) -> None:
        self.errors = dict(errors)
        super().__init__("; ".join(f"{name}: {reason}" for name, reason in self.errors.items()))


class TooLargeError(UsageError):
    """What was sent is over a limit, which the message names (HTTP 413)."""

    status = 413
    title = "Too large"


class EncodingError(UsageError):
    """What was sent can't be decoded, or isn't encoded as it says (HTTP 415)."""

    status = 415
    title = "Bad encoding"


class SettingsError(UsageError):
    """The configuration can't be used."""

    title = "Bad settings"


class NotFoundError(TraCuuError):
    """Nothing has this id or address (HTTP 404, exit 1)."""

    status = 404
    title = "Not found"


class PreconditionError(TraCuuError):
    """What is to be changed is not what the client thinks it is (HTTP 412)."""

    status = 412
    title = "Version changed"


class ItemError(TraCuuError):
    """One item of a source can't be used; the others go on (exit 1). ``errors`` names its bad fields, each with its reason."""

    status = 422
    title = "Bad item"

    def __init__(self, message: str, errors: Mapping[str, str] | None = None) -> None:
        self.errors = dict(errors or {})
        super().__init__(message)


class ExtractionError(ItemError):
    """A file can't be read."""


class StorageError(TraCuuError):
    """The data directory can't be written: full, read-only or not permitted (HTTP 503, exit 3)."""

    status = 503
    exit_code = 3
    title = "Storage unavailable"


class BusyError(TraCuuError):
    """All that could do it are at work (HTTP 503): the same again in a moment may succeed."""

    status = 503
    exit_code = 3
    title = "Busy"


class SegmenterError(TraCuuError):
    """Words can't be found: what pyvi has learnt is not there or not readable (exit 3)."""

    exit_code = 3


class AddressError(TraCuuError):
    """The server can't listen where it should (exit 3)."""

    exit_code = 3

    def __init__(self, host: str, port: int, reason: str) -> None:
        super().__init__(f"can't listen on {host}:{port}: {reason}; choose another --host or --port")


class EngineError(TraCuuError):
    """The index can't answer (HTTP 503, exit 3)."""

    status = 503
    exit_code = 3
    title = "Index unavailable"
    readiness = "the index can't be read; run `tracuu verify`"
    """What a server that is not ready says to those who watch it; names nothing of this machine."""


class IndexMissingError(EngineError):
    """There is no index in the data directory yet."""

    readiness = "there is no index yet; run `tracuu index`"

    def __init__(self, data: Path) -> None:
        super().__init__(f"{data} has no index yet; create one with: tracuu index PATH --data {data}")


class IndexVersionError(EngineError):
    """The index was written by a version that this one does not understand."""

    readiness = "the index was written by another version; run `tracuu rebuild`"

    def __init__(self, path: Path, found: str, wanted: str) -> None:
        self.found = found
        super().__init__(
            f"{path} has version {found}, but this program reads {wanted}; run `tracuu rebuild` to build"
            " the index again from the catalog, or use the program that wrote it"
        )


class ClusterError(EngineError):
    """The cluster that holds the index does not answer (HTTP 503, exit 3)."""

    readiness = "the search cluster does not answer; check OpenSearch"

    def __init__(self, hosts: Sequence[str], reason: str) -> None:
        super().__init__(f"can't use OpenSearch at {', '.join(hosts)}: {reason}")


class DamagedError(EngineError):
    """What is stored is not what was written (exit 3)."""


class RejectedIndexError(EngineError):
    """A new index did not pass its checks, so the old one stays (exit 1)."""

    exit_code = 1

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__(
            f"the new index failed its checks, so the old one stays in use: {'; '.join(self.problems)}"
        )


class HalfRestoredError(EngineError):
    """A restore was stopped while it moved files in (HTTP 503, exit 3)."""

    readiness = "a restore was interrupted; run the same `tracuu restore` again"

    def __init__(self, data: Path) -> None:
        super().__init__(f"{data} is only partly restored; run the interrupted `tracuu restore` again")


class RebuildRunningError(EngineError):
    """Another process is rebuilding or restoring (exit 3)."""

    def __init__(self, data: Path) -> None:
        super().__init__(f"another process is rebuilding or restoring {data}; wait for it to finish")


class BackupError(TraCuuError):
    """A backup can't be made, or not be relied on (exit 3)."""

    exit_code = 3


class IndexBusyError(EngineError):
    """Another process is writing the index (HTTP 503, exit 3)."""

    def __init__(self, data: Path, waited: float) -> None:
        super().__init__(
            f"another process is writing {data} (waited {waited:.0f} s);"
            " wait for it to finish, or raise --lock-timeout"
        )
