"""What all tests share: property tests that are the same on every run and never timed; one demo index."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from indexer.settings import Settings
from tests.demo_portal import index_demo

hypothesis_settings.register_profile(
    "project", deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("project")


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The indexed demo portal, for tests that only read: made once, since its scans are read by OCR."""
    return index_demo(tmp_path_factory.mktemp("demo"))
