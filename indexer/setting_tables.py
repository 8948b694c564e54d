"""Tables of ``tracuu.toml`` that have a reader of their own: what all of these readers check alike."""

from __future__ import annotations

import difflib
import os
from collections.abc import Mapping, Sequence
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from indexer.errors import SettingsError, UsageError


def table_of(value: object, known: Sequence[str], origin: str, form: str) -> Mapping[str, Any]:
    """Return ``value`` as a table of the keys ``known``; raises SettingsError, which says to write it as ``form``."""
    if not isinstance(value, Mapping):
        raise SettingsError(f"{origin} is no table; write it as {form}")
    for key in value:
        if key not in known:
            near = difflib.get_close_matches(str(key), known, 1)
            advice = f"did you mean {near[0]}?" if near else f"known are {', '.join(known)}"
            raise SettingsError(f"{origin}.{key} is unknown; {advice}")
    return value


def text(value: object, origin: str) -> str:
    """Return ``value`` without blanks around it; raises SettingsError where it is no text."""
    if not isinstance(value, str):
        raise SettingsError(f"{origin} = {value!r} is no text")
    return value.strip()


def number(value: object, least: float, most: float, whole: bool, origin: str) -> Any:
    """Return ``value``, which is from ``least`` to ``most``, and an int if ``whole``; raises SettingsError."""
    if isinstance(value, bool) or not isinstance(value, int if whole else (int, float)):
        raise SettingsError(f"{origin} = {value!r} is no {'whole ' if whole else ''}number")
    if not least <= value <= most:
        raise SettingsError(f"{origin} = {value!r} is not between {least:g} and {most:,g}")
    return value


def content_of(path: str, origin: str) -> str:
    """Return the text of the file ``path`` without blanks around it; raises UsageError."""
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no text"
        raise UsageError(f"{origin}: {path} can't be read: {reason}") from None


def variable(name: str, origin: str) -> str:
    """Return what the environment says under ``name``; raises UsageError where it says nothing."""
    if name not in os.environ:
        raise UsageError(f"{origin}: the environment has no {name}")
    return os.environ[name]


def is_here(host: str) -> bool:
    """Tell whether ``host``, as it stands in an address, is this machine: what is sent there goes over no network."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
