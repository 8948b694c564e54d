"""Which files of a folder nothing reads, and why."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator

from indexer.sources import Unread

FURNITURE = frozenset(
    ".css .scss .less .js .mjs .map .woff .woff2 .ttf .otf .eot .ico .cur .svg .png .jpg .jpeg .gif .webp .avif .bmp"
    " .mp3 .mp4 .m4a .m4v .ogg .wav .webm .avi .mov .flv .swf .wmv".split()
)
"""Endings of what belongs to pages and holds no text of its own."""
_ARCHIVES = frozenset([".zip", ".rar", ".7z", ".tar", ".gz", ".tgz"])


def unread_files(files: Iterable[str], others: Iterable[tuple[str, str]]) -> Iterator[Unread]:
    """Yield what is not read: ``files``, whose names say why, and ``others``, paths with their reasons."""
    groups: dict[tuple[str, str, bool], list[str]] = {}
    for name in files:
        ending = _ending(name)
        groups.setdefault((ending, _reason(ending), ending in FURNITURE), []).append(name)
    for name, reason in others:
        groups.setdefault((_ending(name), reason, False), []).append(name)
    for (ending, reason, expected), names in sorted(groups.items()):
        yield Unread(ending, tuple(names), reason, expected)


def _ending(name: str) -> str:
    stem, ending = posixpath.splitext(name.lower())
    return ".meta" + ending if stem.endswith(".meta") and ending == ".json" else ending


def _reason(ending: str) -> str:
    if ending in FURNITURE:
        return "it is part of web pages; it is read only as an attachment of a page"
    if ending in _ARCHIVES:
        return "no page has it as an attachment; unpack it to index its files"
    return "it is not a readable page, document or list of records"
