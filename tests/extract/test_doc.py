"""Documents of Word before 2007: every part, nothing hidden or deleted, older ones in their code pages."""

import struct
from pathlib import Path

import pytest

from indexer.extract.reasons import problem, sentence
from indexer.model import FileState
from tests.extract.documents import cfb
from tests.extract.parts.doc import LEFT_OUT, LINES, PARTS, STORIES, Paragraph, document, old_document, plain
from tests.extract.reading import found_in, text_in


def text_of(folder: Path, *paragraphs: Paragraph) -> str:
    content = document({**dict.fromkeys(STORIES, ()), "text": paragraphs})
    return text_in(folder, content, "a.doc").partition("\nCHUNGHETHUAT")[0]


def test_every_part_is_found_once(tmp_path: Path) -> None:
    found = found_in(tmp_path, document(), "a.doc")
    text = "\n".join(page.text for page in found.pages)
    assert found.state is FileState.TEXT and found.media_type == "application/msword"
    assert {part: text.count(word) for part, word in PARTS.items()} == dict.fromkeys(PARTS, 1)
    assert [part for part, word in LEFT_OUT.items() if word in text] == []
    assert [line for line in LINES if line not in text.split("\n")] == []
    assert "7" not in text.split("\n"), "the number of a page is no text"


def test_boxes_stand_behind_their_paragraph(tmp_path: Path) -> None:
    text = "\n".join(page.text for page in found_in(tmp_path, document(), "a.doc").pages)
    assert text.index("KETQUA hiện") < text.index("HOPCHU") < text.index("HOPNHOM") < text.index("BAMVAO")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        pytest.param("trước \x13 một nửa", "trước  một nửa", id="a field that ends nowhere"),
        pytest.param("a\x14b\x15c", "abc", id="ends of no field"),
        pytest.param("\x13 EQ \\o\\ad(\\s\\up 10(trên),dưới)\x15", "((trên),dưới)", id="equation"),
        pytest.param("tệp \ud83d\ude00 đính kèm", "tệp 😀 đính kèm", id="characters of two units"),
        pytest.param(
            "Céng hoµ x· héi chñ nghÜa ViÖt Nam, §éc lËp - Tù do - H¹nh phóc",
            "Cộng hoà xã hội chủ nghĩa Việt Nam, Độc lập - Tự do - Hạnh phúc",
            id="TCVN3",
        ),
    ],
)
def test_odd_text(written: str, shown: str, tmp_path: Path) -> None:
    assert text_of(tmp_path, plain("đầu"), plain(written), plain("cuối")) == f"đầu\n{shown}\ncuối"


def test_a_password_is_told(tmp_path: Path) -> None:
    assert found_in(tmp_path, document(flags=0x0100), "a.doc").state is FileState.PROTECTED


def test_word_6_is_read_in_the_code_pages_of_its_fonts(tmp_path: Path) -> None:
    cyrillic, deleted, hidden = bytes([98, 1, 99, 44, 0, 93, 1, 0]), bytes([85, 1, 65, 1]), bytes([92, 1])
    content = old_document(
        ("Café ".encode("cp1252"), bytes([99, 24, 0])), ("Москва".encode("cp1251"), cyrillic),
        (b" XOADI", deleted), (b"ANDI", hidden), (b" \x13 MALENH \x14het\x15", b""),
    )  # fmt: skip
    found = found_in(tmp_path, content, "a.doc")
    assert [page.text for page in found.pages] == ["Café Москва het"]
    assert found_in(tmp_path, old_document((b"x", b""), flags=0x0100), "a.doc").state is FileState.PROTECTED


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(old_document((b"x", b""), version=45), "damaged", id="older"),
        pytest.param(b"\xdb\xa5-\0" + bytes(range(256)) * 3, "saved by Word 2 or older", id="no container"),
        pytest.param(document()[:2000], "damaged", id="cut off"),
        pytest.param(cfb({"WordDocument": bytes(900)}), "damaged", id="empty head"),
    ],
)  # fmt: skip
def test_what_is_not_read_has_a_plain_reason(content: bytes, reason: str, tmp_path: Path) -> None:
    found = found_in(tmp_path, content, "a.doc")
    assert found.state is FileState.FAILED
    assert reason in sentence(found.problems[0])


def test_pieces_that_stand_for_each_other_are_no_bomb(tmp_path: Path) -> None:
    content = document({**dict.fromkeys(STORIES, ()), "text": (plain("x" * 100),)})
    borders = struct.pack("<4I", 0, 101, 101, 108)
    assert content.count(borders) == 1
    found = found_in(
        tmp_path, content.replace(borders, struct.pack("<4I", 0, 50, 0x70000000, 0x70000007)), "a.doc"
    )
    assert found.state is FileState.PARTIAL and found.problems == (problem("text_damaged"),)
    assert found.pages[0].text.startswith("x" * 50 + "\n")
