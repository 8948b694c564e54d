"""Scans a folder for its pages, its other files, and what must not be read."""

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
    """The content of a folder. Keys are paths relative to it, with ``/`` between parts, in NFC and in order."""

    pages: dict[str, Path] = field(default_factory=dict)
    records: dict[str, Path] = field(default_factory=dict)
    files: dict[str, Path] = field(default_factory=dict)
    """All other files: documents, pictures, and files that nothing reads."""
    sidecars: dict[str, Path | str] = field(default_factory=dict)
    """Where sidecars are, or why they cannot be read."""
    settings: dict[str, Path | str] = field(default_factory=dict)
    """Possible ``_folder.toml`` files, likewise."""
    links: dict[str, str] = field(default_factory=dict)
    """Targets of files that are symbolic links."""
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, name: str, reason: str) -> None:
        """Record that ``name`` exists but cannot be read; what it says about other files is then unknown."""
        lower = name.lower()
        if lower.endswith(SIDECAR_SUFFIX):
            self.sidecars[name] = reason
        elif is_folder_settings(name):
            self.settings[name] = reason
        else:
            # Ids of articles in a page begin with its path; those of records are arbitrary.
            below = None if lower.endswith(RECORD_SUFFIXES) else posixpath.splitext(nfc(name))[0]
            self.problems.append(Problem(_shown(name), reason, below=below))


def scan_folder(root: Path, depth: int | None = None, leave_out: Collection[str] = ()) -> Scan:
    """Scan the resolved ``root`` in the order of names, without leaving it through symbolic links.

    Hidden entries and leftovers of file managers are skipped; unreadable entries are problems. ``depth`` limits the levels of
    folders, None means all. ``leave_out`` has patterns of entries to skip: of names (``*.bak``) or, if they contain a slash, of
    paths relative to ``root`` (``tam/*``, ``/tam``).
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
    """Return whether the file ``name`` describes other articles: a pattern must not exclude their audience."""
    return name.lower().endswith(SIDECAR_SUFFIX) or is_folder_settings(name)


def _is_known(lower: str) -> bool:
    return bool(CARRIED_NAME.fullmatch(lower)) or posixpath.splitext(lower)[1] in FURNITURE


def _shown(name: str) -> str:
    """Return a printable name: bytes that are not UTF-8 become ``\\udcXX``."""
    return name.encode("utf-8", "backslashreplace").decode()
