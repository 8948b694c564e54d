"""Queries cut into words by what an index holds."""

from __future__ import annotations

import pytest

from indexer.query import tree
from indexer.query.cut import cut
from indexer.query.parser import parse
from tests.query.counts import Counts


@pytest.mark.parametrize(
    ("query", "words"),
    [
        pytest.param("dân số", ["dân số"], id="a word the index knows"),
        pytest.param("dan so", ["dan so"], id="and without accents"),
        pytest.param("chuyển đổi số", ["chuyển đổi", "số"], id="the surer of two that overlap"),
        pytest.param("học sinh học", ["học sinh", "học"], id="the more frequent of two that overlap"),
        pytest.param("ủy ban nhân dân", ["ủy ban nhân dân"], id="the longest where it is one"),
        pytest.param(
            "của hai xã hội",
            ["của", "hai", "xã hội"],
            id="what mostly stands side by side by chance stays apart",
        ),
        pytest.param("dẫn số", ["dẫn", "số"], id="with accents that no word of the index has"),
        pytest.param("nội các", ["nội các"], id="a word that looks like frequent neighbours without accents"),
        pytest.param("trong trắng", ["trong trắng"], id="the same where one of its syllables has no accents"),
        pytest.param("noi cac", ["noi", "cac"], id="which it can't be told from without"),
        pytest.param("lớp 10", ["lớp 10"], id="a number and what it is the number of"),
        pytest.param("1 tỷ đồng", ["1 tỷ đồng"], id="an amount"),
        pytest.param(
            "1 tỷ đồng dân số", ["1", "tỷ đồng", "dân số"], id="an amount beside other words is one of many"
        ),
        pytest.param("5 dân số", ["5", "dân số"], id="but not a number beside just anything"),
        pytest.param("quận 9", ["quận", "9"], id="nor what the index holds nowhere"),
        pytest.param("dân tình", ["dân", "tình"], id="what the index does not know stays apart"),
        pytest.param('"dân số" dân số', ["dân số", "dân số"], id="a quoted phrase is one"),
        pytest.param("dân OR số", ["dân", "số"], id="operators part words"),
        pytest.param("tiêu đề:dân số", ["dân", "số"], id="so do fields"),
        pytest.param("15/CT-UBND dân số", ["15 CT UBND", "dân số"], id="and numbers"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_words(query: str, words: list[str]) -> None:
    assert [" ".join(word) for word in cut(parse(query), Counts()).words] == words


@pytest.mark.parametrize(
    ("query", "literal"),
    [
        pytest.param("dân số", True, id="accents throughout"),
        pytest.param("sau xã hội", True, id="a syllable that often has none"),
        pytest.param("chuyển doi xã hội", False, id="one that hardly ever has none"),
        pytest.param("sau xa hoi", False, id="no accents at all: nobody can know"),
        pytest.param('"xã hội" sau', True, id="accents of a quoted phrase count"),
        pytest.param("SAU", True, id="an abbreviation in capitals"),
        pytest.param("SAU DAN", False, id="not a whole query in capitals"),
        pytest.param("dân số 2024", True, id="digits have no accents to lose"),
    ],
)
def test_what_was_typed_with_its_accents_throughout(query: str, literal: bool) -> None:
    found = cut(parse(query), Counts())
    assert found.literal is literal


def test_what_is_excluded_stays_as_it_was_typed() -> None:
    node = cut(parse("xã hội -dân"), Counts()).node
    assert isinstance(node, tree.And)
    assert isinstance(node.nodes[0], tree.Compound) and isinstance(node.nodes[1], tree.Not)
