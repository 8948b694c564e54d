"""Rich Text Format: every part, in the code page of each font, in time."""

import time
from pathlib import Path

import pytest

from indexer.extract.formats.rtf.reader import rtf_text
from indexer.extract.reader import read
from indexer.extract.reasons import problem
from indexer.model import FileState
from tests.extract.parts.rtf import DOCUMENT, LEFT_OUT, LINES, PARTS


def test_every_part_is_found_once(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(DOCUMENT)
    found = read(path, "a.rtf")
    text = "\n".join(page.text for page in found.pages)
    assert found.state is FileState.TEXT
    assert {part: text.count(word) for part, word in PARTS.items()} == dict.fromkeys(PARTS, 1)
    assert [part for part, word in LEFT_OUT.items() if word in text] == []
    assert [line for line in LINES if line not in text.split("\n")] == []
    assert "7" not in text.split("\n"), "the number of a page is no text"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        pytest.param(
            rb"{\rtf1\ansi\ansicpg1258 Vi\'ea\'f2t Nam}", "Việt Nam", id="code page of the document"
        ),
        pytest.param(
            rb"{\rtf1\ansi{\fonttbl\f0\fcharset163 A;}\f0 Vi\'ea\'f2t}", "Việt", id="fonts without groups"
        ),
        pytest.param(rb"{\rtf1\pc caf\'82}", "café", id="DOS"),
        pytest.param(b"{\\rtf1 m\xe9m\\\nhai\r\nba}", "mém\nhaiba", id="bytes and line ends as they are"),
        pytest.param(rb"{\rtf1 {{{ch\u432?a \b \'", "chưa", id="cut off"),
        pytest.param(rb"{\rtf1 a}}}} b\u", "a b", id="too many ends"),
        pytest.param(rb"{\rtf1\ansicpg99999 caf\'e9}", "café", id="unknown code page"),
        pytest.param(
            rb"{\rtf1 {\i0\*\cs7\cf0 n\u224?y}{\*\khong b}}", "này", id="what is optional begins a group"
        ),
        pytest.param(rb"{\rtf1 \bin9999999999 a}", "a", id="more bytes than there are"),
    ],
)
def test_odd_documents(source: bytes, text: str, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(source)
    found = read(path, "a.rtf")
    assert [page.text for page in found.pages] == [text]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        pytest.param(rb"{\rtf1 a {\deleted\v0 x}b", "a b", id="deleted and not hidden"),
        pytest.param(rb"{\rtf1 a {\v\deleted0 x}b", "a b", id="hidden and not deleted"),
        pytest.param(rb"{\rtf1 a {\mvf x}b", "a b", id="moved away"),
        pytest.param(
            rb"{\rtf1 a{\shp{\*\shpinst{\sp{\sn fHidden}{\sv 1}}{\shptxt\plain x\par}}}", "a", id="shape"
        ),
        pytest.param(
            rb"{\rtf1 a{\shp{\*\shpinst{\sp{\sn fHidden}{\sv 0}}{\shptxt\plain x}}}", "a\nx", id="shape shown"
        ),
    ],
)
def test_what_is_not_shown_is_no_text(source: bytes, text: str) -> None:
    assert rtf_text(source).strip() == text


@pytest.mark.parametrize(
    "unit", [b"{", b"}", rb"{\upr{a}{\*\ud{", rb"\'e9", rb"\u7879?", b"\\", rb"\cell\row", rb"{\header a"]
)
def test_hostile_repetition_takes_linear_time(unit: bytes) -> None:
    start = time.monotonic()
    rtf_text(rb"{\rtf1 " + unit * (200_000 // len(unit)))
    assert time.monotonic() - start < 15


def test_groups_that_lie_too_deep_in_each_other_are_told(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(rb"{\rtf1 TRUOC " + b"{" * 2_000 + b"SAU {" + b"}" * 2_001 + b"CUOI}")
    found = read(path, "a.rtf")
    assert found.problems == (problem("parts_deep"),)
    assert "".join(page.text for page in found.pages) == "TRUOC CUOI"
