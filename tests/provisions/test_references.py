"""Which document and which article a text speaks of, and where it is not plain."""

from __future__ import annotations

import pytest

from indexer.directives.citations import find_citations
from indexer.provisions.outline import outline_of
from indexer.provisions.references import references_in

LAW = """Điều 1. Phạm vi
Luật này quy định về bến thuyền.
Điều 2. Chủ bến
1. Chủ bến giữ bến sạch.
2. {0}
Điều 3. Hiệu lực
Luật này có hiệu lực từ ngày 01 tháng 01 năm 2025."""


def spoken_of(text: str) -> list[tuple[str, str, str | None, str | None]]:
    found = references_in(text, outline_of(text), find_citations(text))
    return [(text[one.start : one.end], one.article, one.clause, one.key) for one in found]


DECREE = "81|2021|NĐ|CP||"
OWN = None


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Thực hiện Điều 3 của Luật này.", [("Điều 3", "3", None, OWN)]),
        ("Thực hiện khoản 1 Điều 2 Luật này.", [("khoản 1 Điều 2", "2", "1", OWN)]),
        ("Thực hiện điểm a khoản 1 Điều này.", [("khoản 1 Điều này", "2", "1", OWN)]),
        ("Thực hiện Điều 1 và Điều 3.", [("Điều 1", "1", None, OWN), ("Điều 3", "3", None, OWN)]),
        ("Thực hiện các điều 1, 2 và 3.", [("1", "1", None, OWN), ("2", "2", None, OWN), ("3", "3", None, OWN)]),
        (
            "Thực hiện khoản 1 và khoản 2 Điều 2.",
            [("khoản 1", "2", "1", OWN), ("2 Điều 2", "2", "2", OWN)],
        ),
        (
            "Thực hiện khoản 2 Điều 5 Nghị định số 81/2021/NĐ-CP.",
            [("khoản 2 Điều 5", "5", "2", DECREE)],
        ),
        (
            "Thực hiện Điều 3, Điều 9 của Nghị định số 81/2021/NĐ-CP ngày 27/8/2021 và Điều 1 của Luật này.",
            [("Điều 3", "3", None, DECREE), ("Điều 9", "9", None, DECREE), ("Điều 1", "1", None, OWN)],
        ),
        (
            "Thực hiện Điều 3 Bộ luật Dân sự năm 2015.",
            [("Điều 3", "3", None, "law:bo_luat_dan_su@2015")],
        ),
        pytest.param("Thực hiện Điều 99 của Luật này.", [], id="no such article"),
        pytest.param("Thực hiện Điều 3 của Công ước về biển.", [], id="of what is not cited by number"),
        pytest.param(
            "Thực hiện Điều 3 Quy chế ban hành kèm theo Quyết định số 15/QĐ-UBND.", [], id="of what a decision issues"
        ),
        pytest.param("Thuê bến theo Điều 3 hợp đồng thuê bến.", [], id="of a paper that is not here"),
    ],
)  # fmt: skip
def test_of_which_document(sentence: str, expected: list[tuple[str, str, str | None, str | None]]) -> None:
    assert spoken_of(LAW.format(sentence)) == expected


def test_an_article_that_amends_speaks_of_what_it_amends() -> None:
    text = (
        "Điều 1. Sửa đổi, bổ sung một số điều của Nghị định số 81/2021/NĐ-CP\n1. Khoản 1 Điều 2 được sửa đổi như sau:\n"
        "“1. Học phí theo Điều 1.”.\n2. Bãi bỏ Điều 3.\nĐiều 2. Hiệu lực\nThực hiện từ ngày ký theo Điều 1."
        "\nĐiều 3. Thi hành\nSở thi hành."
    )
    assert spoken_of(text) == [
        ("Khoản 1 Điều 2", "2", "1", DECREE),
        ("Điều 1", "1", None, DECREE),
        ("Điều 3", "3", None, DECREE),
        ("Điều 1", "1", None, OWN),
    ]


def test_a_text_without_articles_speaks_of_those_of_others_only() -> None:
    news = "Theo Điều 5 và khoản 1 Điều 7 Nghị định số 81/2021/NĐ-CP, học phí không tăng. Điều 9 nói thêm."
    assert spoken_of(news) == [("Điều 5", "5", None, DECREE), ("khoản 1 Điều 7", "7", "1", DECREE)]


@pytest.mark.parametrize("unit", ["Điều 5 ", "khoản 1, 2 ", "các điều 1, 2, ", "Điều 5 và ", "Điều 1 Luật "])
def test_hostile_texts_are_read_in_one_pass(unit: str) -> None:
    text = unit * (300_000 // len(unit))
    assert len(references_in(text, outline_of(text), [])) < len(text)
