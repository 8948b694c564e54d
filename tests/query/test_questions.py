"""Words of a question that an answer need not hold, and words that only look like them."""

import dataclasses

import pytest

from indexer.lexicon.lexicon import Lexicon
from indexer.query import tree
from indexer.query.cut import cut
from indexer.query.expansion import Known, expand
from indexer.query.parser import parse
from indexer.query.questions import without_grammar
from tests.query.counts import Counts


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
        ("học sinh có được miễn học phí không?", ["có được", "không?"]),
        ("hoc sinh co duoc mien hoc phi khong", ["co duoc", "khong"]),
        ("các loại xe nào bị cấm", ["các", "nào"]),
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
        pytest.param("cô giáo dạy hát không", id="another word in place of có"),
        pytest.param("Nga có nhiều tên lửa phòng không", id="không as a part of a noun"),
        pytest.param("những bài hát không bao giờ quên", id="never"),
        pytest.param("nhà có sân không", id="too few words to tell"),
        pytest.param("cơ hội cho hồi phục", id="words that ask only without their accents"),
    ],
)
def test_what_does_not(typed: str) -> None:
    assert hints(typed) == []


def test_without_accents_few_words_are_taken_for_grammar() -> None:
    assert hints("thi cong chuc khi nao") == ["khi nao"]


def test_function_words_of_a_question_need_not_be_found_unless_they_are_part_of_a_word() -> None:
    read = expand(parse("công dân trong trắng ở trong xã hội được bao nhiêu tiền?"), Known(Lexicon([])))
    found = cut(read, Counts())
    node, words = without_grammar(read, found.node)
    assert [" ".join(word) for word in dataclasses.replace(found, node=words).words] == [
        "công dân",
        "trong trắng",
        "xã hội",
    ]
    assert [part.text for part in tree.parts_of(node) if isinstance(part, tree.Hint)] == [
        "ở",
        "trong",
        "được bao nhiêu tiền?",
    ]


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("cong dan trong xa hoi bao nhieu tien", id="without accents they may be other words"),
        pytest.param("công dân trong xã hội", id="no question"),
        pytest.param("ở trong bao nhiêu tiền", id="nothing else is asked"),
        pytest.param(
            "tiếng Anh thi vay hay bạn con là gì",
            id="syllables that look like function words, or may be more",
        ),
        pytest.param("công dân không chưa số là gì", id="what denies is asked for"),
        pytest.param(
            "nghị định 15/2020/NĐ-CP trong xã hội là gì", id="beside a number they are of its subject"
        ),
    ],
)
def test_function_words_that_stay(typed: str) -> None:
    read = expand(parse(typed), Known(Lexicon([])))
    words = cut(read, Counts()).node
    assert without_grammar(read, words) == (read, words)


@pytest.mark.parametrize("typed", ["viem nao nhat ban", "AI bị kiện vì bản quyền"])
def test_look_alikes_of_question_words_are_looked_for(typed: str) -> None:
    read = expand(parse(typed), Known(Lexicon([])))
    assert not any(isinstance(part, tree.Hint) for part in tree.parts_of(read))
