"""Why a file was not read: one list, in two languages, that operators can act on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import indexer
from indexer.extract.reasons import advice, problem, reasons, sentence, sentences
from indexer.model import Problem
from indexer.stored.extraction import problem_from_json, problem_to_json

CODE = Path(indexer.__file__).parent
DOCS = CODE.parent / "docs" / "attachments.md"
OLD = "noted"
"""What was stored before there were codes."""


@pytest.mark.parametrize("code", reasons())
def test_a_reason_says_the_same_in_both_languages(code: str) -> None:
    reason = reasons()[code]
    fields = [set(re.findall(r"\{(\w+)\}", text)) for text in (reason.en, reason.vi)]
    assert fields[0] - fields[1] <= {"status"}, "the Vietnamese leaves out the exit status only"
    assert fields[1] <= fields[0]
    assert bool(reason.do_en) == bool(reason.do_vi) and "{" not in reason.do_en + reason.do_vi
    for text in filter(None, (reason.en, reason.vi, reason.do_en, reason.do_vi)):
        assert text[0] in "{`" or text[0].islower()
        assert not text.endswith(".") and text.count("`") % 2 == 0


def test_every_reason_is_used_and_explained() -> None:
    sources = "\n".join(path.read_text("utf-8") for path in CODE.rglob("*.py"))
    rows = dict(re.findall(r"^\| `(\w+)` \| (.+) \|$", DOCS.read_text("utf-8"), re.MULTILINE))
    for code, reason in reasons().items():
        assert f'"{code}"' in sources, f"nothing says {code}"
        assert code == OLD or rows[code] == f"{reason.en} | {reason.do_en or '–'}"


def test_sentences_are_filled_in_the_way_of_the_language() -> None:
    cut = problem("text_cut", most=10_000_000, size=95_000_001)
    assert sentence(cut).startswith("only the first 10,000,000 of 95,000,001 characters")
    assert sentence(cut, "vi").startswith("chỉ đọc 10.000.000 ký tự đầu trong 95.000.001")
    poor = problem("ocr_poor", 3, confidence=0.25)
    assert sentence(poor) == "page 3: the scan is too poor to read (confidence 0.25)"
    assert sentence(poor, "vi") == "trang 3: bản quét quá mờ, không đọc được (độ tin cậy 0,25)"
    assert advice(problem("password"), "vi") == "gỡ mật khẩu rồi đăng lại tệp"


def test_what_a_library_says_is_kept_but_not_told() -> None:
    damaged = problem("damaged", detail="CLX extends beyond table stream")
    assert "CLX" not in sentence(damaged) + sentence(damaged, "vi") and "CLX" in str(damaged)


def test_a_reason_is_filled_by_what_it_names() -> None:
    with pytest.raises(TypeError, match="most"):
        problem("many_files")
    with pytest.raises(KeyError):
        problem("no_such_code")


def test_problems_of_other_versions_are_told() -> None:
    assert sentences([problem_from_json("it was damaged by the rain")]) == ("it was damaged by the rain",)
    later = Problem("of_a_later_version", (("count", 1),), 2)
    assert sentence(later) == "page 2: of_a_later_version" and advice(later) == ""
    assert sentence(Problem("many_files")) == "it contains more than ? files; the others were left out"


@pytest.mark.parametrize(
    "one", [problem("slow", seconds=20.5), problem("part_damaged", 7, "why", part="a.xml")]
)
def test_problems_are_stored_without_loss(one: Problem) -> None:
    assert problem_from_json(problem_to_json(one)) == one
