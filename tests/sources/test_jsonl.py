import gzip
import io
import json
import tracemalloc
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from indexer.model import Article
from indexer.settings import Settings
from indexer.sources import Problem
from indexer.sources.jsonl import JsonlSource
from indexer.sources.lines import TooLong, read_lines
from tests.shared import CORPORA, needs_corpora
from tests.thoroughness import ALL


def line(id: str, **values: object) -> bytes:
    return json.dumps({"id": id, "title": f"Tiêu đề {id}", **values}, ensure_ascii=False).encode() + b"\n"


def read(path: Path) -> tuple[list[str], dict[str, str]]:
    items = list(JsonlSource(path, Settings()).items())
    return (
        [item.id for item in items if isinstance(item, Article)],
        {item.item: item.problem for item in items if isinstance(item, Problem)},
    )


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "news.jsonl"


def test_articles_come_in_the_order_of_the_file(place: Path) -> None:
    place.write_bytes(b"\xef\xbb\xbf" + line("b") + b"\r\n  \n" + line("a").strip())
    assert read(place) == (["b", "a"], {})


def test_each_bad_line_is_named_and_the_others_are_used(place: Path) -> None:
    place.write_bytes(
        line("1") + b"{broken\n" + b'{"id": "\xff"}\n' + b"[1]\n" + b'{"id": "n", "title": "x", "v": NaN}\n'
        + b"[" * 100_000 + b"\n" + b'{"id": "i", "title": "x", "v": ' + b"9" * 5000 + b"}\n" + line("2")
    )  # fmt: skip
    ids, problems = read(place)
    assert ids == ["1", "2"]
    assert list(problems) == [f"news.jsonl:{n}" for n in range(2, 8)]
    assert "invalid JSON at character 1" in problems["news.jsonl:2"]
    assert "byte 8 is not UTF-8" in problems["news.jsonl:3"]
    assert "must be an object" in problems["news.jsonl:4"]
    assert "NaN" in problems["news.jsonl:5"]
    assert "nested too deeply" in problems["news.jsonl:6"]


def test_the_first_of_articles_with_one_id_is_used(place: Path) -> None:
    place.write_bytes(line("a", body="một") + line("b") + line("a", body="hai"))
    ids, problems = read(place)
    assert ids == ["a", "b"]
    assert problems == {"news.jsonl:3": "duplicate id 'a', first used at news.jsonl:1"}


def test_a_problem_of_an_attachment_comes_beside_its_article(place: Path) -> None:
    place.write_bytes(line("a", attachments=[{"path": "../x.pdf"}]))
    ids, problems = read(place)
    assert ids == ["a"]
    assert "points outside" in problems["news.jsonl:1 (a)"]


def test_a_line_over_the_limit_is_passed_over_without_being_held() -> None:
    stream = io.BytesIO(b"ok\n" + b"x" * 40_000_000 + b"\nlast")
    tracemalloc.start()
    lines = list(read_lines(stream, limit=100_000))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert lines == [(1, b"ok\n"), (2, TooLong()), (3, b"last")]
    assert peak < 8_000_000


def test_a_line_of_exactly_the_limit_is_used() -> None:
    assert list(read_lines(io.BytesIO(b"12345\n123456\n12345"), limit=5)) == [
        (1, b"12345\n"), (2, TooLong()), (3, b"12345"),
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["news.jsonl.gz", "news.jsonl"])
def test_gzip_is_recognised_by_its_content(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(gzip.compress(line("a")) + gzip.compress(line("b")))
    assert read(tmp_path / name) == (["a", "b"], {})


def test_a_truncated_gzip_gives_what_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl.gz"
    whole = gzip.compress(b"".join(line(str(n), body=str(hash(str(n)))) for n in range(20_000)))
    path.write_bytes(whole[: len(whole) // 2])
    ids, problems = read(path)
    assert 5_000 < len(ids) < 15_000 and ids == [str(n) for n in range(len(ids))]
    assert list(problems) == [f"news.jsonl.gz:{len(ids) + 1}"]
    assert "file is incomplete" in next(iter(problems.values()))


def test_a_damaged_gzip_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl.gz"
    whole = bytearray(gzip.compress(b"".join(line(str(n), body=str(hash(str(n)))) for n in range(20_000))))
    whole[len(whole) // 2] ^= 0xFF
    path.write_bytes(whole)
    ids, problems = read(path)
    assert ids
    assert any("damaged" in problem for problem in problems.values())


def test_an_empty_file_is_no_problem(place: Path) -> None:
    place.write_bytes(b"")
    assert read(place) == ([], {})


def test_standard_input() -> None:
    source = JsonlSource(None, Settings(), io.BytesIO(gzip.compress(line("a") + b"x\n")))
    items = list(source.items())
    assert source.name == "-" and source.progress() == 1.0
    assert isinstance(items[0], Article) and isinstance(items[1], Problem)
    assert items[1].item == "stdin:2"


def test_progress_grows_with_the_bytes_read(place: Path) -> None:
    place.write_bytes(b"".join(line(str(n), body="x" * 1000) for n in range(5000)))
    source = JsonlSource(place, Settings())
    assert source.progress() is None

    def shares() -> Iterator[float]:
        for _ in source.items():
            share = source.progress()
            assert share is not None
            yield share

    seen = list(shares())
    assert seen == sorted(seen) and seen[0] < 0.5 and len(set(seen)) > 3
    assert source.progress() == 1.0
    assert source.name == str(place)


@needs_corpora
def test_the_gazette_with_a_field_map() -> None:
    settings = Settings(field_map={
        "so_hieu": "number", "loai": "type", "co_quan": "issuer", "ngay_ban_hanh": "published", "trich_yeu": "summary",
    })  # fmt: skip
    items = list(JsonlSource(CORPORA / "legal_docs.jsonl.gz", settings).items())
    articles = [item for item in items if isinstance(item, Article)]
    assert len(items) == len(articles) == 2061
    assert all(a.number and a.type and a.issuer and a.published and a.summary for a in articles)


@pytest.mark.slow
@needs_corpora
def test_the_news_is_read() -> None:
    items = list(islice(JsonlSource(CORPORA / "news.jsonl.gz", Settings()).items(), None if ALL else 10_000))
    assert sum(isinstance(item, Article) for item in items) == (86_415 if ALL else 10_000)
    assert [item.problem for item in items if isinstance(item, Problem)] == (
        ["the record has neither a title nor a body"] if ALL else []
    )
