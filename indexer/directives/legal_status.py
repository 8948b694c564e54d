"""Whether a document still holds, as far as a sentence says so.

Its own text proves from which day it holds, never that it still does. What ends or changes it is said by another
document, or of one: a change counts only where it is known which document makes it and that one is not older. That
it still holds is said only as of the day of a later source, and by none where any other speaks of its end. What a
document did that ends itself is undone: a suspension that was repealed, an amendment that was.
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
"""Relations after which a document, or part of it, holds no longer, later or reads otherwise."""

ENDED, SUSPENDED, PART_ENDED = "Hết hiệu lực toàn bộ", "Ngưng hiệu lực", "Hết hiệu lực một phần"
AMENDED, POSTPONED, NOT_YET = "Được sửa đổi, bổ sung", "Được lùi hiệu lực", "Chưa có hiệu lực"
IN_FORCE = "Còn hiệu lực (theo nguồn đăng sau)"
SINCE = "Có hiệu lực (theo chính văn bản)"
UNKNOWN = "Chưa rõ"
STATUSES = (ENDED, SUSPENDED, PART_ENDED, AMENDED, POSTPONED, NOT_YET, IN_FORCE, SINCE, UNKNOWN)
"""What may be said, the gravest first. :data:`SINCE` is of the document's own text, and no more than that; :data:`IN_FORCE`
of a source that is later, and of its day."""
SPOKEN = CHANGING | {AFFIRMS}
"""Relations that legal status follows from."""
_HEDGED = re.compile(
    r"(?<!\w)(?:đề nghị|đề xuất|kiến nghị|dự thảo|dự kiến|xem xét|sẽ|nếu|không(?! còn)|chưa|cần|nên|muốn|có thể|tiến tới|nghiên cứu"
    r"|góp ý|lấy ý kiến|hội thảo|tọa đàm|thảo luận)(?!\w)",
    re.IGNORECASE,
)
"""What is asked for, planned or denied is no statement; looked for where no document is named that does it."""
_STATED = re.compile(
    r"(?<!\w)(?:hết hiệu lực|(?:đã|bị|được) (?:thay thế|bãi bỏ|hủy bỏ|huỷ bỏ)"
    r"|(?:lùi|hoãn)(?: (?:thời điểm|thời hạn|ngày))?(?: (?:có|thi hành|áp dụng))* ?(?:hiệu lực)?)(?!\w)",
    re.IGNORECASE,
)
_FOR_NOW = re.compile(r"(?<!\w)tạm (?:thời )?(?:ng[ưừ]ng|dừng|đình chỉ)(?!\w)", re.IGNORECASE)
_WITHOUT = frozenset(["KH", "TB", "TTr", "BC", LETTER])
"""Types that have no legal status: plans, letters, reports."""
_UNDONE = frozenset(["suspends", "amends", "postpones"])
"""What holds no longer once the document that did it has ended; what was repealed or replaced stays so."""
_STATUS_OF = {"amends": AMENDED, "suspends": SUSPENDED, "postpones": POSTPONED}

Source = TypeVar("Source")


@dataclass(frozen=True, slots=True)
class Change(Generic[Source]):
    """What was said to be done to a document."""

    relation: str
    part: bool
    sentence: str
    source: Source
    """Where the sentence stands."""
    by: str | None = None
    """Key of the document that does it; None where nobody is named."""
    day: str | None = None
    """ISO day of the source."""
    since: str | None = None
    """ISO day from which it is so, where the sentence, or the document that does it, tells; empty where neither does.

    None where neither was asked.
    """
    until: str | None = None
    """ISO day up to which it is suspended, or on which it begins after all."""
    undone: bool = False
    """Told only of a document that itself ends: "bãi bỏ Quyết định … về việc ngưng hiệu lực …"."""


@dataclass(frozen=True, slots=True)
class LegalStatus(Generic[Source]):
    """What is known of a document's validity. ``status`` is None for kinds that have none (plans, letters)."""

    status: str | None
    sentence: str | None = None
    source: Source | None = None
    """Where the sentence stands."""
    since: str | None = None
    """ISO day from which it is so, where the sentence tells."""
    by: str | None = None
    """Key of the document that ended or changed it."""
    as_of: str | None = None
    """ISO day of which a later source says that it is in force; None for every other status."""


def has_status(key: str) -> bool:
    """Whether documents of this kind have a legal status; plans, letters and the Party's papers have none."""
    number = number_of_key(key)
    return number is None or not (number.type in _WITHOUT or number.issuer in PARTY)


def legal_status(
    key: str,
    changes: Iterable[Change[Source]],
    own: Iterable[tuple[Force, Source]],
    today: str,
    over: Callable[[str], bool] = lambda _: False,
) -> LegalStatus[Source]:
    """Return the legal status of the document ``key`` on the ISO day ``today``, the gravest that the sentences give.

    ``changes`` are what was said to be done to it, ``own`` what its own texts say of their force; ``over`` tells whether
    the document with a key has ended as a whole. :data:`UNKNOWN` without a sentence.
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
    """Whether the document ``key`` has ended as a whole by what was said to be done to it."""
    return any(
        _status(change) == ENDED and counts(key, change) and _is_so(_dated(key, change), today)
        for change in changes
    )


def _dated(key: str, change: Change[Source]) -> Change[Source]:
    """Return ``change`` with the day from which it is so, where that is told by its sentence alone."""
    if change.since is not None:
        return change
    return replace(change, since=days_from(change.sentence, change.relation, change.by, key))


def _limited(changes: Iterable[Change[Source]]) -> list[Change[Source]]:
    """Return ``changes``; a suspension lasts up to the day that any sentence about it gives."""
    found = list(changes)
    until: dict[str | None, str] = {
        one.by: one.until for one in found if one.relation == "suspends" and one.by and one.until
    }
    return [
        replace(one, until=one.until or until.get(one.by)) if one.relation == "suspends" else one
        for one in found
    ]


def _is_so(change: Change[Source], today: str) -> bool:
    """Whether ``change`` has begun by the ISO day ``today``, and goes on where it was for a time."""
    if change.since and change.since > today and change.relation != "postpones":
        return False
    if change.relation != "suspends":
        return True
    # For how long one holds that is "for the time being" only a day can tell.
    return change.until >= today if change.until else _FOR_NOW.search(change.sentence) is None


def _gravity(change: Change[Source]) -> tuple[int, bool, int, bool]:
    """The gravest first; of those alike what first ended it, what changed it last, and of those who tells more."""
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
    """Whether the day on which a text says that it begins was put off."""
    return any(change.until is None or force.since < change.until for change in postponed)


def _affirmed(
    key: str, changes: Sequence[Change[Source]], own: Sequence[tuple[Force, Source]]
) -> Iterator[LegalStatus[Source]]:
    """Yield that the document is in force as of the latest day of a source that says so; nothing where one speaks of its end."""
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
    """Whether ``change`` ends or suspends the document, even if it only asks for that or is of a day to come."""
    if change.part or change.undone or change.relation not in CHANGING - {"amends"}:
        return False
    mine, its = year_of(key), year_of(change.by) if change.by else None
    return change.by != key and not (mine and its and its < mine)


def _said_on(change: Change[Source]) -> str | None:
    """Return the ISO day of which a source speaks: its own, or an earlier one that the sentence gives."""
    days = [day for day in (change.day, day_until(change.sentence)) if day]
    return min(days, default=None)


def counts(key: str, change: Change[Source]) -> bool:
    """Whether ``change`` is a statement that the document ``key`` was changed, by one that is not older than it."""
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
