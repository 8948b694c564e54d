"""Who runs a command, as the journal of changes names them."""

from __future__ import annotations

import os

from indexer.curation.curator import Curator
from indexer.settings import Settings
from indexer.upkeep import access


def user() -> str:
    """Return who runs this process; where ``sudo`` did so for somebody, who that is."""
    return os.environ.get("SUDO_USER") or access.user()


def curator(settings: Settings) -> Curator:
    """Return what changes pins and lexicon in the name of the user."""
    return Curator(settings, user(), "command")
