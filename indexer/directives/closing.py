"""The signer of a document, read from its closing lines: an office in capitals with a name below it.

Decree 30/2020/NĐ-CP, appendix I: "TM. CHÍNH PHỦ / KT. THỦ TƯỚNG / PHÓ THỦ TƯỚNG / name". Annexes and forms follow, so the lines
may be anywhere. If they contain several names, as in joint circulars, no signer is returned.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.vietnamese.letters import CAPITALS

SURNAMES = (
    "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Trương Đoàn Lâm Mai Đào Tô Tạ Hà Cao Trịnh Lương"
    " Phùng Thái Tống Châu Quách Vương Nông Triệu Chu Kiều Lại Nghiêm Giàng Vừ Hầu Bàn Ma Lò Cầm Điểu Thạch Khuất Ninh Doãn Đàm"
    " Lưu Khương Kim Lỗ Mùa Sùng Lầu Vàng Hạng Tráng Chảo Phàn Tẩn Lèng Vì Bế Tòng Cà Lã Nhữ Quản Uông Nghê Thàng Ksor Siu Nay"
    " Thân Tăng Từ La Mạc Viên Bạch Cù Hứa Lục Nhâm Phí Sầm Tiêu Vi Đậu Đồng Đường Thào Lù Quàng Lường Hoàn Âu Ung Văn"
).split()
PLACES_LIKE_NAMES = (
    "Hà Nội|Hà Nam|Hà Giang|Hà Tĩnh|Hà Đông|Thái Bình|Thái Nguyên|Lâm Đồng|Lai Châu|Cao Bằng|Mai Châu"
)
"""Places that begin like names of people."""
_WORD = rf"[{CAPITALS}][^\W\d_A-ZĐ]{{0,6}}"
_RANK = r"(?:(?:GS|PGS|TS|ThS|BS|Đại tướng|(?:Thượng|Trung|Thiếu) tướng|(?:Đại|Thượng|Trung|Thiếu) tá)[. ]*)*"
_NAME = (
    rf"{_RANK}(?P<name>(?!(?i:{PLACES_LIKE_NAMES})\b)(?:(?:{'|'.join(SURNAMES)})(?:[ ]{_WORD}){{1,4}}"
    rf"|(?:{'|'.join(map(str.upper, SURNAMES))})(?:[ ][{CAPITALS}]{{1,7}}){{1,4}}))"
)
_OFFICE = (
    r"(?:PHÓ |QUYỀN )?(?:CHỦ T[ỊI]CH|BỘ TRƯỞNG|THỨ TRƯỞNG|THỦ TƯỚNG|CHÁNH ÁN|VIỆN TRƯỞNG|TỔNG KIỂM TOÁN|THỐNG ĐỐC|TỔNG GIÁM ĐỐC"
    r"|GIÁM ĐỐC|TỔNG CỤC TRƯỞNG|CỤC TRƯỞNG|VỤ TRƯỞNG|CHI CỤC TRƯỞNG|TỔNG BÍ THƯ|BÍ THƯ|HIỆU TRƯỞNG|TRƯỞNG BAN|CHÁNH VĂN PHÒNG"
    r"|TRƯỞNG PHÒNG|CHỦ NHIỆM)"
)
"""OCR loses the dot of "TỊCH" in bold capitals."""
_CAPITAL_WORDS = rf"[{CAPITALS}][{CAPITALS} ,.-]{{0,80}}"
_STAMP = r"(?:Cơ quan|Thời gian ký|Ký bởi|Ký ngày|Email)\s?:[^\n]{0,80}"
_FILL = rf"[ ]?(?:\n|\t|\||[ ]{{2}})(?:\s|\(?(?:[Đđ]ã k[ýí]|ĐÃ KÝ)\)?|\[[^\]\n]{{0,60}}\]|{_STAMP}){{0,60}}?"
"""Text between an office and a name: space for the signature, or words for one."""
_SIGNED = re.compile(
    rf"(?:^|[\t|]|\s{{2}})[ \t|]*(?:(?:TM|T/M|KT|K/T|TL|T/L|TUQ|Q)\.\s?{_CAPITAL_WORDS}\s+){{0,3}}?(?:(?:KT|K/T|TL|T/L|TUQ|Q)\.\s?)?"
    rf"(?P<office>{_OFFICE}(?:[ ][{CAPITALS}][{CAPITALS} ,-]{{0,60}})?){_FILL}{_NAME}[ \t|]*(?=\n|\Z)",
    re.MULTILINE,
)
_ONE_OFFICE = re.compile(_OFFICE)
_FOR = re.compile(r"(?:KT|K/T|TL|T/L|TUQ|Q)\.\s*$")
_AT_THE_END = re.compile(rf"\n[ \t]*{_NAME}\s*\((?:[Đđ]ã k[ýí])\)\s*\Z")
"""Old laws have only a name, and state that the original is signed."""


@dataclass(frozen=True, slots=True)
class Signer:
    """The signer; ``office`` is as written, empty if not stated."""

    name: str
    office: str = ""


def read_signer(text: str) -> Signer | None:
    """Return the signer of the document in NFC ``text``; None if there is none, or several."""
    found = [Signer(written(match["name"]), _office(text, match)) for match in _SIGNED.finditer(text)]
    if not found and (last := _AT_THE_END.search(text, max(0, len(text) - 200))):
        found = [Signer(written(last["name"]))]
    return found[0] if len({one.name for one in found}) == 1 else None


def _office(text: str, match: re.Match[str]) -> str:
    """Return the office right above the name; empty if it is the office on whose behalf the signer acts."""
    lines = text[match.start() : match.end("office")]
    *_, last = _ONE_OFFICE.finditer(lines)
    before = text[max(0, match.start() - 8) : match.start() + last.start()]
    office = " ".join(lines[last.start() :].split())
    return "" if _FOR.search(before) else office.replace("TICH", "TỊCH")


def written(name: str) -> str:
    """Return a name in capitals in its usual spelling."""
    return name.title() if name.isupper() else name
