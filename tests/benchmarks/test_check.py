"""A cost that grew by half fails, and so does one that only one side knows; the command runs in `make test-all`."""

from pathlib import Path

import pytest

from benchmarks.check import __main__ as command
from benchmarks.check import comparison
from tests.shared import needs_corpora

ROOT = Path(__file__).parents[2]


def test_what_fell_by_a_third_is_told() -> None:
    before = {"page": 2.0, "newest": 1.0}
    assert comparison.faults(before, {"page": 2.9, "newest": 1.5}) == []
    (fault,) = comparison.faults(before, {"page": 3.1, "newest": 0.1})
    assert fault.startswith("page: 3.1, 1.6 times the recorded 2")


def test_both_sides_have_the_same_costs() -> None:
    found = comparison.faults({"gone": 1.0, "kept": 1.0}, {"kept": 1.0, "new": 1.0})
    assert [fault.partition(":")[0] for fault in found] == ["gone", "new"]
    assert all("--record" in fault for fault in found)


def test_what_is_recorded_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparison, "RECORDED", tmp_path / "recorded.toml")
    comparison.record({"a page to a search": 1.23456, "disk": 250.0})
    assert comparison.recorded() == {"a page to a search": 1.23, "disk": 250.0}


@needs_corpora
def test_the_command_fails_for_a_cost_that_grew(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = comparison.recorded()
    monkeypatch.setattr(command, "costs", lambda: before)
    assert command.main() == 0
    name = next(iter(before))
    monkeypatch.setattr(command, "costs", lambda: {**before, name: before[name] * 2})
    assert command.main() == 1
    assert f"bench-check: {name}:" in capsys.readouterr().err


def test_make_test_all_runs_it() -> None:
    lines = (ROOT / "Makefile").read_text().splitlines()
    of_all = lines[lines.index("test-all: $(VENV)/.test") + 1 :]
    assert any("bench-check" in line for line in of_all[: of_all.index("")])
    assert "bench-check: $(VENV)/.test" in lines
