"""Nested places: the settings of one apply however its articles are read."""

from __future__ import annotations

import glob
import re
from collections.abc import Iterator
from fnmatch import translate
from pathlib import Path

from indexer.settings import Settings
from indexer.source_settings import SourceSettings


def source_above(place: Path, settings: Settings) -> SourceSettings | None:
    """Return the configured source that ``place`` is or is inside of; if there are several, the innermost."""
    found = [one for one in settings.sources.values() if _lies_in(place, one)]
    return max(found, key=lambda one: len(_parts(one)), default=None)


def sources_below(place: Path, settings: Settings) -> Iterator[str]:
    """Yield path patterns, relative to ``place``, for what is a source of its own."""
    root = place.resolve()
    for one in settings.sources.values():
        if one.path and one.path != "-":
            inner = Path(one.path).absolute()
            folder = inner.parent.resolve() / inner.name
            if folder != root and folder.is_relative_to(root):
                path = folder.relative_to(root).as_posix()
                yield f"/{path if _is_pattern(one) else glob.escape(path)}"


def _lies_in(place: Path, source: SourceSettings) -> bool:
    if not source.path or source.path == "-":
        return False
    try:
        if _is_pattern(source):
            pattern = translate(str(Path(source.path).absolute()))
            return any(re.match(pattern, str(one)) for one in (place.absolute(), place.resolve()))
        return place.resolve().is_relative_to(Path(source.path).resolve())
    except (OSError, RuntimeError, ValueError):  # links in a circle: who opens it says so
        return False


def _is_pattern(source: SourceSettings) -> bool:
    return bool({"*", "?", "["} & set(source.path)) and not Path(source.path).exists()


def _parts(source: SourceSettings) -> tuple[str, ...]:
    return Path(source.path).absolute().parts
