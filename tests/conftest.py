"""What all tests share: reproducible property tests without deadlines, and one demo index."""

from __future__ import annotations

import fcntl
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from indexer.engine.opensearch_ import engine
from indexer.engine.opensearch_.connection import Connection
from indexer.engine.opensearch_.state_store import create_index
from indexer.opensearch_settings import HOSTS_VARIABLE, OpenSearchSettings
from indexer.settings import Settings
from tests.cluster import nodes
from tests.demo_portal import demo_settings, index_demo
from tests.files.gateway import Gateway, missing
from tests.readers import kept_readers
from tests.thoroughness import ALL, CLUSTER

# If the environment forbids writing bytecode, each of the dozens of processes that tests start would compile everything it imports.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

hypothesis_settings.register_profile(
    "project", deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("project")

# All processes of a test inherit it, including those forked from a process that started before the tests.
os.environ[HOSTS_VARIABLE] = " ".join(nodes.HOSTS)

_MARKS = {"browser": "browser", "demo": "ocr", "cluster": "cluster"}
"""Marks by the fixture that a test uses."""
_CLUSTER_SAMPLE = ("tests/cluster/", "tests/engine/test_contract_search.py", "tests/search/test_service.py")
"""The tests of the third engine that ``make test`` runs; ``make test-cluster`` and ``make test-all`` run all of them."""
_CLUSTER_BROKEN = tuple(f"tests/cluster/test_{name}.py" for name in ("failures", "full_disk", "partition"))
"""Left out of the sample, because they start clusters of their own to break them."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark tests that use a browser, the demo portal or a cluster, so that ``-m`` can select them; keep only a sample of the
    last.
    """
    for item in items:
        names: list[str] = getattr(item, "fixturenames", [])
        engines = getattr(getattr(item, "callspec", None), "params", {}).values()
        if "opensearch" in engines and "cluster" not in names:
            # A list of its own: the other engines' runs of the test share this one, and need no cluster.
            names = item.fixturenames = ["cluster", *names]  # type: ignore[attr-defined]
        for fixture in _MARKS.keys() & set(names):
            item.add_marker(_MARKS[fixture])
    if not (ALL or CLUSTER):
        left_out = [
            item
            for item in items
            if item.get_closest_marker("cluster")
            and (not item.nodeid.startswith(_CLUSTER_SAMPLE) or item.nodeid.startswith(_CLUSTER_BROKEN))
        ]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in set(left_out)]


def pytest_configure() -> None:
    """Stop ``make test-cluster`` if there is no OpenSearch: otherwise it would succeed with every test skipped."""
    if CLUSTER and (reason := nodes.missing()):
        raise pytest.UsageError(f"no OpenSearch: {reason}")


@pytest.fixture(scope="session")
def cluster() -> Iterator[None]:
    """Three nodes of OpenSearch, shared by all processes of a run; skips if they cannot be started, but fails if their tests
    are what was asked for.
    """
    if reason := nodes.use():
        (pytest.fail if CLUSTER else pytest.skip)(f"no OpenSearch: {reason}")

    def noted(connection: Connection, name: str, definition: dict[str, Any]) -> None:
        if not name.endswith("-state"):
            _indexes.append(name)
        create_index(connection, name, definition)

    with mock.patch.object(engine, "create_index", noted):
        yield


_indexes: list[str] = []


@pytest.fixture(scope="module", autouse=True)
def cluster_as_it_was() -> Iterator[None]:
    """Remove the indexes that a module made from the cluster: with hundreds of them each further one takes seconds."""
    yield
    if _indexes:
        with closing(Connection(OpenSearchSettings())) as connection:
            connection.ask("DELETE", f"/{','.join(_indexes)}", ignore_unavailable="true", seconds=60)
        _indexes.clear()


@pytest.fixture(scope="session", autouse=True)
def readers() -> Iterator[None]:
    """One pool of reading processes for all sandboxes."""
    with kept_readers():
        yield


@pytest.fixture(scope="session")
def gateway() -> Iterator[Gateway]:
    """A server of objects on loopback; skips where there is none to start."""
    if reason := missing():
        pytest.skip(reason)
    gateway = Gateway()
    gateway.start()
    yield gateway
    gateway.stop()


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The indexed demo portal, for tests that only read.

    Its scans are read by OCR, so it is made once for all processes of a run, by whichever comes first, and copied for each.
    """
    base = tmp_path_factory.getbasetemp()
    made = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "demo"
    with Path(f"{made}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            index_demo(Path(f"{made}.new"))
            Path(f"{made}.new").rename(made)
    return demo_settings(shutil.copytree(made, tmp_path_factory.mktemp("copy") / "demo"))
