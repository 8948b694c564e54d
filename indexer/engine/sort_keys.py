"""Where articles stand in the orders by date, as texts: what stands behind a place has a greater one."""

from __future__ import annotations


def sort_keys(second: int | None, id: str) -> tuple[str, str]:
    """Return the keys of the newest-first and the oldest-first order, both ascending.

    Seconds are shifted to be positive for any year of the calendar and padded so that text order
    is number order; undated entries come last in both.
    """
    if second is None:
        return f"~{id}", f"~{id}"
    shifted = second + 70_000_000_000  # the year 1 is -62,135,596,800
    return f"{1_000_000_000_000 - shifted:013d}{id}", f"{shifted:013d}{id}"
