"""The names of Vietnamese laws; nothing else in a text tells where the name of a law ends."""

from __future__ import annotations

from importlib import resources


def law_names() -> list[str]:
    """Return the names without "Luật", "Bộ luật" or "Pháp lệnh", in the spelling of the laws."""
    text = resources.files("indexer.directives.citations").joinpath("law_names.txt").read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
