"""A text is cut at its blanks; line ends stay, and empty lines are told from them."""

import pytest

from indexer.vietnamese.chunks import EMPTY_LINE, LINE_END, chunks_of


@pytest.mark.parametrize(
    ("text", "chunks"),
    [
        ("", []),
        (" Hải  Phòng\t", ["Hải", "Phòng"]),
        ("một\nhai", ["một", LINE_END, "hai"]),
        ("một\n \nhai", ["một", EMPTY_LINE, "hai"]),
        ("một\n\n\nhai\n", ["một", EMPTY_LINE, LINE_END, "hai", LINE_END]),
        ("\n\nmột", [EMPTY_LINE, "một"]),
    ],
)
def test_chunks(text: str, chunks: list[str]) -> None:
    assert chunks_of(text) == chunks
