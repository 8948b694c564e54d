from __future__ import annotations

import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.directives.citations import find_citations
from indexer.directives.number import parse_number

SEED = Path(__file__).parents[3] / "shared/seed/portal-article.txt"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Chỉ thị số 38-CT/TW ngày 19/9/2019 của", [("38-CT/TW", "Chỉ thị", "2019-09-19")]),
        ("Nghị định 30/2020/NĐ-CP, ngày 05 tháng 3 năm 2020", [("30/2020/NĐ-CP", "Nghị định", "2020-03-05")]),
        ("Quyết định số:57/2008/QĐ-BNN ngày 31-2-2008", [("57/2008/QĐ-BNN", "Quyết định", None)]),
        ("Nghị định 131/2013/NĐ - CP quy định", [("131/2013/NĐ-CP", "Nghị định", None)]),
        ("Nghị quyết 59-NQ/T.Ư của Bộ Chính trị.", [("59-NQ/TW", "Nghị quyết", None)]),
        ("Chỉ thị 05 - CT/TW của Bộ Chính trị", [("05-CT/TW", "Chỉ thị", None)]),
        ("Nghị định 204/2004/NĐ-CPngày 14", [("204/2004/NĐ-CP", "Nghị định", None)]),
        ("Quyết định số 2207/QĐ-\nUBND ngày 19/5/2026", [("2207/QĐ-UBND", "Quyết định", "2026-05-19")]),
        ("Nghị định số 30/\n2020/NĐ-CP", [("30/2020/NĐ-CP", "Nghị định", None)]),
        ("Luật số 31/2024/QHI5", [("31/2024/QH15", "Luật", None)]),
        ("Nghị định 3O/2O20/NĐ-CP", [("30/2020/NĐ-CP", "Nghị định", None)]),
        ("Kế hoạch 5/KH\n- UBND xã", [("5/KH", "Kế hoạch", None)]),
        ("Kế hoạch số l2/KH-UBND", [("12/KH-UBND", "Kế hoạch", None)]),
        ("Quyết định số 23/QĐ-TT HĐND ngày 02/02/2022", [("23/QĐ-TTHĐND", "Quyết định", "2022-02-02")]),
        ("Kế hoạch 5/KH-BCX UBND xã", [("5/KH-BCX", "Kế hoạch", None)]),
        ("Luật số 13/2003/QHXI", [("13/2003/QH11", "Luật", None)]),
        ("mẫu l2/KH, dòng l2/3", []),
        ("Nghị quyết 12/NQ-HĐND19", [("12/NQ-HĐND19", "Nghị quyết", None)]),
        ("theo 48/NQ-CP; 129/NQ-CP", [("48/NQ-CP", "Nghị quyết", None), ("129/NQ-CP", "Nghị quyết", None)]),
        ("Luật số 28/2004/QH 11", [("28/2004/QH11", "Luật", None)]),
        (
            "Chỉ thị 05 CT/TW và Công điện số 5360 CĐ/BCT-PCTT",
            [("05-CT/TW", "Chỉ thị", None), ("5360/CĐ-BCT-PCTT", "Công điện", None)],
        ),
        ("Có 15 CT/UBND tham gia", []),
        ("Văn bản số 76/TTCP-C.I gửi tỉnh", [("76/TTCP-C.I", "Công văn", None)]),
        ("Hướng dẫn số 19119/X01-P6", [("19119/X01-P6", "Hướng dẫn", None)]),
        ("theo Chỉ thị\n69/CT của huyện", [("69/CT", "Chỉ thị", None)]),
        ("Luật Xây dựng số 50/2014/QH13.", [("50/2014/QH13", "Luật", None)]),
        ("Nghị quyết 43/2022/QH15, Luật", [("43/2022/QH15", "Nghị quyết", None)]),
        ("Văn bản số 100/TTg-KTN - PV", [("100/TTg-KTN", "Công văn", None)]),
        (
            "Nghị định số 28-CP và nghị định 67/CP",
            [("28/CP", "Nghị định", None), ("67/CP", "Nghị định", None)],
        ),
        ("thiếu 24/TB, xe 28-CP", []),
        ("QCVN 05:2013/BTNMT và 10-MT:2015/BTNMT", []),
        ("Công văn hỏa tốc số 124/CĐYT gửi", [("124/CĐYT", "Công văn", None)]),
        ("ra Quyết định khởi tố vụ án số 32/C46-P12", [("32/C46-P12", "Quyết định", None)]),
        ("Quyết định số 2551/QDD-TTg", [("2551/QĐ-TTg", "Quyết định", None)]),
        ("Nghị định số 63/2013NĐ-CP", [("63/2013/NĐ-CP", "Nghị định", None)]),
        ("Nghị định số 99/2013/Đ-CP", [("99/2013/NĐ-CP", "Nghị định", None)]),
        ("Án lệ số 26/2018/AL", [("26/2018/AL", "Án lệ", None)]),
        ("Bản án dân sự phúc thẩm số 24/2018/DSPT", [("24/2018/DS-PT", "Bản án", None)]),
        ("phụ lục hợp đồng tín dụng số 01/PL/BS/HĐTD", []),
        ("7-Eleven, 611/VJ, 5-Series, 17-Jul, năm 2026 - TT Huế/CP", []),
        ("Số:      /QĐ-UBND ngày   tháng   năm 2024", []),
        ("tải tại đây 74-UBND-KH.signed, 38-CT-TW.pdf", []),
    ],
)
def test_finds(text: str, expected: list[tuple[str, str | None, str | None]]) -> None:
    assert [(c.number, c.type, c.date) for c in find_citations(text)] == expected


@given(st.text("0123459/-–. ACĐTUNWQHQĐKBDPSuốn&:", max_size=80))
def test_offsets_and_keys_agree_with_the_text(text: str) -> None:
    text = unicodedata.normalize("NFC", text)
    end = 0
    for citation in find_citations(text):
        assert citation.start >= end
        end = citation.end
        assert citation.text == text[citation.start : citation.end]
        number = parse_number(citation.text)
        assert number is not None
        assert (number.key, number.number) == (citation.key, citation.number)


@pytest.mark.skipif(not SEED.exists(), reason="the shared page is not here")
def test_the_seed_page_cites_one_directive_twice() -> None:
    text = unicodedata.normalize("NFC", SEED.read_text(encoding="utf-8"))
    found = find_citations(text)
    assert [(c.number, c.date) for c in found] == [("38-CT/TW", "2019-09-19"), ("38-CT/TW", None)]
    assert found[0].issuer == "Trung ương Đảng"


@pytest.mark.parametrize(
    "piece",
    [
        "1/",
        "1-A-",
        "1",
        "-A",
        "12/2020/",
        "1/TT-",
        "1 / A - ",
        "12/2020/TT" + "-BTC" * 30,
        "T.Ư-",
        "1/Aa",
        ":1-",
    ],
)
def test_work_grows_with_the_length_only(piece: str) -> None:
    """Half a million hostile characters each; anything quadratic would take minutes."""
    text = "Luật số " + piece * (500_000 // len(piece))
    started = time.process_time()
    find_citations(text)
    assert time.process_time() - started < 5
