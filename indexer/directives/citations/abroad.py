"""Laws and constitutions of other countries, which are not citations of Vietnamese documents."""

from __future__ import annotations

import re

_ABROAD = re.compile(
    r" (?:của |ở |tại |năm \d{4} của )?(?:(?:nước|quốc gia|vùng lãnh thổ) (?:này|đó|ấy)(?!\w)"
    r"|(?:nước )?(?:Mỹ|Hoa Kỳ|Trung Quốc|Nhật|Hàn Quốc|Triều Tiên|Anh\b|Pháp(?! lệnh)\b|Đức|Nga\b"
    r"|Liên bang Nga|Úc|Australia|Thái Lan|Lào|Campuchia|Singapore|Indonesia|Malaysia|Philippines|Đài Loan|EU\b|châu Âu|quốc tế"
    r"|Liên [Hh]ợp [Qq]uốc|Ấn Độ|Canada|Thụy Sĩ|Israel|Ukraine|bang |Thổ Nhĩ Kỳ|Venezuela"
    r"|Brazil|Italia|Ý\b|Tây Ban Nha|Hy Lạp|Ba Lan|Ai Cập|Iran\b|Iraq|Syria|Cuba|Myanmar|Hungary|Romania))"
)
_OF_OTHERS = re.compile(
    r"(?<!\w)(?:[Tt]ổng thống|(?:[Tt]hượng|[Hh]ạ) (?:viện|nghị sĩ)|Quốc vương|Nhật hoàng|Nhà vua|Thổ Nhĩ Kỳ)"
)
"""Offices that do not exist in Việt Nam: a constitution mentioned near them, without a year, is that of another country."""
_COUNTRIES = re.compile(
    r"(?<!\w)(?:nước Mỹ|(?:của|ở|tại) Mỹ|Hoa Kỳ|Donald Trump|ông Trump|Venezuela|Hàn Quốc|Nhật Bản|Thái Lan|Philippines|Ukraine"
    r"|Thổ Nhĩ Kỳ|Campuchia|Myanmar|Malaysia|Indonesia|Brazil|Ai Cập|Tunisia|Ba Lan|Hungary|Catalonia|Tây Ban Nha)(?!\w)"
)
_HERE = re.compile(r"Việt Nam|CHXHCN|nước ta|chúng ta|Đảng")
_NEAR = 160
"""Number of characters on either side of a constitution in which to look for them."""
_COURT = re.compile(
    r"(?<!\w)(?:cơ quan bảo vệ|tòa|toà|tòa án|toà án|hội đồng|(?<!thảo )(?:ủy|uỷ) ban|ngày|bộ tư pháp và)\s+$",
    re.IGNORECASE,
)
"""Constitutional courts, which other countries have."""


def is_law_abroad(text: str, end: int) -> bool:
    """Return whether the words after ``end`` show that the law whose name ends there is that of another country."""
    return _ABROAD.match(text, end) is not None


def is_constitution_abroad(text: str, at: int) -> bool:
    """Return whether the constitution mentioned right before ``at`` is that of another country."""
    low, high = max(0, at - _NEAR), min(len(text), at + _NEAR)
    if _OF_OTHERS.search(text, low, high) or _COURT.search(text, max(0, at - 40), at - len("Hiến pháp")):
        return True
    return _COUNTRIES.search(text, low, high) is not None and not _HERE.search(text, low, high)
