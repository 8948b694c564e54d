"""``[sources.NAME]`` in ``tracuu.toml``: where articles come from, and defaults for all articles of a source."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from indexer.errors import SettingsError
from indexer.setting_tables import nearest

FIELD_TARGETS = (
    "id", "title", "title_html", "summary", "summary_html", "body", "body_html", "published", "updated", "source", "category", "url",
    "attachments", "audience", "number", "type", "issuer", "subject", "signer", "position", "field", "issued", "effective", "expires",
    "status",
)  # fmt: skip
"""Record keys to which a field map may map."""
_LONGEST_NAME = 1000
_TAKEN = ("push", "-")
"""Names reserved for pushed articles and standard input."""
_UNITS = {"m": 60, "h": 3600, "d": 86400}
_SCHEDULE = re.compile(r"([1-9]\d{0,4})([mhd])")
_LIMIT = re.compile(r"(\d{1,9})(%?)")


@dataclass(frozen=True, slots=True)
class RemovalLimit:
    """Maximum number of articles of a source that may be removed at once; see :meth:`allows`."""

    most: int | None = 100
    share: float | None = 0.2
    """Share of all articles of the source; a single one of several may always be removed."""

    def allows(self, gone: int, of: int) -> bool:
        """Tell whether ``gone`` of the source's ``of`` articles may be removed; if both limits are set, both apply."""
        by_share = self.share is None or gone <= int(self.share * of) or (gone == 1 and of > 1)
        return by_share and (self.most is None or gone <= self.most)

    def __str__(self) -> str:
        share = "" if self.share is None else f"{self.share:.0%}"
        return " or ".join(filter(None, [share, "" if self.most is None else f"{self.most} articles"]))


DEFAULT_LIMIT = RemovalLimit()
NO_LIMIT = RemovalLimit(None, None)


def read_limit(value: object) -> RemovalLimit:
    """Return the limit for ``value``: a number, or a share (``"30%"``); raises ValueError."""
    found = _LIMIT.fullmatch(str(value).strip()) if not isinstance(value, bool) else None
    if found is None or (found[2] and int(found[1]) > 100):
        raise ValueError(
            f"{value!r} must be a number of articles, such as 500, or a share of them, such as 30%"
        )
    number = int(found[1])
    return RemovalLimit(None, number / 100) if found[2] else RemovalLimit(number, None)


@dataclass(frozen=True, slots=True)
class SourceSettings:
    """The settings of one source; ``tracuu.toml.example`` explains them."""

    name: str
    kind: str = ""
    """One of the kinds in ``indexer.sources.opening``; empty if the path decides."""
    path: str = ""
    address: tuple[str, ...] = ()
    field_map: Mapping[str, str] = field(default_factory=dict)
    """Replaces the general field map if given."""
    audience: Literal["public", "staff"] = "public"
    source: tuple[str, ...] = ()
    category: str | None = None
    leave_out: tuple[str, ...] = ()
    prune: bool = True
    max_removed: RemovalLimit = DEFAULT_LIMIT
    fetch: bool = False
    """Whether attachments given by address are fetched."""
    schedule: int = 0
    """Seconds between runs by ``sync --due``; 0 means every time."""
    options: Mapping[str, Any] = field(default_factory=dict)
    """Settings known only to its kind."""


def read_sources(tables: object, origin: str) -> dict[str, SourceSettings]:
    """Return the sources in ``[sources]`` by name; raises SettingsError naming what is wrong and where."""
    if not isinstance(tables, Mapping):
        raise SettingsError(f"{origin} must be a table; give each source a name, as in [sources.portal]")
    return {name: _source(str(name), table, f"{origin}.{name}") for name, table in tables.items()}


def check_source_name(name: str) -> None:
    """Raise ValueError if ``name`` is not a valid name of a source."""
    if name in _TAKEN:
        raise ValueError(f"the name {name!r} is reserved; choose another")
    if not name.strip() or len(name) > _LONGEST_NAME or not name.isprintable():
        raise ValueError(f"the name {name[:80]!a} must have 1 to {_LONGEST_NAME} printable characters")


def check_field_map(field_map: Mapping[str, str], origin: str) -> None:
    """Raise SettingsError if a foreign name is mapped to an unknown key."""
    for foreign, ours in field_map.items():
        if ours not in FIELD_TARGETS:
            raise SettingsError(
                f"{origin}.{foreign} must be a key of a record, not {ours!r}; {nearest(ours, FIELD_TARGETS)}"
            )


def _source(name: str, table: object, origin: str) -> SourceSettings:
    if not isinstance(table, Mapping):
        raise SettingsError(f"{origin} must be a table")
    try:
        check_source_name(name)
    except ValueError as error:
        raise SettingsError(f"{origin}: {error}") from None
    values: dict[str, Any] = {"name": name}
    options: dict[str, Any] = {}
    for key, value in table.items():
        if key in _READERS:
            try:
                values[key] = _READERS[key](value)
            except ValueError as error:
                raise SettingsError(f"{origin}.{key}: {error}") from None
        else:
            options[key] = value
    check_field_map(values.get("field_map", {}), f"{origin}.field_map")
    if not values.get("path") and not values.get("address") and not values.get("kind"):
        raise SettingsError(f"{origin} has neither a path nor an address; set one of them")
    return SourceSettings(**values, options=options)


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{value!r} must be a string")
    return value.strip()


def _texts(value: object) -> tuple[str, ...]:
    return tuple(map(_text, value if isinstance(value, list) else [value]))


def _map(value: object) -> dict[str, str]:
    if not isinstance(value, Mapping):
        raise ValueError(f"{value!r} must be a table")
    return {str(foreign): _text(ours) for foreign, ours in value.items()}


def _audience(value: object) -> str:
    if value not in ("public", "staff"):
        raise ValueError(f"{value!r} must be public or staff")
    return str(value)


def _truth(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"{value!r} must be true or false")
    return value


def _schedule(value: object) -> int:
    found = _SCHEDULE.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        raise ValueError(f"{value!r} must be a time such as 15m, 6h or 1d")
    return int(found[1]) * _UNITS[found[2]]


_READERS: dict[str, Any] = {
    "kind": _text, "path": _text, "address": _texts, "field_map": _map, "audience": _audience, "source": _texts,
    "category": _text, "leave_out": _texts, "prune": _truth, "max_removed": read_limit, "schedule": _schedule, "fetch": _truth,
}  # fmt: skip
COMMON = tuple(_READERS)
"""The settings shared by all kinds of sources."""
