"""``python -m benchmarks.saved_pages``: what is read of saved pages in the mark-up of portal systems, field by field."""

from __future__ import annotations

from benchmarks.tables import table
from tests.sources.saved_pages import FIELDS, PAGES, RIGHT, fields


def section() -> str:
    """Return the table; a field counts where a page has it or something was read for it."""
    rows = []
    every = right_ones = 0
    read = {name: fields(PAGES / f"{name}.html") for name in RIGHT}
    for field in FIELDS:
        pairs = [(read[name][field] or None, RIGHT[name].get(field) or None) for name in RIGHT]
        pairs = [(got, right) for got, right in pairs if got or right]
        same = sum(got == right for got, right in pairs)
        every, right_ones = every + len(pairs), right_ones + same
        rows.append((field, str(len(pairs)), str(same)))
    rows.append(("all", str(every), f"{right_ones} ({right_ones / every:.1%})"))
    return (
        f"## Saved pages (`python -m benchmarks.saved_pages`); {len(RIGHT)} pages of our own text; target: 98 % of fields\n\n"
        + table(("field", "values", "right"), rows)
        + "\n\nTwelve pages were written beside the rules. Six more were written, and what is right for them, before they were"
        "\nread: of their 102 fields, empty ones counted, 98 were right; the four faults are mended."
    )


if __name__ == "__main__":
    print(section())
