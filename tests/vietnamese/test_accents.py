"""Texts that are written without accents."""

from __future__ import annotations

import pytest

from indexer.vietnamese.accents import without_accents
from indexer.vietnamese.terms import term_streams

PLAIN = "Thong bao cua uy ban nhan dan phuong ve viec cap nuoc sach cho cac ho dan trong mua kho nam nay."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(PLAIN, True, id="Vietnamese without accents"),
        pytest.param(PLAIN * 5 + " Nguyễn Du", True, id="a name with accents in it"),
        pytest.param("Thông báo của ủy ban về việc cấp nước sạch cho các hộ dân.", False, id="with them"),
        pytest.param("The committee of the ward announces its plan to supply clean water to all households.", False, id="English"),
        pytest.param("thong bao", False, id="too short to tell"),
        pytest.param("", False, id="nothing"),
        pytest.param("12 34 56 78 90 12 34 56 78 90", False, id="digits"),
    ],
)  # fmt: skip
def test_texts(text: str, expected: bool) -> None:
    assert without_accents(term_streams(text)) is expected
