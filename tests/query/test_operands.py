"""Operators and fields over whole words."""

import pytest

from indexer.lexicon.lexicon import Lexicon
from indexer.query.operands import whole_operands
from indexer.query.parser import parse
from indexer.query.tree import And, Node, Not, Or, Quoted, Word
from tests.query.counts import Counts

LEXICON = Lexicon([{"synonyms": {"sổ đỏ": ["sổ hồng"]}}])


def words(text: str, area: str | None = None) -> tuple[Word, ...]:
    return tuple(Word(word, area) for word in text.split())


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("dân số OR công dân", And((Or((And(words("dân số")), And(words("công dân")))),))),
        (
            "nhiều dân số HOẶC công dân tốt",
            And((*words("nhiều"), Or((And(words("dân số")), And(words("công dân")))), *words("tốt"))),
        ),
        (
            "dân số OR công dân OR học sinh giỏi",
            And(
                (
                    Or((And(words("dân số")), And(words("công dân")), And(words("học sinh")))),
                    *words("giỏi"),
                )
            ),
        ),
        ("sổ đỏ OR dân số", And((Or((And(words("sổ đỏ")), And(words("dân số")))),))),
        ("dân (số OR công) dân", And((*words("dân"), Or(words("số công")), *words("dân")))),
        ("nhà OR đất rừng", And((Or(words("nhà đất")), *words("rừng")))),
        ('dân số OR "công dân"', And((Or((And(words("dân số")), Quoted("công dân"))),))),
        ("học sinh -xã hội nghèo", And((*words("học sinh"), Not(Quoted("xã hội")), *words("nghèo")))),
        ("học sinh KHÔNG sổ đỏ", And((*words("học sinh"), Not(Quoted("sổ đỏ"))))),
        ("học sinh -xã", And((*words("học sinh"), Not(Word("xã"))))),
        ("tiêu đề:xã hội mới", And((*words("xã hội", "title"), *words("mới")))),
        ("dân số", And(words("dân số"))),
    ],
)
def test_operands(typed: str, read: Node) -> None:
    assert whole_operands(parse(typed), LEXICON, Counts()) == read
