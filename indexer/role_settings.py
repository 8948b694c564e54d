"""``role`` in ``tracuu.toml``: what this machine does where several share the work."""

from __future__ import annotations

from typing import Literal, get_args

from indexer.errors import SettingsError

Role = Literal["alone", "writer", "web", "standby"]
"""``writer`` writes and serves; ``web`` only serves what the writer makes; ``standby`` keeps copies of everything the writer has."""
ROLES: tuple[Role, ...] = get_args(Role)
READING_ROLES: tuple[Role, ...] = ("web", "standby")
"""Roles of machines that get everything from the writer, and write nothing."""


def check_role(role: str, files: str, engine: str, lexicon: str) -> None:
    """Raise SettingsError unless ``role`` is one, and the settings with these names fit it."""
    if role not in ROLES:
        raise SettingsError(f"role must be one of {', '.join(ROLES)}, not {role!r}")
    if role == "alone":
        return
    if not files:
        raise SettingsError(
            f"role {role} needs an object store that all machines can reach; set files to s3://bucket/prefix"
        )
    if role == "web" and engine != "opensearch":
        raise SettingsError("role web needs an index that all machines can reach; set engine to opensearch")
    if lexicon:
        raise SettingsError(
            f"with role {role} the lexicon comes from the data directory of the writer; move the file there as"
            " lexicon.toml, and remove lexicon from the settings"
        )
