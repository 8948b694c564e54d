"""Compares ratios with the recorded ones: a cost that has grown by half means that work has become slower by a third."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

RECORDED = Path(__file__).with_name("recorded.toml")
MOST = 1.5
"""Maximum ratio to the recorded cost: a speed that drops by a third."""
_ANEW = "`python -m benchmarks.check --record` records anew"


def recorded() -> dict[str, float]:
    """Return the recorded costs by name, each a ratio within one run."""
    return dict(tomllib.loads(RECORDED.read_text(encoding="utf-8"))["costs"])


def record(measured: Mapping[str, float]) -> None:
    """Store ``measured`` as the reference for later runs."""
    lines = [f'"{name}" = {cost:.3g}' for name, cost in measured.items()]
    text = f"# Costs of one thing in those of another. {_ANEW}; say why in the commit.\n[costs]\n"
    RECORDED.write_text(text + "\n".join(lines) + "\n", encoding="utf-8")


def faults(before: Mapping[str, float], measured: Mapping[str, float]) -> list[str]:
    """Return a sentence for each cost that exceeds ``MOST`` times the recorded one, or that only one side has."""
    said = [
        f"{name}: {measured[name]:.3g}, {measured[name] / cost:.1f} times the recorded {cost:.3g} (at most {MOST})"
        for name, cost in before.items()
        if name in measured and measured[name] > MOST * cost
    ]
    said += [
        f"{name}: recorded, but not measured any more; {_ANEW}" for name in before.keys() - measured.keys()
    ]
    said += [f"{name}: measured, but not recorded; {_ANEW}" for name in measured.keys() - before.keys()]
    return said
