"""The table of contents of a text, nested, with the level of each heading on its page. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from indexer.provisions.provision import Outline, Provision
from webui.context.translation import gettext

_FEWEST = 5
"""Minimum number of headings for which a table of contents is shown."""
_MANY = 30
"""Number of articles from which those of a chapter are folded."""
_HIGHEST, _LOWEST = 2, 6
"""Levels of headings on a page, below that of its title."""


@dataclass(slots=True)
class Entry:
    """A heading and its sub-entries."""

    label: str
    """``Điều 5``."""
    text: str
    """The label with the title."""
    anchor: str
    is_article: bool = False
    entries: list[Entry] = field(default_factory=list)

    @property
    def articles(self) -> list[Entry]:
        """All articles below this heading."""
        inner = [one for entry in self.entries for one in entry.articles]
        return inner or ([self] if self.is_article else [])


@dataclass(frozen=True, slots=True)
class Contents:
    """A table of contents."""

    entries: tuple[Entry, ...] = ()
    folded: bool = False
    """Whether the sub-entries of a heading are folded, because there are many."""

    def __bool__(self) -> bool:
        return bool(self.entries)


def contents(outline: Outline) -> Contents:
    """Return the contents of a text with ``outline``; empty if the text is short enough to do without."""
    headings = list(outline.headings)
    if len(headings) < _FEWEST:
        return Contents()
    tops: list[Entry] = []
    several = len(outline.names) > 1
    open_: list[tuple[int, Entry]] = []
    document = 0
    for one in headings:
        if several and one.document != document:
            document = one.document
            name = outline.names[document - 1] or gettext("Văn bản thứ %(n)s", n=document)
            open_ = [(0, Entry(name, name, one.anchor))]
            tops.append(open_[0][1])
        while open_ and open_[-1][0] >= one.level:
            open_.pop()
        entry = Entry(one.label, one.heading, one.anchor, one.kind == "article")
        (open_[-1][1].entries if open_ else tops).append(entry)
        open_.append((one.level, entry))
    many = sum(1 for _ in outline.articles) > _MANY
    return Contents(tuple(tops), many and any(one.entries for one in tops))


def heading_levels(outline: Outline) -> dict[str, int]:
    """Return the level of each heading on the page, by anchor; no level is skipped between a heading and its parent."""
    return {one.anchor: level for one, level in _leveled(outline)}


def _leveled(outline: Outline) -> Iterator[tuple[Provision, int]]:
    above: list[int] = []
    document = 0
    for one in outline.headings:
        if one.document != document:
            above, document = [], one.document
        while above and above[-1] >= one.level:
            above.pop()
        yield one, min(_LOWEST, _HIGHEST + len(above))
        above.append(one.level)
