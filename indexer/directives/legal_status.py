"""Whether a document still holds, as far as a sentence says so.

Its own text proves from which day it holds, never that it still does. What ends or changes it is said by another
document, or of one: a change counts only where it is known which document makes it and that one is not older. That
it still holds is said only as of the day of a later source, and by none where any other speaks of its end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Generic, TypeVar

from indexer.directives.citations import AFFIRMS
from indexer.directives.citations.issuing_place import place_of
from indexer.directives.codes import LETTER, PARTY, is_local
from indexer.directives.force import Force, day_until, days_from
from indexer.directives.number import number_of_key

CHANGING = frozenset(["replaces", "repeals", "suspends", "amends"])
"""Relations after which a document, or part of it, holds no longer or reads otherwise."""

ENDED, SUSPENDED, PART_ENDED = "Hết hiệu lực toàn bộ", "Ngưng hiệu lực", "Hết hiệu lực một phần"
AMENDED, NOT_YET = "Được sửa đổi, bổ sung", "Chưa có hiệu lực"
IN_FORCE = "Còn hiệu lực (theo nguồn đăng sau)"
SINCE = "Có hiệu lực (theo chính văn bản)"
UNKNOWN = "Chưa rõ"
STATUSES = (ENDED, SUSPENDED, PART_ENDED, AMENDED, NOT_YET, IN_FORCE, SINCE, UNKNOWN)
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
    r"(?<!\w)(?:hết hiệu lực|(?:đã|bị|được) (?:thay thế|bãi bỏ|hủy bỏ|huỷ bỏ))(?!\w)", re.IGNORECASE
)
_HEAD = 1_500
"""Characters of a text in which its letterhead stands."""
_WITHOUT = frozenset(["KH", "TB", "TTr", "BC", LETTER])
"""Types that have no legal status: plans, letters, reports."""

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


@dataclass(frozen=True, slots=True)
class Issued:
    """When and where a document was issued, as far as it is known, or a mention of one says; empty where not."""

    year: str = ""
    place: str = ""
    sources: frozenset[str] = frozenset()
    """Portals whose articles they are."""
    type: str = ""
    """Where the number leaves it open: 55/2010/QH12 is a law and a resolution."""

    @classmethod
    def of_document(
        cls,
        day: str | None,
        above: Iterable[str],
        text: str,
        sources: Iterable[str],
        types: Iterable[str] = (),
    ) -> Issued:
        """Return when and where a document of the ISO ``day`` was issued; ``above`` its ``text`` stand title and issuer."""
        place = place_of("\n".join((*above, text[:_HEAD])))
        return cls((day or "")[:4], place, frozenset(sources), next(iter(types), ""))

    @classmethod
    def of_mention(
        cls, day: str | None, place: str | None, sources: Iterable[str], type: str | None = None
    ) -> Issued:
        """Return what a citation tells of it: the ISO ``day`` beside it, the place, and the type where its number has none."""
        return cls((day or "")[:4], place or "", frozenset(sources), type or "")


def is_same(key: str, document: Issued, mention: Issued) -> bool:
    """Whether a mention of ``key`` is of that ``document``: several may have the number.

    Numbers that begin anew each year need the year; numbers that each province has need the place, or one portal.
    """
    number = number_of_key(key)
    if number is None:
        return key.startswith("law:") and "@" in key
    if mention.type and document.type and _kind(mention.type) != _kind(document.type):
        return False
    if number.year is None and (not mention.year or mention.year != document.year):
        return False
    if not (number.issuer and is_local(number.issuer)):
        return True
    if mention.place and document.place:
        return mention.place.casefold() == document.place.casefold()
    return bool(mention.sources & document.sources) or not (mention.sources or document.sources)


def _kind(type: str) -> str:
    return type.casefold().removeprefix("bộ ")


def legal_status(
    key: str, changes: Iterable[Change[Source]], own: Iterable[tuple[Force, Source]], today: str
) -> LegalStatus[Source]:
    """Return the legal status of the document ``key`` on the ISO day ``today``, the gravest that the sentences give.

    ``changes`` are what was said to be done to it, ``own`` what its own texts say of their force. :data:`UNKNOWN`
    without a sentence.
    """
    changes, own = list(changes), list(own)
    found: list[LegalStatus[Source]] = list(_affirmed(key, changes, own))
    for change in changes:
        day = days_from(change.sentence)
        if counts(key, change) and not (day and day > today):
            found.append(LegalStatus(_status(change), change.sentence, change.source, day, change.by))
    for force, source in own:
        if force.until and force.until <= today:
            found.append(LegalStatus(ENDED, force.sentence, source, force.until))
        elif force.since > today:
            found.append(LegalStatus(NOT_YET, force.sentence, source, force.since))
        else:
            found.append(LegalStatus(SINCE, force.sentence, source, force.since or None))
    return min(found, key=lambda one: STATUSES.index(one.status or UNKNOWN), default=LegalStatus(UNKNOWN))


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
    if change.part or change.relation not in CHANGING - {"amends"}:
        return False
    mine, its = year_of(key), year_of(change.by) if change.by else None
    return change.by != key and not (mine and its and its < mine)


def _said_on(change: Change[Source]) -> str | None:
    """Return the ISO day of which a source speaks: its own, or an earlier one that the sentence gives."""
    days = [day for day in (change.day, day_until(change.sentence)) if day]
    return min(days, default=None)


def counts(key: str, change: Change[Source]) -> bool:
    """Whether ``change`` is a statement that the document ``key`` was changed, by one that is not older than it."""
    if change.relation not in CHANGING or change.by == key:
        return False
    if change.by is None:
        return bool(_STATED.search(change.sentence)) and not _HEDGED.search(change.sentence)
    mine, its = year_of(key), year_of(change.by)
    return not (mine and its and its < mine)


def year_of(key: str) -> int | None:
    """Return the year that a key tells: ``45|2013||QH13||``, ``law:luat_dat_dai@2013``."""
    fields = key.split("|")
    year = fields[1] if len(fields) == 6 else key.rpartition("@")[2] if "@" in key else ""
    return int(year) if year.isdigit() and len(year) == 4 else None


def _status(change: Change[Source]) -> str:
    if change.relation == "amends":
        return AMENDED
    if change.relation == "suspends":
        return SUSPENDED
    return PART_ENDED if change.part else ENDED
