"""Small files that went wrong, each standing for its kind: all that they show is found, and nothing that they don't."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from indexer.extract.archives import unpack
from indexer.extract.reader import read, read_text
from indexer.model import FileState
from tests.shared import CASES, needs_cases

pytestmark = needs_cases
FILES = CASES / "attachments"
UNSEEN_OF_DOCX = {"XOADI", "HYPERLINK", "DATE", "MALENH", "ANDAU", "CHUYENTU", "TACGIASIEU"}
"""Deleted, codes of fields, hidden, where moved text was, who typed it."""
_MARK = re.compile(r"[A-Z][A-Z0-9]{3,}")


def text_of(name: str) -> str:
    found = read(FILES / name, name)
    assert found.state is FileState.TEXT and not found.problems, found
    return "\n".join(page.text for page in found.pages)


def test_every_part_of_a_word_file_is_found_once() -> None:
    marks = (FILES / "docx_parts.marks").read_text().split()
    text = text_of("docx_parts.docx")
    assert {mark for mark in marks if mark not in text} == UNSEEN_OF_DOCX
    found = _MARK.findall(text)
    assert [mark for mark in set(found) if found.count(mark) > 1] == []


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("docx_parts.docx", ["Điều 1. Quy định chung TIEUDETUDONG", "TRUOCTAB\tSAUTAB", "XUONGDONG", "74-KH", "GOPOCOT"]),
        ("docx_tabs.docx", ["A1\tB1", "A6", "B6", "74/KH-UBND", "75/KH-UBND", "76/KH-UBND", "SYM°C"]),
        (
            "docx_shapes.docx",
            ["V1 sau nét kẻ", "V4 sau hộp vml", "HOP4", "HOP5", "V6 sau hộp both", "HOP6", "HOP7", "V10 V10sau"]
            + ["CHUTHICH1 theo Nghị định 30/2020/NĐ-CP", "CHUTHICH2"],
        ),
        ("html_1258.html", ["Uỷ ban nhân dân tỉnh"]),
        ("html_plain.html", ["Tiêu đề trang", "Ủy ban nhân dân", "Số 12\tKế hoạch"]),
        ("mail_html_div.eml", ["Subject: Giấy mời họp số 15/GM-UBND", "Ủy ban nhân dân kính mời", "Đoạn hai"]),
        ("odt_parts.odt", ["Ủy ban\tSAUTAB", "HOPCHU", "OMOTB\tOHAI", "MUCCON", "CUOCCHU", "BINHLUAN", "DAUTRANG", "RUBYGOC"]),
        ("odp_parts.odp", ["TIEUDEODP", "GHICHUODP"]),
        (
            "pptx_parts.pptx",
            ["TIEUDEMOT", "GHICHUMOT", "OMOT\tOHAI", "TRONGNHOM", "TIEUDEBIEUDO", "TRANGAN", "74/KH-UBND", "CHIADOI", "XUONGDONG"],
        ),
        ("rtf_parts.rtf", ["Thân văn bản THANVB", "OMOT\tOHAI", "HOPVB", "CHUTHICH", "BINHLUAN", "DAUTRANG", "CHANTRANG"]),
        ("rtf_specials.rtf", ["74/KH-UBND ng ay memmai A\tB", "C—D•E‘F"]),
        ("txt_utf16le_nobom.txt", ["Ủy ban nhân dân tỉnh Lâm Giang"]),
        ("xlsx_far_row.xlsx", ["DS"]),
        (
            "xlsx_formats.xlsx",
            ["ngày\t05/03/2025", "tháng\t03/2025", "phần trăm\t12,50% (12,5% 0.125)", "mã số\t007123 (7123)", "giờ\t07:30"]
            + ["GOPOXLSX", "GHICHUO", "HOPCHU", "TIEUDEBIEUDO", "DAUTRANGXLSX", "giàu ĐẬM chữ"],
        ),
        ("pdf_parts.pdf", ["So: 2003/CD-VPCP", "KYNGAY 07/10/2025", "GHICHUTUDO", "GIAYDAN", "Nguyen Van GIATRIO"]),
        ("pdf_fallback_font.pdf", ["Đề án xây dựng phần mềm quản lý văn bản điều hành"]),
    ],
)  # fmt: skip
def test_lines_are_read_as_they_stand(name: str, lines: list[str]) -> None:
    found = text_of(name).split("\n")
    assert [line for line in lines if line not in found] == []


def test_the_text_of_a_long_file_waits_for_no_signature() -> None:
    found = read_text(FILES / "pdf_tagged_signed_4c.pdf", "a.pdf")
    assert len(found.pages) == 300 and all("Ủy ban nhân dân" in page.text for page in found.pages)


@pytest.mark.parametrize("name", ["tiff_g3.tiff", "tiff_p.tiff"])
def test_pictures_wait_for_ocr(name: str) -> None:
    assert read(FILES / name, name).unread == (1,)


@pytest.mark.parametrize(
    ("name", "members", "state"),
    [
        ("mail_attach.eml", ["phụ lục 1.txt", "kế hoạch.pdf"], FileState.TEXT),
        ("single.txt.gz", [""], FileState.TEXT),
        ("tar_bz2.tbz", ["p.png"], FileState.TEXT),
        ("zip_partly_enc.zip", ["a.txt"], FileState.PARTIAL),
    ],
)
def test_files_within_are_attachments(
    name: str, members: list[str], state: FileState, tmp_path: Path
) -> None:
    found = unpack(FILES / name, tmp_path, 1 << 20)
    assert ([name for name, _, _ in found.members], found.state) == (members, state)


def test_no_file_is_without_a_test() -> None:
    tested = Path(__file__).read_text(encoding="utf-8")
    assert [path.name for path in FILES.iterdir() if f'"{path.name}"' not in tested] == []
