"""Documents of Pages, Numbers and Keynote: read by the PDF that they carry, else told, and never taken for archives."""

from pathlib import Path

import pytest

from indexer.extract.reader import read
from indexer.extract.reasons import problem
from indexer.model import FileState
from tests.extract.documents import pdf, zipped


def test_the_preview_of_a_document_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.pages"
    preview = pdf("Trang mot", "Trang hai").decode("latin-1")
    path.write_bytes(zipped(**{"buildVersionHistory.plist": "", "index.xml": "<a/>"}))
    with_preview = path.read_bytes()
    path.write_bytes(zipped(**{"buildVersionHistory.plist": "", "QuickLook/Preview.pdf": preview}))
    assert [page.text for page in read(path, path.name).pages] == ["Trang mot", "Trang hai"]
    path.write_bytes(with_preview)
    assert read(path, path.name).state is FileState.FAILED


@pytest.mark.parametrize(
    "part",
    ["Index/Document.iwa", "index.apxl.gz", "Metadata/BuildVersionHistory.plist", "Bai.key/index.apxl"],
)
def test_without_a_preview_it_is_told(part: str, tmp_path: Path) -> None:
    path = tmp_path / "a.key"
    path.write_bytes(zipped(**{part: "", part.rpartition("/")[0] + "/x.jpg": ""}))
    found = read(path, path.name)
    assert found.state is FileState.FAILED
    assert found.problems == (problem("iwork"),)


def test_an_archive_that_holds_such_a_document_among_others_is_one(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zipped(**{"Bai.key/index.apxl": "", "khac.txt": "x"}))
    assert read(path, path.name).state is FileState.PENDING


def test_a_damaged_page_of_the_preview_costs_itself(tmp_path: Path) -> None:
    path = tmp_path / "a.pages"
    preview = pdf("Trang mot", "Trang hai").replace(b"/Kids [6 0 R", b"/Kids [3 0 R").decode("latin-1")
    path.write_bytes(zipped(**{"buildVersionHistory.plist": "", "QuickLook/Preview.pdf": preview}))
    found = read(path, path.name)
    assert [page.text for page in found.pages] == ["", "Trang hai"]
    assert found.problems == (problem("pages_damaged", count=1, all=2, first=1),)
