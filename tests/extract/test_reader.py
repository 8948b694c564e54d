"""What is read of files: text by page, and a true reason where there is none."""

import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.extract.pieces import PIECE, pieces
from indexer.extract.reader import read
from indexer.extract.report import extraction_from_json, extraction_to_json
from indexer.model import Extraction, FileState
from tests.extract.documents import docx, pdf

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
        pytest.param(pdf("", ""), FileState.EMPTY, "may be a scan", id="no text layer"),
        pytest.param(pdf("some text")[:200], FileState.FAILED, "can't be read", id="truncated PDF"),
        pytest.param(b"PK\x03\x04" + b"\xff" * 500, FileState.FAILED, "", id="damaged ZIP"),
        pytest.param(bytes(range(256)) * 40, FileState.FAILED, "", id="random bytes"),
    ],
)
def test_says_why_there_is_no_text(tmp_path: Path, content: bytes, state: FileState, reason: str) -> None:
    found = read(write(tmp_path, "x.bin", content), "x.bin")
    assert found.state is state
    assert found.problems
    assert reason in found.problems[0]


def test_nothing_is_written_beside_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = write(tmp_path, "a.pdf", pdf("text"))
    read(path, "a.pdf")
    assert [one.name for one in tmp_path.iterdir()] == ["a.pdf"]


def test_billion_laughs_is_no_bomb(tmp_path: Path) -> None:
    entities = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 12))
    path = tmp_path / "laughs.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<!DOCTYPE d [{entities}]><d>&a11;</d>")
    found = read(path, "laughs.docx")
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
        Extraction("x/y", FileState.FAILED, problems=("why",)),
    ):
        assert extraction_from_json(extraction_to_json(found)) == found
