"""The codes in document numbers: document types and issuers, with their Vietnamese names.

The types come from the appendix of Nghị định 30/2020/NĐ-CP, from the Party's own rules, and from counts in the gazette. Codes
that mean a department far more often (PC, PB, PG, TC) are left out on purpose: in the file name ``2158-QĐ-BNN-PC``, the last
known type code is taken as the type.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from indexer.vietnamese.letters import fold

CODE = "[A-ZĐƯÂĂÊÔƠ][A-ZĐƯÂĂÊÔƠ0-9&.]{0,23}"
"""Pattern of a code in cleaned text; the longest in the gazette has 13 letters."""

LETTER = "CV"
"""The type of an official letter (công văn): written ``409/UBND-KT``, without a type code, and rarely ``425/CV-BCĐ``."""

TYPES: Mapping[str, str] = {
    "AL": "Án lệ", "BB": "Biên bản", "BC": "Báo cáo", "BCGS": "Báo cáo giám sát", "BCTĐ": "Báo cáo thẩm định",
    "BGN": "Bản ghi nhớ", "BTT": "Bản thỏa thuận", "CĐ": "Công điện", "CL": "Chiến lược", "CT": "Chỉ thị",
    "CTr": "Chương trình", "CTHĐ": "Chương trình hành động", "CTLT": "Chương trình liên tịch",
    "CTPH": "Chương trình phối hợp", LETTER: "Công văn", "DA": "Dự án", "ĐA": "Đề án", "ĐC": "Đính chính",
    "GCN": "Giấy chứng nhận", "GGT": "Giấy giới thiệu", "GM": "Giấy mời", "GNP": "Giấy nghỉ phép",
    "GP": "Giấy phép", "GPMT": "Giấy phép môi trường",
    "GPKD": "Giấy phép kinh doanh", "GPXD": "Giấy phép xây dựng", "GUQ": "Giấy ủy quyền",
    "GXN": "Giấy xác nhận", "HD": "Hướng dẫn", "HDLN": "Hướng dẫn liên ngành", "HDLT": "Hướng dẫn liên tịch",
    "HĐ": "Hợp đồng", "KH": "Kế hoạch", "KHGS": "Kế hoạch giám sát", "KHHĐ": "Kế hoạch hành động",
    "KHLN": "Kế hoạch liên ngành", "KHLT": "Kế hoạch liên tịch", "KHPH": "Kế hoạch phối hợp",
    "KL": "Kết luận", "KLGĐ": "Kết luận giám định",
    "KLGS": "Kết luận giám sát", "KLKT": "Kết luận kiểm tra", "KLTTr": "Kết luận thanh tra",
    "KN": "Kháng nghị",
    "L": "Lệnh", "LCT": "Luật", "NĐ": "Nghị định", "NQ": "Nghị quyết", "NQLT": "Nghị quyết liên tịch",
    "PA": "Phương án", "PL": "Pháp lệnh", "QC": "Quy chế", "QCLN": "Quy chế liên ngành",
    "QCPH": "Quy chế phối hợp", "QĐ": "Quyết định", "QĐNS": "Quyết định",
    "QĐKNGĐT": "Quyết định kháng nghị", "QĐKNPT": "Quyết định kháng nghị", "QĐPT": "Quyết định phúc thẩm",
    "QĐST": "Quyết định sơ thẩm", "QĐXP": "Quyết định xử phạt", "QĐTTr": "Quyết định thanh tra",
    "QTr": "Quy trình", "QyĐ": "Quy định", "SL": "Sắc lệnh", "SY": "Sao y", "TB": "Thông báo",
    "TBKL": "Thông báo kết luận", "TrS": "Trích sao", "TT": "Thông tư", "TTLB": "Thông tư liên bộ",
    "TTLN": "Thông tư liên ngành", "TTLT": "Thông tư liên tịch", "TTr": "Tờ trình",
    "VBHN": "Văn bản hợp nhất", "VBTT": "Văn bản thỏa thuận",
}  # fmt: skip

PARTY_TYPES: Mapping[str, str] = {"TT": "Thông tri", "QH": "Quy hoạch"}
"""Meanings of codes in numbers of the Party: ``05-TT/TW`` is not a ministry's circular."""

USUAL_TYPES: Mapping[str, str] = {"QH": "Luật", "UBTVQH": "Pháp lệnh"}
"""The usual type of these issuers if the number leaves it out: 52 of 80 and 10 of 16 in the gazette."""

USUAL_ISSUERS: Mapping[str, str] = {"NĐ": "CP", "L": "CTN", "LCT": "QH"}
"""The usual issuer of a type if a number names none: "nghị định 30/2020"."""

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
    "UBKTHU": "Ủy ban Kiểm tra Huyện ủy", "BTVTU": "Ban Thường vụ Tỉnh ủy, Thành ủy",
    "BDVTU": "Ban Dân vận Tỉnh ủy, Thành ủy", "BNCTU": "Ban Nội chính Tỉnh ủy, Thành ủy",
    "ĐUX": "Đảng ủy xã", "ĐUP": "Đảng ủy phường", "ĐUCA": "Đảng ủy Công an", "ĐUQS": "Đảng ủy Quân sự",
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
    "HNDVN": "Hội Nông dân Việt Nam", "HND": "Hội Nông dân", "HNDT": "Hội Nông dân tỉnh, thành phố",
    "ĐCT": "Đoàn Chủ tịch Hội Liên hiệp Phụ nữ Việt Nam", "HLHPN": "Hội Liên hiệp Phụ nữ",
    "LHPN": "Hội Liên hiệp Phụ nữ", "BTVHPN": "Ban Thường vụ Hội Liên hiệp Phụ nữ", "CCB": "Hội Cựu chiến binh",
    "HCCB": "Hội Cựu chiến binh", "LĐLĐ": "Liên đoàn Lao động", "TWĐTN": "Trung ương Đoàn TNCS Hồ Chí Minh",
    "ĐTN": "Đoàn Thanh niên", "TĐTN": "Tỉnh đoàn, Thành đoàn", "UBMTTQ": "Ủy ban Mặt trận Tổ quốc",
    "UBMTTQVN": "Ủy ban Mặt trận Tổ quốc Việt Nam", "MTTQ": "Mặt trận Tổ quốc", "MTTW": "Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam",
    "HCTĐ": "Hội Chữ thập đỏ", "HKH": "Hội Khuyến học", "NHCS": "Ngân hàng Chính sách xã hội",
    "ĐĐBQH": "Đoàn đại biểu Quốc hội", "HĐBCQG": "Hội đồng bầu cử quốc gia", "TAND": "Tòa án nhân dân",
    "VKSND": "Viện kiểm sát nhân dân", "CAT": "Công an tỉnh", "CATP": "Công an thành phố", "CAH": "Công an huyện",
    "BCHQS": "Bộ Chỉ huy Quân sự", "BĐBP": "Bộ đội Biên phòng", "CTHADS": "Cục Thi hành án dân sự",
    "CTK": "Cục Thống kê", "TCTK": "Tổng cục Thống kê", "TCTHADS": "Tổng cục Thi hành án dân sự",
    "BQL": "Ban Quản lý", "BQLKKT": "Ban Quản lý Khu kinh tế", "BDT": "Ban Dân tộc", "TTT": "Thanh tra tỉnh",
    "TTTP": "Thanh tra thành phố", "VPHĐND": "Văn phòng Hội đồng nhân dân",
    "VPĐĐBQH": "Văn phòng Đoàn đại biểu Quốc hội", "BBCVT": "Bộ Bưu chính, Viễn thông",
    "BCN": "Bộ Công nghiệp", "BTM": "Bộ Thương mại", "BTS": "Bộ Thủy sản", "BVHTT": "Bộ Văn hóa - Thông tin",
    "BGDVĐT": "Bộ Giáo dục và Đào tạo", "UBCKNN": "Ủy ban Chứng khoán Nhà nước",
    "UBDSGĐTE": "Ủy ban Dân số, Gia đình và Trẻ em", "TCDL": "Tổng cục Du lịch", "BKHCNMT": "Bộ Khoa học, Công nghệ và Môi trường",
    "TTHĐND": "Thường trực Hội đồng nhân dân",
    "UBND": "Ủy ban nhân dân", "UB": "Ủy ban nhân dân", "HĐND": "Hội đồng nhân dân",
    "VPUBND": "Văn phòng Ủy ban nhân dân", "VPUB": "Văn phòng Ủy ban nhân dân",
    "SDTTG": "Sở Dân tộc và Tôn giáo", "SNG": "Sở Ngoại vụ", "SNgV": "Sở Ngoại vụ", "SQHKT": "Sở Quy hoạch - Kiến trúc",
    "SNN": "Sở Nông nghiệp",
    "PNV": "Phòng Nội vụ", "PTCKH": "Phòng Tài chính - Kế hoạch", "PTP": "Phòng Tư pháp", "PKT": "Phòng Kinh tế",
    "PVHXH": "Phòng Văn hóa - Xã hội", "SCT": "Sở Công Thương", "SDL": "Sở Du lịch", "SGDĐT": "Sở Giáo dục và Đào tạo",
    "SGD&ĐT": "Sở Giáo dục và Đào tạo", "SGTVT": "Sở Giao thông vận tải", "SKHĐT": "Sở Kế hoạch và Đầu tư",
    "SKHCN": "Sở Khoa học và Công nghệ", "SLĐTBXH": "Sở Lao động - Thương binh và Xã hội",
    "SNNMT": "Sở Nông nghiệp và Môi trường", "SNNPTNT": "Sở Nông nghiệp và Phát triển nông thôn",
    "SNV": "Sở Nội vụ", "STC": "Sở Tài chính", "STNMT": "Sở Tài nguyên và Môi trường", "STP": "Sở Tư pháp",
    "STTTT": "Sở Thông tin và Truyền thông", "SVHTT": "Sở Văn hóa và Thể thao",
    "SVHTTDL": "Sở Văn hóa, Thể thao và Du lịch", "SXD": "Sở Xây dựng", "SYT": "Sở Y tế",
    "PGDĐT": "Phòng Giáo dục và Đào tạo", "PGD&ĐT": "Phòng Giáo dục và Đào tạo",
}  # fmt: skip

_ASSEMBLY = re.compile(r"(QH|UBTVQH|HĐNN)K?(?:[0-9]{1,2})?")
_COUNCIL = re.compile(r"(HĐND)K?[0-9]{1,2}")
"""A people's council with its term, as for an assembly: ``NQ-HĐND19``."""
_SLIPPED_TERM = re.compile(r"(QH|UBTVQH|HĐNN|HĐND|HDND)(K?)(?=[OIL]?[0-9])([0-9OIL]{2})")
"""A term in which a scanner mistook a digit for a letter: ``QHI5``."""
_TERMS = {
    "II": 11,
    "VIII": 8,
    "IX": 9,
    "X": 10,
    "XI": 11,
    "XII": 12,
    "XIII": 13,
    "XIV": 14,
    "XV": 15,
    "XVI": 16,
}
"""Terms in Roman numerals that numbers state in figures; "II" is a scanner's reading of 11, since the second term wrote none."""
_ROMAN_TERM = re.compile(rf"(QH|UBTVQH)({'|'.join(_TERMS)})")
_DIGITS = str.maketrans("OIL", "011")
_STEERING = "BCĐ"


def _folded(codes: Iterable[str]) -> dict[str, str]:
    """Folded code -> code, without those shared by two codes."""
    table: dict[str, str] = {}
    shared = set()
    for code in codes:
        if table.setdefault(fold(code), code) != code:
            shared.add(fold(code))
    return {folded: code for folded, code in table.items() if folded not in shared}


_WORDS_FOLDED = {fold(word): word for word in WORDS}
_TYPES_UPPER = {code.upper(): code for code in TYPES}
_TYPES_FOLDED = _folded(TYPES)
_ISSUERS_UPPER = {code.upper(): code for code in ISSUERS}
_ISSUERS_FOLDED = _folded(ISSUERS)


def type_code(code: str) -> str | None:
    """Return the type for the upper-case ``code``: ``QD`` becomes ``QĐ``, ``TTR`` becomes ``TTr``.

    Telex typing slips are corrected: ``QDD`` becomes ``QĐ``. ``HD`` and ``DA`` are types of their own and stay as typed.
    """
    known = _TYPES_UPPER.get(code) or _TYPES_FOLDED.get(fold(code))
    return known or (_TYPES_UPPER.get(code.replace("DD", "Đ")) if "DD" in code else None)


def type_of(value: str) -> str:
    """Return the type named by a source's ``value`` in its usual spelling, ``Quyết định`` for ``QUYẾT ĐỊNH``; other values
    unchanged.
    """
    return _WORDS_FOLDED.get(fold(" ".join(value.split())), value)


def issuer_code(code: str) -> str | None:
    """Return the known issuer for the upper-case ``code``: ``TTG`` becomes ``TTg``, ``QHI3`` becomes ``QH13``."""
    known = _ISSUERS_UPPER.get(code) or _ISSUERS_FOLDED.get(fold(code))
    if known:
        return known
    if "DD" in code and (slipped_key := _ISSUERS_FOLDED.get(fold(code).replace("dd", "d", 1))):
        return slipped_key  # Telex: "BGDDDT"
    if "UBTU" in code:  # "UBTƯMTTQVN", its accents left out
        return issuer_code(code.replace("UBTU", "UBTW"))
    if slipped := _SLIPPED_TERM.fullmatch(code):
        council = slipped[1].replace("HDND", "HĐND")
        code = f"{council}{slipped[2]}{digits_of(slipped[3])}"
    if roman := _ROMAN_TERM.fullmatch(code):
        return f"{roman[1]}{_TERMS[roman[2]]}"
    if _ASSEMBLY.fullmatch(code) or _COUNCIL.fullmatch(code) or code.startswith(_STEERING):
        return code
    return None


def digits_of(text: str) -> str:
    """Return upper-case ``text`` with digits in place of the letters that scanners mistake them for."""
    return text.translate(_DIGITS)


def issuer_name(code: str) -> str | None:
    """Return the Vietnamese name of an issuer, ``Quốc hội`` for ``QH13``; None if unknown."""
    if code in ISSUERS:
        return ISSUERS[code]
    if assembly := _ASSEMBLY.fullmatch(code) or _COUNCIL.fullmatch(code):
        return ISSUERS[assembly[1]]
    return "Ban Chỉ đạo" if code.startswith(_STEERING) else None


_LOCAL = re.compile(
    r"Ủy ban nhân dân|(?:Thường trực )?Hội đồng nhân dân"
    r"|Văn phòng (?:Ủy ban|Hội đồng) nhân dân|Tỉnh ủy|Huyện ủy|Quận ủy|Đảng ủy (?:xã|phường)"
    r"|Sở |Phòng |Công an (?:tỉnh|thành phố|huyện)|.* Tỉnh ủy, Thành ủy|Ban Quản lý|Thanh tra (?:tỉnh|thành phố)"
)


def is_local(code: str) -> bool:
    """Return whether each place has its own issuer with this code: ``UBND``, ``TU``, ``SYT``."""
    name = issuer_name(code)
    return name is not None and _LOCAL.match(name) is not None


def is_assembly(code: str) -> bool:
    """Return whether numbers of this issuer leave out their type: ``91/2015/QH13``."""
    return _ASSEMBLY.fullmatch(code) is not None
