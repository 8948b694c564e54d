"""Laws named by what they amend: ``Luật sửa đổi, bổ sung một số điều của Luật A và Luật B ngày …``.

Such a law is a single document; its own date, year or number follows the last law that it amends. Nearly all recent preambles
name some. Ordinances that amend ordinances, and resolutions that amend laws, use the same words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from indexer.directives.citations.amended import NUMBER, Amended, amended_from
from indexer.directives.citations.days import day_after
from indexer.directives.citations.drafts import is_draft
from indexer.directives.citations.mention import Citation
from indexer.directives.citations.named import law_issuer, law_key, law_kind, law_label, year_after

_OPENINGS = tuple(
    re.compile(
        rf"{kind}(?P<number>\s+số\s*:?\s*\d{{1,4}}/\d{{4}}/{codes}\d\d?(?:\s+ngày\s[^;.,\n]{{6,30}}?)?(?:\s+của\s+{issuer})?)?"
        r"(?:\s+về)?\s+[Ss]ửa\s+đổi(?:,?\s+(?:và\s+)?[Bb]ổ\s+sung)?[^;.:()\n]{0,60}?(?:\n[^;.:()\n]{0,30}?)?"
        rf"(?=\s+của\s+(?:các\s+|\d+\s+)?(?:{amended})(?!\w))"
    )
    for kind, codes, issuer, amended in (
        ("uật", "QH", r"Quốc\s+hội", "(?:Bộ l|L|l)uật"),
        (
            r"háp\s+lệnh",
            "(?:PL-)?UBTVQH",
            r"(?:Ủy|Uỷ)\s+ban\s+[Tt]hường\s+vụ\s+Quốc\s+hội",
            r"[Pp]háp\s+lệnh",
        ),
        (r"ghị\s+quyết", "(?:NQ-)?QH", r"Quốc\s+hội", r"(?:Bộ l|L|l)uật|Hiến\s+pháp"),
    )
)
_SAID = re.compile(r"ửa\s+đổi")
_BEFORE, _BEHIND = 160, 160
"""Number of characters around these words: type, number, date and issuer before them, the amended laws after them."""
_LAWS = re.compile(
    r"(?<!\w)(?:các|những|một số|nhiều|hai|ba|bốn|năm|sáu|\d+) (?:bộ )?luật(?!\w)[^.:;\n]{0,120}?(?::|(?<!\w)(?:như|gồm|là)(?!\w))"
    r"[^.:\n]{0,500}$",
    re.IGNORECASE,
)
"""Words that open a list of laws."""
_LISTED = 600
"""Number of characters before a law in which to look for the start of its list."""
_NEAR = 300
"""Number of characters before an amending law in which the law it amends is named with its number."""


def with_amending(text: str, mentions: Sequence[Citation]) -> list[Citation]:
    """Return ``mentions`` of NFC ``text``, in order, with amending laws added; these amend the laws that follow.

    Amended laws keep their own year or number, and lose the date that belongs to the amending law.
    """
    by_start = {mention.start: mention for mention in mentions}
    for match in _openings(text):
        opened = max(0, match.start() - 1)
        if text[max(0, opened - 3) : opened].lower() == "bộ ":
            opened -= 3
        if is_draft(text, opened):
            continue
        amended, others = amended_from(text, match.end(), by_start)
        if len(amended) > 1 and _is_listed(text, opened, amended[-1].end):
            amended = amended[:1]
        if amended or others:
            by_start |= {one.start: one for one in _read(text, opened, match, amended, others, by_start)}
    return sorted(by_start.values(), key=lambda one: one.start)


def _is_listed(text: str, opened: int, end: int) -> bool:
    """Return whether the amending law is itself in a list, so that laws after the first one it amends may be items of that list.

    If a year or date follows them, it belongs to the amending law; then they are its name.
    """
    if year_after(text, end)[0] is not None or day_after(text, end) is not None:
        return False
    return _LAWS.search(text, max(0, opened - _LISTED), opened) is not None


def _openings(text: str) -> Iterator[re.Match[str]]:
    """Yield the opening words of amending laws; they are searched for only around the word they have in common."""
    for said in _SAID.finditer(text):
        low, high = max(0, said.start() - _BEFORE), said.end() + _BEHIND
        for opening in _OPENINGS:
            yield from (
                one for one in opening.finditer(text, low, high) if one.start() < said.start() < one.end()
            )


def _read(
    text: str,
    opened: int,
    match: re.Match[str],
    amended: Sequence[Amended],
    others: re.Match[str] | None,
    mentions: Mapping[int, Citation],
) -> Iterator[Citation]:
    """Yield the amending law, unless its number was found already, and the laws that it amends."""
    end = amended[-1].end if amended else others.end() if others else match.end()
    day = day_after(text, end)
    number = _own_number(text, opened, match, amended, day, mentions)
    if number is None:
        names = [text[law.start : law.name_end] for law in amended] or [others[0] if others else ""]
        year, day = _year(text, amended, end, day)
        itself = text[opened : match.end()]
        key = law_key(f"{itself} của {' '.join(names)}", year)
        yield Citation(
            text=itself,
            start=opened,
            end=match.end(),
            number=law_label(f"{itself} của {_listed(names)}") + (f" năm {year}" if year else ""),
            key=key,
            type=law_kind(itself),
            issuer=law_issuer(itself),
            date=day,
        )
    else:
        key = number.key
    for law in amended:
        shared = day if law is amended[-1] and not _of_another(number, day) else None
        yield _changed(text, law, key, number, shared, alone=len(amended) == 1)


def _changed(
    text: str, law: Amended, subject: str, number: Citation | None, shared: str | None, *, alone: bool
) -> Citation:
    """Return the law as amended by ``subject``, without the date ``shared`` with it."""
    mention = law.mention
    if mention is not None and law.numbered and (number is None or mention.key != number.key):
        date = None if shared else mention.date
        return replace(mention, relation="amends", subject=subject, part=True, date=date)
    year, stop = year_after(text, law.name_end)
    if year is None or not (alone or not law.last):
        year, stop = None, law.name_end
    own = mention.date if mention is not None and not law.numbered and not shared else None
    known = year or (int(own[:4]) if own else None)
    name = text[law.start : law.name_end]
    if law_kind(name) == "Hiến pháp":
        name = "Hiến pháp"
    return Citation(
        text=text[law.start : stop],
        start=law.start,
        end=stop,
        number=law_label(name) + (f" năm {known}" if known else ""),
        key=law_key(name, known),
        type=law_kind(name),
        issuer=law_issuer(name),
        date=own,
        relation="amends",
        subject=subject,
        part=True,
    )


def _of_another(number: Citation | None, day: str | None) -> bool:
    """Return whether the year of this number contradicts the date after the list."""
    return number is not None and day is not None and f"/{day[:4]}/" not in number.text


def _own_number(
    text: str,
    opened: int,
    match: re.Match[str],
    amended: Sequence[Amended],
    day: str | None,
    mentions: Mapping[int, Citation],
) -> Citation | None:
    """Return the number of the amending law: before its words, or alone after the last of several laws."""
    if match["number"]:
        return next((one for start, one in mentions.items() if opened < start < match.end("number")), None)
    last = amended[-1] if amended else None
    if last is None or not last.numbered or last.mention is None:
        return None
    if len(amended) > 1:
        return None if amended[0].numbered else last.mention
    # One law and one number: it belongs to the amending law if it fits the year of the date that follows, or if the amended law
    # was named earlier with another number.
    of_that_day = day is not None and f"/{day[:4]}/" in last.mention.text
    return last.mention if of_that_day or _numbered_before(text, opened, last, mentions) else None


def _numbered_before(text: str, opened: int, law: Amended, mentions: Mapping[int, Citation]) -> bool:
    """Return whether ``law`` is named shortly before ``opened`` with another number or year."""
    name = text[law.start : law.name_end]
    at = text.rfind(name, max(0, opened - _NEAR), opened)
    if at == -1 or law.mention is None:
        return False
    number = NUMBER.match(text, at + len(name))
    other = mentions.get(number.end()) if number else None
    if other is not None:
        return other.key != law.mention.key
    year, _ = year_after(text, at + len(name))
    return year is not None and f"/{year}/" not in law.mention.text


def _year(text: str, amended: Sequence[Amended], end: int, day: str | None) -> tuple[int | None, str | None]:
    """Return year and date of the amending law, which follow the last law that it amends."""
    if day:
        return int(day[:4]), day
    if len(amended) == 1 and not amended[0].numbered:
        return None, None  # "của Luật Đất đai năm 2013" is that law's year
    at = amended[-1].name_end if amended and not amended[-1].numbered else end
    year, stop = year_after(text, at)
    return year, day_after(text, stop) if year else None


def _listed(names: Sequence[str]) -> str:
    plain = [" ".join(name.split()) for name in names]
    return plain[0] if len(plain) == 1 else f"{', '.join(plain[:-1])} và {plain[-1]}"
