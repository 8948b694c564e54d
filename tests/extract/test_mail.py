"""Mails as attachments: head, words and mails within are text, their files are attachments of their own."""

from pathlib import Path

import pytest

from indexer.extract.archives import unpack
from indexer.extract.reader import read
from indexer.model import Article, Attachment, FileState
from indexer.search.service import open_search
from indexer.settings import Settings
from tests.collection import index
from tests.extract.documents import msg
from tests.extract.parts.mail import MAIL, PAGE_IN_ONE_FILE, PARTS


def text_of(folder: Path, content: bytes) -> str:
    path = folder / "file"
    path.write_bytes(content)
    found = read(path, "a.doc")
    assert found.state is FileState.TEXT
    return "\n".join(page.text for page in found.pages)


def test_every_part_is_found(tmp_path: Path) -> None:
    text = text_of(tmp_path, MAIL)
    assert [part for part, word in PARTS.items() if word not in text] == []
    assert "Subject: CHUDE kế hoạch\n" in text and "NOIDUNG\nTRANGTHU mười\nchữ nữa\n" in text


def test_files_of_a_mail_are_attachments_behind_it(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    index(settings, [Article("a", "Tin", attachments=(Attachment("thu.eml", content=MAIL),))])
    files = open_search(settings).searcher().articles.by_id("a").files
    assert [(file.name, str(file.state)) for file in files] == [
        ("thu.eml", "text"),
        ("thu.eml/phụ lục.txt", "text"),
    ]


def test_a_page_in_one_file_has_no_files(tmp_path: Path) -> None:
    assert text_of(tmp_path, PAGE_IN_ONE_FILE) == "Kế hoạch"
    assert unpack(tmp_path / "file", tmp_path, 1 << 20).members == ()


@pytest.mark.parametrize(
    ("head", "shown"),
    [
        (b"Subject: =?windows-1258?Q?ti=D2nh?=", "Subject: tỉnh"),
        ("Subject: Giấy mời".encode(), "Subject: Giấy mời"),
        (b"Subject: =?x-unknown?Q?abc?= d", "Subject: abc d"),
        (b"Subject: =?utf-8?B?%%%?=", "From: a"),
    ],
)
def test_heads_in_any_code_page(head: bytes, shown: str, tmp_path: Path) -> None:
    text = text_of(tmp_path, b"MIME-Version: 1.0\r\n" + head + b"\r\nFrom: a\r\n\r\nVan ban")
    assert shown in text and text.endswith("Van ban")


def test_a_mail_of_outlook_that_names_a_document_is_a_mail(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(msg("Họp giao ban", "Kính mời"))
    found = read(path, "a.msg")
    assert found.media_type == "application/vnd.ms-outlook"
    assert found.pages[0].text == "Subject: Họp giao ban\nKính mời"
