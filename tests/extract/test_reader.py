"""What is read of files: text by page, and a true reason where there is none."""

import lzma
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.extract.formats.pieces import PIECE, pieces
from indexer.extract.reader import read
from indexer.extract.reasons import problem, sentence, sentences
from indexer.model import Extraction, FileState
from indexer.stored.extraction import extraction_from_json, extraction_to_json
from tests.extract.documents import (
    PICTURE,
    docx,
    encrypted_pdf,
    msg,
    odt,
    ole,
    paragraph,
    pdf,
    pptx,
    xlsx,
    zipped,
)

FIXTURES = Path(__file__).parent / "fixtures"
"""Our own writing as LibreOffice 7.4 saves it, in formats of Office 97 and of its own."""
DEMO = Path(__file__).resolve().parents[2] / "demo" / "portal"


def write(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_pdf_is_read_page_by_page(tmp_path: Path) -> None:
    found = read(write(tmp_path, "a.pdf", pdf("first page", "", "third page")), "a.pdf")
    assert (found.media_type, found.state) == ("application/pdf", FileState.TEXT)
    assert [(page.number, page.text) for page in found.pages] == [
        (1, "first page"),
        (2, ""),
        (3, "third page"),
    ]


def test_the_content_tells_the_type_not_the_name(tmp_path: Path) -> None:
    for name in ("a.doc", "a", "74-UBND-KH.signed"):
        found = read(write(tmp_path, name, docx("Nội dung tệp")), name)
        assert found.state is FileState.TEXT
        assert [(page.number, page.text) for page in found.pages] == [(None, "Nội dung tệp")]


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        pytest.param(odt("Nội dung tệp"), "application/vnd.oasis.opendocument.text", id="ODT"),
        pytest.param(b"{\\rtf1\\ansi N\\u7897?i dung t\\u7879?p}", "application/rtf", id="RTF"),
        pytest.param("<html><body><p>Nội dung tệp</p></body></html>".encode(), "text/html", id="HTML"),
        pytest.param("\ufeffNội dung tệp".encode(), "text/plain", id="text with a byte order mark"),
        pytest.param(
            unicodedata.normalize("NFD", "Nội dung tệp").encode(), "text/plain", id="decomposed text"
        ),
    ],
)
def test_formats_without_pages(tmp_path: Path, content: bytes, media_type: str) -> None:
    for name in ("a.doc", "74-UBND-KH.signed"):
        found = read(write(tmp_path, name, content), name)
        assert (found.media_type, found.state) == (media_type, FileState.TEXT)
        assert [(page.number, page.text) for page in found.pages] == [(None, "Nội dung tệp")]


MAIL = (
    "Received: from a.lamgiang.example\r\nFrom: vanthu@lamgiang.example\r\nSubject: =?utf-8?B?SOG7jXA=?=\r\n"
    "Content-Type: text/plain;\r\n charset=utf-8\r\n\r\nKính mời họp lúc 8 giờ.\r\n"
).encode()


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        pytest.param(MAIL, "message/rfc822", id="EML"),
        pytest.param(msg("Họp", "Kính mời họp lúc 8 giờ."), "application/vnd.ms-outlook", id="MSG"),
    ],
)
def test_messages_are_told_by_their_content(tmp_path: Path, content: bytes, media_type: str) -> None:
    for name in ("a.eml", "a", "74-UBND-KH.signed"):
        found = read(write(tmp_path, name, content), name)
        assert (found.media_type, found.state) == (media_type, FileState.TEXT)
        assert "Subject: Họp" in found.pages[0].text and "Kính mời họp lúc 8 giờ." in found.pages[0].text


def test_lines_like_those_of_a_mail_make_no_mail(tmp_path: Path) -> None:
    text = b"Kinh gui: Van phong\nNoi nhan: nhu tren\nTrich yeu: bao cao\n\nNoi dung"
    assert read(write(tmp_path, "a", text), "a").media_type == "text/plain"


def test_old_sheets_and_slides(tmp_path: Path) -> None:
    book = read(write(tmp_path, "a", lzma.decompress((FIXTURES / "bang.xls.xz").read_bytes())), "a")
    assert (book.media_type, book.state) == ("application/vnd.ms-excel", FileState.TEXT)
    assert read(FIXTURES / "bang.ods", "a").pages == book.pages
    assert [(page.number, page.text) for page in book.pages] == [
        (1, "Nhân sự\nVị trí\tSố lượng\nVăn thư\t12"),
        (2, "Kinh phí\nSố hóa hồ sơ đất đai"),
    ]
    shown = read(write(tmp_path, "b", lzma.decompress((FIXTURES / "trinh-chieu.ppt.xz").read_bytes())), "b")
    assert (shown.media_type, shown.state) == ("application/vnd.ms-powerpoint", FileState.TEXT)
    assert [(page.number, page.text) for page in shown.pages] == [
        (1, "Kế hoạch chuyển đổi số"),
        (2, "Mục tiêu đến năm 2027: hồ sơ trực tuyến"),
    ]


def test_a_damaged_page_costs_itself(tmp_path: Path) -> None:
    content = pdf("one", "two", "three").replace(
        b"<< /Type /Page /Parent 2 0 R /MediaBox", b"<< /Type /Nope /Pa", 1
    )
    found = read(write(tmp_path, "a.pdf", content), "a.pdf")
    assert found.state is FileState.PARTIAL
    assert "1 of 3 pages are damaged" in sentence(found.problems[0])
    assert [page.text for page in found.pages] == ["", "two", "three"]


def test_long_text_is_text_wherever_its_letters_are_cut(tmp_path: Path) -> None:
    for shift in range(3):
        found = read(write(tmp_path, "a", b"x" * shift + "ủy ban ".encode() * 3000), "a")
        assert found.media_type == "text/plain"


def test_text_of_programs_that_fill_it_with_zeros(tmp_path: Path) -> None:
    table = b"m\xe3\x00\tt\xean\x00\tKhe S\xe2y\r\n" * 9
    assert read(write(tmp_path, "a.csv", table), "a.csv").media_type == "text/csv"
    found = read(write(tmp_path, "a.html", b"<html><p>Khe\0S\x01y</p><p>hai" + b"\0\1" * 99), "a.html")
    assert (found.media_type, found.pages[0].text.split()) == ("text/html", ["Khe", "Sy", "hai"])


def test_words_are_no_picture(tmp_path: Path) -> None:
    found = read(
        write(tmp_path, "a", b"BM 01 ban h\xc3\xa0nh n\xc4\x83m 2024 t\xe1\xba\xa1i Lam Giang"), "a.txt"
    )
    assert (found.media_type, found.pages[0].text[:11]) == ("text/plain", "BM 01 ban h")


def test_the_name_tells_kinds_of_text_apart_only(tmp_path: Path) -> None:
    content = "tên,số\nKhe Sậy,3\n".encode()
    assert read(write(tmp_path, "a.csv", content), "a.csv").media_type == "text/csv"
    found = read(write(tmp_path, "a.xls", content), "a.xls")
    assert (found.media_type, found.pages[0].text) == ("text/plain", "tên,số\nKhe Sậy,3")


@pytest.mark.parametrize(
    ("streams", "name", "media_type"),
    [
        pytest.param(["WordDocument"], "a.xls", "application/msword", id="the content tells"),
        pytest.param(["Workbook"], "a", "application/vnd.ms-excel", id="no name needed"),
        pytest.param(
            ["Workbook", "WordDocument"], "a.xls", "application/vnd.ms-excel", id="a letter in a sheet"
        ),
    ],
)
def test_old_office_formats_are_told_by_their_streams(
    tmp_path: Path, streams: list[str], name: str, media_type: str
) -> None:
    assert read(write(tmp_path, "x", ole(*streams)), name).media_type == media_type


def test_merged_cells_are_read_once(tmp_path: Path) -> None:
    wide = f'<w:tc><w:tcPr><w:gridSpan w:val="3"/></w:tcPr>{paragraph("Bảng tổng hợp")}</w:tc>'
    row = "".join(f"<w:tc>{paragraph(text)}</w:tc>" for text in ("một", "hai", "ba"))
    table = f"<w:tbl><w:tr>{wide}</w:tr><w:tr>{row}</w:tr></w:tbl>"
    found = read(write(tmp_path, "a.docx", docx("Trước", table, "Sau")), "a.docx")
    assert found.pages[0].text.split() == "Trước Bảng tổng hợp một hai ba Sau".split()


def test_sheets_begin_with_their_name_and_keep_their_number(tmp_path: Path) -> None:
    book = xlsx(**{"Dân số": [["Xã", "Số"], ["Khe Sậy", "3"]], "Trống": [], "Ghi chú": [["x"]]})
    found = read(write(tmp_path, "a.bin", book), "a.bin")
    assert [(page.number, page.text) for page in found.pages] == [
        (1, "Dân số\nXã\tSố\nKhe Sậy\t3"),
        (3, "Ghi chú\nx"),
    ]


def test_a_slide_is_a_page(tmp_path: Path) -> None:
    shown = pptx("Kế hoạch", "", "[slide-0 7] Khe Sậy")
    found = read(write(tmp_path, "a.bin", shown), "a.bin")
    assert [(page.number, page.text) for page in found.pages] == [
        (1, "Kế hoạch"),
        (2, ""),
        (3, "[slide-0 7] Khe Sậy"),
    ]


def test_a_workbook_without_cells_is_empty(tmp_path: Path) -> None:
    assert read(write(tmp_path, "a.xlsx", xlsx(Trống=[])), "a.xlsx").state is FileState.EMPTY


def test_a_picture_among_pages_of_text_makes_it_partial(tmp_path: Path) -> None:
    found = read(write(tmp_path, "a.pdf", pdf("one", "", PICTURE, PICTURE)), "a.pdf")
    assert found.state is FileState.PARTIAL
    assert sentences(found.problems) == ("2 of 4 pages are scans (first: 3) and need OCR",)
    assert [page.text for page in found.pages] == ["one", "", "", ""]


def test_text_in_an_encoding_that_nobody_knows_is_partial(tmp_path: Path) -> None:
    found = read(write(tmp_path, "a.txt", b"Th\x81ng b\x8do"), "a.txt")
    assert found.state is FileState.PARTIAL
    assert sentences(found.problems) == ("2 characters are in an encoding that is not supported",)


def test_a_password_in_the_name_protects_nothing(tmp_path: Path) -> None:
    name = "password-protected encrypted.pdf"
    found = read(write(tmp_path, name, pdf("text")[:200]), name)
    assert found.state is FileState.FAILED
    assert str(tmp_path) not in str(found.problems)


def test_a_sheet_is_a_page() -> None:
    found = read(DEMO / "giao-duc/tuyen-sinh-lop-10-nam-2024/chi-tieu-lop-10-2024.xlsx", "x.xlsx")
    assert [page.number for page in found.pages] == [1, 2, 3]
    assert all("\t" in page.text for page in found.pages)


def test_real_pdf_has_its_words_on_the_right_page() -> None:
    found = read(DEMO / "y-te/tiem-vac-xin-soi-2025/KH-tiem-soi-2025.pdf", "KH-tiem-soi-2025.pdf")
    assert [page.number for page in found.pages if "Khe Sậy" in page.text] == [3]


@pytest.mark.parametrize(
    ("content", "state", "reason"),
    [
        pytest.param(b"", FileState.EMPTY, "no bytes", id="empty"),
        pytest.param(pdf("", ""), FileState.EMPTY, "no text", id="blank pages"),
        pytest.param(pdf("some text")[:200], FileState.FAILED, "damaged", id="truncated PDF"),
        pytest.param(
            encrypted_pdf("secret", "mat khau"), FileState.PROTECTED, "password", id="PDF with password"
        ),
        pytest.param(ole("EncryptedPackage"), FileState.PROTECTED, "password", id="DOCX with password"),
        pytest.param(pdf(PICTURE), FileState.EMPTY, "needs OCR", id="scan"),
        pytest.param(docx("text")[:200], FileState.FAILED, "damaged", id="truncated DOCX"),
        pytest.param(docx(), FileState.EMPTY, "no text", id="empty DOCX"),
        pytest.param(b"PK\x03\x04" + b"\xff" * 500, FileState.FAILED, "damaged", id="damaged ZIP"),
        pytest.param(ole("Other"), FileState.FAILED, "damaged", id="unknown OLE"),
        pytest.param(bytes(range(256)) * 40, FileState.FAILED, "is not supported", id="random bytes"),
        pytest.param(docx(" " * 105_000_000), FileState.FAILED, "100,000,000 bytes", id="ZIP bomb"),
    ],
)
def test_says_why_there_is_no_text(tmp_path: Path, content: bytes, state: FileState, reason: str) -> None:
    found = read(write(tmp_path, "x.bin", content), "x.bin")
    assert found.state is state
    assert found.problems
    assert reason in sentence(found.problems[0])


def test_nothing_is_written_beside_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = write(tmp_path, "a.pdf", pdf("text"))
    read(path, "a.pdf")
    assert [one.name for one in tmp_path.iterdir()] == ["a.pdf"]


def test_billion_laughs_is_no_bomb(tmp_path: Path) -> None:
    entities = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 12))
    bomb = zipped(**{"word/document.xml": f"<!DOCTYPE d [{entities}]><d>&a11;</d>"})
    found = read(write(tmp_path, "laughs.docx", bomb), "laughs.docx")
    assert sum(len(page.text) for page in found.pages) < 10_000


@given(st.text(alphabet="ab \nĐiều1.", max_size=3 * PIECE))
def test_pieces_lose_nothing_but_blanks(text: str) -> None:
    assert "".join("".join(pieces(text)).split()) == "".join(text.split())
    assert all(piece.strip() for piece in pieces(text))


def test_long_text_is_cut_at_headings() -> None:
    text = "\n".join(f"Điều {n}. Quy định\n" + "chữ " * 700 for n in range(1, 9))
    found = pieces(text)
    assert len(found) == 8
    assert all(piece.startswith("Điều ") for piece in found)


def test_json_is_lossless(tmp_path: Path) -> None:
    for found in (
        read(write(tmp_path, "a.pdf", pdf("one", "two")), "a.pdf"),
        Extraction("x/y", FileState.FAILED, problems=(problem("part_damaged", 3, "why", part="a/b.xml"),)),
    ):
        assert extraction_from_json(extraction_to_json(found)) == found
