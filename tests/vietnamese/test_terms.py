"""Syllables, their terms, and offsets that point into the original text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.vietnamese.letters import fold, nfc, plain_letters
from indexer.vietnamese.terms import (
    CLAUSE_END,
    MAX_TERM,
    folded_names,
    same_i,
    syllables,
    term_streams,
    terms_of,
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đường Nguyễn Huệ", "duong nguyen hue"),
        ("NÐ-CP", "nd-cp"),
        ("unicode ê\u0301", "unicode e"),
        ("ƯƠ", "uo"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_streams_hold_toned_and_folded_terms_and_pairs() -> None:
    streams = term_streams("Ủy ban Hải Phòng")
    assert streams.text == "=uỷ uy =ban ban =hải hai =phòng phong"
    assert streams.pairs == "uy_ban ban_hai hai_phong"


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        pytest.param("Người dân. Số nhà", "nguoi_dan so_nha", id="a sentence ends"),
        pytest.param("dân; số: nhà (cũ) mới", "", id="so do other clauses"),
        pytest.param(
            "TP.HCM, 3.200 hộ",
            "tp_hcm hcm_3 3_200",
            id="points inside of words and commas end nothing, but a number is no other that it ends with",
        ),
        pytest.param("hải\nphòng", "hai_phong", id="the lines of a page are broken anywhere"),
        pytest.param("Tiêu đề\n\nThân bài", "tieu_de than_bai", id="an empty line"),
        pytest.param("Xong? Chưa!", "", id="questions and exclamations"),
    ],
)
def test_no_pair_goes_beyond_a_clause(text: str, pairs: str) -> None:
    assert term_streams(text).pairs == pairs


@pytest.mark.parametrize(
    "written",
    [
        pytest.param("hoà bình", id="new style"),
        pytest.param("hòa bình", id="old style"),
        pytest.param("HÒA BÌNH", id="capitals"),
        pytest.param(unicodedata.normalize("NFD", "hòa bình"), id="decomposed"),
        pytest.param("ho\u00adà bì\u200bnh", id="soft hyphen and zero-width space"),
        pytest.param("hoà\u00a0bình", id="no-break space"),
    ],
)
def test_one_word_has_one_term_however_it_is_written(written: str) -> None:
    assert [s.toned for s in syllables(nfc(written))] == ["hoà", "bình"]


def test_look_alike_letters_are_mended() -> None:
    assert [s.toned for s in syllables("Ðồng Ɖà ðá")] == ["đồng", "đà", "đá"]


@pytest.mark.parametrize(
    ("one", "other"),
    [("kỹ", "kĩ"), ("lý", "lí"), ("quý", "quí"), ("quýt", "quít"), ("sỹ", "sĩ"), ("my", "mi")],
)
def test_i_and_y_are_one_where_spelling_varies(one: str, other: str) -> None:
    assert same_i(one) == same_i(other)


@pytest.mark.parametrize(
    ("one", "other"), [("tay", "tai"), ("vy", "vi"), ("y", "i"), ("thuý", "thúi"), ("thy", "thi")]
)
def test_i_and_y_are_two_elsewhere(one: str, other: str) -> None:
    assert same_i(one) != same_i(other)


def test_a_document_number_is_its_parts_in_order() -> None:
    assert [s.folded for s in syllables("Chỉ thị 38-CT/TW")] == ["chi", "thi", "38", "ct", "tw"]


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("trưóc", "trước"),
        ("phưong", "phương"),
        ("ngưòi", "người"),
        ("trứoc", "trước"),
        ("Đưòng", "đường"),
        ("sưòn", "sườn"),
    ],
)
def test_half_horned_vowels_are_mended(slip: str, meant: str) -> None:
    assert terms_of(slip)[0] == meant


@pytest.mark.parametrize(
    "name", ["xã Kỳ Sơn", "Quý Lộc", "xã Ea H'leo", "Quỳnh Lưu", "thị trấn Mỹ Thọ", "Bà Rịa - Vũng Tàu"]
)
def test_names_fold_as_their_terms_do(name: str) -> None:
    assert folded_names([name, "x"]) == [" ".join(s.folded for s in syllables(name)), "x"]


@given(st.lists(st.text(alphabet="aăbcđhklmnqstuưyýỳiíc '-_ÝQ1", max_size=14), max_size=4))
def test_any_names_fold_as_their_terms_do(names: list[str]) -> None:
    assert folded_names(names) == [" ".join(s.folded for s in syllables(name)) for name in names]


@given(st.text(max_size=80))
def test_offsets_are_in_order_and_inside(text: str) -> None:
    text = nfc(text)
    last = 0
    for syllable in syllables(text):
        assert last <= syllable.start < syllable.end <= len(text)
        assert plain_letters(text[syllable.start : syllable.end])
        last = syllable.end


@given(st.text(max_size=200))
def test_streams_keep_two_terms_a_syllable_on_any_text(text: str) -> None:
    number = len(list(syllables(nfc(text))))
    streams = term_streams(nfc(text))
    terms = streams.text.split(" ") if streams.text else []
    assert len(terms) == 2 * number
    assert all(term.startswith("=") for term in terms[::2])
    assert not any(term.startswith("=") or len(term) > 4 * MAX_TERM for term in terms[1::2])
    assert len(streams.pairs.split()) == sum(
        max(0, len(list(syllables(clause))) - 1) for clause in CLAUSE_END.split(nfc(text))
    )


WORDS = st.text(
    st.characters(categories=("L", "N"))
    | st.sampled_from("ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹÐð"),
    min_size=2,
)


@given(WORDS.map(nfc), st.sampled_from(["", ",", ".", ";", ":", ")"]))
def test_the_short_way_through_plain_words_finds_what_the_long_one_does(word: str, sign: str) -> None:
    # What shows nothing stands in the way of the short one.
    hidden = f"{word[:1]}\u00ad{word[1:]}{sign}"
    if nfc(hidden) == hidden and nfc(hidden.replace("\u00ad", "")) == f"{word}{sign}":
        assert term_streams(f"{word}{sign} và") == term_streams(f"{hidden} và")


@given(WORDS.map(nfc))
def test_plain_letters_of_usual_words_are_what_they_are_of_others(word: str) -> None:
    assert plain_letters(word) == plain_letters(f"{word}\u200b")
