"""Marks land on the original text, whatever its accents, case and form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.highlight.finder import Wanted
from indexer.highlight.fragment import fragment, mark
from indexer.highlight.from_query import wanted_by
from indexer.query.parser import parse
from indexer.vietnamese.letters import nfc
from indexer.vietnamese.terms import syllables

TEXT = (
    "Ủy ban nhân dân thành phố vừa ban hành Kế hoạch thực hiện Chỉ thị số 38-CT/TW về hòa bình và hoa hồng."
)


def marked(query: str, text: str = TEXT, strict: bool = False) -> list[str]:
    return [text[start:end] for start, end in mark(text, wanted_by(parse(query), strict))]


@pytest.mark.parametrize(
    ("query", "parts"),
    [
        pytest.param("ke hoach", ["Kế", "hoạch"], id="typed without accents"),
        pytest.param("HOÀ BÌNH", ["hòa", "bình"], id="other tone style, capitals, exact accents only"),
        pytest.param("hoa", ["hòa", "hoa"], id="without accents all are equal"),
        pytest.param("hoá", ["hòa", "hoa"], id="other accents where none is as typed"),
        pytest.param("hoa binh", ["hòa", "bình"], id="accents as beside the neighbour of the query"),
        pytest.param("38-CT/TW", ["38-CT/TW"], id="a number is one mark"),
        pytest.param('"ban hành kế hoạch"', ["ban hành Kế hoạch"], id="a phrase as a whole"),
        pytest.param('"ban kế hoạch"', [], id="no part of a phrase that is not there"),
        pytest.param('"ủy ban nhan dân"', ["Ủy ban nhân dân"], id="mixed phrase"),
        pytest.param('"ủy ban nhạn dân"', [], id="a phrase is strict about typed accents"),
        pytest.param("hoach*", ["hoạch"], id="beginning"),
        pytest.param("hoachj~", ["hoạch"], id="one typo"),
        pytest.param("hồng -bình", ["hồng"], id="nothing negated"),
    ],
)
def test_marks(query: str, parts: list[str]) -> None:
    assert marked(query) == parts


def test_strict_marks_nothing_with_other_accents() -> None:
    assert marked("hoa", strict=True) == ["hoa"]


def test_fragment_holds_the_most_words() -> None:
    text = (
        "Đầu bài nói về hoạch. "
        + "Chữ không liên quan. " * 40
        + "Kế hoạch thực hiện ở đây. "
        + "Cuối bài. " * 40
    )
    piece = fragment(text, wanted_by(parse("kế hoạch thực hiện")))
    assert "Kế hoạch thực hiện" in piece.text
    assert [piece.text[a:b] for a, b in piece.marks] == ["Kế", "hoạch", "thực", "hiện"]
    assert piece.text.startswith("Kế hoạch thực hiện ở đây. Cuối bài.") and piece.text.endswith("Cuối bài.")


def test_fragment_without_a_match_is_the_beginning() -> None:
    piece = fragment("Mở đầu. " * 100, wanted_by(parse("gì khác")))
    assert piece.text.startswith("Mở đầu.") and not piece.marks


@given(st.text(max_size=700), st.text(max_size=20))
def test_marks_are_inside_and_apart_on_any_text(text: str, query: str) -> None:
    text = nfc(text)
    looked_for = wanted_by(parse(query + " " + text[:30]))
    for piece, marks in (
        (text, mark(text, looked_for)),
        (lambda f: (f.text, f.marks))(fragment(text, looked_for)),
    ):
        last = 0
        for start, end in marks:
            assert last <= start < end <= len(piece)
            last = end


@pytest.mark.parametrize(
    "query", ["đường", "ky thuat", "hoà", "uy ban", "ứng", "38", "ha*", "ky*", "quy hoach -so"]
)
def test_finds_what_the_analyzer_finds(query: str) -> None:
    """The pattern that skips to likely tokens leaves nothing out, whatever the spelling."""
    text = (
        "ĐƯỜNG Kĩ thuật, KỸ THUẬT kỷ hòa HÒA ho\u0300a hoà\u200b uỷ ban Ủy_ban ỨNG ứ\u00adng 38-CT 138 hải HÀ nha trang xkỹ"
        " quý qui hoạch đuờng Ðường ưng ky Hoa hoá"
    )
    looked_for = wanted_by(parse(query))
    expected = {
        token.folded
        for token in syllables(nfc(text))
        if token.folded in looked_for.words or any(map(token.folded.startswith, looked_for.prefixes))
    }
    loose = Wanted(dict.fromkeys(looked_for.words, frozenset()), prefixes=looked_for.prefixes)
    found = {next(syllables(nfc(text)[a:b])).folded for a, b in mark(nfc(text), loose)}
    assert found == expected
