"""Words whose letters come in another order than they stand in, or far apart, are whole."""

from pathlib import Path

import pytest

from indexer.extract.formats.tearing import is_broken, is_torn
from indexer.extract.picture import picture
from indexer.extract.reader import read
from indexer.model import FileState
from tests.extract.test_annotations import document

WIDTH = 6
"""Points of a letter of Courier at 10 points."""


def drawn(lines: dict[int, list[tuple[float, str]]]) -> bytes:
    """Letters, each by itself: height on the page -> x and letter, in the order in which they are written."""
    parts = (f"1 0 0 1 {x:.2f} {y} Tm ({letter}) Tj" for y, letters in lines.items() for x, letter in letters)
    return document(b"BT /F1 10 Tf " + " ".join(parts).encode() + b" ET", b"Courier")


def set_out(text: str, pitch: float, word: float) -> list[tuple[float, str]]:
    """Letters ``pitch`` points apart, words ``word`` more, without blanks."""
    places, x = [], 50.0
    for letter in text:
        if letter == " ":
            x += word
        else:
            places.append((x, letter))
            x += pitch
    return places


TEXT = "Uy ban nhan dan tinh giao So Noi vu thuc hien"


@pytest.mark.parametrize("pitch", [WIDTH + 1, WIDTH + 2, WIDTH + 4])
def test_spaced_letters_are_words(tmp_path: Path, pitch: float) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(drawn({700: set_out(TEXT, pitch, 2 * pitch - WIDTH)}))
    found = read(path, "a.pdf")
    assert found.state is FileState.TEXT and found.pages[0].text == TEXT
    assert picture(path, 1).words == tuple(TEXT.split())


def test_letters_of_another_font_come_first(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    letters = set_out(TEXT, WIDTH, WIDTH)
    other = [one for one in letters if one[1] in "aeo"]
    lines = {y: other + [one for one in letters if one not in other] for y in (700, 680)}
    path.write_bytes(drawn(lines))
    found = read(path, "a.pdf")
    assert found.state is FileState.TEXT and found.pages[0].text == f"{TEXT}\n{TEXT}"
    assert picture(path, 1).words == tuple(f"{TEXT} {TEXT}".split())


def test_letters_of_a_table_are_meant() -> None:
    key = "Đáp án đề thi tuyển dụng công chức phường xã " + "1 A 2 B 3 C 4 D " * 5
    assert is_torn(key) and not is_broken(key)
    assert is_broken("Đề ự ầ ề ả ă ả đ ề án xây d ng ph n m m qu n lý v n b n i u hành " * 2)
    assert not is_torn("Ủy ban nhân dân tỉnh thông báo kế hoạch tuyển dụng viên chức năm hai nghìn " * 2)
