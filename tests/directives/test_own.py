"""Which numbers an article bears: from its title, rows at its top, its head, and the names and heads of its files."""

from __future__ import annotations

import pytest

from indexer.directives.file_name import named_number
from indexer.directives.own import OwnFile, own_facts
from indexer.directives.titled import titled_number

HEAD = "ỦY BAN NHÂN DÂN\nTỈNH LAM GIANG\nSố: 61/KH-UBND\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nKẾ HOẠCH\nBảo vệ đê điều"


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("Nghị_định_18_2025_NĐ-CP_sửa_đổi_Nghị_định_40_2016_NĐ-CP.pdf", "18/2025/NĐ-CP"),
        ("31_2024_TT-BYT_700002.pdf", "31/2024/TT-BYT"),
        ("07_2024_QD_UBND_03022024_signed.pdf", "07/2024/QĐ-UBND"),
        ("Quyet_dinh_3712-QĐ-BYT-them.pdf", "3712/QĐ-BYT"),
        ("3712-QĐ-BYT-THEM (2).pdf", "3712/QĐ-BYT"),
        ("Quyết_định_512_QĐ-UBND_năm_2020.docx", "512/QĐ-UBND"),
        ("cong-van-3502-bkhdt-qlkttw-nam-2019.pdf", "3502/BKHĐT-QLKTTW"),
        ("5af316c2_nghi_dinh_88_2022_ND_CP.docx", "88/2022/NĐ-CP"),
        ("61.KH.UBND.pdf", "61/KH-UBND"),
        ("61-kh-ubnd-2023.pdf", "61/KH-UBND"),
        ("KH_61_UBND.pdf", "61/KH-UBND"),
        ("2158-QĐ-BNN-PC.pdf", "2158/QĐ-BNN-PC"),
        ("61-KH-UBND thuc hien 38-CT-TW.pdf", "61/KH-UBND"),
        ("Ke_hoach_trien_khai_Nghi_dinh_40_2016_ND-CP.pdf", None),
        ("Phu_luc_kem_theo_Quyet_dinh_12_QD-UBND.pdf", None),
        ("Du thao Quyet dinh thay the Quyet dinh 12-QD-UBND.docx", None),
        ("15-03-2024_QD-UBND.pdf", None),
        ("02_Quyet_Dinh_UBND.pdf", None),
        ("20251219_080527.pdf", None),
        ("2014_97 + 98-61_KH-UBND.pdf", "61/KH-UBND"),
        ("2025_1411 + 1412_2020-QĐ-TTg.doc", "2020/QĐ-TTg"),
        (
            "17-2018-TTLT-BTP-TANDTC-VKSNDTC-BCA-BQP-BTC-BNNPTNT.pdf",
            "17/2018/TTLT-BTP-TANDTC-VKSNDTC-BCA-BQP-BTC-BNNPTNT",
        ),
    ],
)
def test_the_number_in_a_file_name(name: str, number: str | None) -> None:
    found = named_number(name)
    assert (found.whole.number if found and found.whole else None) == number


@pytest.mark.parametrize(
    ("title", "number"),
    [
        ("Nghị định số 300/2026/NĐ-CP của Chính phủ sửa đổi quy định về chợ", "300/2026/NĐ-CP"),
        (
            "Quyết định số 512/QĐ-UBND ngày 19/5/2026 của UBND tỉnh Lam Giang về việc cho thuê quầy chợ",
            "512/QĐ-UBND",
        ),
        ("Công văn số 15/SNV-CCHC V/v báo cáo quý", "15/SNV-CCHC"),
        ("Luật Đất đai số 31/2024/QH15", "31/2024/QH15"),
        ("Số 61/KH-UBND: Kế hoạch bảo vệ đê", "61/KH-UBND"),
        ("Kế hoạch số 12/KH-UBND triển khai Nghị định 5/2024/NĐ-CP", "12/KH-UBND"),
        ("Về Quyết định 512/QĐ-UBND", None),
        ("Hướng dẫn thi hành Nghị định 40/2016/NĐ-CP", None),
        ("Nghị định 300/2026/NĐ-CP: Tiểu thương cần biết gì", None),
        ("Nghị định 300/2026/NĐ-CP của Chính phủ giúp tiểu thương về vốn", None),
        ("Nghị định số 300/2026/NĐ-CP về chợ có hiệu lực từ 21/7", None),
        ("Luật sửa đổi Luật Đất đai số 31/2024/QH15", None),
        ("Luật số 31/2024/QH15 đất đai", "31/2024/QH15"),
        ("Pháp lệnh số 10/2014/UBTVQH13 cảnh sát môi trường.", "10/2014/UBTVQH13"),
        ("Sao lục số 4/2010/SL-LPQT hiệp định giữa hai Chính phủ", "4/2010/SL-LPQT"),
        ("Đính chính số 30/ĐC-BTNMT thông tư số 35/2010/TT-BTNMT", "30/ĐC-BTNMT"),
        ("Luật số 31/2024/QH15 được nhiều người đón nhận", None),
        ("Luật số 31/2024/QH15 siết phân lô", None),
        ("Luật số 31/2024/QH15 – bước tiến", None),
    ],
)
def test_the_number_that_a_title_is_the_name_of(title: str, number: str | None) -> None:
    found = titled_number(title)
    assert (found.number if found else None) == number


def test_rows_at_the_top_of_a_page() -> None:
    rows = "Số hiệu: 19/2026/TT-BYT\nNgày ban hành: 26/06/2026\nCơ quan ban hành: Bộ Y tế\n\nThông tư này có 20 điều."
    facts = own_facts("Quy định về danh mục thuốc", rows)
    assert [number.number for number in facts.numbers] == ["19/2026/TT-BYT"]
    assert facts.labels.day is not None and facts.labels.day.isoformat() == "2026-06-26"


@pytest.mark.parametrize(
    "body",
    [
        "Số hiệu: 19/2026/TT-BYT\nNgày ban hành: 26/06/2026\n\nSố hiệu: 20/2026/TT-BYT\nNgày ban hành: 27/06/2026",
        "Sở Y tế vừa nhận được văn bản của Bộ Y tế về danh mục thuốc bảo hiểm.\nSố hiệu: 19/2026/TT-BYT",
        "Số hiệu: đang cập nhật\nThông tư số 19/2026/TT-BYT quy định danh mục.",
    ],
    ids=["a list of documents", "below a sentence", "no number yet"],
)
def test_rows_that_say_no_number_of_the_page(body: str) -> None:
    assert own_facts("Danh mục thuốc", body).numbers == ()


def numbers(title: str, body: str, *files: OwnFile, given: str | None = None) -> list[str]:
    return [number.number for number in own_facts(title, body, files, given).numbers]


def test_what_a_file_name_leaves_out_is_told_by_the_texts() -> None:
    assert numbers("Nghị định 150/2026/NĐ-CP về dự án", "Xem tệp.", OwnFile("150-ndcp.signed.pdf")) == [
        "150/2026/NĐ-CP"
    ]
    named = OwnFile("150-ndcp.signed.pdf", "Theo Nghị định số 150/2026/NĐ-CP này,")
    assert numbers("Văn bản mới", "Xem tệp.", named) == ["150/2026/NĐ-CP"]
    assert numbers("Khảo sát", "Theo Kế hoạch số 753/KH-UBND.", OwnFile("kh-753-khao-sat.pdf")) == [
        "753/KH-UBND"
    ]
    two = "Theo Kế hoạch số 753/KH-UBND và Kế hoạch số 753/KH-SYT."
    assert numbers("Khảo sát", two, OwnFile("kh-753-khao-sat.pdf")) == []


def test_a_file_says_its_number_itself() -> None:
    assert numbers("Văn bản mới", "Xem tệp.", OwnFile("van-ban.docx", HEAD)) == ["61/KH-UBND"]
    assert numbers("Văn bản mới", "Xem tệp.", OwnFile("61-KH-UBND.docx", HEAD)) == ["61/KH-UBND"]


def test_what_the_source_gives_goes_before_what_the_text_says() -> None:
    assert numbers("Quyết định số 7/QĐ-UBND về chợ", HEAD, given="5/TB-UBND") == ["5/TB-UBND"]


def test_an_issue_of_the_gazette_before_a_number_is_no_part_of_it() -> None:
    file = OwnFile("613-1945_QĐ-TTg.pdf")
    assert numbers("Quyết định số 1945/QĐ-TTg về việc thành lập trường", "", file) == ["1945/QĐ-TTg"]
    assert numbers("Về việc thành lập trường", "", file, given="1945/QĐ-TTg") == ["1945/QĐ-TTg"]
