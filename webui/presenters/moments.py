"""Times in the time zone of the site."""

from __future__ import annotations

from datetime import datetime

from webui.context.service import service
from webui.presenters import formats


def local_moment(at: float | str) -> str:
    """Return seconds since 1970, or an ISO 8601 time, as ``13:27, 29/11/2026`` in the time zone of the site."""
    zone = service().settings.zone
    found = datetime.fromisoformat(at) if isinstance(at, str) else datetime.fromtimestamp(at, zone)
    return formats.moment(found.astimezone(zone).isoformat())
