"""The query language: the contract's examples, and nothing that can break it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.query.parser import MAX_CHARACTERS, parse
from indexer.query.tree import (
    And,
    Dates,
    Everything,
    Fuzzy,
    Label,
    NoDate,
    Node,
    Not,
    NumberIs,
    Or,
    Prefix,
    Quoted,
    Word,
)


def words(*texts: str) -> tuple[Word, ...]:
    return tuple(map(Word, texts))


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("hải phòng", And(words("hải", "phòng"))),
        ("38-CT/TW", Word("38-CT/TW")),
        ("a1 OR b1 c1", And((Or(words("a1", "b1")), Word("c1")))),
        ("a1 HOẶC b1", Or(words("a1", "b1"))),
        ("a1 VÀ b1", And(words("a1", "b1"))),
        ("đất -nhà", And((Word("đất"), Not(Word("nhà"))))),
        ('đất -"nhà ở" -(a b)', And((Word("đất"), Not(Quoted("nhà ở")), Not(And(words("a", "b")))))),
        ('"đất -nhà" 5-6', And((Quoted("đất -nhà"), Word("5-6")))),
        ("đất KHÔNG nhà", And((Word("đất"), Not(Word("nhà"))))),
        ("đất NOT nhà", And((Word("đất"), Not(Word("nhà"))))),
        ("KHÔNG GIAN MẠNG", And(words("KHÔNG", "GIAN", "MẠNG"))),
        ("KHÔNG GIAN MẠNG là gì", And(words("KHÔNG", "GIAN", "MẠNG", "là", "gì"))),
        ("“ủy ban” x1", And((Quoted("ủy ban"), Word("x1")))),
        ("tiêu đề: học phí", And((Word("học", "title"), Word("phí")))),
        ("tieude:(học phí)", And((Word("học", "title"), Word("phí", "title")))),
        ('nguồn tin:"báo lam giang"', Label("báo lam giang", "source")),
        ("nguon:bao", Label("bao", "source")),
        ("chuyên mục:y", Label("y", "category")),
        ("loại văn bản: quyết", Label("quyết", "type")),
        ("tệp:signed", Label("signed", "file")),
        ("số:38-CT/TW", NumberIs("38-CT/TW", "number")),
        ("viện dẫn: 38-CT/TW", NumberIs("38-CT/TW", "cites")),
        ("ngày:2024", Dates(date(2024, 1, 1), date(2024, 12, 31))),
        ("ngày:[2024-01 TO 2024-06]", Dates(date(2024, 1, 1), date(2024, 6, 30))),
        ("ngày:none", NoDate()),
        ("từ:5/2024", Dates(date(2024, 5, 1), None)),
        ("đến:30/6/2024", Dates(None, date(2024, 6, 30))),
        ("kinh t*", Prefix("t", None, Word("kinh"))),
        ("kin*", Prefix("kin")),
        ("t*", Word("t")),
        ("hai phonh~", And((Word("hai"), Fuzzy("phonh")))),
        ("*", Everything()),
        ("18:30", Word("18:30")),
        ("http://a.b/c-d", And(words("c", "d"))),
        ("https://www.a.vn/tin/cap-the/12345", And(words("cap", "the"))),
        ("xem www.a.vn", And(words("xem", "a.vn"))),
        ("Số: 74 / KH - UBND", NumberIs("74/KH-UBND", "number")),
        ("38 - CT/TW", Word("38-CT/TW")),
        ("2 - UBND", And(words("2", "UBND"))),
        ("12/KH-UBND V/v đất", And(words("12/KH-UBND", "đất"))),
        ("ngày:[hôm TO mai", And(words("ngày:[hôm".replace("ngày:", ""), "TO", "mai"))),
    ],
)
def test_reads(text: str, tree: Node) -> None:
    assert parse(text) == tree


@pytest.mark.parametrize(
    "text", ["NOT NOT a", "NOT (NOT (", "((((a", '"', "a AND", "OR", "-", "[ TO ]", "title:", "~", "a~9"]
)
def test_malformed_text_is_no_error(text: str) -> None:
    parse(text)


@given(st.text(alphabet='ab "()-*~:[]ANDORTKHÔNGtitle', max_size=MAX_CHARACTERS))
def test_any_text_has_a_tree(text: str) -> None:
    parse(text)


def test_text_beyond_the_limit_is_words_of_its_beginning() -> None:
    tree = parse("từ " * MAX_CHARACTERS)
    assert isinstance(tree, And)
    assert set(tree.nodes) == {Word("từ")}


@given(
    st.lists(
        st.sampled_from(["kế", "hoạch", "38-CT/TW", "a.b", "5,5%", "x_y", "OR", "not", "-z", "…"]), max_size=6
    )
)
def test_plain_words_are_read_as_the_grammar_reads_them(words: list[str]) -> None:
    text = " ".join(words)
    assert parse(text) == parse(f"({text})")
