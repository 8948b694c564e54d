"""Words of a PDF that PDFium welds are parted by the gaps between their letters; letters that are spaced stay words."""

from pathlib import Path

import pytest

from indexer.extract.formats.spacing import Letter, joined, parted
from indexer.extract.formats.tearing import mended
from indexer.extract.picture import picture
from indexer.extract.reader import read
from tests.extract.test_annotations import document


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.pdf"


def lines(path: Path, content: bytes) -> list[str]:
    path.write_bytes(content)
    text = read(path, "a.pdf").pages[0].text
    assert picture(path, 1).words == tuple(text.split())
    return text.split("\n")


def tight(gap: int, text: bytes = b"soNoi vu tinh Lam Giang") -> bytes:
    """``text`` in Times with a gap of thousandths of an em behind its first two letters."""
    return document(
        b"BT /F1 12 Tf 50 700 Td [(%s) -%d (%s)] TJ ET" % (text[:2], gap, text[2:]), b"Times-Roman"
    )


def test_words_with_a_narrow_gap_are_two(path: Path) -> None:
    assert lines(path, tight(120)) == ["so Noi vu tinh Lam Giang"]
    long = b"Ke hoach cua phong noi vu " * 20
    assert lines(path, tight(120, b"soNoi " + long))[0].startswith("so Noi Ke hoach")


def test_letters_a_little_apart_are_one_word(path: Path) -> None:
    assert lines(path, tight(60)) == ["soNoi vu tinh Lam Giang"]
    spaced = document(b"BT /F1 12 Tf 1.4 Tc 50 700 Td (UyBan nhan dan tinh) Tj ET")
    assert lines(path, spaced) == ["UyBan nhan dan tinh"]


def letters(text: str, x: int, y: int, pitch: int = 10) -> list[Letter]:
    return [
        (letter, (x + pitch * at, y, x + pitch * at + 7, y + 10), False) for at, letter in enumerate(text)
    ]


def text_of(found: list[Letter]) -> str:
    return "".join(letter for letter, _, _ in found)


def test_labels_above_each_other_are_apart() -> None:
    upwards = [letter for at, digit in enumerate("024") for letter in letters(digit, 50, 500 - 80 * at)]
    assert text_of(parted(upwards)) == "0\n2\n4"
    running_up = [letter for at, digit in enumerate("Nam") for letter in letters(digit, 50, 500 - 11 * at)]
    assert text_of(parted(running_up)) == "Nam"


def test_lines_of_spaced_letters_stay_lines() -> None:
    blank: Letter = (" ", (200, 10, 200, 10), True)
    spaced = [[*letters("t i n h", 50, y, 9), blank, *letters("c a o", 50, y + 10, 9)] for y in (0, 20)]
    assert text_of(mended([*spaced[0], blank, *spaced[1]])).count("\n") == 4


def test_a_blank_as_wide_as_all_gaps_is_none() -> None:
    places = [("t", 0, False), ("i", 10, False), ("n", 20, False), (" ", 30, True), ("h", 30, False)]
    line = [(letter, (x, 0, x + 7, 10), made_up) for letter, x, made_up in places]
    assert "".join(letter for letter, _, _ in joined(line)) == "tinh"
    line[-1] = ("h", (40, 0, 47, 10), False)
    assert "".join(letter for letter, _, _ in joined(line)) == "tin h"
