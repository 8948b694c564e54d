"""Checks shared by the readers of tables in ``tracuu.toml``, such as ``[smtp]`` and ``[s3]``, and advice on unknown words."""

from __future__ import annotations

import difflib
import os
from collections.abc import Collection, Mapping, Sequence
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from indexer.errors import SettingsError, UsageError


def nearest_of(word: str, known: Collection[str], likeness: float = 0.6) -> str | None:
    """Return the known word most similar to an unknown one, None if none is similar enough; ``likeness`` is from 0 to 1."""
    near = difflib.get_close_matches(word, known, 1, likeness)
    return near[0] if near else None


def nearest(word: str, known: Collection[str]) -> str:
    """Return how to correct an unknown word: the most similar known one, or the list of known ones."""
    near = nearest_of(word, known)
    return f"did you mean {near}?" if near else f"use one of {', '.join(known)}"


def table_of(value: object, known: Sequence[str], origin: str, form: str) -> Mapping[str, Any]:
    """Return ``value`` as a table of the keys ``known``; raises SettingsError, which says to write it as ``form``."""
    if not isinstance(value, Mapping):
        raise SettingsError(f"{origin} must be a table; write it as {form}")
    for key in value:
        if key not in known:
            near = nearest_of(str(key), known)
            advice = f"did you mean {near}?" if near else f"use {', '.join(known)}"
            raise SettingsError(f"{origin}.{key} is not a known setting; {advice}")
    return value


def text(value: object, origin: str) -> str:
    """Return ``value`` stripped; raises SettingsError if it is not a string."""
    if not isinstance(value, str):
        raise SettingsError(f"{origin} must be a string, not {value!r}")
    return value.strip()


def number(value: object, least: float, most: float, whole: bool, origin: str) -> Any:
    """Return ``value`` if it is a number from ``least`` to ``most``, an integer if ``whole``; raises SettingsError otherwise."""
    if isinstance(value, bool) or not isinstance(value, int if whole else (int, float)):
        raise SettingsError(f"{origin} must be a {'whole ' if whole else ''}number, not {value!r}")
    if not least <= value <= most:
        raise SettingsError(f"{origin} must be from {least:g} to {most:,g}, not {value!r}")
    return value


def content_of(path: str, origin: str) -> str:
    """Return the stripped text of the file ``path``; raises UsageError if it can't be read."""
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise UsageError(f"{origin}: {path} can't be read: {reason}") from None


def variable(name: str, origin: str) -> str:
    """Return the environment variable ``name``; raises UsageError if it is not set."""
    if name not in os.environ:
        raise UsageError(f"{origin}: the environment variable {name} is not set")
    return os.environ[name]


def is_here(host: str) -> bool:
    """Tell whether ``host`` of an address is this machine, so that nothing sent to it crosses a network."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
