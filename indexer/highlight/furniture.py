"""Pure: which stretches of a text are furniture of Vietnamese documents, and say nothing of their subject.

National name and motto with the agency, number and place beside them, receivers ("Nơi nhận:"), signatures, leaders of
dots and lines, what is left to fill in, entries of a table of contents, page numbers. They stay in the index; fragments
leave them out (Decree 30/2020/NĐ-CP, appendix I, has the parts of a document and their order).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from indexer.vietnamese.letters import CAPITALS

Range = tuple[int, int]
"""Where a stretch starts and ends."""

_LEADER_SIGNS = ("....", "……", "____", ". . .", ".  .  .")
_SIGNS = (*_LEADER_SIGNS, "-----", "CHỦ NGHĨA", "ạnh phúc", "Nơi nhận")
_BEGINNINGS = (
    "CỘNG H",
    "Cộng h",
    "NƠI NHẬN",
    "Kính gửi",
    "KÍNH GỬI",
    "(Đã ký",
    "(đã ký",
    "(Ký",
    "(ký",
    "Ký",
    "TM.",
    "KT.",
    "TL.",
    "TUQ.",
)
"""Without a sign, and a line that begins so, there is no furniture but page numbers: looked for first, as most texts have
none."""
_BLOCK = 1000
"""Characters before a stretch that are looked at: receivers and signatures go over many lines."""
_LONG_LINE = 240
"""Characters: in a longer line, a whole document without line breaks, only the signs themselves are furniture."""
_HEAD_LINES = 4
"""Lines beside name and motto that may belong to the head: agency, number, place and day."""

_NAME = re.compile(r"CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA VIỆT NAM")
_MOTTO = re.compile(r"độc lập\s*[-–—]\s*tự do\s*[-–—]\s*hạnh phúc", re.IGNORECASE)
_BESIDE_HEAD = re.compile(
    r"số\s*:|[^\n]{0,40}, ?ngày[\s.…\d]*tháng[\s.…\d]*năm|kèm theo|\(ban hành kèm theo", re.IGNORECASE
)
_AGENCY = re.compile(
    r"[ỦU][YỶ] BAN|HỘI ĐỒNG|CHÍNH PHỦ|QUỐC HỘI|BỘ |SỞ |CỤC |TỔNG CỤC|THÀNH PHỐ|TỈNH |HUYỆN |QUẬN |PHƯỜNG |XÃ |BAN |VĂN PHÒNG"
    r"|T(?:ÒA|OÀ) ÁN|VIỆN |TRƯỜNG |CHỦ TỊCH|ĐẢNG|TRUNG TÂM|CÔNG AN|LIÊN ĐOÀN|HỘI "
)
_RECEIVERS = re.compile(
    r"(?:^|(?<=[./;\t])\s*)nơi nhận(?:/recipients?)?(?:\s*:\s*$|[\s:]*(?=[-–+•*]))", re.IGNORECASE
)
_ADDRESSED = re.compile(r"kính gửi\s*:", re.IGNORECASE)
_LISTED = re.compile(r"[-–+•*]|lưu\s*:", re.IGNORECASE)
_SIGNED_FOR = re.compile(rf"(?:TM|KT|TL|TUQ)\. ?[{CAPITALS}]{{2}}")
_SIGNED = re.compile(r"\W*(?:đã ký|ký[ ,&]|ký bởi|người ký|thời gian ký|chữ ký)", re.IGNORECASE)
_LEADER = re.compile(r"(?:[.…_][^\S\n]{0,3}){4,}|[-=]{5,}")
_PAGE_NUMBER = re.compile(r"\W*(?:trang\s*)?\d{1,3}(?:\s*/\s*\d{1,3})?\W*", re.IGNORECASE)


def furniture(text: str, start: int = 0, end: int | None = None) -> list[Range]:
    """Return the stretches of ``text`` that are furniture and touch ``text[start:end]``, in order, none overlapping.

    Costs a look for some signs where there is none.
    """
    end = len(text) if end is None else end
    low = text.rfind("\n", 0, max(0, start - _BLOCK)) + 1
    high = text.find("\n", end, end + _BLOCK)
    part = text[low : high if high >= 0 else min(len(text), end + _LONG_LINE)]
    found = list(_page_numbers(text)) if "\n" in part else []
    if _has_sign(part):
        found += ((low + first, low + last) for first, last in (*_lines(part), *leaders(part)))
    return [one for one in _united(found) if one[0] < end and one[1] > start]


def _has_sign(text: str) -> bool:
    """Tell whether there may be furniture; loops written out, since every fragment is asked."""
    for sign in _SIGNS:
        if sign in text:
            return True
    for line in text.split("\n"):  # noqa: SIM110
        if line.startswith(_BEGINNINGS):
            return True
    return False


def _page_numbers(text: str) -> Iterator[Range]:
    """The first and the last line, where they are numbers: a page has its number there."""
    first, last = text.find("\n"), text.rfind("\n")
    if first < 20 and _PAGE_NUMBER.fullmatch(text, 0, first):
        yield 0, first
    if len(text) - last < 20 and _PAGE_NUMBER.fullmatch(text, last + 1):
        yield last + 1, len(text)


def _lines(text: str) -> Iterator[Range]:
    """Yield the stretches that are whole lines, or the rest of one."""
    lines: list[Range] = []
    at = 0
    for line in text.split("\n"):
        lines.append((at, at + len(line)))
        at += len(line) + 1
    shown = [text[first:last].strip() for first, last in lines]
    taken = 0
    for i, line in enumerate(shown):
        if i < taken or not line:
            continue
        if head := _head(line):
            if len(line) > _LONG_LINE:
                yield lines[i][0] + head[0], lines[i][0] + head[1]
                continue
            first, taken = _head_lines(shown, i)
            yield lines[first][0], lines[taken - 1][1]
        elif "hận" in line.lower() and (received := _RECEIVERS.search(text[slice(*lines[i])])):
            taken = _signature_end(shown, _run(shown, i + 1, _LISTED.match))
            yield lines[i][0] + received.start(), lines[taken - 1][1]
        elif _ADDRESSED.match(line) and len(line) <= _LONG_LINE:
            taken = _run(shown, i + 1, _LISTED.match)
            yield lines[i][0], lines[taken - 1][1]
        elif (_SIGNED_FOR.match(line) or _SIGNED.match(line)) and len(line) <= _LONG_LINE:
            first = i
            while first and _is_heading(shown[first - 1]):
                first -= 1
            taken = _signature_end(shown, i + 1)
            yield lines[first][0], lines[taken - 1][1]
        elif any(sign in line for sign in _LEADER_SIGNS) and (_is_contents(line) or _left_to_fill_in(line)):
            yield lines[i]


def _head(line: str) -> Range | None:
    """Return where in ``line`` the name or the motto stands; prose speaks of the republic and of freedom, too."""
    if "NGHĨA" in line and (name := _NAME.search(line)):
        motto = _MOTTO.match(line, name.end() + 1)
        return name.start(), motto.end() if motto else name.end()
    if "húc" in line and (motto := _MOTTO.search(line)):
        before, behind = line[: motto.start()].strip(), line[motto.end() :]
        if (not before or before.isupper()) and not any(map(str.isalpha, behind)):
            return motto.span()
    return (0, len(line)) if _NAME.fullmatch(line.upper()) else None


def _head_lines(shown: Sequence[str], at: int) -> tuple[int, int]:
    """Return the lines of the head with name or motto in line ``at``: the first, and the one behind the last."""
    first, last = at, at + 1
    while first and at - first < _HEAD_LINES and _is_beside_head(shown[first - 1]):
        first -= 1
    while (
        last < len(shown)
        and last - at <= _HEAD_LINES
        and (_head(shown[last]) or _is_beside_head(shown[last]))
    ):
        last += 1
    return first, last


def _is_beside_head(line: str) -> bool:
    if len(line) > _LONG_LINE:
        return False
    return (
        not line
        or bool(_BESIDE_HEAD.match(line))
        or not any(map(str.isalpha, line))
        or (line.isupper() and bool(_AGENCY.match(line)))
    )


def _run(shown: Sequence[str], at: int, belongs: Callable[[str], object]) -> int:
    """Return the line behind those from ``at`` on that belong."""
    while at < len(shown) and (not shown[at] or belongs(shown[at])):
        at += 1
    return at


def _signature_end(shown: Sequence[str], at: int) -> int:
    """Return the line behind titles, names and stamps of who signs, from ``at`` on."""
    return _run(
        shown,
        at,
        lambda line: _SIGNED_FOR.match(line) or _SIGNED.match(line) or _is_heading(line) or _is_name(line),
    )


def _is_heading(line: str) -> bool:
    """Tell whether a line is in capitals and short: the title of who signs."""
    return len(line) <= 60 and line.isupper()


def _is_name(line: str) -> bool:
    """Tell whether a line is the name of a person, or what a stamp says of a signature."""
    words = line.split()
    return 1 < len(words) <= 6 and all(word[0].isupper() and word.isalpha() for word in words)


def _is_contents(line: str) -> bool:
    """Tell whether a line is an entry of a table of contents: its number of a page stands behind a leader."""
    return line.rstrip("0123456789 ")[-4:] in _LEADER_SIGNS


def _left_to_fill_in(line: str) -> bool:
    """Tell whether the better part of a line is room to write."""
    return sum(last - first for first, last in leaders(line)) * 2 > len(line)


def leaders(text: str, start: int = 0, end: int | None = None) -> list[Range]:
    """Return the leaders of ``text[start:end]``: dots and lines that hold no word."""
    return [found.span() for found in _LEADER.finditer(text, start, len(text) if end is None else end)]


def _united(found: list[Range]) -> list[Range]:
    united: list[Range] = []
    for first, last in sorted(found):
        if united and first <= united[-1][1]:
            united[-1] = united[-1][0], max(last, united[-1][1])
        else:
            united.append((first, last))
    return united
