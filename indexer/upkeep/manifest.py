"""What a backup consists of, written when all of it is there: a folder without a manifest is no backup."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from indexer.catalog.files import FileStore, digest_of
from indexer.disk import durable
from indexer.errors import BackupError, ItemError

NAME = "manifest.json"
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Manifest:
    """One backup. Every file lies in the folder under its SHA-256, as attachments do, so backups share what is the same."""

    made: str
    """When the catalog was copied: ISO 8601, UTC."""
    program: str
    """Version that made it."""
    articles: int
    files: Mapping[str, str] = field(default_factory=dict)
    """Path in a data directory -> SHA-256."""
    index: str | None = None
    """The folder of the index among ``files``; None where it is left out."""
    engine: str | None = None
    format: int = _FORMAT

    @property
    def digest(self) -> str:
        """What tells this backup from others."""
        return hashlib.sha256(_encoded(dataclasses.asdict(self))).hexdigest()


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Make a backup of what lies in ``folder``; raises OSError."""
    values = {"digest": manifest.digest, "backup": dataclasses.asdict(manifest)}
    durable.write(folder / NAME, json.dumps(values, indent=1, ensure_ascii=False).encode())


def read_manifest(folder: Path) -> Manifest:
    """Return what the backup in ``folder`` consists of; BackupError where it is none, or not a whole one."""
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
    """Yield path and problem of every file of a backup that is missing or not what it was."""
    store = FileStore(folder)
    for name, digest in manifest.files.items():
        try:
            if not store.path(digest).is_file():
                yield name, "it is missing"
            elif digest_of(store.path(digest)) != digest:
                yield name, "it is damaged"
        except ItemError as error:
            yield name, str(error)


def _encoded(values: object) -> bytes:
    return json.dumps(values, sort_keys=True, ensure_ascii=False).encode()
