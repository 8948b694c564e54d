"""Who may see the pages for staff."""

from __future__ import annotations

from indexer.errors import NotFoundError
from webui.service import searcher


def staff_only() -> None:
    """Raise NotFoundError where the pages for staff are off."""
    if not searcher().settings.staff_pages:
        raise NotFoundError("no such page")
