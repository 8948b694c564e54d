"""Words of a question that an answer need not hold, and words that only look like them."""

import pytest

from indexer.lexicon.lexicon import Lexicon
from indexer.query import tree
from indexer.query.expansion import Known, expand
from indexer.query.parser import parse


def hints(typed: str) -> list[str]:
    read = expand(parse(typed), Known(Lexicon([])))
    return [part.text for part in tree.parts_of(read) if isinstance(part, tree.Hint)]


@pytest.mark.parametrize(
    ("typed", "asking"),
    [
        ("nghỉ thai sản được bao nhiêu tháng?", ["được bao nhiêu tháng?"]),
        ("nghi thai san duoc bao nhieu thang", ["duoc bao nhieu thang"]),
        ("những đường nào bị cấm ở đâu", ["những", "nào", "ở đâu"]),
        ("thi công chức cần điều kiện gì?", ["cần điều kiện gì?"]),
        ("ai là chủ tịch phường", ["ai là"]),
        ("trẻ mấy tháng tuổi thì tiêm", ["mấy tháng", "thì"]),
        ("thủ tục ly hôn cân những giấy tờ gi", ["cân những giấy tờ gi"]),
    ],
)
def test_what_only_asks(typed: str, asking: list[str]) -> None:
    assert hints(typed) == asking


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("luật dược", id="another word with other accents"),
        pytest.param("người có công", id="no question"),
        pytest.param("nghỉ thai sản được hưởng lương", id="no word that asks"),
        pytest.param("ở đâu", id="nothing else"),
        pytest.param("cơ hội cho hồi phục", id="words that ask only without their accents"),
    ],
)
def test_what_does_not(typed: str) -> None:
    assert hints(typed) == []


def test_without_accents_few_words_are_taken_for_grammar() -> None:
    assert hints("thi cong chuc khi nao") == ["khi nao"]
