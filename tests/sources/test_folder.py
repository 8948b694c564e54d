import json
import os
import unicodedata
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from indexer.errors import UsageError
from indexer.model import Article
from indexer.settings import Settings
from indexer.sources import Problem
from indexer.sources.folder import FolderSource
from indexer.sources.jsonl import JsonlSource
from indexer.sources.opening import open_source

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
PORTAL = Path(__file__).resolve().parents[2] / "demo" / "portal"


def write(folder: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def read(place: Path, settings: Settings | None = None) -> tuple[dict[str, Article], dict[str, str]]:
    items = list(open_source(str(place), settings or Settings()).items())
    articles = {item.id: item for item in items if isinstance(item, Article)}
    assert len(articles) == sum(isinstance(item, Article) for item in items), "each id once"
    return articles, {item.item: item.problem for item in items if isinstance(item, Problem)}


def files(article: Article) -> list[tuple[str, str | None]]:
    return [(a.name, a.path.as_posix().rpartition("/")[2] if a.path else None) for a in article.attachments]


def test_pages_of_each_kind_in_the_order_of_their_paths(tmp_path: Path) -> None:
    write(tmp_path, {
        "b.md": "# Tên **đậm**\n\nThân [liên kết](x.html) và `mã`.\n\nNguồn tin: a.example\n",
        "a/c.txt": "Chuyên mục\n\nTên trang\n\nThân bài.\n\nNguồn tin: b.example\n",
        "a/d.html": "<h1>Tên trang HTML</h1><p>Thân bài.</p>",
        "z.pdf": b"%PDF",
    })  # fmt: skip
    articles, problems = read(tmp_path)
    assert list(articles) == ["a/c", "a/d", "b", "z.pdf"] and not problems
    assert (articles["b"].title, articles["b"].body) == ("Tên đậm", "Thân liên kết và mã.")
    assert (articles["a/c"].category, articles["a/c"].sources) == ("Chuyên mục", ("b.example",))
    assert (articles["a/d"].title, articles["a/d"].body) == ("Tên trang HTML", "Thân bài.")
    assert articles["z.pdf"].title == "z" and files(articles["z.pdf"]) == [("z.pdf", "z.pdf")]


def test_files_that_a_page_links_to_names_or_keeps_beside_it_are_its_attachments(tmp_path: Path) -> None:
    write(tmp_path, {
        "linked.html": '<h1>T</h1><p>Xem <a href="tep/K%E1%BA%BF.PDF?v=1#p">kế hoạch</a>.</p>',
        "tep/Kế.pdf": b"1",
        "named.txt": "Tên\n\nThân.\n\nTài liệu đính kèm tải tại đây 74-UBND-KH.signed\n",
        "74-UBND-KH.signed.pdf": b"2",
        "spoken.txt": "Tên\n\nBiểu phí ở bieu-phi.xlsx, xem thêm.\n",
        "bieu-phi.xlsx": b"3",
        "beside.md": "# T\n\nThân.",
        "beside/x.docx": b"4", "beside/sub/y.jpg": b"5", "beside/style.css": b"6",
        "mark.md": "# T\n\nThân.\n\n[Mẫu đơn](mau.docx)", "mau.docx": b"7",
        "alone.pdf": b"8",
    })  # fmt: skip
    articles, problems = read(tmp_path)
    assert not problems
    assert files(articles["linked"]) == [("Kế.PDF", "Kế.pdf")]
    assert files(articles["named"]) == [("74-UBND-KH.signed.pdf", "74-UBND-KH.signed.pdf")]
    assert files(articles["spoken"]) == [("bieu-phi.xlsx", "bieu-phi.xlsx")]
    assert files(articles["beside"]) == [("y.jpg", "y.jpg"), ("x.docx", "x.docx")]
    assert files(articles["mark"]) == [("mau.docx", "mau.docx")]
    assert [id for id in articles if "." in id] == ["alone.pdf"]


def test_a_named_file_that_is_not_there_is_missing_and_no_problem(tmp_path: Path) -> None:
    write(tmp_path, {
        "a.txt": "Tên\n\nThân.\n\nTài liệu đính kèm tải tại đây 74-UBND-KH.signed\n",
        "b.html": '<h1>T</h1><p>Thân <a href="https://x.example/f.pdf">tải</a></p>',
    })  # fmt: skip
    articles, problems = read(tmp_path)
    assert not problems
    assert files(articles["a"]) == [("74-UBND-KH.signed", None)]
    assert articles["b"].attachments[0].url == "https://x.example/f.pdf"


def test_a_link_never_leads_out_of_the_folder(tmp_path: Path) -> None:
    write(
        tmp_path, {"secret.pdf": b"x", "site/a.html": '<h1>T</h1><p>Thân <a href="../secret.pdf">x</a></p>'}
    )
    (tmp_path / "site" / "link.pdf").symlink_to(tmp_path / "secret.pdf")
    (tmp_path / "site" / "up").symlink_to(tmp_path)
    (tmp_path / "site" / "gone").symlink_to(tmp_path / "site" / "nothing")
    articles, problems = read(tmp_path / "site")
    assert files(articles["a"]) == [("secret.pdf", None)] and list(articles) == ["a"]
    assert problems == {
        "link.pdf": "the symbolic link points outside the folder",
        "up": "the symbolic link points outside the folder",
        "gone": "the symbolic link points to a missing file",
    }


def test_pages_that_differ_in_suffix_only_keep_it(tmp_path: Path) -> None:
    write(
        tmp_path, {"a.txt": "T\n\nMột", "a.md": "# T\n\nHai", "b.txt": "T", "c.pdf.md": "# T", "c.pdf": b"x"}
    )
    assert sorted(read(tmp_path)[0]) == ["a.md", "a.txt", "b", "c.pdf", "c.pdf.md"]


def test_a_sidecar_overrides(tmp_path: Path) -> None:
    write(tmp_path, {
        "a.txt": "Tên\n\nThân.",
        "a.meta.json": json.dumps({"published": "2024-07-25", "source": ["x"], "audience": "staff"}),
        "b.pdf": b"x", "b.meta.json": '{"title": "Kế hoạch", "number": "12/KH-UBND"}',
        "c.txt": "Tên", "c.meta.json": "{", "d.txt": "Tên", "d.meta.json": '{"published": "hôm qua"}',
        "e.txt": "Tên", "e.meta.json": '{"id": "a"}',
    })  # fmt: skip
    articles, problems = read(tmp_path)
    assert articles["a"].published == datetime(2024, 7, 25, tzinfo=ZONE)
    assert (articles["a"].sources, articles["a"].audience, articles["a"].body) == (("x",), "staff", "Thân.")
    assert (articles["b.pdf"].title, articles["b.pdf"].number) == ("Kế hoạch", "12/KH-UBND")
    assert files(articles["b.pdf"]) == [("b.pdf", "b.pdf")]
    assert not {"c", "d"} & set(articles), "nobody knows whom the page is for"
    assert "it was not used" in problems["c.meta.json"] and "must be a date" in problems["d.meta.json"]
    assert problems["e.txt"] == "duplicate id 'a', first used at a.txt"


def test_what_can_not_be_used_is_named(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "big.txt": b"x" * (2**20 + 1),
            "empty.html": "",
            "blank.md": " \n",
            "ok.txt": "Tên",
            "a\nb.txt": "T",
        },
    )
    (tmp_path / os.fsdecode(b"bad\xff.txt")).write_text("T")
    articles, problems = read(tmp_path, Settings(max_file_mb=1))
    assert list(articles) == ["ok"]
    assert problems["big.txt"] == "the page is larger than 1 MiB"
    assert "no" in problems["empty.html"] and "no text" in problems["blank.md"]
    assert "control characters" in problems["a\nb.txt"]
    assert len(problems) == 5


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_named(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": "Tên", "shut/b.txt": "Tên", "ok.txt": "Tên"})
    (tmp_path / "a.txt").chmod(0)
    (tmp_path / "shut").chmod(0)
    articles, problems = read(tmp_path)
    (tmp_path / "shut").chmod(0o700)
    assert list(articles) == ["ok"] and set(problems) == {"a.txt", "shut/"}


def test_hidden_files_and_leavings_are_passed_over(tmp_path: Path) -> None:
    write(
        tmp_path,
        {".git/a.txt": "T", ".b.txt": "T", "~$c.docx": b"x", "Thumbs.db": b"x", "__MACOSX/d.txt": "T"},
    )
    assert read(tmp_path) == ({}, {})


def test_ids_are_nfc_whatever_form_the_file_names_have(tmp_path: Path) -> None:
    write(tmp_path, {unicodedata.normalize("NFD", "Kế hoạch.txt"): "Tên"})
    assert list(read(tmp_path)[0]) == ["Kế hoạch"]


def test_a_single_page_and_a_single_document(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": "Tên\n\nXem b.pdf nhé.", "b.pdf": b"x", "c.txt": "Khác"})
    page, document = (
        open_source(str(tmp_path / "a.txt"), Settings()),
        open_source(str(tmp_path / "b.pdf"), Settings()),
    )
    assert page.name == str(tmp_path / "a.txt")
    [article] = page.items()
    assert isinstance(article, Article) and article.id == "a" and files(article) == [("b.pdf", "b.pdf")]
    [article] = document.items()
    assert isinstance(article, Article) and article.id == "b.pdf"


def test_progress(tmp_path: Path) -> None:
    write(tmp_path, {f"{n}.txt": "Tên" for n in range(4)})
    source = FolderSource(tmp_path, Settings())
    assert source.progress() is None
    assert [source.progress() for _ in source.items()] == [0.0, 0.25, 0.5, 0.75]
    assert source.progress() == 1.0


def test_opening(tmp_path: Path) -> None:
    write(tmp_path, {"a.jsonl": "", "a.jsonl.gz": b"", "x.exe": b"", "p.html": "x"})
    for name in ("a.jsonl", "a.jsonl.gz"):
        source = open_source(str(tmp_path / name), Settings())
        assert isinstance(source, JsonlSource) and source.name == str(tmp_path / name)
    assert open_source("-", Settings()).name == "-"
    assert open_source(str(tmp_path), Settings()).name == str(tmp_path)
    for bad, reason in (
        ("gone", "does not exist"),
        ("x.exe", "be indexed; name a folder"),
        ("a\0b", "can't be opened|does not exist"),
    ):
        with pytest.raises(UsageError, match=reason):
            open_source(str(tmp_path / bad), Settings())


@pytest.mark.skipif(not PORTAL.is_dir(), reason="the demo portal is not there")
def test_the_demo_portal_reads_without_a_problem() -> None:
    articles, problems = read(PORTAL)
    assert not problems and len(articles) >= 50
    assert all(a.title and a.body and a.category and a.sources for a in articles.values())
    for article in articles.values():
        assert (
            "Tin khác" not in article.body
            and "cookie" not in article.body
            and "đính kèm tải" not in article.body
        )
        assert all(attachment.path for attachment in article.attachments)
