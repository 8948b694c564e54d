"""Queries cut into words by what an index holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pytest

from indexer.query import tree
from indexer.query.cut import cut
from indexer.query.parser import parse


@dataclass
class Counts:
    """Articles by term, as an index of some thousand articles has them."""

    toned: Mapping[str, int] = field(
        default_factory=lambda: {
            "dân_số": 25, "chuyển_đổi": 80, "công_dân": 48, "học_sinh": 300, "sinh_học": 40, "hải_phòng": 60,
            "ủy_ban": 200, "nhân_dân": 210, "ủy_ban_nhân_dân": 150, "xã_hội": 400,
            "nội_các": 10, "trong_trắng": 3,
        }
    )  # fmt: skip
    folded: Mapping[str, int] = field(
        default_factory=lambda: {
            "dan_so": 26, "chuyen_doi": 80, "cong_dan": 50, "hoc_sinh": 300, "sinh_hoc": 41, "hai_phong": 60,
            "uy_ban": 200, "nhan_dan": 215, "uy_ban_nhan_dan": 150, "xa_hoi": 400, "cua_hai": 2, "noi_cac": 11,
            "trong_trang": 3,
        }
    )  # fmt: skip
    beside: Mapping[str, int] = field(
        default_factory=lambda: {
            "dan_so": 40, "chuyen_doi": 85, "doi_so": 70, "cong_dan": 60, "hoc_sinh": 310, "sinh_hoc": 60, "hai_phong": 70,
            "uy_ban": 230, "ban_nhan": 220, "nhan_dan": 240, "xa_hoi": 420, "cua_hai": 300, "noi_cac": 500,
            "trong_trang": 54,
        }
    )  # fmt: skip
    alone: Mapping[str, int] = field(
        default_factory=lambda: {"=sau": 900, "sau": 1500, "=doi": 3, "doi": 800, "=nhan": 2, "nhan": 900}
    )

    def words(self, terms: Sequence[str]) -> list[int]:
        return [self.toned.get(term, 0) for term in terms]

    def folded_words(self, terms: Sequence[str]) -> list[int]:
        return [self.folded.get(term, 0) for term in terms]

    def pairs(self, terms: Sequence[str]) -> list[int]:
        return [self.beside.get(term, 0) for term in terms]

    def side_by_side(self, first: str, second: str) -> int:
        return {"nội các": 12, "trong trắng": 3}.get(f"{first} {second}", 0)

    def syllables(self, terms: Sequence[str]) -> list[int]:
        return [self.alone.get(term, 0) for term in terms]


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
