"""What comes, stays and goes with the sources of articles, as an operator sees it."""

import contextlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from indexer.cli import main
from tests.collection import write_jsonl
from tests.extract.documents import pdf

Cli = Callable[..., tuple[int, Any]]


@pytest.fixture
def cli(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Cli:
    def run(*arguments: object) -> tuple[int, Any]:
        config = ["--config", str(tmp_path / "tracuu.toml")] if (tmp_path / "tracuu.toml").is_file() else []
        code = main([
            "--data", str(tmp_path / "data"), *config, "--quiet", "--json", *map(str, arguments)
        ])  # fmt: skip
        out = capsys.readouterr().out
        return code, json.loads(out) if out else None

    return run


def export(path: Path, *ids: str, **values: object) -> Path:
    path.parent.mkdir(exist_ok=True, parents=True)
    return write_jsonl(
        path, [{"id": id, "title": f"Bài {id}", "body": "Lịch tiếp công dân.", **values} for id in ids]
    )


def found(cli: Cli, *options: str) -> list[str]:
    code, result = cli("search", "lịch tiếp công dân", "--size", "100", *options)
    return sorted(hit["id"] for hit in result["hits"]) if code == 0 else []


TEN = [f"a{n}" for n in range(10)]


def test_more_than_a_fifth_is_not_removed_at_once(cli: Cli, tmp_path: Path) -> None:
    path = export(tmp_path / "in.jsonl", *TEN)
    cli("index", path, "--prune")
    export(path, *TEN[:7])
    code, result = cli("index", path, "--prune")
    assert (code, result["removed"], len(found(cli))) == (3, 0, 10)
    [problem] = result["problems"]
    assert (
        "3 of its 10 articles are gone (a7, a8, a9), which is more than 20% or 100 articles"
        in problem["problem"]
    )
    assert "--max-removed 3" in problem["problem"]
    assert cli("index", path, "--prune", "--max-removed", "2")[0] == 3
    assert cli("index", path, "--prune", "--max-removed", "20%")[0] == 3
    code, result = cli("index", path, "--prune", "--max-removed", "3", "--dry-run")
    assert (code, result["removed"], result["gone"], len(found(cli))) == (0, 3, ["a7", "a8", "a9"], 10)
    code, result = cli("index", path, "--prune", "--max-removed", "3")
    assert (code, result["removed"], found(cli)) == (0, 3, TEN[:7])
    assert cli("index", export(path, *TEN[:6]), "--prune")[1]["removed"] == 1
    assert cli("index", path, "--max-removed", "viele")[0] == 2


def test_a_share_that_is_not_mounted_empties_nothing(cli: Cli, tmp_path: Path) -> None:
    share = tmp_path / "share"
    export(share / "in.jsonl", "a")
    assert cli("index", share, "--prune")[1]["indexed"] == 1
    shutil.rmtree(share)
    share.mkdir()
    assert cli("index", share, "--prune")[0] == 3
    share.rmdir()
    assert cli("index", share, "--prune")[0] == 2
    assert found(cli) == ["a"]


def test_what_could_not_be_read_stays_and_keeps_nothing_else(cli: Cli, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    export(folder / "x.jsonl", *TEN)
    (folder / "trang.txt").write_text("Tên trang\n\nLịch tiếp công dân ở phường.")
    cli("index", folder, "--prune")
    lines: list[dict[str, object]] = [
        {"id": id, "title": f"Bài {id}", "body": "Lịch tiếp công dân."} for id in TEN[:8]
    ]
    write_jsonl(folder / "x.jsonl", [*lines, {"id": "a8", "title": "Bài", "published": "hôm qua"}])
    (folder / "trang.txt").write_bytes(b"")
    code, result = cli("index", folder, "--prune")
    assert (code, result["removed"]) == (1, 1)
    assert found(cli) == sorted([*TEN[:9], "trang"])
    (folder / "x.jsonl").write_text('{"id": "a0", "title')
    assert cli("index", folder, "--prune", "--max-removed", "100%")[1]["removed"] == 0, (
        "it may be any of them"
    )


def test_an_article_of_two_sources_goes_when_both_have_dropped_it(cli: Cli, tmp_path: Path) -> None:
    one, other = export(tmp_path / "1.jsonl", "a", "b", "c"), export(tmp_path / "2.jsonl", "b", "c", "d")
    for path in (one, other):
        cli("index", path, "--prune")
    export(one, "a", "c")
    code, result = cli("index", one, "--prune", "--dry-run")
    assert (result["gone"], result["notices"][0]["item"]) == ([], str(one))
    code, result = cli("index", one, "--prune")
    assert (code, result["removed"], found(cli)) == (0, 0, ["a", "b", "c", "d"])
    export(other, "c", "d")
    assert cli("index", other, "--prune")[1]["removed"] == 1
    assert found(cli) == ["a", "c", "d"]
    export(other, "d", "e")
    assert cli("index", other, "--prune", "--max-removed", "9")[1]["removed"] == 0, "c came from the first"


def test_an_export_under_a_new_name_takes_over_from_the_one_before(cli: Cli, tmp_path: Path) -> None:
    first, second = export(tmp_path / "e-1.jsonl", *TEN), export(tmp_path / "e-2.jsonl", *TEN[1:])
    cli("index", first)
    assert cli("index", first, "--source-name", "cms", "--prune")[1]["unchanged"] == 10
    assert cli("index", second, "--source-name", "cms", "--prune")[1]["removed"] == 1
    assert found(cli) == TEN[1:]
    assert cli("index", first, second, "--source-name", "cms")[0] == 2
    assert cli("index", first, "--source-name", "push")[0] == 2


def test_sources_of_the_settings(cli: Cli, tmp_path: Path) -> None:
    export(tmp_path / "xuat" / "e-01.jsonl", *TEN)
    cli("index", tmp_path / "xuat" / "e-01.jsonl")
    export(tmp_path / "noi-bo" / "x.jsonl", "n1", "n2")
    (tmp_path / "tracuu.toml").write_text(f"""
[sources.cms]
path = "{tmp_path}/xuat/e-*.jsonl"
source = "lamgiang.example"
category = "Tin"
schedule = "1h"
[sources.noi-bo]
path = "{tmp_path}/noi-bo"
audience = "staff"
max_removed = 5
[sources.vang]
path = "{tmp_path}/chua-gan"
""")
    export(tmp_path / "xuat" / "e-02.jsonl", *TEN[1:])
    assert cli("sources")[1]["sources"][0]["last_run"] is None
    code, result = cli("sync")
    assert code == 3, "one of them is not there"
    assert (result["cms"]["indexed"], result["cms"]["removed"]) == (9, 1)
    assert "does not exist" in result["vang"]["problems"][0]["problem"]
    assert found(cli) == TEN[1:]
    assert found(cli, "--source", "lamgiang.example", "--category", "Tin") == TEN[1:]
    assert found(cli, "--staff") == sorted([*TEN[1:], "n1", "n2"])
    listed = {one["name"]: one["last_run"] for one in cli("sources")[1]["sources"]}
    assert (listed["cms"]["articles"], listed["cms"]["removed"], listed["vang"]["problem_count"]) == (9, 1, 1)
    export(tmp_path / "noi-bo" / "x.jsonl", "n3")
    code, result = cli("sync", "--due")
    assert (list(result), result["noi-bo"]["removed"]) == (["noi-bo", "vang"], 2)
    assert cli("sync", "cms")[0] == 0
    code, result = cli("sync", "cns")
    assert code == 2 and "did you mean cms?" in result["error"]


@pytest.mark.parametrize(
    ("section", "reason"),
    [
        ('path = "x"\naudiance = "staff"', "did you mean audience?"),
        ('path = "x"\naudience = "stff"', "public or staff"),
        ('path = "x"\nkind = "foldr"', "not known"),
        ('path = "x"\nmax_removed = "a lot"', "such as 30%"),
        ('path = "x"\nschedule = "hourly"', "15m"),
        ('path = "x"\nprune = "no"', "true or false"),
        ('path = "x"\n[sources.a.field_map]\nquyen = "audiance"', "did you mean audience?"),
        ('category = "x"', "neither a path nor an address"),
    ],
)
def test_settings_that_can_not_be_meant_stop_all(cli: Cli, tmp_path: Path, section: str, reason: str) -> None:
    (tmp_path / "tracuu.toml").write_text(f"[sources.a]\n{section}\n")
    code, result = cli("sync")
    assert code == 2 and reason in result["error"]
    assert not (tmp_path / "data").exists()


def test_what_was_for_staff_stays_so_when_an_update_fails(cli: Cli, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    page, sidecar = folder / "a.txt", folder / "a.meta.json"
    page.write_text("Tên\n\nLịch tiếp công dân.")
    for was, broken in (
        ('{"audience": "staff"}', '{"audience": "sta'),
        ('{"audience": "staff"}', '{"audience": "staff", "published": "hôm qua"}'),
        ('{"audience": "public"}', '{"audience": "staff", "published": "hôm qua"}'),
        ('{"audience": "public"}', '{"audience": "sta'),
    ):
        sidecar.write_text(was)
        assert cli("index", folder)[0] == 0
        assert found(cli) == (["a"] if "public" in was else [])
        sidecar.write_text(broken)
        assert cli("index", folder, "--prune")[0] == 1
        assert found(cli) == [] and found(cli, "--staff") == ["a"], (was, broken)
    sidecar.write_text('{"audience": "public"}')
    assert cli("index", folder)[1]["indexed"] == 1, "mended, it is as it was before"
    assert found(cli) == ["a"]
    sidecar.write_text('{"category": ')
    assert cli("index", folder)[0] == 1
    assert found(cli) == ["a"], "nothing says that it is for staff"


def test_every_file_that_is_not_read_is_named_by_its_ending(cli: Cli, tmp_path: Path) -> None:
    folder = tmp_path / "guong"
    for name, text in {
        "tin/index.php?id=1": "<!-- bộ nhớ đệm --><!DOCTYPE html><html><h1>Một</h1><p>Lịch tiếp công dân.</p>",
        "tin/gioi-thieu": "\n<html><h1>Hai</h1><p>Lịch tiếp công dân.</p>",
        "tin/nguon.php": "<?php echo '<html>'; ?>", "css/a.css": "p {}", "dl.sql": "SELECT 1", "dl2.sql": "SELECT 2",
        "cau-hinh.json": '{"theme": "x"}', "tin.ndjson": '{"id": "n", "title": "Lịch tiếp công dân"}',
        "ds.json": '[{"id": 7, "title": "Lịch tiếp công dân"}]', "goi.zip": "PK", "mat.meta.json": "{}",
    }.items():  # fmt: skip
        (folder / name).parent.mkdir(exist_ok=True, parents=True)
        (folder / name).write_text(text)
    code, result = cli("index", folder)
    assert (code, result["indexed"], result["unread"], result["failed"]) == (1, 4, 6, 0)
    assert found(cli) == ["7", "n", "tin/gioi-thieu", "tin/index.php?id=1"]
    told = {one["item"]: one["problem"] for one in result["problems"]}
    assert set(told) == {".php", ".sql", ".json", ".zip", ".meta.json"}
    assert told[".sql"].startswith("2 .sql files were not read: ") and told[".sql"].endswith(
        "(dl.sql, dl2.sql)"
    )
    assert {one["item"] for one in result["notices"]} == {".css", "ds.json[1] (7)"}


def test_a_document_that_is_moved_stays_the_article_that_it_was(cli: Cli, tmp_path: Path) -> None:
    share = tmp_path / "share"
    for name, text in {
        "2023/ke-hoach.csv": "Lịch tiếp công dân",
        "2023/chep.csv": "Lịch tiếp công dân, bản hai",
    }.items():
        (share / name).parent.mkdir(exist_ok=True, parents=True)
        (share / name).write_text(text)
    assert cli("index", share, "--prune")[1]["indexed"] == 2
    (share / "luu tru").mkdir()
    (share / "2023/ke-hoach.csv").rename(share / "luu tru/ke-hoach.csv")
    shutil.copy(share / "2023/chep.csv", share / "luu tru/chep-2.csv")
    for indexed in (1, 0):
        code, result = cli("index", share, "--prune")
        assert (code, result["indexed"], result["removed"]) == (0, indexed, 0), "the copy is another article"
    (share / "luu tru/ke-hoach.csv").write_text("Lịch tiếp công dân, đã sửa")
    assert cli("index", share, "--prune")[1]["removed"] == 0
    wanted = ["2023/chep.csv", "2023/ke-hoach.csv", "luu tru/chep-2.csv"]
    assert sorted(cli("search", "*", "--size", "9")[1]["hits"][n]["id"] for n in range(3)) == wanted
    (share / "luu tru/ke-hoach.csv").rename(share / "2023/ke-hoach.csv")
    assert cli("index", share, "--prune")[1]["removed"] == 0, "put back"
    (share / "2023/ke-hoach.csv").unlink()
    assert cli("index", share, "--prune")[1]["removed"] == 1


def test_a_document_that_is_moved_and_changed_is_known_by_its_number(cli: Cli, tmp_path: Path) -> None:
    share = tmp_path / "share"
    (share / "moi").mkdir(parents=True)
    head = "ỦY BAN NHÂN DÂN\nPHƯỜNG BẾN NGUYỆT\n\nSố: {}/KH-UBND\n\nKẾ HOẠCH\n{}\n\nLịch tiếp công dân."
    for name, number, subject in (
        ("a.csv", 74, "Tiếp công dân năm 2025"),
        ("b.csv", 75, "Trồng cây ven sông"),
    ):
        (share / name).write_text(head.format(number, subject))
    cli("index", share)
    for name, number, subject in (("a.csv", 74, "Tiếp công dân năm 2025"), ("b.csv", 75, "Làm đường ra bến")):
        (share / name).unlink()
        (share / "moi" / name).write_text(head.format(number, subject) + " Sửa đổi.")
    for indexed in (2, 0):
        code, result = cli("index", share, "--prune", "--max-removed", "5")
        assert (code, result["indexed"]) == (0, indexed)
    assert found(cli) == ["a.csv", "moi/b.csv"], "the number alone may be that of another year"


def test_what_was_read_otherwise_is_told_once_for_each_form(cli: Cli, tmp_path: Path) -> None:
    dates = [
        "22/11/2024 10:00",
        "23/11/2024 9:05",
        "0000-00-00",
        "Fri, 22 Nov 2024 10:00:00 +0700",
        "2024-11-22",
    ]
    records: list[dict[str, object]] = [
        {"id": n, "title": "Bài", "published": day} for n, day in enumerate(dates)
    ]
    code, result = cli("index", write_jsonl(tmp_path / "x.jsonl", records))
    assert (code, result["failed"], result["problems"]) == (0, 0, [])
    assert [(one["count"], one["notice"]) for one in result["notices"]] == [
        (5, "id: the number 0 was used as a string"),
        (2, "published: '22/11/2024 10:00' was read as 2024-11-22T10:00:00+07:00"),
        (1, "published: '0000-00-00' was ignored: it is not a date"),
        (1, "published: 'Fri, 22 Nov 2024 10:00:00 +0700' was read as 2024-11-22T10:00:00+07:00"),
    ]


def test_a_post_that_is_withdrawn_is_hidden_or_gone_and_a_feed_removes_nothing(
    cli: Cli, tmp_path: Path
) -> None:
    spaces = (
        'xmlns:wp="http://wordpress.org/export/1.2/" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    )

    def written(name: str, **posts: str) -> Path:
        items = "".join(
            f"<item><title>Lịch tiếp công dân</title><guid>{id}</guid><link>https://x.example/{id}</link>"
            f"<wp:status>{status}</wp:status></item>"
            for id, status in posts.items()
        )
        (tmp_path / name).write_text(
            f"<rss {spaces if name == 'wp.xml' else ''}><channel>{items}</channel></rss>"
        )
        return tmp_path / name

    cli("index", written("wp.xml", a="publish", b="publish", c="publish"), "--prune")
    assert found(cli) == ["a", "b", "c"]
    code, result = cli(
        "index", written("wp.xml", a="private", b="draft", c="publish"), "--prune", "--max-removed", "1"
    )
    assert (code, result["removed"], found(cli), found(cli, "--staff")) == (0, 1, ["c"], ["a", "c"])
    cli("remove", "a", "c")
    cli("index", written("tin.rss", d="", e=""), "--prune")
    code, result = cli("index", written("tin.rss", d=""), "--prune", "--max-removed", "100%")
    assert (code, result["removed"]) == (0, 0)
    assert [id.rpartition("#")[2] for id in found(cli)] == ["d", "e"]


def section(tmp_path: Path, path: Path, more: str = "") -> None:
    (tmp_path / "tracuu.toml").write_text(f'[sources.a]\npath = "{path}"\n{more}\n')


def test_a_source_that_becomes_one_for_staff_is_hidden_whether_it_can_be_read_or_not(
    cli: Cli, tmp_path: Path
) -> None:
    path = export(tmp_path / "in.jsonl", *TEN)
    section(tmp_path, path)
    cli("sync")
    export(path, *TEN[:3])
    section(tmp_path, path, 'audience = "staff"')
    assert cli("sync", "--dry-run")[0] == 3 and found(cli) == TEN
    assert cli("sync")[0] == 3, "the others are not removed at once"
    assert found(cli) == [] and found(cli, "--staff") == TEN
    section(tmp_path, path)
    export(path, *TEN)
    cli("sync")
    assert found(cli) == TEN
    path.rename(tmp_path / "elsewhere.jsonl")
    section(tmp_path, path, 'audience = "staff"')
    assert cli("sync")[0] == 3 and found(cli) == [], "nor is it there"


def test_what_a_source_withdraws_is_hidden_where_it_may_not_be_removed(cli: Cli, tmp_path: Path) -> None:
    atom = '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:app="http://www.w3.org/2007/app">'
    entry = "<entry><id>urn:1</id><title>Lịch tiếp công dân</title>{}</entry></feed>"
    feed = tmp_path / "tin.xml"
    feed.write_text(atom + entry.format(""))
    section(tmp_path, feed, 'kind = "feed"')
    cli("sync")
    assert found(cli) == ["urn:1"]
    feed.write_text(atom + entry.format("<app:control><app:draft>yes</app:draft></app:control>"))
    code, result = cli("sync")
    assert (code, result["a"]["removed"], found(cli)) == (0, 0, [])
    assert "was withdrawn at its source" in result["a"]["notices"][0]["notice"]
    feed.write_text(atom + entry.format(""))
    cli("sync")
    assert found(cli) == ["urn:1"], "published again"


def test_a_document_that_was_moved_is_hidden_by_a_sidecar_that_can_not_be_read(
    cli: Cli, tmp_path: Path
) -> None:
    share = tmp_path / "share"
    share.mkdir()
    (share / "a.pdf").write_bytes(pdf("Lich tiep cong dan"))
    cli("index", share, "--no-ocr")
    (share / "b").mkdir()
    (share / "a.pdf").rename(share / "b" / "c.pdf")
    cli("index", share, "--no-ocr")
    assert found(cli) == ["a.pdf"]
    (share / "b" / "c.meta.json").write_text('{"audience": "sta')
    assert cli("index", share, "--no-ocr", "--prune")[0] == 1
    assert found(cli) == [] and found(cli, "--staff") == ["a.pdf"]


def test_an_article_of_another_source_is_not_replaced_without_a_word(cli: Cli, tmp_path: Path) -> None:
    cli("index", export(tmp_path / "a.jsonl", "1", "2"))
    result = cli("index", export(tmp_path / "b.jsonl", "1", "2", audience="staff"))[1]
    assert result["notices"] == [
        {"item": "1", "notice": f"replaces the article with this id from {tmp_path}/a.jsonl", "count": 2}
    ]


def test_a_run_that_did_not_end_is_told_of(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = export(tmp_path / "in.jsonl", *TEN)
    section(tmp_path, path)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, contextlib.suppress(KeyboardInterrupt):
        patched.setattr("indexer.commands.sync.note_run", killed)
        cli("sync")
    capsys.readouterr()
    last = cli("sources")[1]["sources"][0]["last_run"]
    assert last["articles"] == 10 and "at" not in last
    main(["--data", str(tmp_path / "data"), "--config", str(tmp_path / "tracuu.toml"), "sources"])
    assert "10 articles; a run started" in capsys.readouterr().out
    assert cli("sync", "--due")[1]["a"]["unchanged"] == 10
    assert "began" not in cli("sources")[1]["sources"][0]["last_run"]


@pytest.mark.parametrize(
    "broken",
    [
        '{"id": "1", "title": "Bài 1", "audience": "staff"',
        '{"audience": "staff", "id": "1", "title": "Bài 1",}',
        '[{"id": "1", "title": "Bài 1", "audience": "staff"}]',
    ],
)
def test_a_line_that_is_broken_hides_the_article_that_it_may_be_for_staff(
    cli: Cli, tmp_path: Path, broken: str
) -> None:
    path = export(tmp_path / "in.jsonl", "1", "2", "3")
    cli("index", path)
    lines = path.read_text().splitlines()
    path.write_text("\n".join([broken, lines[1], '{"id": "3", "title":']))
    code, result = cli("index", path, "--prune")
    assert code == 1 and result["failed"] == 3, "the two lines, and that nothing is removed for them"
    assert found(cli) == ["2", "3"] and found(cli, "--staff") == ["1", "2", "3"]
    path.write_text("\n".join(lines))
    cli("index", path)
    assert found(cli) == ["1", "2", "3"]


def test_a_row_of_too_many_cells_hides_the_article_that_it_may_be_for_staff(cli: Cli, tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    section(tmp_path, table, 'kind = "table"')
    row = "{0},Bài {0},Lịch tiếp công dân,{1}\n"
    head = "id,title,body,audience\n"
    table.write_text(head + "".join(row.format(id, "public") for id in "123"))
    cli("sync")
    table.write_text(
        head + "1,Bài, 1,Lịch tiếp công dân,staff\n2,Bài, 2,Lịch,public\n" + row.format(3, "public")
    )
    assert cli("sync")[0] == 1
    assert found(cli) == ["2", "3"] and found(cli, "--staff") == ["1", "2", "3"]
