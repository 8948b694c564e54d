"""The examples in docstrings of the pure packages answer as they say, and each of these packages has some."""

from __future__ import annotations

import doctest
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PURE = ("vietnamese", "query", "directives", "highlight")
MODULES = [
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for package in PURE
    for path in sorted((ROOT / "indexer" / package).rglob("*.py"))
    if ">>> " in path.read_text(encoding="utf-8")
]


@pytest.mark.parametrize("module", MODULES)
def test_examples_answer_as_they_say(module: str) -> None:
    done = doctest.testmod(import_module(module))
    assert done.attempted and not done.failed


def test_each_package_shows_how_it_is_used() -> None:
    assert {module.split(".")[1] for module in MODULES} == set(PURE)
