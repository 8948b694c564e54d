"""A walk through a folder: its pages, its other files, and what may not be read."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from indexer.sources import Problem
from indexer.sources.text import has_control
from indexer.vietnamese.letters import nfc

PAGE_SUFFIXES = (".html", ".htm", ".md", ".txt")
SIDECAR_SUFFIX = ".meta.json"
_NO_CONTENT = frozenset(["thumbs.db", "desktop.ini", "__macosx"])


@dataclass(slots=True)
class Scan:
    """What lies in a folder. Keys are paths from the folder, ``/`` between parts, NFC, in order."""

    pages: dict[str, Path] = field(default_factory=dict)
    files: dict[str, Path] = field(default_factory=dict)
    sidecars: dict[str, Path] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def scan_folder(root: Path, depth: int | None = None) -> Scan:
    """Look through resolved ``root`` in the order of names, without leaving it by a symbolic link.

    Hidden entries and the leavings of file managers are passed over; what can't be read is a problem.
    ``depth`` is the number of levels of folders to go down, None for all.
    """
    scan = Scan()
    folders = [""]
    while folders:
        folder = folders.pop()
        inner = []
        for entry in _entries(root, folder, scan.problems):
            name = f"{folder}{entry.name}"
            try:
                if entry.is_symlink() and not Path(entry.path).resolve().is_relative_to(root):
                    scan.problems.append(Problem(_shown(name), "the symbolic link leads out of the folder"))
                elif entry.is_dir(follow_symlinks=False):
                    if depth is None or folder.count("/") < depth:
                        inner.append(f"{name}/")
                elif has_control(name):
                    scan.problems.append(
                        Problem(_shown(name), "its name is no UTF-8 or holds control characters")
                    )
                elif entry.is_file():
                    _sort_in(scan, nfc(name), Path(entry.path))
                elif entry.is_symlink() and not entry.is_dir():
                    scan.problems.append(Problem(_shown(name), "the symbolic link leads nowhere"))
            except (OSError, RuntimeError) as error:
                scan.problems.append(Problem(_shown(name), f"it can't be looked at: {error}"))
        folders.extend(reversed(inner))
    scan.pages = dict(sorted(scan.pages.items()))
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
    elif lower.endswith(PAGE_SUFFIXES):
        scan.pages[name] = path
    else:
        scan.files[name] = path


def _shown(name: str) -> str:
    """Return a name that can be printed: bytes that are no UTF-8 as ``\\udcXX``."""
    return name.encode("utf-8", "backslashreplace").decode()
