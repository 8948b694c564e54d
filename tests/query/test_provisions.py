"""Which article of a document a query asks for."""

from __future__ import annotations

import pytest

from indexer.query.provisions import provision_asked


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("điều 5 luật đất đai", ("5", None)),
        ("Khoản 2 Điều 62 Luật Đất đai", ("62", "2")),
        ("diem a khoan 2 dieu 5", ("5", "2")),
        ("luat dat dai dieu 12a", ("12a", None)),
        ("điều 5/2020", None),
        ("điều 5 và điều 7 luật đất đai", None),
        ("điều kiện 5 sao", None),
        ("", None),
    ],
)
def test_article_and_clause(text: str, asked: tuple[str, str | None] | None) -> None:
    found = provision_asked(text)
    assert (found and (found.article, found.clause)) == asked


def test_it_is_of_a_document_that_the_other_words_name() -> None:
    asked = provision_asked("điều 5 của luật bến thuyền 2019")
    assert asked is not None
    assert asked.fits("LUẬT BẾN THUYỀN", ())
    assert not asked.fits("Luật Giao thông", ())
    by_number = provision_asked("điều 5 15/2019/QH14")
    assert by_number is not None and by_number.fits("Toàn văn luật", ("15/2019/QH14",))
