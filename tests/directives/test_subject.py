"""What a document is about, by its title."""

from __future__ import annotations

import pytest

from indexer.directives.subject import subject_of


@pytest.mark.parametrize(
    ("title", "number", "kind", "subject"),
    [
        pytest.param("Quyết định số 24/2015/QĐ-TTg ban hành Quy chế.", "24/2015/QĐ-TTg", "Quyết định", "Ban hành Quy chế",
                     id="behind type and number"),
        pytest.param("24/2015/QĐ-TTg: Về chợ nổi", "24/2015/QĐ-TTg", "Quyết định", "Về chợ nổi", id="the number alone"),
        pytest.param("Luật số 9/2020/QH14 ngày 17 tháng 6 năm 2020 của Quốc hội về cầu phao", "9/2020/QH14", "Luật", "Về cầu phao",
                     id="day and issuer between"),
        pytest.param("BỘ LUẬT VỀ BẾN ĐÒ", "9/2020/QH14", "Luật", "BỘ LUẬT VỀ BẾN ĐÒ", id="a law by its name"),
        pytest.param("Cấm đường phục vụ lễ hội", "142/TB-UBND", "Thông báo", None, id="an article about it"),
        pytest.param("Nói gì về Quyết định 24/2015/QĐ-TTg?", "24/2015/QĐ-TTg", "Quyết định", None, id="nor one that names it"),
        pytest.param("Quyết định 24/2015/QĐ-TTg", "24/2015/QĐ-TTg", "Quyết định", None, id="nothing behind"),
    ],
)  # fmt: skip
def test_of_a_title(title: str, number: str, kind: str, subject: str | None) -> None:
    assert subject_of(title, "", (number,), (kind,)) == subject


def test_what_the_source_says_comes_first_and_several_numbers_tell_nothing() -> None:
    assert subject_of("Thông báo", "về chợ nổi;", ("1/TB-UBND",), ("Thông báo",)) == "Về chợ nổi"
    assert subject_of("Thông báo về chợ", "", ("1/TB-UBND", "2/TB-UBND"), ("Thông báo",)) is None
