"""The path of the API."""

from __future__ import annotations

API = "/api/"
"""Everything below it is for programs: errors are problems (RFC 9457), and any site may read it from the browser."""
BASE = f"{API}v1"
