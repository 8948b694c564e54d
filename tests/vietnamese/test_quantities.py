"""Dates, quarters, amounts and numerals: every form of one quantity gives one term, look-alikes give none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.vietnamese.quantities import LARGEST_ROMAN, quantities, quantity_stream, roman, roman_value

DAY = "d2024-03-05 d03-05"


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        *[
            pytest.param(text, DAY, id=text)
            for text in (
                "5/3/2024", "05/03/2024", "5-3-2024", "5.3.2024", "ngày 5/3/2024", "2024-03-05", "(5/3/2024)", "5/3/2024.",
                "ngày 05 tháng 3 năm 2024", "ngay 5 thang 3 nam 2024", "NGÀY 5 THÁNG 3 NĂM 2024", "5 tháng 3/2024",
            )
        ],
        *[
            pytest.param(text, "d03-05", id=text)
            for text in ("5/3", "ngày 5/3", "ngày 5-3", "sáng 05/3,", "ngày 5 tháng 3", "mùng 5 tháng 3")
        ],
        pytest.param("3-5/3", "d03-03 d03-04 d03-05", id="range"),
        pytest.param("30-2/3", "d03-02", id="range that runs backwards: its end"),
        pytest.param("3-5 tháng 3", "d03-03 d03-04 d03-05", id="range, the month in words"),
        pytest.param("từ 3 đến 5/3", "d03-03 d03-04 d03-05", id="range in words"),
        pytest.param("ngày 4 đến hết ngày 5 tháng 3 năm 2024", "d2024-03-04 d03-04 d2024-03-05 d03-05", id="to the end of"),
        pytest.param("các ngày 3, 4 và 7/3", "d03-03 d03-04 d03-07", id="several days"),
        pytest.param("mục 3, 5/3", "d03-05", id="no days beside it: another number"),
        pytest.param("loại 3 đến 5/3", "d03-05", id="no range of days"),
        *[pytest.param(t, "m2024-03", id=t) for t in ("3/2024", "tháng 3/2024", "tháng 03 năm 2024", "tháng 3-2024")],
        *[pytest.param(t, "q2024-3", id=t) for t in ("quý 3/2024", "quí 3-2024")],
        *[pytest.param(t, "q2024-3 n3", id=t) for t in ("quý III năm 2024", "Quý III/2024")],
        *[pytest.param(t, "n3200", id=t) for t in ("3.200", "3,200", "3 200 đồng")],
        pytest.param("1 234 567", "n1234567", id="blanks"),
        *[pytest.param(t, "p3,1", id=t) for t in ("3,1%", "3.1 %", "3,10%", "3,1 phần trăm")],
        pytest.param("10-15%", "p10 p15", id="percent, both ends of a range"),
        *[pytest.param(t, "n500000", id=t) for t in ("500.000đ", "500.000 đồng", "500.000VNĐ")],
        pytest.param("khóa XIII", "n13", id="Roman"),
        pytest.param("khóa X", "n10", id="Roman of one letter after a word that is counted"),
        *[
            pytest.param(text, "", id=text)
            for text in (
                "12.5", "2-1", "3.2", "3,20", "31/2", "5/13", "Hòa X", "IIX", "0912.345.678", "QCVN 05:2013/BTNMT",
                "05/2024/NĐ-CP", "30/2020/NĐ-CP", "38-CT/TW", "192.168.1.200", "v1.2.345", "12 345", "",
            )
        ],
    ],
)  # fmt: skip
def test_terms(text: str, terms: str) -> None:
    assert quantity_stream(text) == terms


@given(st.integers(1, LARGEST_ROMAN))
def test_roman_numerals_are_read_as_they_are_written(value: int) -> None:
    assert roman_value(roman(value)) == value


@pytest.mark.parametrize(("numeral", "value"), [("I", 1), ("IV", 4), ("IX", 9), ("XIII", 13), ("XXXIX", 39)])
def test_roman_value(numeral: str, value: int) -> None:
    assert roman_value(numeral) == value


@given(st.text(alphabet="0123456789/.-– IVXqQuýthángnăm\u00a0", max_size=60))
def test_places_are_in_the_text_and_terms_are_terms(text: str) -> None:
    for found in quantities(text):
        assert 0 <= found.start < found.end <= len(text)
        assert found.terms and all(term == "".join(term.split()) for term in found.terms)


def test_long_runs_take_no_time_beyond_their_length() -> None:
    for text in ("1.234." * 50_000, "1/" * 150_000, "XIV" * 100_000, "quý " * 80_000, "5-" * 150_000):
        list(quantities(text))


@pytest.mark.parametrize(
    "text", ["Gọi 024.382.512 để hỏi", "Tài khoản 0,123,456", "Số 090 123 456 nhé", "mã 0011"]
)
def test_a_number_with_a_leading_zero_is_a_code(text: str) -> None:
    assert not quantity_stream(text)
