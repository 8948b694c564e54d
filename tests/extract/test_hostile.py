"""Files made to hurt: each ends in a state, in little time, with a reason where it is not text."""

from __future__ import annotations

import struct
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.extract.reader import read
from indexer.extract.sandbox import Sandbox
from indexer.model import FileState
from tests.extract.documents import PICTURE, pdf
from tests.extract.parts import docx, opendocument, xlsx


def png(width: int, height: int) -> bytes:
    """Return a white picture of a million times the bytes it takes."""
    packer = zlib.compressobj(9)
    row = b"\0" + bytes((width + 7) // 8)
    packed = b"".join(packer.compress(row * 1000) for _ in range(height // 1000)) + packer.flush()

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


LOOP = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R 3 0 R]/Count 9>>endobj\n"
    b"3 0 obj<</Type/Pages/Parent 2 0 R/Kids[2 0 R]/Count 1>>endobj\ntrailer<</Root 1 0 R>>"
)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(1, 60, 1500, page_seconds=30) as sandbox:
        yield sandbox


@pytest.mark.parametrize(
    ("name", "content", "state", "pages"),
    [
        pytest.param("a.pdf", pdf(*(f"trang {n}" for n in range(5000))), FileState.TEXT, 5000, id="5,000 pages"),
        pytest.param("a.pdf", pdf(*[PICTURE] * 3000), FileState.EMPTY, 3000, id="3,000 scans"),
        pytest.param("a.pdf", LOOP, FileState.FAILED, 0, id="pages that hold themselves"),
        pytest.param("a.pdf", pdf("x").replace(b"612 792", b"9e9 9e9"), FileState.TEXT, 1, id="a page as large as a country"),
        pytest.param("a.png", png(30_000, 30_000), FileState.FAILED, 0, id="900 million pixels"),
        pytest.param("a.pdf", png(100, 1000), FileState.EMPTY, 1, id="a picture called a PDF"),
    ],
)  # fmt: skip
def test_it_ends(
    name: str, content: bytes, state: FileState, pages: int, tmp_path: Path, sandbox: Sandbox
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    start = time.monotonic()
    found = sandbox.extract(path, name)
    assert (found.state, len(found.pages)) == (state, pages), found.problems
    assert found.state is FileState.TEXT or found.problems
    assert time.monotonic() - start < 30


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.txt", "Ủy ban nhân dân\n" * 20),
        ("b.txt", "ủy" * 200),
        ("c.txt", "ủy\n" + "ban" * 200),
        ("a.html", "<html><body>" + "<p>Ủy ban nhân dân</p>\n" * 20),
        ("a.rtf", r"{\rtf1 " + "\\u7910?y ban nh\\'e2n d\\'e2n\\par\n" * 20),
    ],
)
def test_of_a_very_long_text_the_beginning_is_read(
    name: str, text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.extract.formats.content.LARGEST_TEXT", 200)
    path = tmp_path / name
    path.write_bytes(text.encode())
    found = read(path, name)
    assert found.state is FileState.PARTIAL and [one.code for one in found.problems] == ["bytes_cut"]
    assert found.encoding is None and found.pages[0].text.lower().startswith("ủy")


_SENTENCE = "Ủy ban nhân dân phường tổ chức thực hiện và báo cáo kết quả."
_OPEN_PARAGRAPHS = f"<text:p>{_SENTENCE}</text:p>" * 6000
_ROWS = "".join(
    f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>{_SENTENCE}</t></is></c></row>' for n in range(1, 7000)
)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        pytest.param("a.docx", docx.document(docx.p(docx.run(_SENTENCE)) * 6000), "part_large", id="DOCX"),
        pytest.param("a.odt", opendocument.document("text", _OPEN_PARAGRAPHS), "part_large", id="ODT"),
        pytest.param(
            "a.fodt", opendocument.flat("text", _OPEN_PARAGRAPHS), "bytes_cut", id="ODT in one file"
        ),
        pytest.param("a.xlsx", xlsx.workbook(_ROWS), "part_large", id="XLSX"),
    ],
)
def test_of_a_document_with_a_very_long_part_the_beginning_is_read(
    name: str, content: bytes, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for limit in ("package.LARGEST_PART", "package.MOST_STREAMED", "odf.parts.LARGEST_PART"):
        monkeypatch.setattr(f"indexer.extract.formats.{limit}", 300_000)
    path = tmp_path / name
    path.write_bytes(content)
    found = read(path, name)
    assert found.state is FileState.PARTIAL and [one.code for one in found.problems] == [code]
    assert 1000 < sum(page.text.count(_SENTENCE) for page in found.pages) < 6000
