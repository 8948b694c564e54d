"""Sections of RESULTS.md take the place of those of their name, whatever figures are in the heading."""

from pathlib import Path

import pytest

from benchmarks import results


def test_sections_are_replaced_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "RESULTS.md"
    path.write_text(
        "# Old\n\n## All 10 articles\n\nold\n\nMeasured 2020-01-01.\n\n## Words (`x`): 5\n\nkept\n"
    )
    monkeypatch.setattr(results, "PATH", path)
    results.put(
        ["## All 86,415 articles\n\nnew", "## Kills (`make crash`): 3\n\nfirst\n\n## Faults, 2\n\nsecond"]
    )
    text = path.read_text()
    assert text.startswith("# Benchmarks\n") and text.endswith(".\n")
    assert [line for line in text.splitlines() if line.startswith("## ")] == [
        "## All 86,415 articles",
        "## Words (`x`): 5",
        "## Kills (`make crash`): 3",
        "## Faults, 2",
    ]
    assert text.count("\n\n## ") == 4 and "\n\n\n" not in text
    assert "old" not in text and "kept" in text and text.count("Measured 20") == 3


def test_what_people_wrote_outlives_the_figures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "RESULTS.md"
    path.write_text(
        "# Old\n\n## All 10 articles\n\nold\n\nMeasured 2020-01-01.\n\n### Notes\n\nread by hand\n\n## Words\n\nx\n"
    )
    monkeypatch.setattr(results, "PATH", path)
    for figures in ("new", "newer"):
        results.put([f"## All 11 articles\n\n{figures}"])
        text = path.read_text()
        assert f"{figures}\n\nMeasured 20" in text and "old" not in text
        assert text.count("### Notes\n\nread by hand\n\n## Words\n\nx\n") == 1 and "\n\n\n" not in text
