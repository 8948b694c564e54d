"""Make this machine the writer, in place of one that is gone or to be replaced."""

from __future__ import annotations

import argparse
import dataclasses
import sys
import time

from indexer.commands.output import Progress, print_json, wants_json
from indexer.replication.term import Term, told
from indexer.settings import Settings
from indexer.upkeep.promotion import Promoted, promote


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``tracuu promote``."""
    parser.add_argument("--workers", type=int, metavar="N", help="number of processes that analyse articles")


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Take over; exit 1 if an acknowledged push was damaged where it was kept."""
    start = time.monotonic()
    quiet, progress = getattr(options, "quiet", False), Progress(options)

    def tell(step: str) -> None:
        progress.end()
        if not quiet:
            print(f"{step} ...", file=sys.stderr, flush=True)

    def begun(before: Term) -> None:
        tell(
            f"the writer since {told(before)} is the data directory {before.writer}; from now on it acknowledges and writes nothing"
        )

    made = promote(settings, begun, tell, lambda number: progress.show(number, None))
    progress.end()
    if wants_json(options):
        print_json({**dataclasses.asdict(made), "seconds": round(time.monotonic() - start, 3)})
    else:
        _show(made, settings, time.monotonic() - start)
    return 1 if made.problems else 0


def _show(made: Promoted, settings: Settings, seconds: float) -> None:
    print(f"this machine is the writer now (term {made.term}); it took {seconds:.1f} s")
    print(f"  {made.articles:,} articles; {made.waiting:,} pushed changes wait to be written")
    print(f"  {made.adopted:,} pushes were acknowledged after the copies and taken over")
    if made.differing:
        print(f"  {made.differing:,} articles of the index were brought in line with the catalog")
    age = max(0.0, time.time() - made.copied)
    print(
        f"  the copies were up to date {age:,.0f} s ago; changes since then to keys, pins, the lexicon, alerts and notes, and"
        " searches in the query log, may be missing"
    )
    for problem in made.problems:
        print(f"  {problem}", file=sys.stderr)
    if settings.role != "writer":
        print('next: set role = "writer" in the settings of this machine, restart `tracuu serve`, and')
    else:
        print("next: start `tracuu serve` here, and")
    print(
        "let the proxy send pushes and the staff desk to this machine; the machine before may become a standby"
    )
