"""Moments as people of the site's time zone read them."""

from __future__ import annotations

from datetime import datetime

from webui.context.service import service
from webui.presenters import formats


def local_moment(at: float | str) -> str:
    """Return seconds since 1970, or a moment in ISO 8601, as ``13:27, 29/11/2026`` of the site's time zone."""
    zone = service().settings.zone
    found = datetime.fromisoformat(at) if isinstance(at, str) else datetime.fromtimestamp(at, zone)
    return formats.moment(found.astimezone(zone).isoformat())
