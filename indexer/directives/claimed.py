"""What a portal's row claims of the status of its document: "Tình trạng hiệu lực: Còn hiệu lực"."""

from __future__ import annotations

import re

from indexer.directives.citations import AFFIRMS
from indexer.vietnamese.letters import fold

_ROW = re.compile(
    r"\W*(?:van ban )?(?:(?P<holds>(?:dang |van )?con hieu luc(?: toan bo| thi hanh)?)|(?:da )?het hieu luc(?: toan bo)?)\W*"
)


def claimed(status: str, issued: str, day: str | None) -> tuple[str, str] | None:
    """Return the relation that a row with the NFC value ``status`` stands for, and its sentence; None for other values.

    The page's ISO ``day`` has to be later than that of issue: a page that is as old as its document tells nothing
    later. What holds in part or not yet is left out.
    """
    row = _ROW.fullmatch(fold(status)) if status else None
    if row is None or not issued or not day or day <= issued:
        return None
    return AFFIRMS if row["holds"] else "repeals", f"Tình trạng hiệu lực: {status}"
