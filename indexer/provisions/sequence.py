"""Decides which apparent headings are real: article numbers rise by one and restart with a new document."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from indexer.provisions.headings import Heading
from indexer.provisions.provision import LEVELS

_GAP = 9
"""Maximum number of consecutive missing numbers: misread headings, unread pages."""
_IN_A_ROW = 3
"""Number of consecutive articles with which a document may begin if its first article is missing."""


@dataclass(slots=True)
class Document:
    """The headings of one of several documents in a text."""

    headings: list[Heading] = field(default_factory=list)

    @property
    def articles(self) -> list[Heading]:
        """The headings of articles."""
        return [one for one in self.headings if one.kind == "article"]


def documents_in(found: Sequence[Heading]) -> list[Document]:
    """Return the documents of a text with their real headings, in order.

    A number out of sequence is quoted or referred to. Without articles, there is one document with any chapters it has.
    """
    accepted = _Articles([one for one in found if one.kind == "article"]).accepted()
    if not accepted:
        structure = _ascending(found)
        return [Document(structure)] if structure else []
    documents = [Document() for _ in accepted]
    for document, articles in zip(documents, accepted, strict=True):
        document.headings = list(articles)
    _with_structure(documents, [one for one in found if one.kind != "article"])
    return documents


class _Articles:
    def __init__(self, found: list[Heading]) -> None:
        self._found = found
        self._places: defaultdict[int, list[int]] = defaultdict(list)
        for i, one in enumerate(found):
            self._places[one.value].append(i)

    def accepted(self) -> list[list[Heading]]:
        documents: list[list[Heading]] = []
        last: Heading | None = None
        for i, one in enumerate(self._found):
            if last is not None and self._follows(i, one, last):
                documents[-1].append(one)
            elif self._begins(i, one, last):
                documents.append([one])
            else:
                continue
            last = one
        return documents

    def _follows(self, i: int, one: Heading, last: Heading) -> bool:
        if one.value == last.value:
            return one.letter > last.letter and not one.weak
        if one.value == last.value + 1:
            return not one.letter
        if one.weak or one.letter or not last.value < one.value <= last.value + 1 + _GAP:
            return False
        # A later heading in sequence proves that this one is out of sequence.
        return not self._comes(last.value + 1, i) and (
            self._comes(one.value + 1, i) or i + 1 == len(self._found)
        )

    def _begins(self, i: int, one: Heading, last: Heading | None) -> bool:
        following = [other.value for other in self._found[i + 1 : i + _IN_A_ROW]]
        if one.letter or (one.weak and (last is not None or following[:1] != [2])):
            return False
        if one.value == 1:
            return last is None or following[:1] == [2]
        return last is None and not one.weak and following == [one.value + 1, one.value + 2]

    def _comes(self, value: int, after: int) -> bool:
        """Tell whether an article ``value`` comes after the position ``after``, before the numbers restart."""
        later = self._next(value, after)
        anew = self._next(1, after)
        return later is not None and (anew is None or later < anew)

    def _next(self, value: int, after: int) -> int | None:
        places = self._places.get(value, [])
        at = bisect_left(places, after + 1)
        return places[at] if at < len(places) else None


def _with_structure(documents: list[Document], structure: Sequence[Heading]) -> None:
    """Insert parts, chapters and sections between the articles of their documents."""
    firsts = [document.headings[0].line for document in documents]
    lasts = [document.headings[-1].line for document in documents]
    groups: list[list[Heading]] = [[] for _ in documents]
    for one in structure:
        at = bisect_left(firsts, one.line)
        # Between two documents, a chapter that starts counting belongs to the second one.
        between = at and lasts[at - 1] < one.line
        if at and (not between or at == len(firsts) or (not groups[at] and _belongs_before(one))):
            groups[at - 1].append(one)
        elif at < len(groups):
            groups[at].append(one)
    for document, group, first in zip(documents, groups, firsts, strict=True):
        opening = _descending([one for one in group if one.line < first])
        within = _rising([*opening, *(one for one in group if one.line > first)])
        document.headings = sorted((*document.headings, *within), key=lambda one: one.line)


def _belongs_before(one: Heading) -> bool:
    return one.kind == "appendix" or one.value != 1


def _descending(found: list[Heading]) -> list[Heading]:
    """Return the last nested run of ``found``: the headings before it are a table of contents."""
    kept: list[Heading] = []
    for one in reversed(found):
        if kept and LEVELS[one.kind] >= LEVELS[kept[0].kind]:
            break
        kept.insert(0, one)
    return kept


def _rising(found: Sequence[Heading]) -> list[Heading]:
    """Return ``found`` without headings that break the sequence within their parent; they are only references."""
    kept: list[Heading] = []
    last: dict[int, int] = {}
    anew: set[int] = set()
    """Levels whose numbers may restart; chapters may also continue from one part to the next."""
    for one in found:
        level = LEVELS[one.kind]
        if one.kind != "appendix":
            before = last.get(level, 0)
            counts_on = before < one.value <= before + 1 + _GAP or (one.value == before and one.letter)
            if not (counts_on or (one.value == 1 and level in anew)):
                continue
            last[level] = one.value
        kept.append(one)
        anew.discard(level)
        anew.update(range(level + 1, LEVELS["article"]))
        for deeper in range(LEVELS["section"], LEVELS["article"]):
            if deeper > level:
                last.pop(deeper, None)
    return kept


def _ascending(found: Sequence[Heading]) -> list[Heading]:
    """Return the headings of a text without articles, from the last restart on."""
    top = min((LEVELS[one.kind] for one in found if one.kind in ("part", "chapter")), default=0)
    begins = [i for i, one in enumerate(found) if LEVELS[one.kind] == top and one.value == 1]
    kept = _rising(found[begins[-1] :] if begins else ())
    return kept if sum(1 for one in kept if LEVELS[one.kind] == top) > 1 else []
