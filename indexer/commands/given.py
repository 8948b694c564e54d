"""The settings of a command: those of its options, over those of the environment and of the settings file."""

from __future__ import annotations

import argparse
from collections.abc import Collection

from indexer.settings import Settings, load_settings


def given_settings(options: argparse.Namespace, without: Collection[str] = ()) -> Settings:
    """Return the settings as they are now, as if the options named in ``without`` had not been given; raises SettingsError."""
    names = Settings.__dataclass_fields__.keys() - set(without)
    flags = {name: getattr(options, name, None) for name in names}
    return load_settings(getattr(options, "config", None), flags)
