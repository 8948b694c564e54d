"""Moments as people of the site's time zone read them."""

from __future__ import annotations

from datetime import datetime

from webui.context.service import service
from webui.presenters import formats


def moment(at: float | str) -> str:
    """Return seconds since 1970, or a moment in ISO 8601, as ``29/11/2026, 13:27``."""
    zone = service().settings.zone
    found = datetime.fromisoformat(at) if isinstance(at, str) else datetime.fromtimestamp(at, zone)
    civil = found.astimezone(zone)
    return f"{formats.day(civil.date().isoformat())}, {civil:%H:%M}"
