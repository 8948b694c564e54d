"""What all tests share: property tests that are the same on every run and never timed; one demo index."""

from __future__ import annotations

import fcntl
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from indexer.settings import Settings
from tests.demo_portal import demo_settings, index_demo
from tests.readers import kept_readers

# Of the dozens of processes that tests start each would compile what it imports, where the environment forbids to keep it.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

hypothesis_settings.register_profile(
    "project", deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("project")

_MARKS = {"browser": "browser", "demo": "ocr"}
"""By the fixture that a test uses."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what uses a browser or the demo portal, so that ``-m`` can choose."""
    for item in items:
        for fixture in _MARKS.keys() & set(getattr(item, "fixturenames", ())):
            item.add_marker(_MARKS[fixture])


@pytest.fixture(scope="session", autouse=True)
def readers() -> Iterator[None]:
    """One pool of reading processes for all sandboxes."""
    with kept_readers():
        yield


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The indexed demo portal, for tests that only read.

    Its scans are read by OCR, so it is made once for all processes of a run: whoever comes first does, and each has a copy.
    """
    base = tmp_path_factory.getbasetemp()
    made = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "demo"
    with Path(f"{made}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            index_demo(Path(f"{made}.new"))
            Path(f"{made}.new").rename(made)
    return demo_settings(shutil.copytree(made, tmp_path_factory.mktemp("copy") / "demo"))
