"""The outline of a text. Pure; takes time linear in the length of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from indexer.provisions.clauses import clauses_of
from indexer.provisions.closing import end_of_document
from indexer.provisions.contents_lists import is_contents_list
from indexer.provisions.headings import Heading, headings_of
from indexer.provisions.lines import Line, lines_of
from indexer.provisions.provision import SLUGS, Outline, Provision, anchor_of, prefix_of
from indexer.provisions.sequence import Document, documents_in
from indexer.provisions.titles import name_above, title_of

_ANY = re.compile(r"^[^\S\n]*(?:[ĐÐ]i|ĐI|ÐI|[CP]h|CH|PH)", re.MULTILINE)
"""The beginning of an article, chapter or part; most texts have no such line and are not examined further."""
_NONE = Outline()


def outline_of(text: str) -> Outline:
    """Return the provisions of NFC ``text``; empty if it has none.

    Lines that only look like headings are excluded: those in a table of contents, in quoted text of another law, in sentences,
    and with numbers out of sequence.
    """
    if not _ANY.search(text):
        return _NONE
    lines = lines_of(text)
    documents = [one for one in documents_in(headings_of(lines)) if not is_contents_list(one)]
    if not documents:
        return _NONE
    begins = [document.headings[0].line for document in documents]
    names = [name_above(lines, line) for line in begins]
    provisions: list[Provision] = []
    for n, document in enumerate(documents, 1):
        after = begins[n] - names[n][1] if n < len(documents) else len(lines)
        provisions += _Assembly(text, lines, n).provisions(document, after)
    return Outline(tuple(provisions), tuple(name for name, _ in names), tuple(_quoted(lines)))


def _quoted(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    for quoted, run in groupby(lines, key=lambda line: line.quoted):
        if quoted:
            stretch = list(run)
            yield stretch[0].start, stretch[-1].end


class _Assembly:
    """Assembles the provisions of a document."""

    def __init__(self, text: str, lines: Sequence[Line], document: int) -> None:
        self._text = text
        self._lines = lines
        self._document = document
        self._anchors: set[str] = set()
        self._above: dict[int, str] = {}

    def provisions(self, document: Document, after: int) -> Iterator[Provision]:
        """Yield the provisions of ``document``, which is followed by the line ``after``."""
        headings = document.headings
        articles = [i for i, one in enumerate(headings) if one.kind == "article"]
        last = articles[-1] if articles else len(headings) - 1
        for i, heading in enumerate(headings):
            behind = headings[i + 1].line if i + 1 < len(headings) else after
            title, line = title_of(self._lines, heading, behind)
            if i == last:
                end = end_of_document(self._text, self._lines, line, behind)
            else:
                end = self._lines[behind].start if behind < len(self._lines) else len(self._text)
            one = self._provision(heading, title, line, end)
            yield one
            if heading.kind == "article":
                inner = [other for other in self._lines[line + 1 : behind] if other.start < end]
                yield from clauses_of(one, heading.number, inner)

    def _provision(self, heading: Heading, title: str, line: int, end: int) -> Provision:
        anchor = self._anchor(heading)
        start, head = self._lines[heading.line].start, self._lines[line].end
        return Provision(
            heading.kind, heading.number, heading.label, title, anchor, start, head, end, self._document
        )

    def _anchor(self, heading: Heading) -> str:
        """Return a unique address: sections include their chapter, and chapters their part if necessary."""
        if heading.kind == "article":
            return anchor_of(heading.number, None, self._document)
        prefix = prefix_of(self._document)
        own = f"{SLUGS[heading.kind]}-{heading.number}".rstrip("-").replace("đ", "dd")
        level = Provision(heading.kind, "", "", "", "", 0, 0, 0).level
        for deeper in [other for other in self._above if other >= level]:
            del self._above[deeper]
        above = [self._above[other] for other in sorted(self._above)]
        tried = f"{above[-1]}-{own}" if level > 2 and above else own
        if tried in self._anchors:
            tried = "-".join((*above[:1], own))
        anchor, n = tried, 2
        while anchor in self._anchors:
            anchor, n = f"{tried}-{n}", n + 1
        self._anchors.add(anchor)
        self._above[level] = anchor
        return prefix + anchor
