"""The user of a command, as recorded in the journal of changes."""

from __future__ import annotations

import os

from indexer.curation.curator import Curator
from indexer.settings import Settings
from indexer.upkeep import access


def user() -> str:
    """Return the user of this process; under ``sudo``, the user who called it."""
    return os.environ.get("SUDO_USER") or access.user()


def curator(settings: Settings) -> Curator:
    """Return the curator, which changes pins and lexicon in the name of the user."""
    return Curator(settings, user(), "command")
