"""The day on which a request is answered."""

from __future__ import annotations

from datetime import date

from webui.context.service import service


def today() -> date:
    """Return the civil day in the time zone of the service."""
    return service().settings.today()
