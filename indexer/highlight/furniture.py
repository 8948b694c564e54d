"""Pure: finds the furniture of Vietnamese documents, which says nothing about their subject.

It comprises the national name and motto with agency, number and place beside them, the list of recipients ("Nơi nhận:"),
signatures, dot leaders and rules, blanks to fill in, tables of contents, and page numbers. It stays in the index but is left
out of fragments. Decree 30/2020/NĐ-CP, appendix I, defines the parts of a document and their order.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from indexer.vietnamese.letters import CAPITALS

Range = tuple[int, int]
"""Start and end of a stretch."""

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
"""Without one of these signs, or a line that begins like this, a text has no furniture except page numbers. Checked first,
since most texts have none."""
_BLOCK = 1000
"""Number of characters to look back: recipients and signatures extend over many lines."""
_LONG_LINE = 240
"""In longer lines, such as a document without line breaks, only the signs themselves are furniture; in characters."""
_HEAD_LINES = 4
"""Number of lines around name and motto that may belong to the letterhead: agency, number, place and date."""

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
    """Return the furniture of ``text`` that touches ``text[start:end]``, in order and without overlaps.

    If there is none, this costs only a search for a few signs.
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
    """Tell whether there may be furniture; loops are written out, because every fragment needs this."""
    for sign in _SIGNS:
        if sign in text:
            return True
    for line in text.split("\n"):  # noqa: SIM110
        if line.startswith(_BEGINNINGS):
            return True
    return False


def _page_numbers(text: str) -> Iterator[Range]:
    """The first and the last line, if they are numbers: pages are numbered there."""
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
    """Return the position of name or motto in ``line``; prose mentions the republic and freedom, too."""
    if "NGHĨA" in line and (name := _NAME.search(line)):
        motto = _MOTTO.match(line, name.end() + 1)
        return name.start(), motto.end() if motto else name.end()
    if "húc" in line and (motto := _MOTTO.search(line)):
        before, behind = line[: motto.start()].strip(), line[motto.end() :]
        if (not before or before.isupper()) and not any(map(str.isalpha, behind)):
            return motto.span()
    return (0, len(line)) if _NAME.fullmatch(line.upper()) else None


def _head_lines(shown: Sequence[str], at: int) -> tuple[int, int]:
    """Return the letterhead around name or motto in line ``at``: its first line, and the line after its last."""
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
    """Return the line after a run of matching lines that starts at ``at``."""
    while at < len(shown) and (not shown[at] or belongs(shown[at])):
        at += 1
    return at


def _signature_end(shown: Sequence[str], at: int) -> int:
    """Return the line after the titles, names and stamps of signers that start at ``at``."""
    return _run(
        shown,
        at,
        lambda line: _SIGNED_FOR.match(line) or _SIGNED.match(line) or _is_heading(line) or _is_name(line),
    )


def _is_heading(line: str) -> bool:
    """Tell whether a line is short and in capitals, like the title of a signer."""
    return len(line) <= 60 and line.isupper()


def _is_name(line: str) -> bool:
    """Tell whether a line is the name of a person, or the text of a signature stamp."""
    words = line.split()
    return 1 < len(words) <= 6 and all(word[0].isupper() and word.isalpha() for word in words)


def _is_contents(line: str) -> bool:
    """Tell whether a line is an entry of a table of contents: its page number follows a leader."""
    return line.rstrip("0123456789 ")[-4:] in _LEADER_SIGNS


def _left_to_fill_in(line: str) -> bool:
    """Tell whether most of a line is space to fill in."""
    return sum(last - first for first, last in leaders(line)) * 2 > len(line)


def leaders(text: str, start: int = 0, end: int | None = None) -> list[Range]:
    """Return the leaders in ``text[start:end]``: dots and rules without words."""
    return [found.span() for found in _LEADER.finditer(text, start, len(text) if end is None else end)]


def _united(found: list[Range]) -> list[Range]:
    united: list[Range] = []
    for first, last in sorted(found):
        if united and first <= united[-1][1]:
            united[-1] = united[-1][0], max(last, united[-1][1])
        else:
            united.append((first, last))
    return united
