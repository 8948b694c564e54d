"""The status that a row of a portal's page claims for its document: "Tình trạng hiệu lực: Còn hiệu lực"."""

from __future__ import annotations

import re

from indexer.directives.citations import AFFIRMS
from indexer.vietnamese.letters import fold

_ROW = re.compile(
    r"\W*(?:van ban )?(?:(?P<holds>(?:dang |van )?con hieu luc(?: toan bo| thi hanh)?)|(?:da )?het hieu luc(?: toan bo)?)\W*"
)


def claimed(status: str, issued: str, day: str | None) -> tuple[str, str] | None:
    """Return the relation and the sentence for a row with the NFC value ``status``; None for other values.

    The page's ISO date ``day`` must be later than the date of issue: a page as old as its document says nothing about later.
    Statements about partial or future force are left out.
    """
    row = _ROW.fullmatch(fold(status)) if status else None
    if row is None or not issued or not day or day <= issued:
        return None
    return AFFIRMS if row["holds"] else "repeals", f"Tình trạng hiệu lực: {status}"
