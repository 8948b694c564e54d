"""Every test that takes ``engine`` or ``make`` runs on each engine."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.engine.protocol import Engine
from tests.engine.entries import FACTORIES, MakeEngine, drop, factory


@pytest.fixture(params=FACTORIES)
def make(request: pytest.FixtureRequest) -> MakeEngine:
    return factory(request.param)


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "index"
    drop(tmp_path / "index")


@pytest.fixture
def engine(make: MakeEngine, path: Path) -> Iterator[Engine]:
    engine = make(path, True)
    yield engine
    engine.close()
