"""PDF of other looks: files within, forms of Adobe's alone, pages that end their reader, a lost end, a late beginning."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.extract.reader import read
from indexer.extract.reasons import sentence
from indexer.extract.sandbox import Sandbox
from indexer.model import Article, Attachment, FileState
from indexer.search.request import SearchRequest
from indexer.search.service import open_search
from indexer.settings import Settings
from tests.collection import index
from tests.extract.documents import encrypted_pdf, pdf, written
from tests.extract.test_annotations import document

PAGES = pdf("Trang mot", "Trang hai", "Trang ba")


def stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (entries, len(content), content)


def carrying(attached: bytes, pinned: bytes, pages: bytes = b"Ke hoach") -> bytes:
    """Return a PDF with one file attached to it and another to a place on its page."""
    return written(
        [
            b"<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles << /Names [(a) 6 0 R] >> >> >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Annots [8 0 R]"
            b" /Resources << /Font << /F1 5 0 R >> >> >>",
            stream(b"BT /F1 12 Tf 50 700 Td (%s) Tj ET" % pages),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            b"<< /Type /Filespec /F (phu-luc.txt) /EF << /F 7 0 R >> >>",
            stream(attached, b"/Type /EmbeddedFile"),
            b"<< /Type /Annot /Subtype /FileAttachment /Rect [50 50 70 70] /FS 9 0 R >>",
            b"<< /Type /Filespec /F (../danh\\\\sach.txt) /EF << /F 10 0 R >> >>",
            stream(pinned, b"/Type /EmbeddedFile"),
        ]
    )


def xfa(page: bytes, template: bytes, data: bytes) -> bytes:
    """Return a PDF whose form is in XML, with a page for programs that don't know it."""
    return written(
        [
            b"<< /Type /Catalog /Pages 2 0 R /NeedsRendering true /AcroForm << /Fields []"
            b" /XFA [(template) 6 0 R (datasets) 7 0 R] >> >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
            b" /Resources << /Font << /F1 5 0 R >> >> >>",
            stream(b"BT /F1 12 Tf 50 700 Td (%s) Tj ET" % page),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            stream(template),
            stream(data),
        ]
    )


def test_files_in_a_pdf_are_attachments_behind_it(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    content = carrying("Phụ lục bến Đền Lộng".encode(), "Danh sách hộ Suối Ngà".encode())
    index(settings, [Article("a", "Tin", attachments=(Attachment("ke-hoach.pdf", content=content),))])
    searcher = open_search(settings).searcher()
    files = searcher.articles.by_id("a").files
    assert [file.name for file in files] == [
        "ke-hoach.pdf",
        "ke-hoach.pdf/phu-luc.txt",
        "ke-hoach.pdf/danh/sach.txt",
    ]
    assert {file.state for file in files} == {FileState.TEXT}
    for words in ("bến Đền Lộng", "hộ Suối Ngà"):
        assert [hit.id for hit in searcher.search(SearchRequest(words)).hits] == ["a"]


LABELS = (
    '<template xmlns="http://www.xfa.org/schema/xfa-template/2.8/"><subform><draw><value><text>Tờ khai</text></value></draw>'
    "<field><caption><value><text>Họ và tên</text></value></caption><items><text>1</text></items></field>"
    '<draw presence="hidden"><value><text>ẩn</text></value></draw><draw><value><exData><body><p>Kính <span>g</span>ửi:</p>'
    "<p>Ủy ban</p></body></exData></value></draw></subform></template>"
)
VALUES = (
    '<xfa:datasets xmlns:xfa="http://www.xfa.org/schema/xfa-data/1.0/"><xfa:data><f><ten>Lê Thị Bưởi</ten>'
    "<trong/></f></xfa:data></xfa:datasets>"
)


def test_a_form_that_only_adobe_draws_is_read_from_its_xml(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(xfa(b"Please wait...", LABELS.encode(), VALUES.encode()))
    found = read(path, "a.pdf")
    assert found.pages[0].text.split("\n") == ["Tờ khai", "Họ và tên", "Kính gửi:", "Ủy ban", "Lê Thị Bưởi"]
    path.write_bytes(xfa(b"To khai cua ong ba", LABELS.encode(), VALUES.encode()))
    assert read(path, "a.pdf").pages[0].text == "To khai cua ong ba"


def field(y: int, value: bytes, x: int = 50) -> tuple[bytes, bytes]:
    return b"/Subtype /Widget /FT /Tx /T (%d-%d) /V (%s) /Rect [%d %d %d %d]" % (
        x,
        y,
        value,
        x,
        y,
        x + 200,
        y + 20,
    ), value


def test_the_same_value_in_another_field_is_another_value(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    page = b"BT /F1 12 Tf 50 700 Td (Cha va me) Tj ET"
    path.write_bytes(document(page, b"Helvetica", field(600, b"Nguyen Van An"), field(560, b"Nguyen Van An")))
    assert read(path, "a.pdf").pages[0].text.count("Nguyen Van An") == 2
    twins = field(600, b"Nguyen Van An"), field(600, b"Nguyen Van An", 300)
    path.write_bytes(document(page, b"Helvetica", *twins))
    assert read(path, "a.pdf").pages[0].text.count("Nguyen Van An") == 2


def test_a_field_and_a_stamp_that_say_the_same_are_read_once(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    page = b"BT /F1 12 Tf 50 700 Td (Ky boi) Tj ET"
    stamp = b"/Subtype /Stamp /Rect [300 600 500 620]", b"Nguyen Van An"
    path.write_bytes(document(page, b"Helvetica", field(600, b"Nguyen Van An"), stamp))
    assert read(path, "a.pdf").pages[0].text.count("Nguyen Van An") == 1


def test_fields_that_overlap_are_two_words(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    fields = field(600, b"motmot"), field(602, b"haihai", 80)
    path.write_bytes(document(b"BT /F1 12 Tf 50 700 Td (Ten) Tj ET", b"Helvetica", *fields))
    assert {"motmot", "haihai"} <= set(read(path, "a.pdf").pages[0].text.split())


def test_letters_that_no_font_names_are_for_ocr(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf("\\001\\002\\003\\004", "Trang hai", ""))
    found = read(path, "a.pdf")
    assert found.unread == (1,) and found.pages[1].text == "Trang hai"


DYING = """
import os, sys
from indexer.extract import child
from indexer.extract.formats import pdf
words = pdf._words
def dying(page):
    text = words(page)
    if "hai" in text: os.abort()
    return text
pdf._words = dying
sys.argv = ["child", "1500"]
child.main()
"""


@pytest.mark.parametrize(
    ("pages", "texts", "last"),
    [
        (("mot", "hai", "ba"), ["mot", "", "ba"], "page 2: the reader crashed (status -6)"),
        (
            ("mot", "hai", "hai", "ba", "hai", "bon", "hai", "nam"),
            ["mot", "", "", "ba", "", "bon", "", ""],
            "page 7: the reader crashed (status -6)",
        ),
    ],
)
def test_a_page_that_ends_its_reader_costs_that_page(
    tmp_path: Path, pages: tuple[str, ...], texts: list[str], last: str
) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf(*pages))
    with Sandbox(1, 30, 1500, (sys.executable, "-c", DYING)) as sandbox:
        found = sandbox.extract(path, "a.pdf")
    assert [page.text for page in found.pages] == texts
    assert found.state is FileState.PARTIAL and sentence(found.problems[-1]) == last and not found.unread


@pytest.mark.parametrize(
    ("made", "texts"),
    [
        pytest.param(lambda: b"\0\1junk" * 20 + PAGES, ["Trang mot", "Trang hai", "Trang ba"], id="late beginning"),
        pytest.param(lambda: PAGES + b"<html>" * 999, ["Trang mot", "Trang hai", "Trang ba"], id="more behind it"),
        pytest.param(lambda: PAGES[:-200], ["Trang mot", "Trang hai", "Trang ba"], id="no trailer"),
        pytest.param(lambda: PAGES[: len(PAGES) * 7 // 10], ["Trang mot", "Trang hai", ""], id="cut off"),
        pytest.param(lambda: encrypted_pdf("Bi khoa", ""), ["Bi khoa"], id="no password to open"),
    ],
)  # fmt: skip
def test_what_is_left_is_read(tmp_path: Path, made: Callable[[], bytes], texts: list[str]) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(made())
    assert [page.text for page in read(path, "a.pdf").pages] == texts


def test_values_of_hidden_fields_of_a_form_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "file"
    labels = LABELS.replace("<subform>", '<subform><field name="ten" presence="hidden"/>', 1)
    path.write_bytes(xfa(b"Please wait...", labels.encode(), VALUES.encode()))
    text = read(path, "a.pdf").pages[0].text
    assert "Tờ khai" in text and "Bưởi" not in text


def test_labels_of_a_form_are_read_once_and_not_within_what_is_hidden(tmp_path: Path) -> None:
    path = tmp_path / "file"
    added = (
        '<subform presence="hidden"><subform><draw><value><text>GIAU</text></value></draw></subform></subform>'
        "<draw><value><exData><body><p>MOT <b>hai</b></p><p>BA</p></body></exData></value></draw>"
    )
    path.write_bytes(
        xfa(b"Please wait...", LABELS.replace("<subform>", f"<subform>{added}", 1).encode(), b"")
    )
    lines = read(path, "a.pdf").pages[0].text.split("\n")
    assert lines[:3] == ["MOT hai", "BA", "Tờ khai"] and "GIAU" not in lines
