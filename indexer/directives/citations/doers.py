"""Which document changed another: impossible changes, and several documents that changed one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from indexer.directives.citations.mention import CHANGES, REVERSED, Citation
from indexer.directives.codes import is_assembly
from indexer.directives.number import number_of_key, year_of

_CONSOLIDATED = "|VBHN|"
"""Part of the keys of consolidated texts, which change nothing themselves."""

PROPOSAL = "|TTR|"
"""Part of the keys of submissions, which request a change."""


def changed_by(citation: Citation, relation: str, doer: str, part: bool) -> Citation:
    """Return ``citation`` as changed by ``doer``, in addition to its other relations."""
    if citation.relation in CHANGES:
        return replace(citation, earlier=(*citation.earlier, (relation, doer, part)))
    return replace(citation, relation=relation, subject=doer, part=part)


def possible(citation: Citation, done: Sequence[Citation]) -> Citation:
    """Return ``citation`` without a change that ``doer`` cannot have made, because it is older or a consolidated text.

    The change is then attributed to the document that changed that one, according to what was ``done`` earlier in the sentence,
    if possible: "Thông tư A sửa đổi Thông tư B hướng dẫn Luật C và sửa đổi Thông tư D".
    """
    if citation.subject == citation.key:
        return replace(citation, relation="according_to", subject=None, part=False)
    if citation.relation in REVERSED or citation.relation not in CHANGES or citation.subject is None:
        return citation
    if PROPOSAL in citation.subject:
        return replace(citation, relation="according_to", subject=None, part=False)
    if _CONSOLIDATED in citation.subject and citation.relation != "consolidates":
        return replace(citation, relation="consolidates", part=False)
    if is_below(citation.subject, citation.key):
        return replace(citation, relation="according_to", subject=None, part=False)
    if not is_older(citation.subject, citation.key):
        return citation
    changed = (one for one in done if one.key == citation.subject and one.relation in CHANGES)
    other = next((one.subject for one in changed), None)
    return replace(citation, subject=None if other is None or is_older(other, citation.key) else other)


def is_below(doer: str, changed: str) -> bool:
    """Return whether only an assembly can make the change, because it affects a law or resolution of an assembly, and ``doer``
    is not of one.
    """
    return _of_assembly(changed) and "|" in doer and not _of_assembly(doer)


def _of_assembly(key: str) -> bool:
    number = number_of_key(key)
    return key.startswith("law:") if number is None else bool(number.issuer and is_assembly(number.issuer))


def is_older(doer: str, changed: str) -> bool:
    """Return whether the document with the first key is of an earlier year than that of the second, if both are known."""
    earlier, later = year_of(doer), year_of(changed)
    return bool(earlier and later and earlier < later)
