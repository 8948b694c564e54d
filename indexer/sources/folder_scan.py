"""A walk through a folder: its pages, its other files, and what may not be read."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from fnmatch import translate
from pathlib import Path

from indexer.sources import Problem
from indexer.sources.folder_defaults import is_folder_settings
from indexer.sources.page import CARRIED_NAME, PAGE_SUFFIXES, is_html_page
from indexer.sources.sidecars import SUFFIX as SIDECAR_SUFFIX
from indexer.sources.text import has_control
from indexer.sources.unread import FURNITURE
from indexer.vietnamese.letters import nfc

LINES_SUFFIXES = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")
RECORD_SUFFIXES = (*LINES_SUFFIXES, ".json")
_NO_CONTENT = frozenset(["thumbs.db", "desktop.ini", "__macosx", "robots.txt"])


@dataclass(slots=True)
class Scan:
    """What lies in a folder. Keys are paths from the folder, ``/`` between parts, NFC, in order."""

    pages: dict[str, Path] = field(default_factory=dict)
    records: dict[str, Path] = field(default_factory=dict)
    files: dict[str, Path] = field(default_factory=dict)
    """All others: documents, pictures, and what nothing here reads."""
    sidecars: dict[str, Path | str] = field(default_factory=dict)
    """Where they lie, or why they can't be read."""
    settings: dict[str, Path | str] = field(default_factory=dict)
    """What may be ``_folder.toml``, likewise."""
    links: dict[str, str] = field(default_factory=dict)
    """Where files lie that are symbolic links."""
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, name: str, reason: str) -> None:
        """Note that there is something at ``name`` that can't be read. What it would have said of others is not known then."""
        lower = name.lower()
        if lower.endswith(SIDECAR_SUFFIX):
            self.sidecars[name] = reason
        elif is_folder_settings(name):
            self.settings[name] = reason
        else:
            # Articles of a page begin with its path; those of records are called anything.
            below = None if lower.endswith(RECORD_SUFFIXES) else posixpath.splitext(nfc(name))[0]
            self.problems.append(Problem(_shown(name), reason, below=below))


def scan_folder(root: Path, depth: int | None = None, leave_out: Collection[str] = ()) -> Scan:
    """Look through resolved ``root`` in the order of names, without leaving it by a symbolic link.

    Hidden entries and the leavings of file managers are passed over; what can't be read is a problem.
    ``depth`` is the number of levels of folders to go down, None for all. ``leave_out`` are patterns of what is passed
    over, too: of names (``*.bak``) or, where they have a slash, of paths from ``root`` (``tam/*``, ``/tam``).
    """
    scan = Scan()
    left_out = re.compile("|".join(map(translate, leave_out))) if leave_out else None
    folders = [""]
    while folders:
        folder = folders.pop()
        inner = []
        for entry in _entries(root, folder, scan.problems):
            name = f"{folder}{entry.name}"
            if left_out and not _says_more(name) and _matches(left_out, name):
                continue
            try:
                target = Path(entry.path).resolve() if entry.is_symlink() else None
                if target and not target.is_relative_to(root):
                    scan.refuse(name, "the symbolic link points outside the folder")
                elif entry.is_dir(follow_symlinks=False):
                    if name.lower().endswith(SIDECAR_SUFFIX) or is_folder_settings(name):
                        scan.refuse(name, "it is a folder")
                    elif depth is None or folder.count("/") < depth:
                        inner.append(f"{name}/")
                elif has_control(name):
                    scan.refuse(name, "its name is not UTF-8 or contains control characters")
                elif entry.is_file():
                    if target:
                        scan.links[nfc(name)] = nfc(target.relative_to(root).as_posix())
                    _sort_in(scan, nfc(name), Path(entry.path))
                elif entry.is_symlink() and not entry.is_dir():
                    scan.refuse(name, "the symbolic link points to a missing file")
                elif not entry.is_dir():
                    scan.refuse(name, "it is not a file")
            except (OSError, RuntimeError) as error:
                scan.refuse(name, f"it can't be accessed: {error}")
        folders.extend(reversed(inner))
    scan.pages = dict(sorted(scan.pages.items()))
    scan.records = dict(sorted(scan.records.items()))
    scan.files = dict(sorted(scan.files.items()))
    return scan


def _entries(root: Path, folder: str, problems: list[Problem]) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(root / folder) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        problems.append(Problem(_shown(folder) or root.name, f"the folder can't be read: {error.strerror}"))
        return
    for entry in found:
        if not entry.name.startswith((".", "~$")) and entry.name.lower() not in _NO_CONTENT:
            yield entry


def _sort_in(scan: Scan, name: str, path: Path) -> None:
    lower = name.lower()
    if lower.endswith(SIDECAR_SUFFIX):
        scan.sidecars[name] = path
    elif is_folder_settings(name):
        scan.settings[name] = path
    elif lower.endswith(RECORD_SUFFIXES):
        scan.records[name] = path
    elif lower.endswith(PAGE_SUFFIXES) or (not _is_known(lower) and is_html_page(path)):
        scan.pages[name] = path
    else:
        scan.files[name] = path


def _matches(left_out: re.Pattern[str], name: str) -> bool:
    path = nfc(name)
    return any(map(left_out.match, (posixpath.basename(path), path, f"/{path}")))


def _says_more(name: str) -> bool:
    """Whether something is said of articles at ``name``: whom they are for must not be left out by a pattern."""
    return name.lower().endswith(SIDECAR_SUFFIX) or is_folder_settings(name)


def _is_known(lower: str) -> bool:
    return bool(CARRIED_NAME.fullmatch(lower)) or posixpath.splitext(lower)[1] in FURNITURE


def _shown(name: str) -> str:
    """Return a name that can be printed: bytes that are no UTF-8 as ``\\udcXX``."""
    return name.encode("utf-8", "backslashreplace").decode()
