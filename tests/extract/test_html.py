"""Pages of HTML as attachments: all that they show is read, in whatever elements and code page it stands."""

from pathlib import Path

import pytest

from indexer.html.tree import MOST_ELEMENTS
from indexer.model import FileState
from tests.extract.parts.html import LEFT_OUT, PAGE, PARTS
from tests.extract.reading import found_in, text_in


def text_of(folder: Path, content: bytes, name: str = "a.html") -> str:
    return text_in(folder, content, name)


def test_every_part_is_found(tmp_path: Path) -> None:
    text = text_of(tmp_path, PAGE.format(charset="utf-8").encode())
    assert [part for part, word in PARTS.items() if word not in text] == []
    assert [part for part, word in LEFT_OUT.items() if word in text] == []


def test_words_are_neither_joined_nor_torn(tmp_path: Path) -> None:
    lines = text_of(tmp_path, PAGE.format(charset="utf-8").encode()).split("\n")
    assert {"TRONGKHOI hồsơ", "lồng nhau", "đuôi khối", "OBANG\tthứ hai", "dòng sau", "dòng kế"} <= set(lines)


@pytest.mark.parametrize(
    ("charset", "declared"),
    [
        ("utf-16", "utf-16"),
        ("cp1258", "windows-1258"),
        ("cp1258", ""),
        ("utf-8", "windows-1252"),
        ("utf-8", "punycode"),
    ],
)
def test_code_pages(tmp_path: Path, charset: str, declared: str) -> None:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">' if declared else ""
    # As Windows-1258 writes it: letters, and marks of tone behind them.
    content = f"<html><head>{meta}</head><body><div>Công v\u0103n cu\u0309a ti\u0309nh</div></body></html>"
    assert text_of(tmp_path, content.encode(charset)) == "Công văn của tỉnh"


def test_html_under_the_name_of_an_office_file(tmp_path: Path) -> None:
    for name in ("a.doc", "a.xls"):
        found = found_in(tmp_path, b"\xef\xbb\xbf<table><tr><td>Ph\xe1\xbb\xa5 l\xe1\xbb\xa5c</table>", name)
        assert (found.media_type, found.state) == ("text/html", FileState.TEXT)
        assert found.pages[0].text == "Phụ lục"


def test_a_page_of_too_many_elements_keeps_its_words(tmp_path: Path) -> None:
    cells = "<td>ô</td>" * (MOST_ELEMENTS + 1)
    text = text_of(
        tmp_path, f"<html><table><tr>{cells}</tr><tr><td>dòng&nbsp;cuối</td></tr></table>".encode()
    )
    assert text.startswith("ô\tô\t") and text.endswith("dòng cuối")


def test_the_title_of_a_page_is_that_of_its_file(tmp_path: Path) -> None:
    page = "<html><head><title>Kế hoạch cải cách hành chính</title></head><body>Nội dung</body></html>"
    assert found_in(tmp_path, page.encode(), "a.html").title == "Kế hoạch cải cách hành chính"


def test_a_hidden_sheet_that_excel_saved_as_a_page_is_left_out(tmp_path: Path) -> None:
    sheet = "<x:ExcelWorksheet><x:Name>Thu</x:Name>%s</x:ExcelWorksheet>"
    hidden = "<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions>"
    page = "<html><!--[if gte mso 9]><xml>%s</xml><![endif]--><body><table><tr><td>Khe Sậy</td></tr></table></body></html>"
    shown = {
        island: text_of(tmp_path, (page % island).encode(), "a.xls")
        for island in (hidden, sheet % hidden, sheet % "", sheet % "" + sheet % hidden)
    }
    assert list(shown.values()) == ["", "", "Khe Sậy", "Khe Sậy"]


def test_a_dialog_is_shown_where_it_is_open(tmp_path: Path) -> None:
    page = b"<html><body><p>Khe<dialog><p>DONG</p></dialog><dialog open>MO</dialog></body></html>"
    assert text_of(tmp_path, page).split() == ["Khe", "MO"]
