"""What documents say of themselves in their first lines, in the layouts that files and pages leave of them."""

from __future__ import annotations

from datetime import date

import pytest

from indexer.directives.head import read_head, read_name
from indexer.directives.letterhead import is_letterhead

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
DAY = "Lam Giang, ngày 13 tháng 3 năm 2024"
PLAN = "KẾ HOẠCH\nBảo vệ đê điều mùa mưa bão"
TEXT = "Căn cứ tình hình mưa lũ, Ủy ban nhân dân tỉnh ban hành Kế hoạch."


@pytest.mark.parametrize(
    "top",
    [
        pytest.param(
            f"ỦY BAN NHÂN DÂN {NATION}\nTỈNH LAM GIANG {MOTTO}\nSố: 61/KH-UBND {DAY}\n\n{PLAN}\n\n{TEXT}",
            id="two columns in one line each",
        ),
        pytest.param(
            f"ỦY BAN NHÂN DÂN\nTỈNH LAM GIANG\n-------\n{NATION}\n{MOTTO}\n-----\nSố: 61/KH-UBND\n{DAY}\n{PLAN}\n{TEXT}",
            id="a line for each part",
        ),
        pytest.param(
            f"ỦY BAN NHÂN DÂN\nTỈNH LAM GIANG ____ Số: 61/KH-UBND\t{NATION} {MOTTO} ______ {DAY}\n{PLAN}\n{TEXT}",
            id="cells of a table",
        ),
        pytest.param(
            f"{NATION}\n{MOTTO}\nỦY BAN NHÂN DÂN\nTỈNH LAM GIANG\nSố: 61 /KH-UBND\n{DAY}\n{PLAN}\n{TEXT}",
            id="the right column first",
        ),
        pytest.param(
            f"| ỦY BAN NHÂN DÂN | {NATION} |\n| --- | --- |\n| TỈNH LAM GIANG | {MOTTO} |\n| Số: 61/KH-UBND | {DAY} |\n\n{PLAN}",
            id="a table of Markdown",
        ),
        pytest.param(
            f"1\nỦY BAN NHÂN DÂN\nTỈNH LAM GIANG\nSố: 61/KH-UBND\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA\nVIỆT NAM\n{MOTTO}\n{DAY}\n{PLAN}",
            id="a page number, and the national name in two lines",
        ),
    ],
)
def test_every_layout_of_a_letterhead_says_the_same(top: str) -> None:
    head = read_head(top)
    assert head is not None and head.number is not None and head.day is not None
    assert (head.number.number, head.day.isoformat(), head.place) == ("61/KH-UBND", "2024-03-13", "Lam Giang")
    assert head.issuer == "ỦY BAN NHÂN DÂN TỈNH LAM GIANG"
    assert (head.type, head.subject) == ("Kế hoạch", "Bảo vệ đê điều mùa mưa bão")
    assert head.title == "KẾ HOẠCH Bảo vệ đê điều mùa mưa bão"


def test_a_directive_of_the_party() -> None:
    head = read_head(
        f"TỈNH ỦY LAM GIANG\tĐẢNG CỘNG SẢN VIỆT NAM\n*\nSố 12-CT/TU\t{DAY}\nCHỈ THỊ\nvề an toàn hồ đập\n-----\nThời gian qua,"
    )
    assert head is not None and head.number is not None
    assert (head.number.number, head.title) == ("12-CT/TU", "CHỈ THỊ về an toàn hồ đập")


def test_a_letter_is_named_by_its_number_and_what_it_is_about() -> None:
    head = read_head(
        f"SỞ Y TẾ LAM GIANG\nSố: 125/SYT-NVY\nV/v tăng cường giám sát\nbệnh sốt xuất huyết\n{NATION}\n{MOTTO}\n"
        f"{DAY}\nKính gửi: Các trạm y tế"
    )
    assert (
        head is not None and head.title == "Công văn 125/SYT-NVY V/v tăng cường giám sát bệnh sốt xuất huyết"
    )


def test_the_name_of_the_nation_below_a_heading_is_part_of_it() -> None:
    nation = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    head = read_head(
        f"QUỐC HỘI\n\n{nation}\nĐộc lập - Tự do - Hạnh phúc\n-------\n\nHà Nội, ngày 28 tháng 11 năm 2013\n\n"
        f"HIẾN PHÁP\n\nNƯỚC {nation}\n\nLỜI NÓI ĐẦU\n\nTrải qua mấy nghìn năm lịch sử, nhân dân cần cù."
    )
    assert head is not None and head.heading == f"HIẾN PHÁP NƯỚC {nation}"


def test_a_law_has_its_type_from_its_own_heading() -> None:
    head = read_head(
        f"QUỐC HỘI\n******\n{NATION}\n{MOTTO}\nLuật số: 62/2006/QH 11\n\nBỘ LUẬT\n\nHÀNG HẢI\n\nCăn cứ Hiến pháp;"
    )
    assert head is not None and head.number is not None
    assert (head.number.number, head.number.type_name, head.title) == (
        "62/2006/QH11",
        "Bộ luật",
        "BỘ LUẬT HÀNG HẢI",
    )


@pytest.mark.parametrize(
    "number",
    ["Số:          /KH-UBND", "Số: ....../KH-UBND", "Số: /KH-UBND", "Số:"],
    ids=["blanks", "dots", "nothing", "label"],
)
def test_a_number_that_is_left_to_fill_in_is_none(number: str) -> None:
    head = read_head(
        f"ỦY BAN NHÂN DÂN\n{number}\n{NATION}\n{MOTTO}\nLam Giang, ngày     tháng 3 năm 2024\n{PLAN}"
    )
    assert head is not None and head.number is None and head.day is None
    assert head.title == "KẾ HOẠCH Bảo vệ đê điều mùa mưa bão"


@pytest.mark.parametrize("number", ["15/QĐÐ-UBND", "15 /QĐĐ-UBND"])
def test_a_letter_that_a_scanner_saw_twice_is_no_other_type(number: str) -> None:
    head = read_head(
        f"UBND TỈNH LAM GIANG\nSố: {number}\nLam Giang, ngày 5 tháng 3 năm 2024\nQUYẾT ĐỊNH\nVề chợ"
    )
    assert head is not None and head.number is not None and head.number.key == "15||QĐ|UBND||"


@pytest.mark.parametrize(
    ("nation", "motto", "number"),
    [
        pytest.param(
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự đo - Hạnh phúc", "431", id="a bar too many"
        ),
        pytest.param(
            "CÔNG HÔA XÃ HÔI CHÚ NGHIA VIÊT NAM", "Dôc lâp — Tư do _ Hanh phúc", "431", id="no accents"
        ),
        pytest.param("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", MOTTO, "43]", id="a bracket for one"),
        pytest.param("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", MOTTO, "4ЗI ", id="not a figure"),
    ],
)
def test_slips_of_a_scanner_do_not_cost_the_head(nation: str, motto: str, number: str) -> None:
    head = read_head(
        f"UBND TỈNH LAM GIANG\t{nation}\nSỞ Y TẾ\t{motto}\nSố: {number}/QĐ-SYT\tLam Giang, ngày 16 tháng 02 năm 2012\n"
        "QUYẾT ĐỊNH\nVề việc sửa chữa trạm y tế"
    )
    assert head is not None and head.day == date(2012, 2, 16)
    if number != "4ЗI ":
        assert head.number is not None and head.number.key == "431||QĐ|SYT||"
    else:
        assert head.number is None, "none is better than a wrong one"


def test_a_day_of_another_year_than_the_number_is_a_slip() -> None:
    head = read_head(
        f"BỘ Y TẾ\nSố: 17/2026/TT-BYT\n{NATION}\n{MOTTO}\nHà Nội, ngày 5 tháng 6 năm 2025\nTHÔNG TƯ\nVề thuốc"
    )
    assert head is not None and head.number is not None and head.day is None


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            f"Sở Nội vụ vừa gửi văn bản sau:\nỦY BAN NHÂN DÂN\nSố: 61/KH-UBND\n{NATION}\n{PLAN}",
            id="quoted below a sentence",
        ),
        pytest.param(
            "LAM GIANG: Sáng nay, đoàn đại biểu Đảng Cộng sản Việt Nam đến thăm xã An Hòa.", id="news"
        ),
        pytest.param("Số 61 đường Bờ Sông là trụ sở mới của Sở Nội vụ.", id="an address"),
        pytest.param("PHỤ LỤC I\nDANH MỤC\n(Ban hành kèm theo Quyết định số 12/QĐ-UBND)", id="an annex"),
        pytest.param("", id="nothing"),
    ],
)
def test_what_does_not_begin_with_a_head_has_none(text: str) -> None:
    assert read_head(text) is None


def test_the_subject_ends_where_the_text_begins() -> None:
    top = f"ỦY BAN NHÂN DÂN\nTỈNH LAM GIANG\nSố: 61/KH-UBND\n{NATION}\n{MOTTO}\n{DAY}\n"
    for subject, below in [
        (
            "Thực hiện Nghị quyết số 57-NQ/TW trên địa bàn",
            "Thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị",
        ),
        ("Về cho thuê quầy chợ trung tâm và các chợ phường", "ỦY BAN NHÂN DÂN TỈNH LAM GIANG"),
        ("Về cho thuê quầy chợ", "Điều 1. Cho thuê 20 quầy"),
    ]:
        head = read_head(f"{top}KẾ HOẠCH\n{subject}\n{below}")
        assert head is not None and head.subject == subject


@pytest.mark.parametrize(
    "line", ["CHÍNH PHỦ", f"ỦY BAN NHÂN DÂN {NATION}", MOTTO, f"CHÍNH PHỦ ____ {NATION}", DAY]
)
def test_what_stands_above_a_name_is_no_name(line: str) -> None:
    assert is_letterhead(line)


@pytest.mark.parametrize(
    "line", ["KẾ HOẠCH BẢO VỆ ĐÊ", "Bộ Y tế họp báo", "HỘI NGHỊ TỔNG KẾT", "Kế hoạch 61/KH-UBND", ""]
)
def test_names_are_no_letterheads(line: str) -> None:
    assert not is_letterhead(line)


def test_a_document_without_a_head_is_named_by_its_heading() -> None:
    assert (
        read_name("3\nPHỤ LỤC I\nDANH MỤC TRẠM BƠM\n(Kèm theo Quyết định số 12/QĐ-UBND)")
        == "PHỤ LỤC I DANH MỤC TRẠM BƠM"
    )
    assert read_name("Danh mục trạm bơm của huyện.") == ""


_PASSED = "Được Hội đồng Thẩm phán Tòa án nhân dân tối cao thông qua"


@pytest.mark.parametrize(
    "head",
    [
        "1\nÁN LỆ SỐ 91/2031/AL1\nVề thẩm quyền giải quyết tranh chấp \nhợp đồng thuê đất\n"
        f"{_PASSED} vào ngày \n18 tháng 8 năm 2031 và được công bố",
        "Án lệ số 91/2031/AL về thẩm quyền giải quyết tranh chấp hợp đồng thuê đất\n"
        f"{_PASSED} ngày 18 tháng 8 năm 2031 và được công bố",
    ],
)
def test_a_precedent_says_what_it_is(head: str) -> None:
    found = read_head(f"{head} theo Quyết định số 364/QĐ-CA ngày 01 tháng 10 năm 2031.")
    assert found is not None and found.number is not None
    assert (found.number.number, found.type, found.day) == ("91/2031/AL", "Án lệ", date(2031, 8, 18))
    assert found.title == "Án lệ số 91/2031/AL về thẩm quyền giải quyết tranh chấp hợp đồng thuê đất"
    assert found.issuer == "Hội đồng Thẩm phán Tòa án nhân dân tối cao"


def test_an_article_about_a_precedent_is_none() -> None:
    text = "Án lệ số 91/2031/AL về thuê đất được Tòa án nhân dân tối cao công bố ngày 18 tháng 8 năm 2031."
    assert read_head(text) is None
