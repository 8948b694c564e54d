"""Whom the articles of a folder are for, however it is said, and however badly."""

import json
import os
from pathlib import Path

import pytest

from indexer.model import Article
from indexer.settings import Settings
from indexer.source_settings import SourceSettings
from indexer.sources import Problem
from indexer.sources.folder import FolderSource
from indexer.sources.opening import open_source
from tests.sources.test_folder import files, write

STAFF = '{"audience": "staff"}'


def read(place: Path) -> tuple[dict[str, Article], list[Problem]]:
    items = list(open_source(str(place), Settings()).items())
    return {one.id: one for one in items if isinstance(one, Article)}, [
        one for one in items if isinstance(one, Problem)
    ]


def public(articles: dict[str, Article]) -> list[str]:
    return [id for id, article in articles.items() if article.audience == "public"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        pytest.param("bai.meta.json", '{"audience": "sta', id="half-written"),
        pytest.param("bai.meta.json", "", id="empty"),
        pytest.param("bai.meta.json", "[]", id="no object"),
        pytest.param("bai.meta.json", '{"audience": "staff", "published": "hôm qua"}', id="bad date"),
        pytest.param("bai.meta.json", '{"audience": "stff"}', id="misspelt value"),
        pytest.param("bai.meta.json", '{"audiance": "staff"}', id="misspelt key"),
        pytest.param("bai.meta.json", '{"audience": ["staff"]}', id="wrong type"),
        pytest.param("bai.meta.json", '{"audience": "staff", "audience": "public"}', id="said twice"),
        pytest.param("bai.meta.json", b"\xff\xfe{", id="no UTF-8"),
        pytest.param("bai.meta.json", "[" * 100_000, id="nested too deeply"),
        pytest.param("bai.txt.meta.json", STAFF, id="by the whole name"),
        pytest.param("BAI.Meta.JSON", STAFF, id="other case"),
        pytest.param("bai.metadata.json", STAFF, id="misspelt name"),
        pytest.param("bai.json", STAFF, id="shorter name"),
        pytest.param("bai.meta.json.tmp", STAFF, id="not moved into place yet"),
        pytest.param("bai.meta.json/x", "", id="a folder"),
    ],
)
def test_a_page_is_never_public_beside_a_sidecar_that_is_not_well(
    tmp_path: Path, name: str, text: str | bytes
) -> None:
    write(tmp_path, {"bai.txt": "Tên\n\nThân.", name: text, "khac.txt": "Khác"})
    articles, problems = read(tmp_path)
    assert public(articles) == ["khac"]
    if "bai" not in articles:
        assert problems and all(one.id == "bai" for one in problems if "meta" in one.item)


def test_a_sidecar_that_leads_nowhere_or_out_is_not_well_either(tmp_path: Path) -> None:
    write(tmp_path, {"muc/a.txt": "Tên", "muc/b.txt": "Tên", "ngoai.json": STAFF, "muc/c.txt": "Tên"})
    (tmp_path / "muc/a.meta.json").symlink_to(tmp_path / "khong-co")
    (tmp_path / "muc/b.meta.json").symlink_to(tmp_path / "ngoai.json")
    assert public(read(tmp_path / "muc")[0]) == ["c"]


def test_the_sidecar_of_the_whole_name_goes_before_that_of_the_stem(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": "Tên", "a.meta.json": STAFF, "a.txt.meta.json": '{"category": "Mục"}'})
    article = read(tmp_path)[0]["a"]
    assert (article.audience, article.category) == ("staff", "Mục")


@pytest.mark.parametrize(
    "front",
    [
        "---\naudience: staff\n---\n",
        "---\nAudience: public\n---\n",
        "---\naudience: staff\naudience: public\n---\n",
        "---\naudience: stff\n---\n",
        "---\naudience: [staff]\n---\n",
        "---\ntitle: T\naudience: staff\n",
        "---\n" + "x: 1\n" * 600 + "audience: staff\n---\n",
        '+++\naudience = "staff"\n+++\n',
        '+++\naudience = "sta\n+++\n',
        "---\ntitle: Quyết định: về việc\naudiance: staff\n---\n",
        "audience: staff\n---\n",
        "---\nparams:\n  audience: staff\n---\n",
        '{"title": "T", "audience": "staff"}\n\n',
        ';;;\n{\n"audience": "staff"\n}\n;;;\n',
    ],
)
def test_front_matter_that_names_an_audience_is_heeded(tmp_path: Path, front: str) -> None:
    write(tmp_path, {"a.md": f"{front}# Tên\n\nThân.", "b.md": "---\ntitle: T\n---\nThân bài."})
    assert public(read(tmp_path)[0]) == ["b"]


def test_front_matter_above_a_page_of_another_kind_is_heeded_where_it_says_staff(tmp_path: Path) -> None:
    write(tmp_path, {
        "a.txt": "---\naudience: staff\n---\nTên\n\nThân.", "b.html": "---\naudience: stff\n---\n<h1>Tên</h1><p>Thân",
        "c.txt": "--- Thông báo ---\n\nThân.", "d.html": "<h1>Tên</h1><p>audience: staff</p>",
        "nb/_folder.toml": 'audience = "staff"', "nb/e.txt": "---\naudience: public\n---\nTên",
    })  # fmt: skip
    assert public(read(tmp_path)[0]) == ["c", "d"]


def test_a_link_to_what_is_for_staff_shows_it_to_nobody_else(tmp_path: Path) -> None:
    write(tmp_path, {
        "Nội bộ/_folder.toml": 'audience = "staff"', "Nội bộ/a.txt": "Tên", "Nội bộ/luong.pdf": b"%PDF-1",
        "Nội bộ/r.jsonl": '{"id": "r", "title": "Tên"}', "ke.pdf": b"%PDF-2", "ke.pdf.meta.json": STAFF, "b.txt": "Tên",
        "mo/xem.html": '<h1>T</h1><p>Xem <a href="luong.pdf">lương</a>',
    })  # fmt: skip
    for name, target in (
        ("mo/a.txt", "../Nội bộ/a.txt"), ("mo/luong.pdf", "../Nội bộ/luong.pdf"), ("mo/r.jsonl", "../Nội bộ/r.jsonl"),
        ("mo/ke.pdf", "../ke.pdf"), ("mo/b.txt", "../b.txt"),
    ):  # fmt: skip
        (tmp_path / name).symlink_to(target)
    articles, _ = read(tmp_path)
    assert public(articles) == ["b", "mo/b", "mo/xem"]
    assert files(articles["mo/xem"]) == [("luong.pdf", None)]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        pytest.param("_folder.toml", 'audience = "staff"', id="well"),
        pytest.param("_Folder.TOML", 'audience = "staff"', id="other case"),
        pytest.param("_folder.toml", 'audience = "sta', id="half-written"),
        pytest.param("_folder.toml", 'audiance = "staff"', id="misspelt key"),
        pytest.param("_folder.toml", 'audience = "stff"', id="misspelt value"),
        pytest.param("_folder.toml", "audience = true", id="wrong type"),
        pytest.param("_folder.toml", '[defaults]\naudience = "staff"', id="in a table"),
        pytest.param("_folder.toml", b"\xff", id="no UTF-8"),
        pytest.param("_folder.toml.txt", 'audience = "staff"', id="ending added by a desktop"),
        pytest.param("_folder.toml/x", "", id="a folder"),
        pytest.param("folder.toml", 'audience = "staff"', id="misspelt name"),
    ],
)
def test_a_folder_for_staff_is_for_staff(tmp_path: Path, name: str, text: str | bytes) -> None:
    write(tmp_path, {
        f"Nội bộ/{name}": text,
        "Nội bộ/a.txt": "Tên", "Nội bộ/2024/b.html": "<h1>Tên</h1><p>Thân", "Nội bộ/c.pdf": b"%PDF",
        "Nội bộ/d.jsonl": '{"id": "d", "title": "Tên"}\n', "Nội bộ/e.json": '[{"id": "e", "title": "Tên"}]',
        "f.txt": "Tên",
    })  # fmt: skip
    articles, problems = read(tmp_path)
    assert public(articles) == ["f"] and len(articles) == 6
    assert all(one.id for one in problems), "none of them keeps others from being pruned"
    assert not public(read(tmp_path / "Nội bộ" / "2024")[0]), "part of it alone"
    assert not public(read(tmp_path / "Nội bộ" / "a.txt")[0]), "a file of it alone"
    assert not public(read(tmp_path / "Nội bộ" / "d.jsonl")[0]), "records of it alone"


def test_an_inner_folder_refines_and_an_article_has_the_last_word(tmp_path: Path) -> None:
    write(tmp_path, {
        "_folder.toml": 'audience = "staff"\nsource = "Văn phòng"\ncategory = "Nội bộ"',
        "mo/_folder.toml": 'audience = "public"', "mo/a.txt": "Tên", "b.txt": "Tên", "c.txt": "Tên",
        "c.meta.json": '{"audience": "public", "category": "Tin"}',
    })  # fmt: skip
    articles, problems = read(tmp_path)
    assert not problems and public(articles) == ["c", "mo/a"]
    assert {(one.sources, one.category) for one in articles.values()} == {
        (("Văn phòng",), "Nội bộ"),
        (("Văn phòng",), "Tin"),
    }


def test_a_page_for_the_public_carries_no_file_for_staff(tmp_path: Path) -> None:
    write(tmp_path, {
        "Nội bộ/_folder.toml": 'audience = "staff"', "Nội bộ/luong.pdf": b"%PDF-1",
        "ke.pdf": b"%PDF-2", "ke.pdf.meta.json": STAFF, "mo.pdf": b"%PDF-3",
        "a.html": '<h1>T</h1><p>Xem <a href="N%E1%BB%99i%20b%E1%BB%99/luong.pdf">lương</a>, <a href="ke.pdf">kê</a>,'
        ' <a href="mo.pdf">mở</a></p>',
        "b.jsonl": json.dumps({"id": "b", "title": "T", "attachments": [{"path": "ke.pdf"}, {"path": "mo.pdf"}]}),
    })  # fmt: skip
    articles, problems = read(tmp_path)
    assert files(articles["a"]) == [("luong.pdf", None), ("ke.pdf", None), ("mo.pdf", "mo.pdf")]
    assert files(articles["b"]) == [("ke.pdf", None), ("mo.pdf", "mo.pdf")]
    assert {articles[id].audience for id in ("Nội bộ/luong.pdf", "ke.pdf")} == {"staff"}
    assert len(problems) == 3 and all("staff-only" in one.problem for one in problems)


def test_records_for_the_public_carry_no_file_for_staff_either(tmp_path: Path) -> None:
    write(tmp_path, {
        "Nội bộ/_folder.toml": 'audience = "stff"', "Nội bộ/luong.pdf": b"%PDF-1", "mo.pdf": b"%PDF-2",
        "a.jsonl": json.dumps({"id": "a", "title": "T", "attachments": [{"path": "Nội bộ/luong.pdf"}, {"path": "mo.pdf"}]}),
        "b.jsonl": json.dumps({"id": "b", "title": "T", "body_html": "<p><a href='/Nội bộ/luong.pdf'>lương</a></p>"}),
        "c.jsonl": json.dumps({"id": "c", "title": "T", "audience": "staff", "attachments": [{"path": "Nội bộ/luong.pdf"}]}),
    })  # fmt: skip
    for name, carried in (
        ("a", [("luong.pdf", None), ("mo.pdf", "mo.pdf")]),
        ("b", [("luong.pdf", None)]),
        ("c", [("luong.pdf", "luong.pdf")]),
    ):
        articles, problems = read(tmp_path / f"{name}.jsonl")
        assert files(articles[name]) == carried and len(problems) == (name != "c")


def test_a_place_that_the_settings_have_for_staff_is_so_by_whatever_way(tmp_path: Path) -> None:
    write(tmp_path, {"muc/a.txt": "Tên", "muc/b/c.txt": "Tên", "d.txt": "Tên", "e/muc/f.txt": "Tên"})
    settings = Settings(
        sources={
            "noi-bo": SourceSettings("noi-bo", path=str(tmp_path / "muc"), audience="staff"),
            "xuat": SourceSettings("xuat", path=str(tmp_path / "x-*.jsonl"), audience="staff"),
        }
    )
    write(tmp_path, {"x-1.jsonl": '{"id": "x", "title": "T"}'})
    for place, ids in (("muc", ["a", "b/c"]), ("muc/b", ["c"]), ("muc/a.txt", ["a"]), ("x-1.jsonl", ["x"])):
        items = [
            one for one in open_source(str(tmp_path / place), settings).items() if isinstance(one, Article)
        ]
        assert [(one.id, one.audience) for one in items] == [(id, "staff") for id in ids]
    all_of_it = open_source(str(tmp_path), settings).items()
    found = {one.id: one.audience for one in all_of_it if isinstance(one, Article)}
    assert found == {"d": "public", "e/muc/f": "public"}, "what is a source of its own is left to that"


def test_a_list_of_records_beside_a_page_is_no_sidecar_of_it(tmp_path: Path) -> None:
    write(
        tmp_path,
        {"tin.html": "<h1>T</h1><p>x", "tin.json": '[{"id": "a", "title": "T", "audience": "staff"}]'},
    )
    assert public(read(tmp_path)[0]) == ["tin"]


def test_a_pattern_never_leaves_out_what_says_whom_articles_are_for(tmp_path: Path) -> None:
    write(tmp_path, {
        "_folder.toml": 'audience = "staff"', "a.txt": "Tên", "tam/b.txt": "Tên", "c.bak": "x", "d.txt": "Tên",
        "d.meta.json": '{"audience": "public"}',
    })  # fmt: skip
    items = list(FolderSource(tmp_path, Settings(), leave_out=["_*", "tam/*", "*.bak", "*.json"]).items())
    assert [(one.id, one.audience) for one in items if isinstance(one, Article)] == [
        ("a", "staff"),
        ("d", "public"),
    ]
    assert len(items) == 2


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_not_public(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": "Tên", "a.meta.json": STAFF, "n/_folder.toml": "", "n/b.txt": "Tên"})
    (tmp_path / "a.meta.json").chmod(0)
    (tmp_path / "n/_folder.toml").chmod(0)
    assert not public(read(tmp_path)[0])
