"""Presentations of PowerPoint before 2007: every part with its slide, as it was saved last."""

import struct
from pathlib import Path

import pytest

from indexer.extract.reasons import problem
from indexer.model import FileState
from tests.extract.documents import cfb
from tests.extract.parts.ppt import LEFT_OUT, PARTS, presentation
from tests.extract.reading import found_in


def test_every_part_is_found_once_with_its_slide(tmp_path: Path) -> None:
    found = found_in(tmp_path, presentation(), "a.ppt")
    text = "\n".join(page.text for page in found.pages)
    assert found.state is FileState.TEXT and [page.number for page in found.pages] == [1, 2, 3]
    assert {part: text.count(word) for part, word in PARTS.items()} == dict.fromkeys(PARTS, 1)
    assert [part for part, word in LEFT_OUT.items() if word in text] == []
    first = found.pages[0].text.split("\n")
    assert first[:5] == ["TIEUDETRANG", "HOPCHU   tên", "dòng hai", "dòng ba", "HOPNHOM"], (
        "the number of a slide is no text"
    )
    assert "OBANG\tOHAI\nOBA\tOBON\n" in found.pages[0].text
    assert found.pages[1].text == "SUALAI"


def test_slides_are_read_where_the_list_of_edits_is_damaged(tmp_path: Path) -> None:
    found = found_in(tmp_path, presentation(edits=False), "a.ppt")
    assert found.state is FileState.PARTIAL and found.problems == (problem("list_damaged"),)
    assert "HOPCHU" in "".join(page.text for page in found.pages)


def test_a_password_is_told(tmp_path: Path) -> None:
    assert found_in(tmp_path, presentation(token=0xF3D1C4DF), "a.ppt").state is FileState.PROTECTED


@pytest.mark.parametrize("stream", ["PP40", "PowerPoint Document"])
def test_older_ones_are_told(stream: str, tmp_path: Path) -> None:
    found = found_in(tmp_path, cfb({stream: bytes(900)}), "a.ppt")
    assert found.state is FileState.FAILED
    assert found.problems == (problem("old_powerpoint"),)


def test_slides_that_are_kept_at_one_place_are_one(tmp_path: Path) -> None:
    content = presentation()
    first = content.index(struct.pack("<I", 1 << 20 | 3)) + 4
    third = content.index(struct.pack("<I", 1 << 20 | 6)) + 4
    found = found_in(tmp_path, content[:third] + content[first : first + 4] + content[third + 4 :], "a.ppt")
    assert "".join(page.text for page in found.pages).count("HOPCHU") == 1 and len(found.pages) == 2
