"""Sort keys of articles by date, as texts: later positions have greater keys."""

from __future__ import annotations


def sort_keys(second: int | None, id: str) -> tuple[str, str]:
    """Return the keys for the newest-first and the oldest-first order, both ascending.

    Seconds are shifted to be positive for any calendar year and padded, so that text order equals numeric order; undated
    entries come last in both.
    """
    if second is None:
        return f"~{id}", f"~{id}"
    shifted = second + 70_000_000_000  # the year 1 is -62,135,596,800
    return f"{1_000_000_000_000 - shifted:013d}{id}", f"{shifted:013d}{id}"
