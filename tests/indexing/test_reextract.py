"""Attachments read again: what failed, what waited for OCR, what is named; nothing is lost on the way."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from unittest import mock

import pytest

from indexer.cli import main
from indexer.extract.sandbox import Sandbox
from indexer.model import Article, Attachment, Extraction, FileState, OcrPage, Page
from indexer.search.request import SearchRequest
from indexer.search.service import open_search
from indexer.settings import ENGINES, Settings
from tests.collection import indexed
from tests.extract.documents import PICTURE, docx, pdf, zipped

SCAN, BROKEN, ARCHIVE = pdf(PICTURE), b"%PDF-1.7 broken", zipped(**{"trong.txt": "Phu luc kem theo"})


def _article(id: str, **files: bytes) -> Article:
    published = datetime.fromisoformat("2024-03-06T08:00:00+07:00")
    attachments = tuple(
        Attachment(name.replace("_", "."), content=content) for name, content in files.items()
    )
    body = f"Bài {id}, theo Nghị định số 30/2020/NĐ-CP."
    return Article(id, f"Bài {id}", body, published=published, number="7/KH-UBND", attachments=attachments)


ARTICLES = (
    _article("quet", quet_pdf=SCAN, kem_docx=docx("Van ban kem")),
    _article("hai", quet_pdf=SCAN),
    _article("hong", hong_pdf=BROKEN),
    _article("nen", nen_zip=ARCHIVE),
)


@pytest.fixture(params=ENGINES)
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    settings = Settings(data=tmp_path / "data", engine=request.param, ocr=False)
    indexed(settings, ARTICLES)
    return settings


@pytest.fixture
def ocr() -> Iterator[mock.MagicMock]:
    page = OcrPage(Page(1, "Quyet dinh so 99/2021/NĐ-CP ve khai sinh", ocr=True, confidence=0.9))
    with (
        mock.patch.object(Sandbox, "ocr", return_value=page) as called,
        mock.patch("indexer.indexing.attachments.tesseract_missing", return_value=None),
    ):
        yield called


def run(settings: Settings, *arguments: str) -> int:
    return main(
        ["reextract", *arguments, "--data", str(settings.data), "--engine", settings.engine, "--quiet"]
    )


def states(settings: Settings, id: str) -> list[str]:
    return [str(file.state) for file in open_search(settings).searcher().articles.by_id(id).files]


def test_scans_are_read_once_for_all_who_carry_them(
    settings: Settings, ocr: mock.MagicMock, capsys: pytest.CaptureFixture[str]
) -> None:
    assert states(settings, "quet") == ["empty", "text"]
    assert run(settings, "--ocr", "--json") == 0
    assert json.loads(capsys.readouterr().out) == {"files": 1, "indexed": 2, "problems": []}
    assert ocr.call_count == 1
    assert states(settings, "quet") == ["ocr", "text"]
    service = open_search(settings)
    assert {hit.id for hit in service.search(SearchRequest("khai sinh")).hits} == {"quet", "hai"}
    article = service.searcher().articles.by_id("quet")
    assert (article.numbers, article.cites) == (("7/KH-UBND",), ("30/2020/NĐ-CP", "99/2021/NĐ-CP"))
    assert article.published == "2024-03-06"
    assert run(settings, "--ocr") == 0 and ocr.call_count == 1, "nothing is left to read"


def test_what_failed_is_tried_again_and_said(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(settings, "--failed", "--json") == 1
    found = json.loads(capsys.readouterr().out)
    assert (found["files"], found["indexed"]) == (1, 1)
    assert found["problems"][0]["item"] == "hong: hong.pdf"
    mended = Extraction("application/pdf", FileState.TEXT, (Page(1, "Da doc duoc"),))
    with mock.patch.object(Sandbox, "extract", return_value=mended):
        assert run(settings, "--failed") == 0
    assert states(settings, "hong") == ["text"]
    assert [hit.id for hit in open_search(settings).search(SearchRequest("đã đọc được")).hits] == ["hong"]


def test_by_name_and_by_digest(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    digest = open_search(settings).searcher().articles.by_id("nen").files[0].sha256
    for name in ("nen.zip", str(digest), "nen.zip/trong.txt", "trong.txt"):
        assert run(settings, name, "--json") == 0, name
        assert json.loads(capsys.readouterr().out)["indexed"] == 1
        assert [file.name for file in open_search(settings).searcher().articles.by_id("nen").files] == [
            "nen.zip",
            "nen.zip/trong.txt",
        ]
    assert run(settings, "khong-co.pdf", "--json") == 1
    assert json.loads(capsys.readouterr().out)["problems"][0]["item"] == "khong-co.pdf"
    assert run(settings) == 2


def test_a_run_that_is_stopped_loses_nothing(settings: Settings) -> None:
    def stopped(*_: object) -> Extraction:
        raise KeyboardInterrupt

    with mock.patch.object(Sandbox, "extract", stopped):
        assert run(settings, "kem.docx") == 130
    assert [hit.id for hit in open_search(settings).search(SearchRequest("văn bản kèm")).hits] == ["quet"]
    assert run(settings, "kem.docx") == 0
    assert [hit.id for hit in open_search(settings).search(SearchRequest("văn bản kèm")).hits] == ["quet"]
