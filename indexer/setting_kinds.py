"""Values of settings as files, variables and flags give them: read by their type, and held to their range."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

from indexer.errors import SettingsError

_WORDS = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}


@dataclass(frozen=True, slots=True)
class Range:
    """The least and the most that a number may be."""

    least: float
    most: float = math.inf


@dataclass(frozen=True, slots=True)
class Kind:
    """What a value must be, in words; what reads it; and its range."""

    name: str
    read: Callable[[Any], Any]
    allowed: Range | None = None


def convert(kind: Kind, value: Any, origin: str) -> Any:
    """Return ``value`` as a setting of this kind; raises SettingsError, which names where it comes from."""
    try:
        converted = kind.read(value)
    except (TypeError, ValueError, KeyError, AttributeError):
        raise SettingsError(f"{origin} must be {kind.name}, not {value!r}") from None
    if kind.allowed and not converted >= kind.allowed.least:
        raise SettingsError(f"{origin} must be at least {kind.allowed.least:g}, not {value!r}")
    if kind.allowed and not converted <= kind.allowed.most:
        raise SettingsError(f"{origin} must be at most {kind.allowed.most:g}, not {value!r}")
    return converted


def kinds_of(settings: type) -> dict[str, Kind]:
    """Return the kind of each setting, as the fields of the class ``settings`` say."""
    kinds = {}
    for name, hint in get_type_hints(settings, include_extras=True).items():
        bare, *ranges = get_args(hint) if get_origin(hint) is Annotated else (hint,)
        told, read = _BY_TYPE.get(get_origin(bare) or bare, _TABLE)
        kinds[name] = Kind(told, read, ranges[0] if ranges else None)
    return kinds


def _truth(value: Any) -> bool:
    return value if isinstance(value, bool) else _WORDS[str(value).lower()]


_BY_TYPE: dict[Any, tuple[str, Callable[[Any], Any]]] = {
    int: ("a whole number", int),
    float: ("a number", float),
    bool: ("true or false", _truth),
    str: ("a string", str),
    Literal: ("a string", str),
    Path: ("a string", Path),
    Mapping: ("a table", lambda value: {str(k): str(v) for k, v in value.items()}),
}
_TABLE: tuple[str, Callable[[Any], Any]] = ("a table", dict)
"""Of what has a reader of its own."""
