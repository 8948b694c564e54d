"""``python -m benchmarks.check [--record]`` (``make bench-check``): exits with 1 if a ratio has dropped by a third."""

from __future__ import annotations

import sys

from benchmarks.check.comparison import faults, record, recorded
from benchmarks.check.costs import costs
from benchmarks.corpus import NEWS
from benchmarks.tables import table


def main() -> int:
    """Measure, show, and compare or record."""
    if not NEWS.is_file():
        print(
            f"bench-check: skipped, the shared corpora are not beside the project ({NEWS.name} is not there)"
        )
        return 0
    measured = costs()
    if "--record" in sys.argv[1:]:
        record(measured)
    before = recorded()
    rows = [(name, f"{cost:.3g}", f"{before.get(name, 0):.3g}") for name, cost in measured.items()]
    print(table(("cost", "measured", "recorded"), rows))
    found = faults(before, measured)
    for fault in found:
        print(f"bench-check: {fault}", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
