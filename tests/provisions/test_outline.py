"""What a text is divided into, and what only looks like it."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from indexer.provisions.outline import outline_of
from indexer.provisions.provision import Outline
from tests.shared import CORPORA, needs_corpora

RULES = """QUY CHẾ
Quản lý bến thuyền của thành phố Lam Giang

Chương I
QUY ĐỊNH CHUNG

Điều 1. Phạm vi điều chỉnh
Quy chế này quy định việc quản lý bến thuyền.

Điều 2. Giải thích từ ngữ
Trong Quy chế này, các từ ngữ dưới đây được hiểu như sau:
1. “Bến thuyền” là nơi thuyền đón, trả khách.
2. “Chủ bến” là người được giao quản lý bến.
2a. “Khách” là người đi thuyền.

Chương II
VẬN HÀNH

Mục 1. GIỜ MỞ BẾN

Điều 3. Giờ mở bến
Bến mở từ 5 giờ đến 21 giờ.

Mục 2. AN TOÀN

Điều 4. Áo phao
1. Mỗi khách có một áo phao.
2. Chủ bến kiểm tra áo phao theo khoản 1
Điều 3. của bản hướng dẫn.

Điều 5. Hiệu lực
Quy chế này có hiệu lực từ ngày ký.

Nơi nhận:
- Các bến thuyền."""


def anchors(outline: Outline) -> list[str]:
    return [one.anchor for one in outline.provisions]


def articles(text: str) -> list[str]:
    return [one.number for one in outline_of(text).articles]


def test_chapters_sections_articles_and_clauses_have_addresses() -> None:
    outline = outline_of(RULES)
    assert anchors(outline) == [
        "chuong-1", "dieu-1", "dieu-2", "dieu-2-khoan-1", "dieu-2-khoan-2", "dieu-2-khoan-2a",
        "chuong-2", "chuong-2-muc-1", "dieu-3", "chuong-2-muc-2", "dieu-4", "dieu-4-khoan-1", "dieu-4-khoan-2", "dieu-5",
    ]  # fmt: skip
    assert [one.heading for one in outline.headings][:3] == [
        "Chương I. QUY ĐỊNH CHUNG", "Điều 1. Phạm vi điều chỉnh", "Điều 2. Giải thích từ ngữ",
    ]  # fmt: skip
    assert outline.names == ("QUY CHẾ",)


def test_a_place_is_of_the_clause_or_article_that_holds_it() -> None:
    outline = outline_of(RULES)
    for words, anchor in (
        ("được giao quản lý bến", "dieu-2-khoan-2"),
        ("từ 5 giờ", "dieu-3"),
        ("bản hướng dẫn", "dieu-4-khoan-2"),
    ):
        found = outline.at(RULES.index(words))
        assert found is not None and found.anchor == anchor
    assert outline.at(RULES.index("Các bến thuyền.")) is None, (
        "who receives it is no part of the last article"
    )
    assert outline.at(0) is None


@pytest.mark.parametrize(
    "headings",
    [
        pytest.param("Điều 1.\n{0}\nĐiều 2.\n{0}\nĐiều 3.\n{0}", id="a point and no title"),
        pytest.param("Điều 1\n{0}\nĐiều 2\n{0}\nĐiều 3\n{0}", id="nothing behind the number"),
        pytest.param("ĐIỀU 1: Chung\n{0}\nĐIỀU 2: Riêng\n{0}\nĐIỀU 3: Cuối\n{0}", id="capitals and a colon"),
        pytest.param("Điều 1 Chung\n{0}\nĐiều 2 Riêng\n{0}\nĐiều 3 Cuối\n{0}", id="a blank only"),
        pytest.param(
            "Ðiều 1. Chung\n{0}\nÐiều 2. Riêng\n{0}\nÐiều 3. Cuối\n{0}", id="another letter that looks like Đ"
        ),
        pytest.param("Điều 1. Chung\n{0}\nĐiền 2. Riêng\n{0}\nĐiều 3. Cuối\n{0}", id="misprinted"),
    ],
)
def test_spellings(headings: str) -> None:
    assert articles(headings.format("Chủ bến có trách nhiệm giữ bến sạch.")) == ["1", "2", "3"]


def test_parts_in_words_and_chapters_that_count_on() -> None:
    text = "\n".join(
        f"{head}\nTÊN\nĐiều {n}. Việc {n}\nChủ bến làm việc này."
        for n, head in enumerate(
            (
                "Phần thứ nhất\nCHUNG\nChương I",
                "Chương II",
                "Phần thứ hai\nRIÊNG\nChương III",
                "PHẦN THỨ BA\nCUỐI\nChương IV",
            ),
            1,
        )
    )
    assert [one for one in anchors(outline_of(text)) if "dieu" not in one] == [
        "phan-1", "chuong-1", "chuong-2", "phan-2", "chuong-3", "phan-3", "chuong-4",
    ]  # fmt: skip


def test_chapters_that_begin_anew_in_each_part_are_told_apart() -> None:
    text = "\n".join(
        f"Phần thứ {part}\nTÊN\nChương I\nTÊN\nĐiều {n}. Việc\nChủ bến làm việc này."
        for n, part in enumerate(("nhất", "hai"), 1)
    )
    assert [one for one in anchors(outline_of(text)) if "chuong" in one] == ["chuong-1", "phan-2-chuong-1"]


AMENDING = """Điều 1. Sửa đổi, bổ sung một số điều của Quy chế bến thuyền
1. Sửa đổi Điều 12 như sau:
“Điều 12. Giá vé
1. Giá vé là “mức thu” do thành phố định.
2. Trẻ em được miễn vé.
Điều 13. Vé tháng
Vé tháng bán tại bến.”.
2. Bổ sung Điều 2 vào sau Điều 1 như sau:
"Điều 2. Đèn bến
Đèn bến sáng từ 18 giờ."
Điều 2. Hiệu lực thi hành
Quy chế này có hiệu lực từ ngày ký."""


def test_new_text_of_another_document_is_none_of_this_one() -> None:
    outline = outline_of(AMENDING)
    assert anchors(outline) == ["dieu-1", "dieu-1-khoan-1", "dieu-1-khoan-2", "dieu-2"]
    assert outline.anchored("dieu-2").start == AMENDING.index("Điều 2. Hiệu lực")  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "amending",
    [
        pytest.param(AMENDING.replace("tại bến.”.", "tại bến."), id="a quotation that is never closed"),
        pytest.param(
            "".join(c for c in AMENDING if c not in '“”"').replace("Điều 2. Đèn", "Điều 41. Đèn"),
            id="no marks",
        ),
    ],
)
def test_numbers_tell_where_marks_do_not(amending: str) -> None:
    assert {one.number for one in outline_of(amending).articles} <= {"1", "2"}


def test_a_table_of_contents_is_no_text() -> None:
    titles = ("Phạm vi", "Bến thuyền", "Áo phao", "Hiệu lực")
    plain = "MỤC LỤC\nChương I. CHUNG\n" + "\n".join(
        f"Điều {n}. {title}" for n, title in enumerate(titles, 1)
    )
    dotted = "MỤC LỤC\nChương I. CHUNG.......... 2\n" + "\n".join(
        f"Điều {n}. {title} .......... {n}" for n, title in enumerate(titles, 1)
    )
    body = "\n\nChương I\nCHUNG\n" + "\n".join(
        f"Điều {n}. {title}\nChủ bến làm việc này." for n, title in enumerate(titles, 1)
    )
    for contents in (plain, dotted):
        outline = outline_of(contents + body)
        assert anchors(outline) == ["chuong-1", "dieu-1", "dieu-2", "dieu-3", "dieu-4"]
        assert outline.provisions[0].start > len(contents)
        assert not outline_of(contents), "and alone it is none either"


def test_sentences_that_speak_of_articles_are_no_headings() -> None:
    text = (
        "Người đi thuyền thực hiện quy định tại khoản 2\nĐiều 5. Nếu quá giờ thì phải báo.\n"
        "Điều 7 Luật này không áp dụng.\nChương II của Quy chế này nói về giờ mở bến.\nChương trình bắt đầu lúc 7 giờ.\n"
        "Phần không dùng thì trả lại.\nMục tiêu của kế hoạch là an toàn."
    )
    assert not outline_of(text)


def test_a_decision_and_what_it_issues_are_told_apart() -> None:
    decision = (
        "QUYẾT ĐỊNH:\n\nĐiều 1. Ban hành kèm theo Quyết định này Quy chế quản lý bến thuyền.\n"
        "Điều 2. Quyết định này có hiệu lực từ ngày ký.\nĐiều 3. Các bến thuyền chịu trách nhiệm thi hành.\n\n"
        "Nơi nhận:\n- Như Điều 3.\n\n"
    )
    outline = outline_of(decision + RULES)
    assert outline.names[1] == "QUY CHẾ"
    rules = [one for one in outline.provisions if one.document == 2]
    assert rules[0].anchor == "van-ban-2-chuong-1"
    assert outline.find("4", "2", document=2) in rules
    assert [one.number for one in outline.articles if one.document == 1] == ["1", "2", "3"]
    third = outline.find("3")
    assert third is not None and (decision + RULES)[third.start : third.end].strip().endswith("thi hành.")


def test_lists_within_a_clause_are_no_clauses() -> None:
    text = (
        "Điều 1. Hồ sơ\n1. Hồ sơ gồm:\n1) Đơn;\n2) Ảnh;\n2. Nộp tại bến.\n2.1. Trong giờ.\n3. Nhận kết quả tại bến.\n"
        "Điều 2. Lệ phí\nNăm 2024 là\n15. đồng."
    )
    assert anchors(outline_of(text)) == [
        "dieu-1", "dieu-1-khoan-1", "dieu-1-khoan-2", "dieu-1-khoan-3", "dieu-2",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "unit", ["“Điều 1. a\n", "Điều 1. ", "Điều 1.\n", "\n \n", "1. “\n", "Chương I\n", "Điều 1\n”\n"]
)
def test_hostile_texts_are_read_in_one_pass(unit: str) -> None:
    assert len(outline_of(unit * (400_000 // len(unit))).provisions) <= 400_000


@needs_corpora
def test_the_articles_of_laws_are_found_in_order_and_none_besides() -> None:
    """All of the 46 laws with a text; one of them lacks nothing, though five of its headings are misprinted."""
    found = 0
    with gzip.open(Path(CORPORA) / "laws_fulltext.jsonl.gz", "rt", encoding="utf-8") as laws:
        for line in laws:
            body = json.loads(line)["body"]
            outline = outline_of(body)
            numbers = [one.number for one in outline.articles]
            assert numbers == [str(n) for n in range(1, len(numbers) + 1)], line[:60]
            assert len(outline.names) == (1 if body else 0)
            found += len(numbers)
    assert found == 4209
