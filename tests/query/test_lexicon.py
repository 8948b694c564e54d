"""The lexicon: what administration abbreviates is in it, forms are compared as people type them."""

import tomllib
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.lexicon.lexicon import Lexicon, letters_of
from indexer.lexicon.loading import load_lexicon
from indexer.lexicon.places import place_names
from indexer.query import tree
from indexer.query.expansion import Known, expand
from indexer.query.parser import parse, plain_words
from indexer.vietnamese.letters import fold

LEXICON = load_lexicon()
ONE = (
    "UBND HĐND MTTQ ĐBQH TTg VPCP TW TƯ T.Ư BCH UBKT TTCP KTNN GD&ĐT GTVT NN&PTNT VHTTDL TN&MT TT&TT LĐ-TB&XH KH&ĐT KH&CN NHNN"
    " TAND VKSND VKS CSGT CSĐT CAND PCCC ANTT ATGT TNGT BLHS QĐ NQ NĐ BHXH BHYT CMND CCCD GPLX TTHC KCB ATTP GPMB BĐS DNNN HTX"
    " NSNN CNTT THPT TP.HCM CĐS DVC TTPVHCC LLTP"
).split()
SEVERAL = "QH CP TU BTV BTC BCT CT TT KH DN CĐ TS BKS CN ĐT TH ND DS HĐ PC TN QL".split()


def others(text: str, lexicon: Lexicon = LEXICON) -> list[str]:
    """Return the other forms of ``text`` as a whole."""
    node = expand(parse(text), Known(lexicon))
    found = node.nodes[0] if isinstance(node, tree.And) and len(node.nodes) == 1 else node
    return (
        [o.text for o in found.others if isinstance(o, tree.Reading)]
        if isinstance(found, tree.Either)
        else []
    )


@pytest.mark.parametrize("short", ONE)
def test_an_abbreviation_of_one_meaning_is_known(short: str) -> None:
    assert others(short)


@pytest.mark.parametrize("short", SEVERAL)
def test_an_abbreviation_of_several_meanings_adds_all(short: str) -> None:
    assert sum(" " in other for other in others(short)) > 1
    for long in others(short):
        assert short not in others(long)


@pytest.mark.parametrize("written", ["GD&ĐT", "GD-ĐT", "GDĐT", "gdđt", "gddt", "GD & ĐT", "GD&ĐT,", "(GDĐT)"])
def test_spellings_of_one_abbreviation(written: str) -> None:
    assert "giáo dục và đào tạo" in others(written)


@pytest.mark.parametrize(
    "text",
    ["tư", "tu", "an", "ga", "bông", "lon", "tax", "q1", "quy3", "TM. CHỦ TỊCH", "KT. GIÁM ĐỐC", "TL. GIÁM ĐỐC",
     "TUQ. CHÁNH VĂN PHÒNG",
     "Q. CHỦ TỊCH", "hoà bình", "hồ chí minh", "KHÔNG GIAN MẠNG", "05:2013/BTNMT", "38-CT/TW", "NĐ-CP"],
)  # fmt: skip
def test_traps_have_no_other_form(text: str) -> None:
    assert expand(parse(text), Known(LEXICON)) == parse(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("sổ đỏ", "sổ hồng"), ("sổ hồng", "giấy chứng nhận quyền sử dụng đất"), ("cmnd", "CCCD"), ("căn cước", "CMND"),
        ("một cửa", "trung tâm phục vụ hành chính công"), ("birth certificate", "giấy khai sinh"), ("TW", "T.Ư"),
        ("TPHCM", "tp hồ chí minh"), ("tp. hồ chí minh", "TP.HCM"), ("Daklak", "đắk lắk"), ("Đăk Lăk", "đắc lắc"),
        ("Bình Dương", "thành phố Hồ Chí Minh"), ("hai duong", "Hải Phòng"), ("Hải Phòng", "Hải Dương"),
        ("Hòa Bình", "Phú Thọ"),
    ],
)  # fmt: skip
def test_names_find_each_other(one: str, other: str) -> None:
    assert other in others(one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("bus", "buýt"), ("xe buýt", "xe bus"), ("vaccine", "vắc xin"), ("vac-xin", "vaccine"), ("vắc xin", "vacxin"),
        ("chich ngua", "tiêm phòng"), ("tiêm chủng", "chích ngừa"), ("website", "trang web"), ("e-mail", "email"),
        ("thư điện tử", "email"), ("covid", "covid-19"), ("Covid-19", "virus corona"), ("internet", "in tơ nét"),
        ("lịch cúp điện", "lịch cắt điện"), ("bao lut", "lũ lụt"), ("hoa quả", "trái cây"), ("thịt heo", "thịt lợn"),
        ("bằng lái", "giấy phép lái xe"), ("WHO", "tổ chức y tế thế giới"), ("Mát-xcơ-va", "moskva"), ("Moscow", "moskva"),
        ("oto", "ô tô"), ("trí tuệ nhân tạo", None),
    ],
)  # fmt: skip
def test_loan_words_and_other_spellings_find_each_other(one: str, other: str | None) -> None:
    assert other in others(one) if other else not others(one)


def test_many_spellings_are_known() -> None:
    folder = resources.files("indexer.lexicon")
    tables = tomllib.loads(folder.joinpath("spellings.toml").read_text("utf-8"))
    assert len(tables["synonyms"]) >= 150
    for one, more in tables["synonyms"].items():
        for other in more:
            # Whatever is shown of a form, it finds what differs from it in more than accents.
            assert fold(one) == fold(other) or other in others(one), (one, other)
            assert fold(one) == fold(other) or one in others(other), (one, other)


def test_what_is_known_is_no_slip() -> None:
    assert LEXICON.recognised("đi xe bus".split()) == {1, 2}
    assert LEXICON.recognised("lich cup dien ubnd".split()) == {0, 1, 2, 3}
    assert LEXICON.recognised("chích ngứa".split()) == set()


def test_some_words_are_never_suggested() -> None:
    lexicon = Lexicon([{"never_suggested": {"ours": ["lợn lành", "ủy"]}}])
    assert not lexicon.may_suggest("chữa lợn lành", "chữa lợn lanh")
    assert not lexicon.may_suggest("uỷ ban", "uy ban")
    assert lexicon.may_suggest("lợn nái lành", "lợn nái lanh")
    assert lexicon.may_suggest("ủy ban", "ủy baan"), "who types it gets it"


def test_accents_that_were_typed_must_agree() -> None:
    assert not others("bình dưỡng")
    assert not others("ùy ban nhân dân")


def test_a_commune_of_several_places_does_not_bring_in_the_old_names_of_all() -> None:
    by_new: dict[str, set[bool]] = {}
    for _, new, single in place_names():
        by_new.setdefault(new, set()).add(single)
    ambiguous = [new for new, single in by_new.items() if single == {False}]
    assert ambiguous
    old = {old for old, new, single in place_names() if not single and new == ambiguous[0]}
    assert not old & set(others(ambiguous[0]))


def test_a_very_short_lexicon_of_ones_own() -> None:
    lexicon = Lexicon([{"synonyms": {"bìa đỏ": ["sổ đỏ", "GCN"]}, "typed": {"hs": "hồ sơ"}}])
    assert others("GCN", lexicon) == ["bìa đỏ", "sổ đỏ"]
    assert others("hồ sơ", lexicon) == []


@given(st.text(alphabet="ubndtpcmgđưý .&-35/IVX?,", max_size=40))
def test_nothing_that_was_typed_gets_lost(text: str) -> None:
    node = plain_words(text)
    assert tree.words_of(expand(node, Known(LEXICON))) == tree.words_of(node)


@given(st.text(alphabet="UBNDĐƯưđ.&- ,()", max_size=12))
def test_letters_of_an_abbreviation_are_the_same_however_it_is_spaced(text: str) -> None:
    assert letters_of(letters_of(text)) == letters_of(text) == letters_of(f" {text}, ")
    assert fold(letters_of(text)) == letters_of(fold(text))
