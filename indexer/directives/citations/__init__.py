"""Citations of documents in texts, and the relation that each states. Pure; takes time linear in the length of the text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Sequence
from dataclasses import replace

from indexer.directives.citations.amending import with_amending
from indexer.directives.citations.force_lists import ForceLists
from indexer.directives.citations.in_force import with_statements
from indexer.directives.citations.mention import AFFIRMS, CHANGES, EXPIRED, RELATIONS, REVERSED, Citation
from indexer.directives.citations.named import find_named
from indexer.directives.citations.numbered import find_numbered
from indexer.directives.citations.relations import with_relations
from indexer.directives.citations.uncoded import find_uncoded, uncoded_key

__all__ = [
    "AFFIRMS", "CHANGES", "EXPIRED", "RELATIONS", "REVERSED", "Citation", "ForceLists",
    "find_citations", "is_itself", "names_of_itself",
]  # fmt: skip

_ASSEMBLY_TYPES = {"Luật": "LCT", "Bộ luật": "LCT", "Pháp lệnh": "PL", "Nghị quyết": "NQ"}
"""Types that may be stated only before the number, not in it: ``34/2018/QH14``."""

_OPENING = len("Luật số 100/2025/QH15 ngày 10/10/2025: ")
"""Maximum distance in characters from the start of a title to the name of its law; further on, a resolution names another law
in its subject.
"""


def find_citations(text: str) -> list[Citation]:
    """Return the documents cited in NFC ``text``, in order; file names and drafts do not count.

    >>> found = find_citations("Quyết định số 12/2024/QĐ-UBND thay thế Quyết định số 5/2020/QĐ-UBND.")
    >>> [(one.text, one.relation) for one in found]
    [('12/2024/QĐ-UBND', 'according_to'), ('5/2020/QĐ-UBND', 'replaces')]
    """
    if not text:
        return []
    return with_statements(text, with_relations(text, _resolved(with_amending(text, _mentions(text)))))


def names_of_itself(title: str) -> frozenset[str]:
    """Return the key of the name of a law with this NFC ``title``; not the name of the law it amends."""
    first = next((one for one in find_citations(title) if one.key.startswith("law:")), None)
    opens = first is not None and first.start <= _OPENING and first.relation not in CHANGES
    return frozenset([first.key] if first and opens else ())


def is_itself(citation: Citation, numbers: Container[str], names: Container[str]) -> bool:
    """Return whether a document with these keys cites itself in ``citation``.

    A document that is changed is a different one: a law may end an older law of the same name.
    """
    return citation.key in numbers or (citation.key in names and citation.relation not in CHANGES)


def _mentions(text: str) -> list[Citation]:
    """Return all mentions in order; if two overlap, the number with codes wins, otherwise the earlier one."""
    apart: list[Citation] = []
    found = [*find_numbered(text), *find_named(text), *find_uncoded(text)]
    for citation in sorted(found, key=lambda c: (c.start, -c.end)):
        while apart and citation.start < apart[-1].end and "|" in citation.key and "|" not in apart[-1].key:
            apart.pop()
        if not apart or citation.start >= apart[-1].end:
            apart.append(citation)
    return apart


def _resolved(citations: Sequence[Citation]) -> list[Citation]:
    """Give numbers without codes the key of the single document that the text names in full."""
    whole: dict[str, dict[str, Citation]] = defaultdict(dict)
    for citation in citations:
        fields = citation.key.split("|")
        if len(fields) == 6:
            number, year, code = (
                fields[0],
                fields[1],
                fields[2] or _ASSEMBLY_TYPES.get(citation.type or "", ""),
            )
            for known in (uncoded_key(code, number, None), uncoded_key(code, number, year or None)):
                whole[known.upper()].setdefault(citation.key, citation)
    return [_resolve(citation, whole) for citation in citations]


def _resolve(citation: Citation, whole: dict[str, dict[str, Citation]]) -> Citation:
    if "|" in citation.key or citation.key.startswith("law:"):
        return citation
    candidates = list(whole.get(citation.key.upper(), {}).values())
    if len(candidates) != 1:
        return citation
    known = candidates[0]
    return replace(
        citation, number=known.number, key=known.key, type=known.type, issuer=known.issuer, resolved=True
    )
