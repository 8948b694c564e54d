"""The codes of document numbers: document types and issuers, with their Vietnamese names.

Types: the appendix of Nghị định 30/2020/NĐ-CP, the Party's own, and those counted in the gazette.
Left out on purpose are type codes that mean a department far more often (PC, PB, PG, TC): in a
file name ``2158-QĐ-BNN-PC`` the last known type code is taken for the type.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from indexer.vietnamese.letters import fold

CODE = "[A-ZĐƯÂĂÊÔƠ][A-ZĐƯÂĂÊÔƠ0-9&.]{0,23}"
"""Pattern of one code in cleaned text; the longest in the gazette has 13 letters."""

LETTER = "CV"
"""The type of a công văn: written ``409/UBND-KT``, with no type code, and seldom ``425/CV-BCĐ``."""

TYPES: Mapping[str, str] = {
    "BB": "Biên bản", "BC": "Báo cáo", "BGN": "Bản ghi nhớ", "CĐ": "Công điện", "CL": "Chiến lược",
    "CT": "Chỉ thị", "CTr": "Chương trình", "CTLT": "Chương trình liên tịch", LETTER: "Công văn",
    "DA": "Dự án", "ĐA": "Đề án", "ĐC": "Đính chính", "GCN": "Giấy chứng nhận", "GM": "Giấy mời",
    "GP": "Giấy phép", "GPXD": "Giấy phép xây dựng", "GUQ": "Giấy ủy quyền", "HD": "Hướng dẫn",
    "HDLT": "Hướng dẫn liên tịch", "HĐ": "Hợp đồng", "KH": "Kế hoạch", "KHLT": "Kế hoạch liên tịch",
    "KL": "Kết luận", "L": "Lệnh", "LCT": "Luật", "NĐ": "Nghị định", "NQ": "Nghị quyết",
    "NQLT": "Nghị quyết liên tịch", "PA": "Phương án", "PL": "Pháp lệnh", "QC": "Quy chế",
    "QCPH": "Quy chế phối hợp", "QĐ": "Quyết định", "QĐNS": "Quyết định", "QyĐ": "Quy định",
    "SL": "Sắc lệnh", "TB": "Thông báo", "TT": "Thông tư", "TTLT": "Thông tư liên tịch",
    "TTr": "Tờ trình", "VBHN": "Văn bản hợp nhất",
}  # fmt: skip

WORDS = (*dict.fromkeys(TYPES.values()), "Bộ luật", "Luật", "Hiến pháp", "Bản án")
"""How texts name the type before a number."""

PARTY: Mapping[str, str] = {
    "TW": "Trung ương Đảng", "TU": "Tỉnh ủy, Thành ủy", "HU": "Huyện ủy", "QU": "Quận ủy", "ĐU": "Đảng ủy",
    "ĐUK": "Đảng ủy Khối", "QUTW": "Quân ủy Trung ương", "UBKTTW": "Ủy ban Kiểm tra Trung ương",
    "BTCTW": "Ban Tổ chức Trung ương", "BTGTW": "Ban Tuyên giáo Trung ương",
    "BTGDVTW": "Ban Tuyên giáo và Dân vận Trung ương", "BDVTW": "Ban Dân vận Trung ương",
    "BNCTW": "Ban Nội chính Trung ương", "VPTW": "Văn phòng Trung ương Đảng",
    "BTCTU": "Ban Tổ chức Tỉnh ủy, Thành ủy", "BTGTU": "Ban Tuyên giáo Tỉnh ủy, Thành ủy",
    "UBKTTU": "Ủy ban Kiểm tra Tỉnh ủy, Thành ủy", "VPTU": "Văn phòng Tỉnh ủy, Thành ủy",
    "BCSĐ": "Ban cán sự đảng", "BCS": "Ban cán sự đảng",
}  # fmt: skip
"""Issuers of the Party, whose numbers are written ``38-CT/TW``."""

ISSUERS: Mapping[str, str] = {
    **PARTY,
    "CP": "Chính phủ", "TTg": "Thủ tướng Chính phủ", "CTN": "Chủ tịch nước", "HĐBT": "Hội đồng Bộ trưởng",
    "QH": "Quốc hội", "UBTVQH": "Ủy ban Thường vụ Quốc hội", "HĐNN": "Hội đồng Nhà nước",
    "VPCP": "Văn phòng Chính phủ", "VPQH": "Văn phòng Quốc hội", "VPCTN": "Văn phòng Chủ tịch nước",
    "BCA": "Bộ Công an", "BCT": "Bộ Công Thương", "BDTTG": "Bộ Dân tộc và Tôn giáo",
    "BGDĐT": "Bộ Giáo dục và Đào tạo", "BGD&ĐT": "Bộ Giáo dục và Đào tạo", "BGTVT": "Bộ Giao thông vận tải",
    "BKH": "Bộ Kế hoạch và Đầu tư", "BKHĐT": "Bộ Kế hoạch và Đầu tư",
    "BKHCN": "Bộ Khoa học và Công nghệ", "BLĐTBXH": "Bộ Lao động - Thương binh và Xã hội",
    "BNG": "Bộ Ngoại giao", "LPQT": "Bộ Ngoại giao", "BNN": "Bộ Nông nghiệp và Phát triển nông thôn",
    "BNNPTNT": "Bộ Nông nghiệp và Phát triển nông thôn", "BNNMT": "Bộ Nông nghiệp và Môi trường",
    "BNV": "Bộ Nội vụ", "BQP": "Bộ Quốc phòng", "BTC": "Bộ Tài chính",
    "BTNMT": "Bộ Tài nguyên và Môi trường", "BTP": "Bộ Tư pháp", "BTTTT": "Bộ Thông tin và Truyền thông",
    "BVHTTDL": "Bộ Văn hóa, Thể thao và Du lịch", "BXD": "Bộ Xây dựng", "BYT": "Bộ Y tế",
    "NHNN": "Ngân hàng Nhà nước Việt Nam", "TTCP": "Thanh tra Chính phủ", "UBDT": "Ủy ban Dân tộc",
    "KTNN": "Kiểm toán nhà nước", "TANDTC": "Tòa án nhân dân tối cao",
    "HĐTP": "Hội đồng Thẩm phán Tòa án nhân dân tối cao", "VKSTC": "Viện kiểm sát nhân dân tối cao",
    "VKSNDTC": "Viện kiểm sát nhân dân tối cao", "HĐTVĐX": "Hội đồng Tư vấn đặc xá",
    "BHXH": "Bảo hiểm xã hội Việt Nam", "TCHQ": "Tổng cục Hải quan", "TCT": "Tổng cục Thuế",
    "KBNN": "Kho bạc Nhà nước", "UBTWMTTQVN": "Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam",
    "ĐCTUBTWMTTQVN": "Đoàn Chủ tịch Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam",
    "TLĐ": "Tổng Liên đoàn Lao động Việt Nam", "BCHTWĐTN": "Ban Chấp hành Trung ương Đoàn TNCS Hồ Chí Minh",
    "UBND": "Ủy ban nhân dân", "UB": "Ủy ban nhân dân", "HĐND": "Hội đồng nhân dân",
    "VPUBND": "Văn phòng Ủy ban nhân dân", "VPUB": "Văn phòng Ủy ban nhân dân",
    "SCT": "Sở Công Thương", "SDL": "Sở Du lịch", "SGDĐT": "Sở Giáo dục và Đào tạo",
    "SGD&ĐT": "Sở Giáo dục và Đào tạo", "SGTVT": "Sở Giao thông vận tải", "SKHĐT": "Sở Kế hoạch và Đầu tư",
    "SKHCN": "Sở Khoa học và Công nghệ", "SLĐTBXH": "Sở Lao động - Thương binh và Xã hội",
    "SNNMT": "Sở Nông nghiệp và Môi trường", "SNNPTNT": "Sở Nông nghiệp và Phát triển nông thôn",
    "SNV": "Sở Nội vụ", "STC": "Sở Tài chính", "STNMT": "Sở Tài nguyên và Môi trường", "STP": "Sở Tư pháp",
    "STTTT": "Sở Thông tin và Truyền thông", "SVHTT": "Sở Văn hóa và Thể thao",
    "SVHTTDL": "Sở Văn hóa, Thể thao và Du lịch", "SXD": "Sở Xây dựng", "SYT": "Sở Y tế",
    "PGDĐT": "Phòng Giáo dục và Đào tạo", "PGD&ĐT": "Phòng Giáo dục và Đào tạo",
}  # fmt: skip

_ASSEMBLY = re.compile(r"(QH|UBTVQH|HĐNN)K?(?:[0-9]{1,2}|[IVX]{1,5})?")
_STEERING = "BCĐ"


def _folded(codes: Iterable[str]) -> dict[str, str]:
    """Folded code -> code, without those that two codes share."""
    table: dict[str, str] = {}
    shared = set()
    for code in codes:
        if table.setdefault(fold(code), code) != code:
            shared.add(fold(code))
    return {folded: code for folded, code in table.items() if folded not in shared}


_TYPES_UPPER = {code.upper(): code for code in TYPES}
_TYPES_FOLDED = _folded(TYPES)
_ISSUERS_UPPER = {code.upper(): code for code in ISSUERS}
_ISSUERS_FOLDED = _folded(ISSUERS)


def type_code(code: str) -> str | None:
    """Return the type that upper-case ``code`` stands for: ``QD`` -> ``QĐ``, ``TTR`` -> ``TTr``.

    ``HD`` and ``DA`` are types of their own and stay as typed.
    """
    return _TYPES_UPPER.get(code) or _TYPES_FOLDED.get(fold(code))


def issuer_code(code: str) -> str | None:
    """Return the known issuer that upper-case ``code`` stands for: ``TTG`` -> ``TTg``, ``QH13`` as it is."""
    known = _ISSUERS_UPPER.get(code) or _ISSUERS_FOLDED.get(fold(code))
    if known or not (_ASSEMBLY.fullmatch(code) or code.startswith(_STEERING)):
        return known
    return code


def issuer_name(code: str) -> str | None:
    """Return the Vietnamese name of an issuer: ``QH13`` is ``Quốc hội``; None where unknown."""
    if code in ISSUERS:
        return ISSUERS[code]
    if assembly := _ASSEMBLY.fullmatch(code):
        return ISSUERS[assembly[1]]
    return "Ban Chỉ đạo" if code.startswith(_STEERING) else None


def is_assembly(code: str) -> bool:
    """Whether numbers of this issuer leave their type to the words before: ``91/2015/QH13``."""
    return _ASSEMBLY.fullmatch(code) is not None
