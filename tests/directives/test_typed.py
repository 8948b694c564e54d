"""Numbers as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.directives.number import label_of, number_of_key, parse_number
from indexer.directives.pattern import same_loosely
from indexer.directives.typed import read_typed


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("chi thi 38 tw", "38-CT/TW"),
        ("Chỉ thị số 38 của Ban Bí thư", "38-CT/TW"),
        ("nghị định 30 năm 2020", "30/2020/NĐ-CP"),
        ("nd 30/2020", "30/2020/NĐ-CP"),
        ("nghị định 30/2020 nđ cp", "30/2020/NĐ-CP"),
        ("QD 1234 UBND", "1234/QĐ-UBND"),
        ("quyết định 906 thủ tướng chính phủ", "906/QĐ-TTg"),
        ("kế hoạch số 74 của ủy ban nhân dân", "74/KH-UBND"),
        ("thong tu 39 2016 nhnn", "39/2016/TT-NHNN"),
        ("QĐ-CA số 276", "276/QĐ-CA"),
        ("276 qd ca", "276/QĐ-CA"),
        ("10 ct tu", "10-CT/TU"),
        ("kế hoạch 74 của ủy ban", "74/KH-UBND"),
        ("thông báo 52 Sở Thông tin Truyền thông", "52/TB-STTTT"),
        ("văn bản hợp nhất 07 vpqh", "07/VBHN-VPQH"),
        ("43 nđcp", "43/NĐ-CP"),
        ("2207 qdubnd", "2207/QĐ-UBND"),
        ("qđttg 906", "906/QĐ-TTg"),
        ("quyết định thủ tướng 1958", "1958/QĐ-TTg"),
        ("chỉ thị 10 tu", "10-CT/TU"),
    ],
)
def test_reads(typed: str, number: str) -> None:
    words = typed.split()
    read = read_typed(words)
    assert read is not None
    pattern, taken = read
    found = parse_number(number)
    assert found is not None and pattern.precise and taken == len(words)
    assert pattern.matches(found.key)
    likeliest = pattern.number_of()
    assert likeliest is not None and likeliest.key == found.key


@pytest.mark.parametrize(
    "typed", ["công diễn 200", "chi phí 24/2020", "công dân 2020/2021", "lộ trình 15", "nghj 68"]
)
def test_other_words_are_no_slip_of_a_type(typed: str) -> None:
    assert read_typed(typed.split()) is None


def test_takes_only_the_words_of_the_number() -> None:
    read = read_typed("chi thi 38 tw ve huu nghi".split())
    assert read is not None and read[1] == 4


def test_a_law_is_matched_by_type_and_year() -> None:
    read = read_typed("luật 45/2013".split())
    assert read is not None and read[0].matches("45|2013||QH13||") and not read[0].matches("45|2013|NĐ|CP||")


def test_without_accents_both_types_are_meant() -> None:
    read = read_typed("hd 5 ubnd".split())
    assert read is not None
    assert read[0].matches("5||HD|UBND||") and read[0].matches("5||HĐ|UBND||")


@pytest.mark.parametrize("typed", ["nghị định 30", "chương trình 135", "kh74", "công văn số 2207"])
def test_type_and_number_alone_stand_for_no_document(typed: str) -> None:
    read = read_typed(typed.split())
    assert read is not None and not read[0].precise


@pytest.mark.parametrize(
    "typed",
    [
        "kế hoạch 5 năm",
        "quyết định 3 nội dung",
        "2 quyết định",
        "38 tw",
        "hải phòng 38",
        "quyết định",
        "",
        "năm 2020",
        "quyết định 3 cán bộ",
        "quyet dinh 3 can bo",
        "kế hoạch 6 tháng đầu năm",
        "kế hoạch UBND 15 phường",
        "chỉ thị 12 phường, xã",
        "UBND 15 phường",
        "UBND-HĐND 15 xã",
        "kế hoạch của UBND 2024",
        "quyết định thủ tướng 2025 về lương",
        "BHXH 1 lần",
        "BTC 3905 suất",
        "BTC 2024",
        "QH 15 khai mạc",
        "quốc hội 15",
        "15 quốc hội",
        "TW 4",
        "CTCP 15 năm",
        "3 Quốc hội khóa XIV thảo luận",
        "3 QH14 thảo luận",
        "luật 13 đảng viên",
        "kế hoạch 50% điện",
        "13 chủ tịch UBND TP yêu cầu",
        "13 UBND TP yêu cầu",
        "công diễn 200 món",
        "kế hoạch 4 điểm",
        "nghị quyết Trung ương 4 khóa XII với Chỉ thị số 05 của Bộ Chính trị",
        "nghị quyết Trung ương 4 khóa XII",
        "phòng l3",
    ],
)
def test_refuses(typed: str) -> None:
    assert read_typed(typed.split()) is None


@given(st.lists(st.text(min_size=1, max_size=8), max_size=8))
def test_any_words_are_read_or_refused(words: list[str]) -> None:
    read = read_typed(words)
    assert read is None or 0 < read[1] <= len(words)


def key(text: str) -> str:
    number = parse_number(text)
    assert number is not None
    return number.key


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("BTC 3905", "3905/BTC-HCSN"),
        ("btc3905", "3905/BTC-HCSN"),
        ("3905 BTC", "3905/BTC-HCSN"),
        ("TTg 906", "906/QĐ-TTg"),
        ("48 HĐTVĐX", "48/HĐTVĐX"),
        ("L 03", "03/2013/L-CTN"),
        ("l03", "03/2013/L-CTN"),
    ],
)
def test_an_issuer_and_a_number_mean_a_document_where_nothing_else_was_typed(typed: str, number: str) -> None:
    read = read_typed(typed.split())
    assert read is not None and read[0].alone and not read[0].precise
    assert read[0].matches(key(number))
    assert read_typed(f"{typed} ngân sách".split()) is None


@pytest.mark.parametrize("typed", ["BTC-HCSN số 3905", "btc-hcsn 3905", "3905 BTC HCSN"])
def test_the_department_of_a_letter_may_stand_before_its_number(typed: str) -> None:
    read = read_typed(typed.split())
    assert read is not None and read[0].precise and read[0].matches(key("3905/BTC-HCSN"))


@pytest.mark.parametrize(
    "typed", ["pháp lệnh 08 ubtvqh 13", "pháp lệnh 8 ủy ban thường vụ quốc hội khóa XIII"]
)
def test_the_term_of_an_assembly_tells_documents_apart(typed: str) -> None:
    read = read_typed(typed.split())
    assert read is not None and read[1] == len(typed.split())
    assert read[0].matches(key("08/2013/UBTVQH13")) and not read[0].matches(key("08/2025/UBTVQH15"))


@pytest.mark.parametrize(
    ("typed", "taken"),
    [
        ("kế hoạch 10 tu bổ đình làng", 3),
        ("quyết định 12 cát sỏi", 3),
        ("quyết định 5 hủ tục", 3),
        ("quyết định 12 điều chỉnh quy hoạch", 3),
        ("quyết định 45 thành lập tổ công tác", 3),
        ("thông tư 34 quản lý chất thải", 3),
        ("thong tu 34 quan ly chat thai", 3),
        ("nghị định 116 sinh viên sư phạm", 3),
        ("nghị định 100 điều 5", 3),
        ("quyết định 44 ủy ban an ninh hàng không", 3),
    ],
)
def test_words_behind_a_number_are_no_code_and_no_unit(typed: str, taken: int) -> None:
    read = read_typed(typed.split())
    assert read is not None and read[1] == taken and not read[0].precise


@pytest.mark.parametrize("typed", ["kế hoạch 2024 của UBND", "quyết định 2012 UBND", "QĐ-TTg 2013"])
def test_what_may_be_a_year_stands_for_no_document(typed: str) -> None:
    read = read_typed(typed.split())
    assert read is not None and read[1] == len(typed.split()) and not read[0].precise


def test_loosely_the_same() -> None:
    assert same_loosely(key("74/UBND-KH"), key("74/KH-UBND"))
    assert same_loosely(key("30/NĐ-CP"), key("30/2020/NĐ-CP"))
    assert not same_loosely(key("30/2019/NĐ-CP"), key("30/2020/NĐ-CP"))
    assert not same_loosely(key("74/KH-UBND"), key("75/KH-UBND"))


@pytest.mark.parametrize(
    ("slipped", "number"),
    [
        ("3O/2O20/NĐ-CP", "30/2020/NĐ-CP"),
        ("l2/KH-UBND", "12/KH-UBND"),
        ("13/2003/QHXI", "13/2003/QH11"),
        ("13/2003/QHII", "13/2003/QH11"),
        ("17/2009/TTBGDĐT", "17/2009/TT-BGDĐT"),
    ],
)
def test_slips_of_scanners(slipped: str, number: str) -> None:
    assert key(slipped) == key(number)


@pytest.mark.parametrize("text", ["38-CT/TW", "30/2020/NĐ-CP", "91/2015/QH13", "1043/TTg-NN", "67/CP"])
def test_a_key_reads_back(text: str) -> None:
    again = number_of_key(key(text))
    assert again is not None and again.number == text


def test_labels() -> None:
    for text, label in (
        ("38-CT/TW", "Chỉ thị 38-CT/TW"),
        ("05-TT/TW", "Thông tri 05-TT/TW"),
        ("91/2015/QH13", "Luật 91/2015/QH13"),
    ):
        number = parse_number(text)
        assert number is not None and label_of(number) == label
