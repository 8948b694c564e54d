"""The manifest of a backup, written when everything is in place: a folder without a manifest is not a backup."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from indexer.disk import durable
from indexer.errors import BackupError
from indexer.files.folder import FolderStore

NAME = "manifest.json"
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Manifest:
    """A backup. Every file is stored in the folder by its SHA-256, like attachments, so backups share equal files."""

    made: str
    """When the catalog was copied, ISO 8601 in UTC."""
    program: str
    """Version of the program that made it."""
    articles: int
    files: Mapping[str, str] = field(default_factory=dict)
    """Path in a data directory -> SHA-256."""
    index: str | None = None
    """The folder of the index in ``files``; None if it is not included."""
    engine: str | None = None
    format: int = _FORMAT

    @property
    def digest(self) -> str:
        """Identifies the backup."""
        return hashlib.sha256(_encoded(dataclasses.asdict(self))).hexdigest()


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Turn the content of ``folder`` into a backup; raises OSError."""
    values = {"digest": manifest.digest, "backup": dataclasses.asdict(manifest)}
    durable.write(folder / NAME, json.dumps(values, indent=1, ensure_ascii=False).encode())


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest of the backup in ``folder``; raises BackupError if it is not a complete backup."""
    path = folder / NAME
    try:
        values = json.loads(path.read_bytes())
        written = values["backup"]
        if written["format"] != _FORMAT:
            raise BackupError(
                f"{path} has format {written['format']}, but this program reads {_FORMAT}; use the program that wrote it"
            )
        if hashlib.sha256(_encoded(written)).hexdigest() != values["digest"]:
            raise BackupError(f"{path} is damaged; use another backup")
        return Manifest(**written)
    except FileNotFoundError:
        raise BackupError(
            f"{folder} is not a complete backup: {NAME}, which is written last, is missing; run `tracuu backup` again"
        ) from None
    except OSError as error:
        raise BackupError(f"{path} can't be read: {error.strerror}; use another backup") from error
    except (ValueError, KeyError, TypeError) as error:
        raise BackupError(f"{path} is damaged ({error!r}); use another backup") from error


def damaged_files(folder: Path, manifest: Manifest) -> Iterator[tuple[str, str]]:
    """Yield path and problem of every file in a backup that is missing or damaged."""
    store = FolderStore(folder)
    for name, digest in manifest.files.items():
        if problem := store.damage(digest):
            yield name, problem


def _encoded(values: object) -> bytes:
    return json.dumps(values, sort_keys=True, ensure_ascii=False).encode()
