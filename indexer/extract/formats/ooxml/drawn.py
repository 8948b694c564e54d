"""The words of charts and diagrams, which are stored in parts of their own."""

from __future__ import annotations

from indexer.extract.formats.ooxml.pruning import alternatives
from indexer.extract.formats.ooxml.story import story
from indexer.extract.formats.package import Package, Relation
from indexer.extract.formats.xml import Element, each

_DRAWN = ("chart", "chartEx", "diagramData")
"""Kinds of parts that show words. The numbers of a chart do not count."""


def drawn(package: Package, relation: Relation) -> str:
    """Return the words of a chart or a diagram, one per line and each once; empty for anything else."""
    if relation.kind not in _DRAWN:
        return ""
    root = package.xml(relation.target)
    if root is None:
        return ""
    alternatives(root)
    return "\n".join(dict.fromkeys([*story(root).split("\n"), *_names(root)]))


def _names(chart: Element) -> list[str]:
    """Return the names of a chart's series and categories."""
    found = [
        (one.text or "").strip()
        for cache in each(chart, "strCache", "multiLvlStrCache")
        for one in each(cache, "v")
    ]
    return found + [
        (one.text or "").strip() for strings in each(chart, "strDim") for one in each(strings, "pt")
    ]
