"""Sheets as attachments: cells as they look, beside what they hold; what is not shown is no public text."""

import lzma
from pathlib import Path

import pytest

from indexer.extract.formats.sheets.number_format import as_shown
from indexer.extract.ole import Ole
from indexer.extract.reader import read
from indexer.model import Extraction, FileState
from tests.extract.parts.xlsx import LEFT_OUT, PARTS, workbook

FIXTURES = Path(__file__).parent / "fixtures"


def found_in(folder: Path, content: bytes) -> Extraction:
    path = folder / "file"
    path.write_bytes(content)
    return read(path, "a.xlsx")


def test_every_part_is_found_and_nothing_hidden(tmp_path: Path) -> None:
    found = found_in(tmp_path, workbook())
    assert (found.state, [page.number for page in found.pages]) == (FileState.TEXT, [1])
    text = found.pages[0].text
    assert [part for part, word in PARTS.items() if word not in text] == []
    assert [part for part, word in LEFT_OUT.items() if word in text] == []
    assert "CHUOICHUNG\tCHUDAM\n" in text


def test_a_damaged_sheet_keeps_what_stands_before(tmp_path: Path) -> None:
    found = found_in(tmp_path, workbook("<row><c></row>"))
    assert found.state is FileState.PARTIAL and "KETQUA" in found.pages[0].text


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        ("45296", "dd/mm/yyyy", "05/01/2024"),
        ("45296.5", "[$-1010000]d/m/yyyy h:mm;@", "5/1/2024 12:00"),
        ("0.125", "0%", "13% (12,5% 0.125)"),
        ("0.125", "0.0%", "12,5% (0.125)"),
        ("1234", "000000", "001234 (1234)"),
        ("1234567", "#,##0", "1.234.567 (1234567)"),
        ("12500000", "#,##0&quot; đồng&quot;", "12.500.000 đồng (12500000)"),
        ("2025", "General", "2025"),
        ("0.30000000000000004", "General", "0,3 (0.3)"),
        ("912345678", "0000 000 000", "0912 345 678 (912345678)"),
        ("1e2", "0", "100"),
        ("0123", "General", "123"),
    ],
)
def test_numbers_are_read_as_cells_show_them(value: str, code: str, shown: str, tmp_path: Path) -> None:
    book = workbook(f'<row r="9"><c r="A9" s="1"><v>{value}</v></c></row>', (code,))
    assert shown in found_in(tmp_path, book).pages[0].text.split("\n")


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (-5, "#,##0;[Red](#,##0)", "(5)"),
        (-5, "#,##0", "-5"),
        (0, '#,##0;-#,##0;"-"', "-"),
        (1.5, "[h]:mm", "36:00"),
        (0.3125, "h:mm AM/PM", "7:30 SA"),
        (45296, 'dddd, "ngày" d mmmm yyyy', "Thứ Sáu, ngày 5 Tháng 1 2024"),
        (1_500_000, '0.0,,"tr"', "1,5tr"),
        (0.5, "# ?/?", "0,5"),
        (2.5, "0", "3"),
        (float("nan"), "0", ""),
        (1e9, "dd/mm/yyyy", "1000000000"),
        (12, '_(* #,##0.00_);_(* \\(#,##0.00\\);_(* "-"??_);_(@_)', "12,00"),
    ],
)
def test_formats(value: float, code: str, shown: str) -> None:
    assert as_shown(value, code) == shown


def test_days_count_from_1904_where_the_workbook_says_so(tmp_path: Path) -> None:
    cell = '<row r="9"><c r="A9" s="1"><v>1</v></c></row>'
    assert "02/01/1904" in found_in(tmp_path, workbook(cell, ("dd/mm/yyyy",), since_1904=True)).pages[0].text


def test_a_hidden_sheet_of_an_old_workbook_is_left_out(tmp_path: Path) -> None:
    content = bytearray(lzma.decompress((FIXTURES / "bang.xls.xz").read_bytes()))
    ole = Ole(bytes(content))
    stream = ole.find("Workbook")
    assert stream is not None
    book, at = ole.read(stream), 0
    while book[at : at + 2] != b"\x85\x00":
        at += 4 + int.from_bytes(book[at + 2 : at + 4], "little")
    content[content.index(book[at : at + 16]) + 8] = 1
    found = found_in(tmp_path, bytes(content))
    assert [page.text.split("\n")[0] for page in found.pages] == ["Kinh phí"]


def test_what_is_no_picture_gets_a_plain_reason(tmp_path: Path) -> None:
    found = found_in(tmp_path, b"\x89PNG\r\n\x1a\n" + bytes(60))
    assert found.state is FileState.FAILED
    assert found.problems[0].code == "unknown_kind" and str(tmp_path) not in str(found.problems)
