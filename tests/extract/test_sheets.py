"""Sheets as attachments: cells as they look, beside what they hold; what is not shown is no public text."""

import re
import struct
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.extract.formats.sheets.number_format import as_shown
from indexer.extract.formats.sheets.sheet import Area, Sheet
from indexer.extract.reasons import sentence
from indexer.model import FileState
from tests.extract.documents import cfb
from tests.extract.parts import locked, xls, xlsb, xlsx, xml_2003
from tests.extract.parts.xlsx import workbook
from tests.extract.reading import found_in


@pytest.mark.parametrize(
    ("parts", "left_out", "content"),
    [
        pytest.param(xlsx.PARTS, xlsx.LEFT_OUT, xlsx.workbook(), id="XLSX"),
        pytest.param(xlsb.PARTS, xlsb.LEFT_OUT, xlsb.xlsb(), id="XLSB"),
        pytest.param(xls.PARTS, xls.LEFT_OUT, xls.xls(), id="XLS"),
        pytest.param(xml_2003.PARTS, xml_2003.LEFT_OUT, xml_2003.xml_2003(), id="XML of Excel 2003"),
    ],
)
def test_every_part_is_found_and_nothing_hidden(
    parts: dict[str, str], left_out: dict[str, str], content: bytes, tmp_path: Path
) -> None:
    found = found_in(tmp_path, content, "a.xlsx")
    assert (found.state, found.pages[0].number) == (FileState.TEXT, 1)
    text = "\n".join(page.text for page in found.pages)
    assert [part for part, word in parts.items() if word not in text] == []
    assert [part for part, word in left_out.items() if word in text] == []
    assert "CHUOICHUNG\tCHUDAM" in text and not re.search(r"^(?:Trang|Page)\b", text, re.MULTILINE)


def test_a_damaged_sheet_keeps_what_stands_before(tmp_path: Path) -> None:
    found = found_in(tmp_path, workbook("<row><c></row>"), "a.xlsx")
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
        ("0.30000000000000004", "General", "0,3 (0.3 0.30000000000000004)"),
        ("0.3333333333333333", "0%", "33% (33,3333333333333% 0.3333333333333333)"),
        ("1234567890123450", "General", "1234567890123450"),
        ("912345678", "0000 000 000", "0912 345 678 (912345678)"),
        ("1e2", "0", "100"),
        ("0123", "General", "123"),
    ],
)
def test_numbers_are_read_as_cells_show_them(value: str, code: str, shown: str, tmp_path: Path) -> None:
    book = workbook(f'<row r="9"><c r="A9" s="2"><v>{value}</v></c></row>', (code,))
    assert shown in found_in(tmp_path, book, "a.xlsx").pages[0].text.split("\n")


def test_rows_and_columns_of_no_size_are_hidden(tmp_path: Path) -> None:
    row = '<row r="9" ht="%s"><c r="A9" t="str"><v>CAO</v></c></row>'
    assert "CAO" not in found_in(tmp_path, workbook(row % "0"), "a.xlsx").pages[0].text
    assert "CAO" in found_in(tmp_path, workbook(row % "0.5"), "a.xlsx").pages[0].text


_XLSX_CELLS = '<row r="9" ht="%s"><c r="A9" t="str"><v>CAO</v></c></row><row r="10"><c r="H10" t="str"><v>RONG</v></c></row>'


def _xlsx_sized(height: int, width: int, others: bool) -> bytes:
    default = '<sheetFormatPr defaultColWidth="0" zeroHeight="1"/>' if others else ""
    columns = f'{default}<cols><col min="1" max="3" width="9"/><col min="8" max="8" width="{width}"/></cols>'
    rows = _XLSX_CELLS % height
    return workbook(rows, columns=columns)


def _xls_sized(height: int, width: int, others: bool) -> bytes:
    told = [
        struct.pack("<HHHHHHI", row, 0, 9, high, 0, 0, 0) for row, high in ((0, 255), (8, height), (9, 255))
    ]
    sizes = [
        struct.pack("<HHHHH2x", first, last, wide, 0, 0) for first, last, wide in ((0, 2, 900), (7, 7, width))
    ]
    rows = [xls.record(0x208, row) for row in told] + [xls.record(0x7D, size) for size in sizes]
    if others:
        rows += [xls.record(0x225, struct.pack("<HH", 2, 255)), xls.record(0x99, b"\0\0")]
    return xls.xls(b"".join([*rows, xls.label(8, 0, "CAO"), xls.label(9, 7, "RONG")]))


def _xlsb_sized(height: int, width: int, others: bool) -> bytes:
    before = xlsb.record(485, struct.pack("<IHHBxxx", 0, 8, 300, 2)) if others else b""
    before += b"".join(
        xlsb.record(60, struct.pack("<IIIIH", first, last, wide, 0, 0))
        for first, last, wide in ((0, 2, 900), (7, 7, width))
    )
    rows = xlsb.row(8, height=height) + xlsb.text(0, "CAO") + xlsb.row(9) + xlsb.text(7, "RONG")
    return xlsb.xlsb(rows, before=before)


@pytest.mark.parametrize("sized", [_xlsx_sized, _xls_sized, _xlsb_sized])
def test_what_has_no_size_is_hidden(sized: Callable[[int, int, bool], bytes], tmp_path: Path) -> None:
    def shown(height: int, width: int, others: bool = False) -> list[str]:
        text = found_in(tmp_path, sized(height, width, others), "a.xlsx").pages[0].text
        return [word for word in ("CHUOICHUNG", "CAO", "RONG", "DONGCUOI") if word in text]

    assert shown(300, 900) == ["CHUOICHUNG", "CAO", "RONG", "DONGCUOI"]
    assert shown(0, 900) == ["CHUOICHUNG", "RONG", "DONGCUOI"]
    assert shown(300, 0) == ["CHUOICHUNG", "CAO", "DONGCUOI"]
    assert shown(300, 900, others=True) == [
        "CHUOICHUNG",
        "CAO",
        "RONG",
    ]  # in a column that no record tells of


def test_a_box_of_an_old_workbook_on_hidden_rows_is_hidden(tmp_path: Path) -> None:
    on_hidden, on_shown = xls.anchor(2, 2), xls.anchor(2, 3)
    rows = xls.drawn(7, 6, "HOPTRONGHANG", anchor=on_hidden) + xls.drawn(8, 6, "HOPLON", anchor=on_shown)
    text = found_in(tmp_path, xls.xls(rows), "a.xlsx").pages[0].text
    assert "HOPTRONGHANG" not in text and "HOPLON" in text


def test_where_other_rows_are_hidden_a_box_needs_a_row_that_is_shown() -> None:
    sheet = Sheet()
    sheet.hide_other_rows()
    sheet.show_row(5)
    assert sheet.hides(Area(1, 4, 1, 2)) and sheet.hides(Area(6, 6, 1, 2))
    assert not sheet.hides(Area(4, 6, 1, 2)) and not sheet.hides(Area(0, 0, 0, 0))


def test_a_part_that_is_listed_twice_is_read_once(tmp_path: Path) -> None:
    listed = '<sheet name="TENTRANG" r:id="r1"/>'
    found = found_in(tmp_path, workbook(listed=listed * 3), "a.xlsx")
    assert "".join(page.text for page in found.pages).count("CHUOIRIENG") == 1


def test_a_box_on_hidden_rows_alone_is_hidden() -> None:
    sheet = Sheet()
    sheet.hide_row(3)
    sheet.hide_row(4)
    assert (
        sheet.hides(Area(3, 4, 1, 2))
        and not sheet.hides(Area(3, 5, 1, 2))
        and not sheet.hides(Area(0, 0, 0, 0))
    )


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
        (float("inf"), "#,##0", ""),
        (1e300, "0" + "%" * 300, ""),
        (5, "0" + "," * 300, "0"),
        (1e9, "dd/mm/yyyy", "1000000000"),
        (12, '_(* #,##0.00_);_(* \\(#,##0.00\\);_(* "-"??_);_(@_)', "12,00"),
    ],
)
def test_formats(value: float, code: str, shown: str) -> None:
    assert as_shown(value, code) == shown


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(
            workbook('<row r="9"><c r="A9" s="2"><v>1</v></c></row>', ("dd/mm/yyyy",), since_1904=True),
            id="XLSX",
        ),
        pytest.param(xls.xls(xls.number(8, 0, 1, 2), ("dd/mm/yyyy",), since_1904=True), id="XLS"),
        pytest.param(
            xlsb.xlsb(
                xlsb.row(8) + xlsb.cell(5, 0, struct.pack("<d", 1), 2), ("dd/mm/yyyy",), since_1904=True
            ),
            id="XLSB",
        ),
    ],
)
def test_days_count_from_1904_where_the_workbook_says_so(content: bytes, tmp_path: Path) -> None:
    assert "02/01/1904" in found_in(tmp_path, content, "a.xlsx").pages[0].text


def test_packed_numbers_of_old_workbooks(tmp_path: Path) -> None:
    packed = (
        struct.pack("<HHH", 8, 0, 2)
        + struct.pack("<HI", 0, 12 << 2 | 2)
        + struct.pack("<HI", 0, 1250 << 2 | 3)
    )
    rows = xls.record(0xBD, packed[:4] + packed[6:] + b"\x01\0") + xls.record(
        0x27E, struct.pack("<HHHI", 9, 0, 2, 0x3FC00000)
    )
    assert "12\t12,5 (12.5)\n0,125" in found_in(tmp_path, xls.xls(rows, ("0.000",)), "a.xlsx").pages[0].text


def test_a_damaged_sheet_of_an_old_workbook_keeps_what_stands_before(tmp_path: Path) -> None:
    found = found_in(tmp_path, xls.xls(xls.record(0xFD, b"\0")), "a.xlsx")
    assert found.state is FileState.PARTIAL and "KETQUA" in found.pages[0].text
    assert "DONGCUOI" not in found.pages[0].text and "TENTRANG" in sentence(found.problems[0])


def test_a_damaged_sheet_of_a_binary_workbook_keeps_what_stands_before(tmp_path: Path) -> None:
    found = found_in(tmp_path, xlsb.xlsb(xlsb.cell(5, 0, b"\0")), "a.xlsx")
    assert found.state is FileState.PARTIAL and "KETQUA" in found.pages[0].text
    assert "DONGCUOI" not in found.pages[0].text and "t1.bin" in sentence(found.problems[0])


@pytest.mark.parametrize(
    ("first", "password", "state"),
    [
        pytest.param(xls.record(0x2F, bytes(4)), "", FileState.PROTECTED, id="locked in an older way"),
        pytest.param(locked.file_pass("mật khẩu"), "mật khẩu", FileState.PROTECTED, id="locked"),
        pytest.param(
            locked.file_pass("VelvetSweatshop"),
            "VelvetSweatshop",
            FileState.TEXT,
            id="locked for nobody, by Excel itself",
        ),
    ],
)
def test_an_old_workbook_behind_a_password_is_protected(
    first: bytes, password: str, state: FileState, tmp_path: Path
) -> None:
    found = found_in(tmp_path, cfb({"Workbook": locked.locked(xls.stream(first=first), password)}), "a.xlsx")
    assert found.state is state
    assert ("DONGCUOI" in "".join(page.text for page in found.pages)) is (state is FileState.TEXT)


def test_what_is_no_picture_gets_a_plain_reason(tmp_path: Path) -> None:
    found = found_in(tmp_path, b"\x89PNG\r\n\x1a\n" + bytes(60), "a.xlsx")
    assert found.state is FileState.FAILED
    assert found.problems[0].code == "unknown_kind" and str(tmp_path) not in str(found.problems)


def test_a_sheet_whose_end_is_lost_may_have_been_hidden(tmp_path: Path) -> None:
    whole = xml_2003.xml_2003()
    found = found_in(tmp_path, whole[: whole.index(b"Hidden</Visible>")], "a.xlsx")
    text = "".join(page.text for page in found.pages)
    assert found.state is FileState.PARTIAL and "CHUOICHUNG" in text and "TRANGAN" not in text
