"""The real data beside the project, for tests that are skipped if it is absent."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"
CORPORA = SHARED / "corpora"
CASES = SHARED / "cases"
SEED = SHARED / "seed" / "portal-article.txt"

needs_corpora = pytest.mark.skipif(
    not CORPORA.is_dir(), reason="the shared corpora are not beside the project"
)
needs_cases = pytest.mark.skipif(not CASES.is_dir(), reason="the shared cases are not beside the project")
needs_seed = pytest.mark.skipif(not SEED.is_file(), reason="the shared seed page is not beside the project")
