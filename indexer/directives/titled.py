"""Titles that are the name of a document: ``Nghị định số 291/2026/NĐ-CP của Chính phủ sửa đổi …``.

Titles of news mention documents, too. After the number, a name continues with date and issuer, then with subject or action
("về", "quy định", "sửa đổi"; 2,050 of 2,058 titles in the gazette), or ends.
"""

from __future__ import annotations

import re

from indexer.directives.citations.numbered import find_numbered
from indexer.directives.codes import TYPES, WORDS, is_assembly
from indexer.directives.number import DocumentNumber, parse_number

_LONGEST = 1_200
"""Maximum length in characters; the longest title in the gazette has 1,100."""
_TYPE = "|".join(sorted(map(re.escape, (*WORDS, "Sao lục")), key=len, reverse=True))
_CODES = "|".join(sorted((re.escape(code) for code in TYPES if len(code) > 1), key=len, reverse=True))
_BEFORE = re.compile(
    rf"\W*(?:toàn văn\s*:?\s*)?(?:(?:(?i:{_TYPE})|{_CODES})\s*(?:luật\s*)?)?(?:\(?\s*số\s*:?\s*)?",
    re.IGNORECASE,
)
_LAW = re.compile(
    r"\W*(?:bộ luật|luật|pháp lệnh)\s[^.:;?!/\d]{2,120}(?:\d{4})?[,\s]*\(?\s*(?:luật\s)?(?:số\s*:?\s*)?",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"sửa đổi|bổ sung|thay thế|bãi bỏ|hướng dẫn|thi hành|quy định chi tiết|theo|nghị định|thông tư|nghị quyết|quyết định",
    re.IGNORECASE,
)
_DAY = r"ngày\s\d{1,2}(?:\s?[/.-]\s?\d{1,2}\s?[/.-]\s?|\stháng\s\d{1,2}\snăm\s)\d{4}"
_DETAILS = re.compile(
    rf"(?:\s*[,)]?\s*năm\s\d{{4}})?(?:\s*[,(]?\s*(?:ban hành\s|ký\s)?{_DAY}\)?)?", re.IGNORECASE
)
_OF_ISSUER = re.compile(r"\s*,?\s*của\s(?P<words>[^.;?!\d]{2,100})", re.IGNORECASE)
_NO_ISSUER = re.compile(
    r"\b(?:giúp|được|đã|sẽ|vừa|khi|mở|tạo|làm|là|gồm|có|không|bị|cần|đi vào|khiến|đang)\b", re.IGNORECASE
)
_VERBS = (
    "về, v/v, quy định, quy đinh, hướng dẫn, sửa đổi, bổ sung, ban hành, hợp nhất, phê duyệt, phê chuẩn, bãi bỏ, "
    "hủy bỏ, huỷ bỏ, thay thế, thành lập, điều chỉnh, công bố, công nhận, giao, bổ nhiệm, miễn nhiệm, thực hiện, "
    "triển khai, tổ chức, tăng cường, đẩy mạnh, thí điểm, kéo dài, gia hạn, đính chính, cho phép, chấm dứt, thu hồi, "
    "kiện toàn, phân công, phân cấp, ủy quyền, uỷ quyền, khen thưởng, tặng, xử phạt, xử lý, phòng, bảo đảm, đảm bảo, "
    "nâng cao, quản lý, phát triển, quy chế, điều lệ, chương trình, chính sách, chế độ, luật, bộ luật, pháp lệnh, "
    "một số, bầu, cử, thông báo, kết luận, phiên họp, yêu cầu, tháo gỡ, hỗ trợ, xây dựng, kế hoạch, đề án, danh mục, "
    "phân bổ, tiếp tục, hoạt động, sử dụng, phối hợp, kiểm tra, thanh tra, giám sát, rà soát, chấn chỉnh, thỏa thuận, "
    "thoả thuận, hiệp định, nghị định thư, quy hoạch, phạm vi, chuyển, nghị quyết, "
    "cơ sở dữ liệu, tiêu chuẩn, quy chuẩn, quy trình, định mức, khung, lệ phí, điều kiện, trình tự, thủ tục, chức năng, "
    "lộ trình, biểu, mẫu, hệ thống, ửa đổi"
)
_GOES_ON = re.compile(rf"\W*(?:$|(?:{_VERBS.replace(', ', '|')})(?!\w))", re.IGNORECASE)
_OF_LAW = re.compile(r"\W*(?:(?:bộ luật|luật|pháp lệnh) số\b|(?:BỘ LUẬT|LUẬT|PHÁP LỆNH)\s*$)", re.IGNORECASE)
_BLANK_BEHIND_HYPHEN = re.compile(r"((?<=/)[A-ZĐƯ]{2,8})- (?=[A-ZĐƯ]{2,15}\b)")
_CORRECTION = re.compile(r"\W*đính chính\b", re.IGNORECASE)
_SAYS = re.compile(
    rf"\W*(?:{_NO_ISSUER.pattern}|(?:quốc hội|chính thức|còn|hết|nêu|cho|thay|với|tăng|giảm|siết|ra|từ|sau|trước|do)\b)"
    r"|\s*[:–-]",
    re.IGNORECASE,
)
"""Words with which news continue after the number of a law that they mention."""
_NEWS = re.compile(
    r"[?!]|hiệu lực (?:thi hành )?(?:kể )?từ|điểm mới|điểm đáng|những gì|thế nào|ra sao|tọa đàm|toạ đàm|đối thoại|góp ý|lấy ý kiến",
    re.IGNORECASE,
)


def titled_number(title: str) -> DocumentNumber | None:
    """Return the number of the document that NFC ``title`` names, None if it only mentions one."""
    if len(title) > _LONGEST or _NEWS.search(title):
        return None
    title = _BLANK_BEHIND_HYPHEN.sub(r"\1-", title.replace("\u00ad", ""))  # of a hyphenated page
    for cited in find_numbered(title):
        before, number = title[: cited.start], parse_number(cited.text)
        if number is None or not (_BEFORE.fullmatch(before) or _is_law(before, number)):
            return None
        behind = title[cited.end :]
        return number if _is_named(behind) or _names_other(before, behind) else None
    return None


def _names_other(before: str, behind: str) -> bool:
    """Return whether the words after a number can only be the subject of the document itself: the name of a law, a corrected text."""
    if _CORRECTION.match(before):
        return True
    return _OF_LAW.match(before) is not None and _SAYS.match(behind) is None


def _is_law(before: str, number: DocumentNumber) -> bool:
    """Return whether ``before`` is the name of a law, without words for what one law does to another."""
    return (
        number.issuer is not None
        and is_assembly(number.issuer)
        and _LAW.fullmatch(before) is not None
        and _OTHERS.search(before) is None
    )


def _is_named(behind: str) -> bool:
    """Return whether the text after a number continues like the name of a document."""
    details = _DETAILS.match(behind)
    start = details.end() if details else 0
    if _GOES_ON.match(behind, start):
        return True
    issuer = _OF_ISSUER.match(behind, start)
    if issuer is None:
        return False
    # An issuer extends up to the words that continue the name.
    for edge in re.finditer(r"(?=[\s,:(–-])|$", behind[: issuer.end()]):
        if edge.start() > issuer.start("words") and _GOES_ON.match(behind, edge.start()):
            return _NO_ISSUER.search(behind, issuer.start("words"), edge.start()) is None
    return False
