"""The questions and their grades, stored beside this module.

``asked.tsv`` has a line for each query: the need, the way of typing, the query. ``grades.tsv`` has the articles that were read
for a need, with grades: 2 if it answers, 1 if it helps, 0 if it does neither.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

KINDS = {
    "accents": "typed with accents",
    "bare": "typed without accents",
    "slip": "typed with a slip",
    "question": "asked as a question",
    "law": "a law by its name",
}
_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Asked:
    """One query."""

    need: str
    kind: str
    """A key of ``KINDS``."""
    text: str


def asked() -> list[Asked]:
    """Return all queries."""
    return [Asked(*line.split("\t")) for line in _lines("asked.tsv")]


def grades() -> Mapping[str, Mapping[str, int]]:
    """Return the grades of the articles that were read for each need."""
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for line in _lines("grades.tsv"):
        need, article, grade = line.split("\t")
        found[need][article] = int(grade)
    return found


def _lines(name: str) -> list[str]:
    return (_HERE / name).read_text(encoding="utf-8").splitlines()
