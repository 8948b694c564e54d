"""A small index, and the server on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.settings import Settings
from tests.collection import ARTICLES, index
from tests.running.server import Server, serving


@pytest.fixture(scope="package")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("running")
    index(Settings(data=folder), ARTICLES)
    return folder


@pytest.fixture(scope="package")
def server(data: Path) -> Iterator[Server]:
    with serving(data, "--workers", "2") as running:
        yield running
