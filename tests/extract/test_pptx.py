"""Presentations: every part of a slide on its page, and of masters what they show."""

from pathlib import Path

import pytest

from indexer.extract.reader import read
from indexer.model import FileState
from tests.extract.parts.pptx import LEFT_OUT, LINES, PARTS, document


@pytest.mark.parametrize("strict", [False, True])
def test_every_part_is_found_once(tmp_path: Path, strict: bool) -> None:
    path = tmp_path / "file"
    path.write_bytes(document(strict))
    found = read(path, "a")
    text = "\n".join(page.text for page in found.pages)
    assert found.state is FileState.TEXT
    assert {part: text.count(word) for part, word in PARTS.items()} == dict.fromkeys(PARTS, 1)
    assert [part for part, word in LEFT_OUT.items() if word in text] == []
    assert [line for line in LINES if line not in text.split("\n")] == []
    assert [(page.number, page.text) for page in found.pages[1:]] == [(2, "TRANGAN"), (3, "trang ba")]
