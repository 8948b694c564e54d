"""Emails as attachments: head, words and emails within are text, their files are attachments of their own."""

import struct
from pathlib import Path

import pytest

from indexer.extract.archives import unpack
from indexer.extract.reader import read
from indexer.extract.reasons import problem
from indexer.model import Article, Attachment, FileState
from indexer.search.service import open_search
from indexer.settings import Settings
from tests.collection import index
from tests.extract.documents import cfb, msg
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


def outlook(folder: Path, code_page: int, **streams: bytes) -> str:
    """Return what is read of a message with these properties, in a code page."""
    told = struct.pack("<HHIQ", 3, 0x3FFD, 0, code_page)
    of_properties = {f"__substg1.0_{name[1:]}": content for name, content in streams.items()}
    path = folder / "file"
    path.write_bytes(cfb({"__properties_version1.0": bytes(32) + told, **of_properties}))
    found = read(path, "a.msg")
    assert found.state is FileState.TEXT
    return "\n".join(page.text for page in found.pages)


def compressed(rtf: bytes) -> bytes:
    """Return ``rtf`` as Outlook keeps it: its head is known, the rest is written letter by letter."""
    assert rtf.startswith(rb"{\rtf1\ansi")
    rest = rtf[11:]
    packed = bytes([1]) + (0 << 4 | 9).to_bytes(2, "big") + rest[:7]
    for at in range(7, len(rest), 8):
        packed += b"\0" + rest[at : at + 8]
    return struct.pack("<II4sI", len(packed) + 12, len(rtf), b"LZFu", 0) + packed


@pytest.mark.parametrize(
    "rtf",
    [
        rb"{\rtf1\ansi\ansicpg1258 K\u7871?t qu\u7843? h\u7885?p}",
        rb"{\rtf1\ansi\fromhtml1 {\*\htmltag64 <p>}{\*\htmltag84 <b>}\htmlrtf {\b\htmlrtf0 K\u7871?t{\*\htmltag92 </b>}"
        rb"\htmlrtf }\htmlrtf0  qu\u7843? h\u7885?p\htmlrtf\par\htmlrtf0{\*\htmltag72 </p>}}",
    ],
)
def test_words_that_outlook_kept_as_compressed_rtf_alone(rtf: bytes, tmp_path: Path) -> None:
    subject = "Giấy mời".encode("utf-16-le")
    text = outlook(tmp_path, 1258, _0037001F=subject, _10090102=compressed(rtf))
    assert text == "Subject: Giấy mời\nKết quả họp"


def test_damaged_rtf_costs_the_words_alone(tmp_path: Path) -> None:
    cut_off = compressed(rb"{\rtf1\ansi c\'e9 nghe")[:-4]
    assert outlook(tmp_path, 0, _0037001E=b"a", _10090102=cut_off) == "Subject: a\ncé"
    assert outlook(tmp_path, 0, _0037001E=b"a", _10090102=b"LZFu") == "Subject: a"


def test_texts_of_outlook_are_in_the_code_page_that_it_tells(tmp_path: Path) -> None:
    page = "<html><body><div>Приказ</div>о созыве".encode("cp1251")
    text = outlook(tmp_path, 1251, _0037001E="Письмо".encode("cp1251"), _1013001E=page)
    assert text == "Subject: Письмо\nПриказ\nо созыве"
    tcvn3 = "Céng hoµ x· héi chñ nghÜa ViÖt Nam, ®éc lËp, tù do vµ h¹nh phóc".encode("cp1252")
    assert "Cộng hoà xã hội chủ nghĩa" in outlook(tmp_path, 1252, _1000001E=tcvn3)


def test_parts_hundreds_deep_in_each_other_are_told_as_damage(tmp_path: Path) -> None:
    deep = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(1200))
    path = tmp_path / "file"
    path.write_bytes(b"MIME-Version: 1.0\nSubject: a\n" + deep + b"Content-Type: text/plain\n\nb\n")
    found = read(path, "a.eml")
    assert (found.state, [one.code for one in found.problems]) == (FileState.FAILED, ["damaged"])


def test_what_lies_too_deep_or_behind_too_many_parts_is_told(tmp_path: Path) -> None:
    part = b"--b\nContent-Type: text/plain\n\nKhe %d\n"
    flat = b'Content-Type: multipart/mixed; boundary="b"\n\n' + b"".join(part % n for n in range(2_100))
    deep = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(40))
    for body, why in (
        (flat, problem("many_parts", most=2_000)),
        (deep + b"\nKhe 1\n", problem("parts_deep")),
    ):
        path = tmp_path / "file"
        path.write_bytes(b"MIME-Version: 1.0\nSubject: Lam Giang\n" + body)
        found = read(path, "a.eml")
        assert (found.state, found.problems) == (FileState.PARTIAL, (why,))
        text = "\n".join(page.text for page in found.pages)
        assert "Lam Giang" in text and ("Khe 1" in text) is (body is flat) and "Khe 2050" not in text


def test_mails_that_share_their_storages_are_read_once(tmp_path: Path) -> None:
    attached = [f"__attach_version1.0_#0000000{n}" for n in range(4)]
    inner = "__substg1.0_3701000D"
    streams = {"__properties_version1.0": bytes(32), "__substg1.0_0037001F": "Khe Sậy".encode("utf-16-le")}
    content = bytearray(cfb(streams | dict.fromkeys([inner, *attached], b"")))
    names = sorted([*streams, inner, *attached], key=lambda name: (len(name), name.upper()))
    for name, child in ((inner, 1), *((one, names.index(inner) + 1) for one in attached)):
        at = content.index(f"{name}\0".encode("utf-16-le"))
        content[at + 66] = 1  # a storage
        content[at + 76 : at + 80] = struct.pack("<I", child)
    assert text_of(tmp_path, bytes(content)).count("Khe Sậy") == 2, "the email, and the one that it carries"
