"""Where the API is."""

from __future__ import annotations

API = "/api/"
"""What is below it is for programs: errors are problems (RFC 9457), and any site may read it from the browser."""
BASE = f"{API}v1"
