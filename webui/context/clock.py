"""The day on which a request is answered."""

from __future__ import annotations

from datetime import date, datetime

from webui.context.service import service


def today() -> date:
    """Return the civil day in the time zone of the service."""
    return datetime.now(service().settings.zone).date()
