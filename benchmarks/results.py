"""``benchmarks/RESULTS.md``: sections written by several commands, each with its date."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path

PATH = Path(__file__).with_name("RESULTS.md")
_LIBRARIES = ("tantivy", "whoosh", "pyvi", "flask", "gunicorn", "kreuzberg", "trafilatura")


_NOTES = "\n### Notes\n"
"""Written by people beneath the figures: the text after this heading is kept when the section is measured again."""


def put(sections: Sequence[str]) -> None:
    """Replace the sections with the same names by ``sections``; new ones are added at the end.

    Notes of a section are kept, since no command can recreate them.
    """
    found = {_name(section): section for section in _split(PATH.read_text(encoding="utf-8"))}
    day = f"\n\nMeasured {date.today().isoformat()}."
    for one in [one for section in sections for one in _split(section)]:
        _, heading, notes = found.get(_name(one), "").partition(_NOTES)
        found[_name(one)] = "".join([one.rstrip(), day, "\n" * bool(heading), heading, notes])
    PATH.write_text("\n\n".join([_head(), *map(str.strip, found.values())]) + "\n", encoding="utf-8")
    print(f"written: {os.path.relpath(PATH)}")


def _split(text: str) -> list[str]:
    return [part for part in re.split(r"(?m)^(?=## )", text) if part.startswith("## ")]


def _name(section: str) -> str:
    """Return the heading without its variable parts: commands, figures and targets."""
    heading = re.sub(r"\d[\d,.]*", "", section.partition("\n")[0])
    return " ".join(re.split(r" \(|[:,;]", heading)[0].split())


def _head() -> str:
    versions = ", ".join(f"{name} {version(name)}" for name in _LIBRARIES)
    return (
        "# Benchmarks\n\n"
        "The command in the heading of a section prints the section; `python -m benchmarks FOLDER PART` writes it here, and"
        " `make bench` writes those that take an hour together ([what FOLDER and PART are](../CONTRIBUTING.md#measuring))."
        f" Measured with {os.cpu_count()} processors ({platform.machine()}), Python {platform.python_version()}, {versions}."
        " Absolute times vary from run to run on a shared machine; the ratios are of one run each."
    )
