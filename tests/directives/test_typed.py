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
        "báo cáo 2024 về",
        "2 quyết định",
        "38 tw",
        "hải phòng 38",
        "quyết định",
        "",
        "năm 2020",
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
