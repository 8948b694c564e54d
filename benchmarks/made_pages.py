"""Generated pages with known content: first pages with a signature, ruled tables, two columns."""

from __future__ import annotations

import random
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

_FONTS = Path("/usr/share/fonts/truetype/dejavu")
_STYLES = {"": "", "B": "-Bold", "I": "-Italic"}
_POINTS = 72
_SHRUNK = 0.88
"""The font is wider than those of most documents."""
_A4 = (595, 842)
_LEFT, _RIGHT, _TOP = 72, 545, 60
_PLACES = ("Lam Giang", "Bến Nguyệt", "Đông Mây", "Lương Khê", "Thượng Ngàn", "Cẩm Trúc")
_TYPES = (
    ("QUYẾT ĐỊNH", "QĐ"), ("KẾ HOẠCH", "KH"), ("THÔNG BÁO", "TB"), ("BÁO CÁO", "BC"), ("TỜ TRÌNH", "TTr"), ("CHỈ THỊ", "CT"),
)  # fmt: skip
_SURNAMES, _MIDDLE = (
    ("Nguyễn", "Trần", "Lê", "Phạm", "Đặng", "Bùi", "Hồ", "Vũ"),
    ("Văn", "Thị", "Minh", "Quốc", "Hữu"),
)
_GIVEN = ("Bình", "Hạnh", "Dũng", "Thảo", "Khánh", "Lý", "Oanh", "Tường", "Phước", "Yến")
_SUBJECTS = (
    "Về việc phê duyệt danh mục dịch vụ công trực tuyến toàn trình",
    "Về công tác phòng, chống thiên tai và tìm kiếm cứu nạn",
    "Về việc hỗ trợ kinh phí sửa chữa trường học sau mưa lũ",
    "Về việc kiện toàn Ban Chỉ đạo chuyển đổi số",
    "Về kết quả giải quyết thủ tục hành chính quý III",
)
SENTENCES = (
    "Căn cứ Luật Tổ chức chính quyền địa phương; theo đề nghị của Giám đốc Sở Nội vụ.",
    "Các phòng, ban chuyên môn phối hợp với Uỷ ban nhân dân các phường, xã tổ chức thực hiện, báo cáo kết quả trước ngày 25.",
    "Kinh phí được bố trí từ ngân sách thành phố và các nguồn huy động hợp pháp khác theo quy định về ngân sách nhà nước.",
    "Người dân nộp hồ sơ trên Cổng dịch vụ công hoặc tại bộ phận một cửa, được hướng dẫn kê khai và hẹn ngày trả kết quả.",
    "Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, các đơn vị phản ánh bằng văn bản để được xem xét, quyết định.",
    "Thủ trưởng cơ quan, đơn vị chịu trách nhiệm về tính chính xác của số liệu và tiến độ của nhiệm vụ được giao.",
    "Việc sửa chữa đường, cầu, kè và hệ thống thoát nước phải hoàn thành trước mùa mưa bão, bảo đảm an toàn cho người đi lại.",
    "Trạm y tế rà soát trẻ em chưa tiêm đủ mũi vắc xin, lập danh sách theo thôn, tổ dân phố và gửi giấy mời đến từng gia đình.",
)
_UNITS = (
    "Sở Nội vụ",
    "Sở Tài chính",
    "Phòng Tư pháp",
    "Công an thành phố",
    "Trạm Y tế phường",
    "Văn phòng HĐND và UBND",
)


@dataclass(frozen=True, slots=True)
class MadePage:
    """A page in colour, its text, and the content of its head and signature, if any."""

    picture: Image.Image
    text: str
    number: str = ""
    day: date | None = None
    signer: str = ""
    stamp: tuple[int, int, int] | None = None
    """Centre and radius in pixels of the place for the stamp: over the signature, left of the middle of the name."""


def has_fonts() -> bool:
    """Tell whether the font is installed (Debian, Ubuntu: fonts-dejavu)."""
    return _font("").is_file()


def _font(style: str) -> Path:
    return _FONTS / f"DejaVuSerifCondensed{_STYLES[style]}.ttf"


@dataclass(slots=True)
class _Sheet:
    """A page to write on, measured in points."""

    dpi: int
    picture: Image.Image = field(init=False)
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.picture = Image.new("RGB", self.point(*_A4), "white")

    def point(self, x: float, y: float) -> tuple[int, int]:
        return round(x * self.dpi / _POINTS), round(y * self.dpi / _POINTS)

    def pixels(self, *points: float) -> tuple[int, ...]:
        return tuple(round(one * self.dpi / _POINTS) for one in points)

    def write(
        self,
        x: float,
        y: float,
        text: str,
        points: float = 13,
        style: str = "",
        anchor: str = "ls",
        colour: str = "black",
    ) -> None:
        font = ImageFont.truetype(_font(style), _SHRUNK * points * self.dpi / _POINTS)
        ImageDraw.Draw(self.picture).text(self.point(x, y), text, colour, font, anchor)
        self.said.append(text)

    def line(self, *points: float, width: float = 0.7) -> None:
        ImageDraw.Draw(self.picture).line(
            self.pixels(*points), "black", max(1, round(width * self.dpi / _POINTS))
        )

    def paragraph(self, x: float, y: float, text: str, columns: int, points: float = 13) -> float:
        """Write ``text`` in lines of the given length; return the position of the next line."""
        for row in textwrap.wrap(text, columns):
            self.write(x, y, row, points)
            y += points * 1.3
        return y


def letter(chance: random.Random, dpi: int) -> MadePage:
    """Return a one-page document: head, some sentences, recipients and signer; its number is handwritten or typed."""
    sheet, place = _Sheet(dpi), chance.choice(_PLACES)
    (name, code), day = (
        chance.choice(_TYPES),
        date(chance.randint(2009, 2026), chance.randint(1, 12), chance.randint(1, 28)),
    )
    issuer, short = chance.choice(
        (("UỶ BAN NHÂN DÂN", "UBND"), ("HỘI ĐỒNG NHÂN DÂN", "HĐND"), ("SỞ XÂY DỰNG", "SXD"), ("SỞ Y TẾ", "SYT"))
    )  # fmt: skip
    number = f"{chance.randint(1, 9999):02}/{code}-{short}"
    above, below = (
        (f"UBND TỈNH {place.upper()}", issuer)
        if issuer.startswith("SỞ")
        else (issuer, f"THÀNH PHỐ {place.upper()}")
    )
    sheet.write(165, _TOP, above, 12, "" if issuer.startswith("SỞ") else "B", "ms")
    sheet.write(165, _TOP + 16, below, 12, "B", "ms")
    sheet.line(130, _TOP + 21, 200, _TOP + 21)
    sheet.write(410, _TOP, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, "B", "ms")
    sheet.write(410, _TOP + 16, "Độc lập - Tự do - Hạnh phúc", 13, "B", "ms")
    sheet.line(332, _TOP + 21, 488, _TOP + 21)
    row = _TOP + 42 + chance.choice((0, 0, 2))
    figures, codes = number.split("/")
    if chance.random() < 0.5:
        sheet.write(100, row, f"Số: {number}", 13)
    else:  # stamped into the room that was left
        sheet.write(100, row, "Số:", 13)
        sheet.write(124, row - chance.choice((-1, 0, 2)), figures, 15, "", "ls", "#1a2a80")
        sheet.write(124 + 8.6 * len(figures), row, f"/{codes}", 13)
        sheet.said[-3:] = [f"Số: {number}"]
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    told = f"{place}, ngày {day.day:02} tháng {month} năm {day.year}"
    sheet.write(
        410,
        row,
        told,
        13,
        "I",
        "ms",
    )
    sheet.write(308, row + 36, name, 14, "B", "ms")
    sheet.write(308, row + 54, chance.choice(_SUBJECTS), 14, "B", "ms")
    y = row + 90.0
    for sentence in chance.sample(SENTENCES, 5):
        y = sheet.paragraph(_LEFT + 20, y, sentence, 78) + 6
    y += 20
    signer = " ".join(map(chance.choice, (_SURNAMES, _MIDDLE, _GIVEN)))
    office = ("GIÁM ĐỐC", "PHÓ GIÁM ĐỐC") if issuer.startswith("SỞ") else ("CHỦ TỊCH", "PHÓ CHỦ TỊCH")
    deputy = chance.random() < 0.6
    titles = [] if issuer.startswith("SỞ") else [f"TM. {issuer}"]
    titles += [f"KT. {office[0]}", office[1]] if deputy else [office[0]]
    sheet.write(_LEFT, y, "Nơi nhận:", 12, "I")
    for i, recipient in enumerate(("- Như trên;", "- Các sở, ban, ngành;", f"- UBND {place};", "- Lưu: VT.")):
        sheet.write(_LEFT, y + 14 * (i + 1), recipient, 11)
    for i, title in enumerate(titles):
        sheet.write(430, y + 16 * i, title, 13, "B", "ms")
    bottom = y + 16 * len(titles) + 70
    sheet.write(430, bottom, signer, 13, "B", "ms")
    x, middle, radius = sheet.pixels(385, bottom - 42, 50)
    return MadePage(sheet.picture, "\n".join(sheet.said), number, day, signer, (x, middle, radius))


def ruled_table(chance: random.Random, dpi: int) -> MadePage:
    """Return a page with a table whose cells have rules around them."""
    sheet = _Sheet(dpi)
    sheet.write(308, _TOP, "PHỤ LỤC: PHÂN CÔNG NHIỆM VỤ", 13, "B", "ms")
    edges, y = (_LEFT, 100, 330, 450, _RIGHT), _TOP + 20.0
    rows: list[Sequence[str]] = [("TT", "Nội dung", "Đơn vị chủ trì", "Thời hạn")]
    for i in range(1, 13):
        day = f"{chance.randint(1, 28):02}/{chance.randint(1, 12):02}/2024"
        rows.append((str(i), chance.choice(SENTENCES), chance.choice(_UNITS), day))
    sheet.line(edges[0], y, edges[-1], y)
    for n, cells in enumerate(rows):
        ends = []
        for cell, left, columns in zip(cells, edges, (4, 44, 21, 16), strict=False):
            ends.append(sheet.paragraph(left + 4, y + 13, cell, columns, 11))
        bottom = max(ends) - 6
        for edge in edges:
            sheet.line(edge, y, edge, bottom)
        sheet.line(edges[0], bottom, edges[-1], bottom, width=1.2 if n == 0 else 0.7)
        y = bottom
    return MadePage(sheet.picture, "\n".join(sheet.said))


def two_columns(chance: random.Random, dpi: int) -> MadePage:
    """Return a page of a gazette: two columns, no rule between."""
    sheet = _Sheet(dpi)
    sheet.write(308, _TOP, "CÔNG BÁO THÀNH PHỐ LAM GIANG", 13, "B", "ms")
    for x in (_LEFT - 10, 318):
        y = _TOP + 30.0
        while y < 740:
            y = sheet.paragraph(x, y, chance.choice(SENTENCES), 45, 11) + 4
    return MadePage(sheet.picture, "\n".join(sheet.said))
