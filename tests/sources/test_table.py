"""Tables come in as records, however they are written."""

import codecs
import unicodedata
from pathlib import Path

import pytest

from indexer.model import Article
from indexer.settings import Settings
from indexer.sources import Item, Problem
from indexer.sources.defaults import Defaults
from indexer.sources.exports import table
from indexer.sources.opening import open_source
from indexer.vietnamese.legacy.tables import TCVN3

MAP = {"ma": "id", "ten": "title", "noi_dung": "body", "tep": "attachments", "ngay": "published"}
TEXT = (
    "ma,ten,noi_dung\n1,lịch tiếp công dân của phường,thông báo về việc tổ chức hội nghị\n"
    "2,đề nghị hỗ trợ kinh phí,các đơn vị báo cáo kết quả thực hiện nhiệm vụ\n"
)


def read(path: Path, data: bytes | str) -> list[Item]:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return list(open_source(str(path), Settings(field_map=MAP)).items())


def articles(items: list[Item]) -> list[Article]:
    return [one for one in items if isinstance(one, Article)]


def in_1258(text: str) -> bytes:
    """Letters of Windows-1258: some tones are marks of their own behind them."""
    found = b""
    for letter in text:
        try:
            found += letter.encode("cp1258")
        except UnicodeEncodeError:
            parts = unicodedata.normalize("NFD", letter)
            tones = "".join(part for part in parts if part in "\u0300\u0301\u0303\u0309\u0323")
            bare = unicodedata.normalize("NFC", "".join(part for part in parts if part not in tones))
            found += (bare + tones).encode("cp1258")
    return found


def in_tcvn3(text: str) -> bytes:
    letters = {ours: chr(theirs) for theirs, ours in TCVN3.items()}
    return "".join(letters.get(letter, letter) for letter in text).encode("cp1252")


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(codecs.BOM_UTF8 + TEXT.encode(), id="UTF-8 with its mark"),
        pytest.param(TEXT.replace(",", "\t").encode("utf-16"), id="UTF-16 with tabs, Excel's Unicode text"),
        pytest.param(
            ("sep=;\r\n" + TEXT.replace(",", ";").replace("\n", "\r\n")).encode(), id="Excel's semicolons"
        ),
        pytest.param(TEXT.replace("\n", "\r").encode(), id="ends of lines of old Macs"),
        pytest.param(in_1258(TEXT), id="Windows-1258"),
        pytest.param(in_tcvn3(TEXT), id="TCVN3"),
    ],
)
def test_encodings_and_delimiters_are_known(tmp_path: Path, data: bytes) -> None:
    items = read(tmp_path / "bang.csv", data)
    assert [(one.id, one.title) for one in articles(items)] == [
        ("1", "lịch tiếp công dân của phường"), ("2", "đề nghị hỗ trợ kinh phí"),
    ]  # fmt: skip
    assert articles(items)[1].body == "các đơn vị báo cáo kết quả thực hiện nhiệm vụ"


def test_rows_are_named_by_their_line_and_cells_may_hold_lines(tmp_path: Path) -> None:
    data = (
        'ma,ten,noi_dung,tep,ngay\n1,Một,"dòng một\ndòng hai, ""trích""",a.pdf; https://x.example/b.pdf,22/11/2024\n'
        '\n2,Hai\n3,Ba,c,,,,\n4,Bốn,d,"[{""name"": ""x.pdf""}]",\n5,Năm,e,,,thừa\n3,Lại,c,,\n'
    )
    items = read(tmp_path / "bang.csv", data)
    one, three, four = articles(items)
    assert (one.body, [file.name for file in one.attachments]) == (
        'dòng một\ndòng hai, "trích"',
        ["a.pdf", "b.pdf"],
    )
    assert (three.id, three.attachments, [file.name for file in four.attachments]) == ("3", (), ["x.pdf"])
    problems = {item.item: item.problem for item in items if isinstance(item, Problem)}
    assert problems == {
        "bang.csv:5": "the row has 2 cells, but the header has 5",
        "bang.csv:8": "the row has 6 cells, but the header has 5",
        "bang.csv:9": "duplicate id '3', first used at bang.csv:6",
    }


def test_a_table_without_mapped_columns_is_a_document(tmp_path: Path) -> None:
    [document] = articles(read(tmp_path / "bang.csv", "so,trich_yeu\n1,Một\n"))
    assert document.id == "bang.csv" and len(document.attachments) == 1
    (tmp_path / "trang").mkdir()
    (tmp_path / "trang" / "bang.csv").write_text("ma,ten\n1,Một\n")
    (tmp_path / "trang" / "khac.csv").write_text("x,y\n1,Một\n")
    found = list(open_source(str(tmp_path / "trang"), Settings(field_map=MAP)).items())
    assert sorted(one.id for one in articles(found)) == ["1", "khac.csv"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("ma,tne\n1,x\n", "names a missing column 'ten'; did you mean tne?"),
        ("ma,ten,ma\n1,x,2\n", "two columns have the same name: 'ma'"),
        ("", "the table is empty"),
    ],
)
def test_a_table_that_can_not_be_meant_is_one_problem(tmp_path: Path, data: str, reason: str) -> None:
    path = tmp_path / "bang.csv"
    path.write_text(data)
    settings = Settings(field_map={"ma": "id", "ten": "title"})
    [problem] = table(path, settings, Defaults(), columns=["ma", "ten"]).items()
    assert isinstance(problem, Problem) and reason in problem.problem
