"""The words between the citations of one sentence."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.directives.citations import wording
from indexer.directives.citations.mention import Citation


def gap_before(text: str, start: int, citations: Sequence[Citation], n: int) -> str:
    """Return the text between a citation and the one before it.

    An amending law with its number begins before the laws that it amends: "Căn cứ Luật sửa đổi … của Luật A, Luật B số …".
    """
    first = n
    numbered = citations[n].text[0].isdigit()
    while numbered and first and citations[first - 1].subject == citations[n].key:
        first -= 1
    gap = text[citations[first - 1].end if first else start : citations[first].start]
    if "ại hội " in gap:
        gap = wording.CONGRESS.sub("", gap)
    return gap if first == n else wording.AMENDING.sub("", gap)


def words_after(text: str, citations: Sequence[Citation], n: int, end: int) -> str:
    """Return the text after a citation and the laws that it amends, up to the next citation."""
    at = n
    while at + 1 < len(citations) and citations[at + 1].subject == citations[n].key:
        at += 1
    return text[citations[at].end : citations[at + 1].start if at + 1 < len(citations) else end]
