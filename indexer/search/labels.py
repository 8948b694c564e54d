"""Legal statuses, and relations of articles to the documents that they cite, in words for readers: on pages and in commands."""

from __future__ import annotations

from collections.abc import Mapping

from indexer.directives.legal_status import (
    AMENDED,
    ENDED,
    IN_FORCE,
    NOT_YET,
    PART_ENDED,
    POSTPONED,
    SINCE,
    SUSPENDED,
    UNKNOWN,
)
from indexer.model import Language

_STATUSES_IN_ENGLISH = {
    ENDED: "No longer in force", SUSPENDED: "Suspended", PART_ENDED: "Partly no longer in force", AMENDED: "Amended",
    POSTPONED: "Postponed", NOT_YET: "Not yet in force", IN_FORCE: "In force (according to a later source)",
    SINCE: "In force according to its own text", UNKNOWN: "Unknown",
}  # fmt: skip
_RELATIONS: Mapping[str, Mapping[Language, str]] = {
    "issues": {"vi": "Công bố, ban hành", "en": "Publication"},
    "according_to": {"vi": "Viện dẫn", "en": "Citation"},
    "based_on": {"vi": "Lấy làm căn cứ", "en": "Legal basis"},
    "carries_out": {"vi": "Triển khai, thực hiện", "en": "Implementation"},
    "guides": {"vi": "Hướng dẫn", "en": "Guidance"},
    "amends": {"vi": "Sửa đổi, bổ sung", "en": "Amendment"},
    "replaces": {"vi": "Thay thế", "en": "Replacement"},
    "repeals": {"vi": "Bãi bỏ", "en": "Repeal"},
    "consolidates": {"vi": "Hợp nhất", "en": "Consolidation"},
    "corrects": {"vi": "Đính chính", "en": "Correction"},
    "extends": {"vi": "Gia hạn", "en": "Extension"},
    "suspends": {"vi": "Ngưng hiệu lực", "en": "Suspension"},
    "amended_by": {"vi": "Được văn bản này sửa đổi, bổ sung", "en": "Amended by this document"},
    "replaced_by": {"vi": "Bị văn bản này thay thế", "en": "Replaced by this document"},
    "repealed_by": {"vi": "Bị văn bản này bãi bỏ", "en": "Repealed by this document"},
    "affirms": {"vi": "Xác nhận còn hiệu lực", "en": "Confirmation that it is in force"},
    "postpones": {"vi": "Lùi hiệu lực", "en": "Postponement"},
    "expired": {"vi": "Công bố hết hiệu lực", "en": "Listed as no longer in force"},
}


def status_label(status: str, language: Language) -> str:
    """Return a legal status in words: in Vietnamese it is called what it is."""
    return _STATUSES_IN_ENGLISH.get(status, status) if language == "en" else status


def relation_label(relation: str, language: Language) -> str:
    """Return the label of a relation; one without a label is called what it is."""
    return _RELATIONS[relation][language] if relation in _RELATIONS else relation
