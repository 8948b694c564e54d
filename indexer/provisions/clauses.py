"""The clauses (Khoản) of an article: numbered paragraphs that count from 1."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from indexer.provisions.lines import Line
from indexer.provisions.provision import Provision, anchor_of

_CLAUSE = re.compile(
    r"(?:Khoản )?(?P<n>\d{1,3})(?P<letter>[a-zđ]?)\s?(?P<sign>[.)/:]|[-–](?=\s))\s*(?!\d)(?=\S)"
)


def clauses_of(article: Provision, number: str, lines: Sequence[Line]) -> Iterator[Provision]:
    """Yield the clauses of ``article``, given the ``lines`` after its heading.

    All numbers must have the same sign after them as the first, without gaps; otherwise it is a list within a clause.
    """
    found: list[tuple[int, str]] = []
    sign, value, letter = "", 0, ""
    for line in lines:
        match = (
            None
            if line.quoted or not (line.text[0].isdigit() or line.text[0] == "K")
            else _CLAUSE.match(line.text)
        )
        if match is None or (sign and match["sign"] != sign):
            continue
        n, with_letter = int(match["n"]), match["letter"]
        if (n == value + 1 and not with_letter) or (n == value and with_letter > letter):
            sign, value, letter = match["sign"], n, with_letter
            found.append((line.start, f"{n}{with_letter}"))
    ends = [*(start for start, _ in found[1:]), *([article.end] if found else [])]
    for (start, clause), end in zip(found, ends, strict=True):
        anchor = anchor_of(number, clause, article.document)
        yield Provision(
            "clause", clause, f"Khoản {clause}", "", anchor, start, start, end, article.document, number
        )
