"""A law by its name, in any way of typing it; and what is none."""

import pytest

from indexer.lexicon.loading import load_lexicon
from indexer.query.laws import LawAsked, law_asked
from indexer.query.parser import parse

LEXICON = load_lexicon()
LAND = ("bo luat dat dai", "luat dat dai")


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("luật đất đai", LawAsked(LAND)),
        ("luat dat dai", LawAsked(LAND)),
        ("LUẬT ĐẤT ĐAI", LawAsked(LAND)),
        ("Luật Đất đai 2013", LawAsked(LAND, 2013)),
        ("luật đất đai năm 2013", LawAsked(LAND, 2013)),
        (
            "luật phòng chống tham nhũng",
            LawAsked(("bo luat phong chong tham nhung", "luat phong chong tham nhung")),
        ),
        ("bộ luật dân sự", LawAsked(("bo luat dan su", "luat dan su"))),
        ("hiến pháp 2013", LawAsked(("hien phap",), 2013)),
        ("luật quản lý thuế", LawAsked(("bo luat quan ly thue", "luat quan ly thue"))),
    ],
)
def test_a_law_by_its_name(typed: str, asked: LawAsked) -> None:
    found = law_asked(parse(typed), LEXICON)
    assert found and LawAsked(found.names[: len(asked.names)], found.year) == asked


def test_an_abbreviation_stands_for_the_name() -> None:
    asked = law_asked(parse("luật bhxh"), LEXICON)
    assert asked and "luat bao hiem xa hoi" in asked.names


@pytest.mark.parametrize(
    "typed",
    [
        "luật gia",
        "luật",
        "luật đất đai quy định về tách thửa",
        '"luật đất đai"',
        "tiêu đề:(luật đất đai)",
        "luật -đất",
        "đất đai",
        "kỷ luật lao động",
    ],
)
def test_is_no_law_by_its_name(typed: str) -> None:
    assert law_asked(parse(typed), LEXICON) is None
