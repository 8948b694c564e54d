"""Addresses of the editors' desk. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from webui.presenters.links import page_address

DESK = "/staff"


def desk_url(page: str = "", found: Sequence[tuple[str, str]] = ()) -> str:
    """Return the address of a page of the editors' desk."""
    return page_address(f"{DESK}{page}", found)


def files_url(state: str, page: int = 1) -> str:
    """Return the address of the list of attachments in ``state``."""
    found = [("state", str(state))] + ([("page", str(page))] if page > 1 else [])
    return desk_url("/files", found)
