"""Whether a document is still in force, as far as sentences say so.

A document's own text proves from which day it is in force, but never that it still is. Its end or change is stated by another
document, or about one: a change counts only if the changing document is known and not older. That a document is still in force
is stated only as of the date of a later source, and not at all if another source mentions its end. The effects of a document
that ends are undone: a suspension that was repealed, or an amendment.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Generic, TypeVar

from indexer.directives.change_days import day_until, days_from
from indexer.directives.citations import AFFIRMS, EXPIRED
from indexer.directives.citations.doers import is_below, is_older
from indexer.directives.codes import LETTER, PARTY
from indexer.directives.force import Force
from indexer.directives.number import number_of_key, year_of

CHANGING = frozenset(["replaces", "repeals", "suspends", "postpones", "amends", EXPIRED])
"""Relations after which a document, or part of it, is no longer in force, takes effect later or reads differently."""

ENDED, SUSPENDED, PART_ENDED = "Hết hiệu lực toàn bộ", "Ngưng hiệu lực", "Hết hiệu lực một phần"
AMENDED, POSTPONED, NOT_YET = "Được sửa đổi, bổ sung", "Được lùi hiệu lực", "Chưa có hiệu lực"
IN_FORCE = "Còn hiệu lực (theo nguồn đăng sau)"
SINCE = "Có hiệu lực (theo chính văn bản)"
UNKNOWN = "Chưa rõ"
STATUSES = (ENDED, SUSPENDED, PART_ENDED, AMENDED, POSTPONED, NOT_YET, IN_FORCE, SINCE, UNKNOWN)
"""All possible statuses, the gravest first. :data:`SINCE` is based on the document's own text alone; :data:`IN_FORCE` on a
later source, as of its date."""
SPOKEN = CHANGING | {AFFIRMS}
"""Relations that determine the legal status."""
_HEDGED = re.compile(
    r"(?<!\w)(?:đề nghị|đề xuất|kiến nghị|dự thảo|dự kiến|xem xét|sẽ|nếu|không(?! còn)|chưa|cần|nên|muốn|có thể|tiến tới|nghiên cứu"
    r"|góp ý|lấy ý kiến|hội thảo|tọa đàm|thảo luận)(?!\w)",
    re.IGNORECASE,
)
"""Requests, plans and denials, which are not statements; checked if no document is named that makes the change."""
_STATED = re.compile(
    r"(?<!\w)(?:hết hiệu lực|(?:đã|bị|được) (?:thay thế|bãi bỏ|hủy bỏ|huỷ bỏ)"
    r"|(?:lùi|hoãn)(?: (?:thời điểm|thời hạn|ngày))?(?: (?:có|thi hành|áp dụng))* ?(?:hiệu lực)?)(?!\w)",
    re.IGNORECASE,
)
_FOR_NOW = re.compile(r"(?<!\w)tạm (?:thời )?(?:ng[ưừ]ng|dừng|đình chỉ)(?!\w)", re.IGNORECASE)
_WITHOUT = frozenset(["KH", "TB", "TTr", "BC", LETTER])
"""Types without legal status: plans, letters, reports."""
_UNDONE = frozenset(["suspends", "amends", "postpones"])
"""Relations that are undone when the document that caused them ends; a repeal or replacement remains."""
_STATUS_OF = {"amends": AMENDED, "suspends": SUSPENDED, "postpones": POSTPONED}

Source = TypeVar("Source")


@dataclass(frozen=True, slots=True)
class Change(Generic[Source]):
    """A reported change to a document."""

    relation: str
    part: bool
    sentence: str
    source: Source
    """Where the sentence is."""
    by: str | None = None
    """Key of the changing document; None if none is named."""
    day: str | None = None
    """ISO date of the source."""
    since: str | None = None
    """ISO date from which the change applies, according to the sentence or the changing document; empty if neither states it.

    None if neither was examined.
    """
    until: str | None = None
    """ISO date up to which the document is suspended, or on which it finally takes effect."""
    undone: bool = False
    """Stated only about a document that itself ends: "bãi bỏ Quyết định … về việc ngưng hiệu lực …"."""


@dataclass(frozen=True, slots=True)
class LegalStatus(Generic[Source]):
    """What is known about the validity of a document. ``status`` is None for types that have none (plans, letters)."""

    status: str | None
    sentence: str | None = None
    source: Source | None = None
    """Where the sentence is."""
    since: str | None = None
    """ISO date from which the status applies, if the sentence states it."""
    by: str | None = None
    """Key of the document that ended or changed it."""
    as_of: str | None = None
    """ISO date on which a later source says that it is in force; None for any other status."""


def has_status(key: str) -> bool:
    """Return whether documents of this type have a legal status; plans, letters and the Party's papers have none."""
    number = number_of_key(key)
    return number is None or not (number.type in _WITHOUT or number.issuer in PARTY)


def legal_status(
    key: str,
    changes: Iterable[Change[Source]],
    own: Iterable[tuple[Force, Source]],
    today: str,
    over: Callable[[str], bool] = lambda _: False,
) -> LegalStatus[Source]:
    """Return the legal status of the document ``key`` on the ISO date ``today``: the gravest that the sentences support.

    ``changes`` are the reported changes, ``own`` what its own texts say about its force; ``over`` tells whether the document
    with a given key has ended as a whole. :data:`UNKNOWN` without any sentence.
    """
    changes, own = _limited(_dated(key, change) for change in changes), list(own)
    undone = {(change.relation, change.by) for change in changes if change.undone}
    counting = [
        change
        for change in changes
        if counts(key, change) and (change.relation, change.by) not in undone and _is_so(change, today)
    ]
    gravest = sorted(counting, key=_gravity)
    change = next((one for one in gravest if not (one.relation in _UNDONE and one.by and over(one.by))), None)
    found: list[LegalStatus[Source]] = list(_affirmed(key, changes, own))
    if change is not None:
        since = change.until if change.relation == "postpones" else change.since
        found.append(LegalStatus(_status(change), change.sentence, change.source, since or None, change.by))
    later = [one for one in counting if one.relation == "postpones"]
    found += (_own(force, source, today) for force, source in own if not _is_put_off(force, later))
    return min(found, key=lambda one: STATUSES.index(one.status or UNKNOWN), default=LegalStatus(UNKNOWN))


def has_ended(key: str, changes: Iterable[Change[Source]], today: str) -> bool:
    """Return whether the document ``key`` has ended as a whole according to the reported changes."""
    return any(
        _status(change) == ENDED and counts(key, change) and _is_so(_dated(key, change), today)
        for change in changes
    )


def _dated(key: str, change: Change[Source]) -> Change[Source]:
    """Return ``change`` with the date from which it applies, if its sentence alone states it."""
    if change.since is not None:
        return change
    return replace(change, since=days_from(change.sentence, change.relation, change.by, key))


def _limited(changes: Iterable[Change[Source]]) -> list[Change[Source]]:
    """Return ``changes``, with suspensions ending on the date that any sentence about them gives."""
    found = list(changes)
    until: dict[str | None, str] = {
        one.by: one.until for one in found if one.relation == "suspends" and one.by and one.until
    }
    return [
        replace(one, until=one.until or until.get(one.by)) if one.relation == "suspends" else one
        for one in found
    ]


def _is_so(change: Change[Source], today: str) -> bool:
    """Return whether ``change`` applies on the ISO date ``today``: it has begun and, if temporary, not ended."""
    if change.since and change.since > today and change.relation != "postpones":
        return False
    if change.relation != "suspends":
        return True
    # Only a date can tell how long something "for the time being" lasts.
    return change.until >= today if change.until else _FOR_NOW.search(change.sentence) is None


def _gravity(change: Change[Source]) -> tuple[int, bool, int, bool]:
    """Sort key: gravest first; then the earliest end, the latest change, and the sentence with most details."""
    status, year = _status(change), year_of(change.by) if change.by else None
    newest_first = status in (AMENDED, SUSPENDED, POSTPONED)
    return (
        STATUSES.index(status),
        change.by is None,
        -(year or 0) if newest_first else year or 0,
        not change.since,
    )


def _own(force: Force, source: Source, today: str) -> LegalStatus[Source]:
    if force.until and force.until <= today:
        return LegalStatus(ENDED, force.sentence, source, force.until)
    status = NOT_YET if force.since > today else SINCE
    return LegalStatus(status, force.sentence, source, force.since or None)


def _is_put_off(force: Force, postponed: Sequence[Change[Source]]) -> bool:
    """Return whether the date on which the document was to take effect was postponed."""
    return any(change.until is None or force.since < change.until for change in postponed)


def _affirmed(
    key: str, changes: Sequence[Change[Source]], own: Sequence[tuple[Force, Source]]
) -> Iterator[LegalStatus[Source]]:
    """Yield the statement that the document is in force, as of the latest source that makes it; nothing if a source mentions
    its end.
    """
    year = year_of(key)
    if year is None or any(map(partial(_speaks_of_end, key), changes)):
        return
    begins = max([f"{year}", *(force.since for force, _ in own)])
    said = [(day, change) for change in changes if change.relation == AFFIRMS and (day := _said_on(change))]
    later = [one for one in said if one[0] > begins]
    if later:
        day, change = max(later, key=lambda one: one[0])
        yield LegalStatus(IN_FORCE, change.sentence, change.source, as_of=day)


def _speaks_of_end(key: str, change: Change[Source]) -> bool:
    """Return whether ``change`` ends or suspends the document, including requests and future changes."""
    if change.part or change.undone or change.relation not in CHANGING - {"amends"}:
        return False
    mine, its = year_of(key), year_of(change.by) if change.by else None
    return change.by != key and not (mine and its and its < mine)


def _said_on(change: Change[Source]) -> str | None:
    """Return the ISO date to which a source refers: its own, or an earlier one stated in the sentence."""
    days = [day for day in (change.day, day_until(change.sentence)) if day]
    return min(days, default=None)


def counts(key: str, change: Change[Source]) -> bool:
    """Return whether ``change`` is a statement that the document ``key`` was changed, by a document that is not older."""
    if change.relation not in CHANGING or change.by == key or change.undone:
        return False
    if change.by is None:
        if change.relation == EXPIRED:
            return True
        return bool(_STATED.search(change.sentence)) and not _HEDGED.search(change.sentence)
    if change.by.startswith("law:") and "@" not in change.by:
        return False  # of no year: it may be a draft
    return not is_older(change.by, key) and not is_below(change.by, key)


def _status(change: Change[Source]) -> str:
    return _STATUS_OF.get(change.relation) or (PART_ENDED if change.part else ENDED)
