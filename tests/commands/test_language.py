"""One language in all that a command prints: the one asked for, that of the locale, or English."""

from __future__ import annotations

import argparse
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.cli import main
from indexer.commands.language import language_of
from indexer.commands.wording import WORDINGS
from indexer.directives.citations import RELATIONS
from indexer.directives.legal_status import ENDED
from indexer.model import FileState, Language
from tests.collection import write_jsonl

ARTICLES: list[dict[str, object]] = [
    {
        "id": "ke-hoach",
        "title": "Kế hoạch tiêm chủng",
        "body": "Thực hiện Chỉ thị số 12/CT-UBND ngày 19/9/2019 của UBND thành phố.",
        "number": "45/KH-UBND",
        "published": "2024-05-02",
        "source": "x",
        "attachments": ["bieu-mau.pdf"],
    },
    {
        "id": "chi-thi",
        "title": "Chỉ thị tiêm chủng mở rộng",
        "body": "Trạm y tế phường tiêm mở rộng cho trẻ.",
        "number": "12/CT-UBND",
        "published": "2019-09-19",
        "source": "x",
    },
    {
        "id": "bai-bo",
        "title": "Quyết định bãi bỏ Chỉ thị số 12/CT-UBND ngày 19/9/2019",
        "body": "Bãi bỏ Chỉ thị số 12/CT-UBND ngày 19/9/2019.",
        "number": "7/2025/QĐ-UBND",
        "published": "2025-02-03",
        "source": "x",
    },
]
COMMANDS = {
    "search": ("search", "tiem chung", "tre"),
    "show": ("show", "ke-hoach"),
    "directive": ("directive", "12/CT-UBND"),
    "related": ("related", "chi-thi"),
    "citations": ("citations",),
}
SAID = {
    "search": {
        "vi": ["1 kết quả, ", "tìm cả chữ có dấu và không dấu", "Chỉ chứa một số từ đã gõ (1):"],
        "en": ["1 result, ", "with and without diacritics", "Only some of the words typed (1):"],
    },
    "show": {
        "vi": [
            "Số, ký hiệu: 45/KH-UBND",
            "Viện dẫn: 12/CT-UBND",
            "Tệp đính kèm: bieu-mau.pdf (không có ở đây)",
        ],
        "en": ["Number: 45/KH-UBND", "Cites: 12/CT-UBND", "Attachment: bieu-mau.pdf (missing here)"],
    },
    "directive": {
        "vi": [
            "Hiệu lực: Hết hiệu lực toàn bộ",
            "Văn bản: Chỉ thị",
            "2 bài viện dẫn · ",
            "Bãi bỏ\t2025-02-03",
        ],
        "en": [
            "Legal status: No longer in force",
            "Text: Chỉ thị",
            "Cited by 2 articles · ",
            "Repeal\t2025-02-03",
        ],
    },
    "related": {"vi": ["\tviện dẫn bài này"], "en": ["\tcites this article"]},
    "citations": {
        "vi": ["12/CT-UBND ngày 2019-09-19\tTriển khai, thực hiện"],
        "en": ["12/CT-UBND of 2019-09-19\tImplementation"],
    },
}


@pytest.fixture
def said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., str]:
    data = ["--data", str(tmp_path / "data"), "--quiet"]
    assert main(["index", str(write_jsonl(tmp_path / "in.jsonl", ARTICLES)), *data]) == 0
    capsys.readouterr()

    def run(name: str, *options: str) -> str:
        text = io.BytesIO("Thực hiện Chỉ thị số 12/CT-UBND ngày 19/9/2019".encode())
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(text, "utf-8"))
        assert main([*COMMANDS[name], *data, *options]) == 0
        return capsys.readouterr().out

    return run


@pytest.mark.parametrize("name", COMMANDS)
def test_all_that_a_command_says_is_in_the_language_asked_for(said: Callable[..., str], name: str) -> None:
    for language, other in (("vi", "en"), ("en", "vi")):
        printed = said(name, "--lang", language)
        assert [phrase for phrase in SAID[name][language] if phrase not in printed] == [], printed
        assert [phrase for phrase in SAID[name][other] if phrase in printed] == [], printed


def test_without_one_the_locale_decides(said: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "vi_VN.UTF-8")
    assert "kết quả" in said("search")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    assert "result" in said("search") and "kết quả" not in said("search")


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "vi"}, "vi"),
        ({"LANG": "vi_VN"}, "vi"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "vie"}, "en"),
        ({"LANG": "vi_VN.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "vi_VN.UTF-8"}, "vi"),
        ({"LC_MESSAGES": "vi_VN.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "vi_VN.UTF-8", "LC_ALL": ""}, "vi"),
    ],
)
def test_the_strongest_variable_of_the_locale_counts(environment: dict[str, str], language: str) -> None:
    assert language_of(argparse.Namespace(lang=None), environment) == language
    assert language_of(argparse.Namespace(lang="vi"), environment) == "vi"


def test_json_does_not_depend_on_the_locale(
    said: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for locale in ("en_US.UTF-8", "vi_VN.UTF-8"):
        monkeypatch.setenv("LC_ALL", locale)
        line, *_ = json.loads(said("search", "--json"))["query"]["interpretation"]
        assert "cũng tìm" in line
        line, *_ = json.loads(said("search", "--json", "--lang", "en"))["query"]["interpretation"]
        assert "also" in line


@pytest.mark.parametrize("language", ["vi", "en"])
def test_everything_that_may_be_said_has_words(language: Language) -> None:
    words = WORDINGS[language]
    relations = list(map(words.relation, RELATIONS))
    assert len({*relations, *RELATIONS}) == 2 * len(RELATIONS)
    assert set(words.file_states) == set(FileState)
    assert (words.legal_status(ENDED) == ENDED) == (language == "vi")
    texts = [words.found(2, 1.5), words.cited_by(1), *relations, *words.file_states.values()]
    assert all(text.isascii() == (language == "en") for text in texts)
