"""Every kind of page that is meant to be found, measured by Lighthouse: in `make test-all`, where npm has installed it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.browser.chromium import MISSING, chromium
from tests.browser.pages import Site
from tests.thoroughness import ALL

FLOORS = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
PAGES = {
    "home": "/",
    "article": "{plan}",
    "article-of-a-document": "{directive}",
    "directive": "/directives/74-kh-ubnd",
    "directives": "/directives",
    "help": "/help",
    "embed": "/embed",
    "api": "/api/v1/docs",
    "english": "/?lang=en",
}
_ENDING = "--headless=new --no-sandbox --no-proxy-server --disable-background-networking"
_RUNS = 3
"""Of which the best performance counts: what else the machine does at the time is no fault of the page."""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not ALL, reason="pages are measured by make test-all"),
]


@pytest.fixture(scope="module")
def lighthouse() -> str:
    found = shutil.which("lighthouse", path=Path(sys.prefix) / "lighthouse/node_modules/.bin")
    if not found:
        pytest.skip("Lighthouse is not here; scripts/lighthouse.sh installs it where npm is there")
    if not chromium():
        pytest.skip(MISSING)
    return found


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_a_page_that_is_meant_to_be_found_is_as_good_as_can_be(
    lighthouse: str, site: Site, tmp_path: Path, path: str
) -> None:
    best: dict[str, int] = {}
    faults: list[str] = []
    for _ in range(_RUNS):
        report = measured(lighthouse, site.url(path), tmp_path / "report.json")
        if report is None:
            continue
        scores = {name: round(100 * one["score"]) for name, one in report["categories"].items()}
        best = {name: max(score, best.get(name, 0)) for name, score in scores.items()}
        if all(best[name] >= floor for name, floor in FLOORS.items()):
            return
        faults = [
            f"{one['title']}: {one.get('displayValue') or one.get('explanation') or ''}"
            for one in report["audits"].values()
            if one["score"] is not None and one["score"] < 0.9
        ]
    pytest.fail(f"{best}: {faults}")


def measured(lighthouse: str, address: str, report: Path) -> Mapping[str, Any] | None:
    """Return the report; None where the browser's trace failed, and Lighthouse asks for another run."""
    command = [
        lighthouse,
        address,
        "--quiet",
        "--output=json",
        f"--output-path={report}",
        f"--chrome-flags={_ENDING}",
    ]
    run = subprocess.run(
        [*command, f"--only-categories={','.join(FLOORS)}"],
        capture_output=True,
        text=True,
        env={**os.environ, "CHROME_PATH": chromium() or ""},
    )
    if "run Lighthouse again" in run.stderr:
        return None
    assert run.returncode == 0, run.stderr
    found: Mapping[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    return found
