"""`make bench` goes on where it was broken off, and measures what is named anew."""

from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks import __main__ as command
from benchmarks import results

Run = Callable[..., int]


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    found: list[str] = []

    def part(name: str) -> Callable[[Path], str]:
        def section(folder: Path) -> str:
            found.append(name)
            if name == "second" and found.count(name) == 1:
                raise RuntimeError("broken off")
            return f"## {name}"

        return section

    monkeypatch.setattr(command, "HOUR", {name: part(name) for name in ("first", "second")})
    monkeypatch.setattr(command, "LONGER", {"long": part("long")})
    monkeypatch.setattr(command, "NEWS", Path(__file__))
    return found


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setattr(results, "PATH", tmp_path / "RESULTS.md")
    results.PATH.write_text("# Benchmarks\n\n## first\n\nold\n")
    monkeypatch.setattr(command, "code", lambda: "abc")

    def run(*names: str) -> int:
        monkeypatch.setattr("sys.argv", ["benchmarks", str(tmp_path / "data"), *names])
        return command.main()

    return run


def test_a_run_goes_on(measured: list[str], bench: Run, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(RuntimeError):
        bench()
    assert bench() == 0
    assert measured == ["first", "second", "second"]
    assert "second: 0 s, 0 s of CPU time" in capsys.readouterr().out
    assert "old" not in results.PATH.read_text()


def test_what_is_named_is_measured_anew(measured: list[str], bench: Run) -> None:
    assert bench("first") == bench("first", "long") == 0
    assert measured == ["first", "first", "long"]
    assert bench("none") == 2


def test_other_code_is_measured_anew(
    measured: list[str], bench: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert bench("first") == 0
    monkeypatch.setattr(command, "code", lambda: "def")
    measured.append("second")
    assert bench() == 0
    assert measured.count("first") == 2
