"""The end of the last article of a document; nothing below it belongs to an article."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.provisions.lines import Line

_CLOSES = re.compile(
    r"(?:Nơi nhận|NƠI NHẬN|TM\.|T/M|KT\.|TL\.|TUQ\.|PHỤ LỤC|Phụ lục (?:số )?(?:\d|[IVX]+\b)|Mẫu số|MẪU SỐ|Biểu mẫu|[-_*=]{5,}"
    r"|(?:PHÓ )?(?:CHỦ TỊCH|BỘ TRƯỞNG|THỨ TRƯỞNG|THỦ TƯỚNG|(?:TỔNG )?GIÁM ĐỐC|CHÁNH ÁN|VIỆN TRƯỞNG|CHỦ NHIỆM|BÍ THƯ|HIỆU TRƯỞNG)"
    r"(?:\s|$)"
    r"|(?:Luật|Bộ luật|Pháp lệnh|Nghị quyết|Hiến pháp) này (?:đã )?(?:được )?(?:Quốc hội|Ủy ban|Uỷ ban|Hội đồng))"
)
"""Decree 30/2020/NĐ-CP, appendix I: recipients, signers, and annexes after both."""


def end_of_document(text: str, lines: Sequence[Line], first: int, last: int) -> int:
    """Return the end of the last article, whose heading is line ``first``; ``last`` is the line after the document.

    Statements of adoption, signatures and annexes are not part of it.
    """
    for line in lines[first + 1 : last]:
        if not line.quoted and _CLOSES.match(line.text):
            return line.start
    return lines[last].start if last < len(lines) else len(text)
