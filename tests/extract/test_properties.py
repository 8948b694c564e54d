"""Title and day that the program which made a file noted in it."""

import zipfile
from pathlib import Path

import pytest

from indexer.extract.properties import properties
from tests.extract.parts.doc import CREATED, TITLE, document

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def docx(path: Path, title: str, created: str = "2024-11-22T03:00:00Z") -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "docProps/core.xml",
            f"<cp:coreProperties><dc:title>{title}</dc:title>"
            f'<dcterms:created xsi:type="dcterms:W3CDTF">{created}</dcterms:created></cp:coreProperties>',
        )
    return path


@pytest.mark.parametrize(
    ("noted", "title"),
    [
        ("Hướng dẫn nộp hồ sơ &amp; lệ phí", "Hướng dẫn nộp hồ sơ & lệ phí"),
        ("Microsoft Word - Hướng dẫn nộp hồ sơ.docx", "Hướng dẫn nộp hồ sơ"),
        ("UBND PHƯỜNG BẾN NGUYỆT", ""),
        ("Untitled document", ""),
        ("(anonymous) và ba từ nữa", ""),
        ("", ""),
    ],
)
def test_titles_that_can_be_meant(tmp_path: Path, noted: str, title: str) -> None:
    assert properties(docx(tmp_path / "a.docx", noted), DOCX) == (title, "2024-11-22")


@pytest.mark.parametrize("day", ["0000-00-00", "2024-13-01", "1601-01-01", "hôm qua"])
def test_days_that_can_not_be_meant(tmp_path: Path, day: str) -> None:
    assert properties(docx(tmp_path / "a.docx", "", day), DOCX) == ("", "")


def test_title_and_day_of_old_office_documents(tmp_path: Path) -> None:
    path = tmp_path / "a.doc"
    path.write_bytes(document())
    assert properties(path, "application/msword") == (TITLE, CREATED)


def test_what_is_none_of_these_files_has_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"PK\3\4 nothing")
    for media_type in (DOCX, "application/pdf", "text/plain", "application/msword"):
        assert properties(path, media_type) == ("", "")
