"""What tests of the cluster share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engine.entries import drop


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    """Yield the folder of an index that is dropped afterwards, in the cluster too."""
    yield tmp_path / "index"
    drop(tmp_path / "index")
