"""Which copies of the writer's files are the newest: one object for each term, which names the list of chunks of each file."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import PurePosixPath
from typing import Any, Literal

from indexer.errors import StorageError

Audience = Literal["web", "standby"]
"""Who needs a copy: whoever serves pages, or only a machine that may become the writer."""
_FORM = 1


@dataclass(frozen=True, slots=True)
class Copy:
    """The newest copy of one file."""

    name: str
    """Its path in the data directory, with ``/``."""
    source: str
    """The :class:`~indexer.replication.source.Source` that it comes from; files of one source are of one moment."""
    audience: Audience
    size: int
    """In bytes."""
    chunks: str
    """Name of the object with its list of chunks: a digest of its content."""
    mode: int
    """Permissions."""
    upto: int | None = None
    """What the copy contains, as a number that only grows: the newest task of an inbox."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """The newest copies of one term."""

    term: int
    number: int
    """Counts the manifests of the term, from 1."""
    made: float
    """When it was written, in seconds since 1970 by the clock of the writer; it is written again every few seconds."""
    complete: bool
    """Whether all sources were published in this term; until then, a file that is not named is not gone, and nothing relies on
    this manifest."""
    files: tuple[Copy, ...]
    """In the order in which they are put in place: what refers to other files comes last."""

    def file(self, name: str) -> Copy | None:
        """Return the copy of the file ``name``; None if there is none."""
        return next((one for one in self.files if one.name == name), None)


def packed(manifest: Manifest) -> bytes:
    """Return ``manifest`` as the content of an object."""
    return json.dumps({"form": _FORM, **asdict(manifest)}).encode()


def unpacked(content: bytes) -> Manifest:
    """Return the manifest in an object; raises StorageError if this program cannot read it."""
    try:
        said: dict[str, Any] = json.loads(content)
        if said.pop("form") != _FORM:
            raise ValueError("it has another form")
        files = tuple(Copy(**one) for one in said.pop("files"))
        if strange := [one.name for one in files if not _is_inside(one.name)]:
            raise ValueError(f"it names {strange[0]!r}, which does not belong in a data directory")
        return Manifest(**said, files=files)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise StorageError(
            f"the list of the writer's copies can't be read ({error}); run the same version on all machines"
        ) from error


def _is_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return not (path.is_absolute() or ".." in path.parts or name.startswith(".") or not path.parts)
