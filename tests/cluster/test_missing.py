"""Without OpenSearch its tests are skipped, but a run that asks for them does not pass for that reason."""

import pytest

from tests import conftest
from tests.cluster import nodes


@pytest.mark.parametrize("asked", [True, False])
def test_a_run_of_these_tests_alone_needs_opensearch(asked: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conftest, "CLUSTER", asked)
    monkeypatch.setattr(nodes, "missing", lambda: "it is not installed")
    if not asked:
        conftest.pytest_configure()
        return
    with pytest.raises(pytest.UsageError, match=r"^no OpenSearch: it is not installed$"):
        conftest.pytest_configure()


def test_it_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nodes, "SERVER", nodes.ROOT / "none")
    assert (
        nodes.missing() == "it is not installed; with Java 21 and Maven, run: sh scripts/opensearch.sh .venv"
    )
