"""All errors raised on purpose. Each class has its HTTP status and its exit code.

A message is one sentence that says what happened and what to do; it is shown unchanged. The module has more than 250 lines
because all messages should be read side by side.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path


class TraCuuError(Exception):
    """Base class of all errors."""

    status = 500
    exit_code = 1
    title = "Error"
    """For people; it may change."""
    is_told = False
    """Whether programs are told the message although it is an error of the server; others may name parts of this machine."""
    kind = "error"
    """The end of the ``type`` of the problem that programs receive: they rely on it, so it never changes."""


class UsageError(TraCuuError):
    """A request that cannot be answered (HTTP 400, exit 2)."""

    status = 400
    exit_code = 2
    title = "Bad request"
    kind = "bad-request"


class ParameterError(UsageError):
    """One or more parameters are invalid; ``errors`` names each with the reason."""

    title = "Bad parameter"
    kind = "bad-parameter"

    def __init__(self, errors: Mapping[str, str]) -> None:
        self.errors = dict(errors)
        super().__init__("; ".join(f"{name}: {reason}" for name, reason in self.errors.items()))


class TooLargeError(UsageError):
    """What was sent exceeds a limit, which the message names (HTTP 413)."""

    status = 413
    title = "Too large"
    kind = "too-large"


class EncodingError(UsageError):
    """What was sent cannot be decoded, or is not encoded as declared (HTTP 415)."""

    status = 415
    title = "Bad encoding"
    kind = "bad-encoding"


class SettingsError(UsageError):
    """The configuration is invalid."""

    title = "Bad settings"
    kind = "bad-settings"


class NotFoundError(TraCuuError):
    """There is nothing with this id or address (HTTP 404, exit 1)."""

    status = 404
    title = "Not found"
    kind = "not-found"


class PreconditionError(TraCuuError):
    """The current state is not what the client expects (HTTP 412)."""

    status = 412
    title = "Version changed"
    kind = "version-changed"


class ItemError(TraCuuError):
    """One item of a source cannot be used; the others are processed (exit 1). ``errors`` names its invalid fields with reasons."""

    status = 422
    title = "Bad item"
    kind = "bad-item"

    def __init__(self, message: str, errors: Mapping[str, str] | None = None) -> None:
        self.errors = dict(errors or {})
        super().__init__(message)


class ExtractionError(ItemError):
    """A file cannot be read."""


class StorageError(TraCuuError):
    """The data directory cannot be written: it is full or read-only, or access is denied (HTTP 503, exit 3)."""

    status = 503
    exit_code = 3
    title = "Storage unavailable"
    kind = "storage-unavailable"


class FilesUnreachableError(StorageError):
    """The object store that holds the attachments does not answer, or refuses (HTTP 503, exit 3)."""

    def __init__(self, bucket: str, endpoint: str, reason: str) -> None:
        super().__init__(f"the attachments in bucket {bucket} of {endpoint} can't be reached: {reason}")


class NotOwnerError(StorageError):
    """The attachments in an object store belong to another data directory (HTTP 503, exit 3)."""

    def __init__(self, place: str, key: str) -> None:
        super().__init__(
            f"{place} holds the attachments of another data directory; name another prefix in files, or delete the object {key} if"
            " that directory is gone for good"
        )


class ReplacedError(StorageError):
    """Another machine has become the writer, so this one must not write any more (HTTP 503, exit 3)."""

    def __init__(self, since: str) -> None:
        super().__init__(
            f"another machine has been the writer since {since}, so this one writes nothing any more;"
            " set role to standby here, or run `tracuu promote` here to become the writer again"
        )


class HalfPromotedError(StorageError):
    """A takeover was interrupted, so this machine does not have everything yet (HTTP 503, exit 3)."""

    def __init__(self) -> None:
        super().__init__(
            "this machine has begun to take over as the writer, but does not have everything yet;"
            " run `tracuu promote` again to continue"
        )


class NotWriterError(StorageError):
    """This machine only reads, and somebody asked it to write (HTTP 503, exit 3)."""

    is_told = True
    title = "Not the writer"
    kind = "not-the-writer"

    def __init__(self, role: str) -> None:
        super().__init__(
            f"this machine has the role {role} and writes nothing; send the request to the writer, or run the command there"
        )


class BusyError(TraCuuError):
    """All workers are busy (HTTP 503); the same request may succeed in a moment."""

    status = 503
    exit_code = 3
    title = "Busy"
    kind = "busy"


class SegmenterError(TraCuuError):
    """Words cannot be segmented: the model of pyvi is missing or unreadable (exit 3)."""

    exit_code = 3


class AddressError(TraCuuError):
    """The server cannot listen on its address (exit 3)."""

    exit_code = 3

    def __init__(self, host: str, port: int, reason: str) -> None:
        super().__init__(f"can't listen on {host}:{port}: {reason}; choose another --host or --port")


class EngineError(TraCuuError):
    """The index cannot answer (HTTP 503, exit 3)."""

    status = 503
    exit_code = 3
    title = "Index unavailable"
    kind = "index-unavailable"
    readiness = "the index can't be read; run `tracuu verify`"
    """The readiness message for monitoring; it reveals nothing about this machine."""


class IndexMissingError(EngineError):
    """The data directory has no index yet."""

    readiness = "there is no index yet; run `tracuu index`"

    def __init__(self, data: Path) -> None:
        super().__init__(f"{data} has no index yet; create one with: tracuu index PATH --data {data}")


class CopiesMissingError(IndexMissingError):
    """The writer's files have not arrived on this machine yet (HTTP 503, exit 3)."""

    readiness = "waiting for the first copies"

    def __init__(self, data: Path) -> None:
        EngineError.__init__(
            self,
            f"{data} has no copies of the writer's files yet; they come by themselves while `tracuu serve` runs here and"
            " `tracuu publish` on the writer",
        )


class IndexVersionError(EngineError):
    """The index was written by an incompatible version."""

    readiness = "the index was written by another version; run `tracuu rebuild`"

    def __init__(self, path: Path, found: str, wanted: str) -> None:
        self.found = found
        super().__init__(
            f"{path} has version {found}, but this program reads {wanted}; run `tracuu rebuild` to build"
            " the index again from the catalog, or use the program that wrote it"
        )


class ClusterError(EngineError):
    """The cluster with the index does not answer (HTTP 503, exit 3)."""

    readiness = "the search cluster does not answer; check OpenSearch"

    def __init__(self, hosts: Sequence[str], reason: str) -> None:
        super().__init__(f"can't use OpenSearch at {', '.join(hosts)}: {reason}")


class DamagedError(EngineError):
    """Stored data is damaged (exit 3)."""


class RejectedIndexError(EngineError):
    """A new index failed its checks, so the old one stays in use (exit 1)."""

    exit_code = 1

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__(
            f"the new index failed its checks, so the old one stays in use: {'; '.join(self.problems)}"
        )


class WordsUnreadError(EngineError):
    """The words by which queries are corrected are still being read; searches do without them meanwhile."""

    def __init__(self) -> None:
        super().__init__("the words for corrections are still being read; try again in a moment")


class HalfRestoredError(EngineError):
    """A restore was interrupted while moving files into place (HTTP 503, exit 3)."""

    readiness = "a restore was interrupted; run the same `tracuu restore` again"

    def __init__(self, data: Path) -> None:
        super().__init__(f"{data} is only partly restored; run the interrupted `tracuu restore` again")


class RebuildRunningError(EngineError):
    """Another process is rebuilding or restoring (exit 3)."""

    def __init__(self, data: Path) -> None:
        super().__init__(f"another process is rebuilding or restoring {data}; wait for it to finish")


class BackupError(TraCuuError):
    """A backup cannot be made, or is not reliable (exit 3)."""

    exit_code = 3


class IndexBusyError(EngineError):
    """Another process is writing the index (HTTP 503, exit 3)."""

    def __init__(self, data: Path, waited: float) -> None:
        super().__init__(
            f"another process is writing {data} (waited {waited:.0f} s);"
            " wait for it to finish, or raise --lock-timeout"
        )
