"""``python -m benchmarks.crawl``: crawls a portal on localhost, measuring quality and speed, compared with ``wget --mirror``.

The portal is that of the tests: the demo portal's articles in the mark-up of three systems. For quality, it is surrounded by
traps; for speed, there are none, since ``wget`` would never leave an endless calendar.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.tables import table
from tests.portal.judged import judge, run, settings_of, site_of
from tests.portal.server import STARTS, Portal, served
from tests.portal.stories import stories


@dataclass(frozen=True)
class Taken:
    """The cost of one run."""

    seconds: float
    requests: int
    received: int
    """Bytes of response bodies sent by the server."""

    def row(self, name: str) -> tuple[str, ...]:
        rate = self.requests / self.seconds
        return (
            name,
            f"{self.requests:,}",
            f"{self.seconds:.1f} s",
            f"{rate:.0f}/s",
            f"{self.received / 1e6:.2f} MB",
        )


def section() -> str:
    """Return the tables."""
    with tempfile.TemporaryDirectory() as folder:
        return (
            "## Crawling (`python -m benchmarks.crawl`): a portal of three systems on localhost; target: 0.98 of articles and fields"
            + "\n\n"
            + _quality(Path(folder) / "quality")
            + "\n\n"
            + _speed(Path(folder) / "speed")
        )


def _quality(data: Path) -> str:
    portal = Portal(stories())
    settings = settings_of(data)
    with served(portal) as origin:
        first = run(site_of(origin), settings)
        judged = judge(portal, origin, settings)
    rows = (
        ("addresses of the portal, without endless ones", f"{len(portal.answers):,}"),
        ("articles among them", f"{len(portal.articles):,}"),
        ("requests", f"{first.report.end.requests if first.report.end else 0:,}"),
        ("precision of recognising articles", f"{judged.precision:.3f}"),
        ("recall of recognising articles", f"{judged.recall:.3f}"),
        ("fields compared", f"{judged.fields:,}"),
        ("fields right", f"{judged.accuracy:.3f}"),
    )
    wrong = "".join(
        f"\n- {one.partition('/')[2]}" for one in [*judged.extra, *judged.missed, *judged.wrong][:10]
    )
    return table(("with traps", ""), rows) + (f"\n\nWrong:\n{wrong}" if wrong else "")


def _speed(folder: Path) -> str:
    portal = Portal(stories(), with_traps=False)
    folder.mkdir()
    with served(portal) as origin:
        rows = []
        for concurrency in (1, 8):
            data = folder / f"data-{concurrency}"
            for name in ("first run", "second run, nothing changed"):
                taken = _measured(portal, _tracuu(origin, data, concurrency))
                rows.append(taken.row(f"`tracuu crawl`, {concurrency} at a time, {name}"))
        rows += [
            _measured(portal, _wget(origin, folder / "mirror")).row(f"`wget --mirror`, {name}")
            for name in ("first run", "second run")
        ]
    return (
        table(("without traps", "requests", "time", "rate", "bodies sent"), rows)
        + "\n\nThe time is that of the whole command; for `tracuu` it includes the start, reading every page and indexing. A third of"
        "\nthe portal counts visitors on every page and has no `ETag`, so these pages are sent in full each time. `wget` sends one"
        "\nrequest at a time, does not support `ETag`, and also fetches print views and the same pages under sessions."
    )


def _tracuu(origin: str, data: Path, concurrency: int) -> list[str]:
    starts = [f"{origin}{one}" for one in STARTS]
    options = [
        "--data",
        str(data),
        "--delay",
        "0",
        "--concurrency",
        str(concurrency),
        "--no-ocr",
        "--quiet",
        "--json",
    ]
    return [sys.executable, "-m", "indexer", "crawl", *starts, *options]


def _wget(origin: str, folder: Path) -> list[str]:
    program = shutil.which("wget")
    if program is None:
        raise SystemExit("wget is not installed")
    return [
        program,
        "--mirror",
        "--quiet",
        "--no-proxy",
        "-P",
        str(folder),
        *(f"{origin}{one}" for one in STARTS),
    ]


def _measured(portal: Portal, command: list[str]) -> Taken:
    portal.asked.clear()
    portal.bytes = 0
    environment = {**os.environ, "TRACUU_FETCH_ALLOW": "127.0.0.0/8"}
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    seconds = time.perf_counter() - start
    if "wget" not in command[0]:
        result: dict[str, Any] = json.loads(done.stdout)
        assert result["whole"], result
    return Taken(seconds, portal.asked.total(), portal.bytes)


if __name__ == "__main__":
    print(section())
