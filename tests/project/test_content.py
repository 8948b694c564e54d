"""``docs/content.md``: each way in, run as it stands there, ends in articles that are found."""

from __future__ import annotations

import csv
import json
import re
import shlex
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from indexer.cli import main
from indexer.sources.opening import KINDS
from tests.extract.documents import docx
from tests.portal import liferay
from tests.portal.server import Portal, served
from tests.portal.stories import stories

DOCUMENT = (Path(__file__).resolve().parents[2] / "docs" / "content.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Told(NamedTuple):
    """An article as each way brings it in."""

    id: str
    title: str
    body: str
    day: str
    category: str


ARTICLES = (
    Told(
        "101",
        "Phường Bến Nguyệt mở lớp tin học cho người cao tuổi",
        "Mỗi tối thứ Ba, người dân từ 60 tuổi trở lên được học cách nộp hồ sơ trực tuyến tại nhà văn hoá phường.",
        "2024-11-22",
        "Chuyển đổi số",
    ),
    Told(
        "102",
        "Xã Thượng Ngàn trồng thêm hai nghìn cây dọc sông",
        "Hội Nông dân xã phát cây giống miễn phí, người dân nhận tại trụ sở xã trong giờ làm việc của tuần này.",
        "2025-03-05",
        "Nông thôn mới",
    ),
)
LETTERHEAD = (
    "ỦY BAN NHÂN DÂN", "PHƯỜNG BẾN NGUYỆT", "Số: 74/KH-UBND", "Bến Nguyệt, ngày 22 tháng 11 năm 2024", "KẾ HOẠCH",
    "Mở lớp tin học cho người cao tuổi", "Ủy ban nhân dân phường mở lớp tại nhà văn hoá.",
)  # fmt: skip


class Way(NamedTuple):
    """A section of the document."""

    settings: str
    commands: list[list[str]]

    @classmethod
    def called(cls, heading: str) -> Way:
        found = re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", DOCUMENT, re.MULTILINE | re.DOTALL)
        assert found, heading
        blocks = BLOCK.findall(found[1])
        settings = [text for kind, text in blocks if kind == "toml"]
        assert len(settings) <= 1, "one section of settings at most"
        lines = "".join(text for kind, text in blocks if kind == "sh").splitlines()
        return cls("".join(settings), [shlex.split(one) for one in lines if one.startswith("tracuu ")])


class Place(NamedTuple):
    """A machine as the document supposes it, below a folder."""

    root: Path
    capsys: pytest.CaptureFixture[str]

    def file(self, path: str, content: str | bytes) -> None:
        place = self.root / path.lstrip("/")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content if isinstance(content, bytes) else content.encode())

    def here(self, text: str) -> str:
        return text.replace("/srv/", f"{self.root}/srv/")

    def goes(self, heading: str, *changed: tuple[str, str]) -> list[dict[str, Any]]:
        """Do what stands below a heading; return what its last command, a search, has found."""
        way = Way.called(heading)
        settings = self.here(way.settings)
        for before, now in changed:
            assert before in settings
            settings = settings.replace(before, now)
        config = self.root / "tracuu.toml"
        config.write_text(settings)
        assert [command[1] for command in way.commands][-1] == "search"
        hits: list[dict[str, Any]] = []
        for _, *command in way.commands:
            usual = ["--data", str(self.root / "data"), "--config", str(config), "--quiet", "--json"]
            code = main([*usual, *map(self.here, command)])
            result = json.loads(self.capsys.readouterr().out)
            assert code == 0, result
            hits = result.get("hits", [])
        return hits


@pytest.fixture
def place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Place:
    return Place(tmp_path, capsys)


def has_all(hits: list[dict[str, Any]]) -> bool:
    """Whether the two articles were found, each with its day and section."""
    found = {(hit["title"]["text"], hit["published"][:10], hit["category"]) for hit in hits}
    return found == {(one.title, one.day, one.category) for one in ARTICLES}


def mirrored(place: Place) -> None:
    for one in ARTICLES:
        page = f"""<html lang="vi"><head><title>{one.title}</title><link rel="canonical" href="https://lamgiang.example/{one.id}">
<meta property="article:section" content="{one.category}"></head><body><nav><a href="/">Trang chủ</a></nav><h1>{one.title}</h1>
<p>{one.day[8:]}/{one.day[5:7]}/{one.day[:4]}</p><p>{one.body}</p><p><a href="tep/{one.id}.docx">Kế hoạch</a></p></body></html>"""
        place.file(f"/srv/mirror/lamgiang.example/tin/{one.id}.html", page)
        place.file(f"/srv/mirror/lamgiang.example/tin/tep/{one.id}.docx", docx(one.body))


def exported(place: Place) -> None:
    items = "".join(
        f"""<item><title>{one.title}</title><link>https://lamgiang.example/{one.id}</link><wp:post_id>{one.id}</wp:post_id>
<wp:post_date>{one.day} 08:00:00</wp:post_date><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>
<category domain="category" nicename="c"><![CDATA[{one.category}]]></category>
<content:encoded><![CDATA[<p>{one.body}</p>]]></content:encoded></item>"""
        for one in ARTICLES
    )
    place.file(
        "/srv/wordpress/export.xml",
        f"""<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Lam Giang</title><link>https://lamgiang.example</link>
<wp:wxr_version>1.2</wp:wxr_version><wp:base_site_url>https://lamgiang.example</wp:base_site_url>{items}</channel></rss>""",
    )
    (place.root / "srv/wordpress/uploads").mkdir()


def kept_in_a_database(place: Place) -> None:
    place.file("/srv/cms/cms.sqlite3", b"")
    with closing(sqlite3.connect(place.root / "srv/cms/cms.sqlite3")) as db, db:
        db.execute("CREATE TABLE bai_viet (ma, tieu_de, noi_dung, ngay_dang, chuyen_muc, trang_thai)")
        rows = [(one.id, one.title, f"<p>{one.body}</p>", one.day, one.category, 1) for one in ARTICLES]
        rows.append(("103", "Bài chưa duyệt", "<p>Mời người dân góp ý.</p>", "2025-01-01", "Tin", 0))
        db.executemany("INSERT INTO bai_viet VALUES (?, ?, ?, ?, ?, ?)", rows)


def listed_in_a_table(place: Place) -> None:
    place.file("/srv/cms/van-ban.csv", "")
    with (place.root / "srv/cms/van-ban.csv").open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file)
        table.writerow(
            ["Mã", "Số ký hiệu", "Trích yếu", "Nội dung", "Ngày ban hành", "Cơ quan ban hành", "category"]
        )
        for one in ARTICLES:
            day = f"{one.day[8:]}/{one.day[5:7]}/{one.day[:4]}"
            table.writerow([one.id, f"{one.id}/TB-UBND", one.title, one.body, day, "UBND xã", one.category])


def needs(kind: str, module: str = "json") -> pytest.MarkDecorator:
    there = kind in KINDS and find_spec(module) is not None
    return pytest.mark.skipif(not there, reason=f"sources of kind {kind} can't be read here")


@pytest.mark.parametrize(
    ("heading", "prepare"),
    [
        ("A mirror of a site", mirrored),
        pytest.param("An export of WordPress", exported, marks=needs("wordpress")),
        pytest.param("A database", kept_in_a_database, marks=needs("sql", "sqlalchemy")),
        pytest.param("A table", listed_in_a_table, marks=needs("table")),
    ],
)
def test_articles_come_in_as_it_is_told(place: Place, heading: str, prepare: Callable[[Place], None]) -> None:
    prepare(place)
    assert has_all(place.goes(heading))


def test_a_share_of_documents_comes_in_as_it_is_told(place: Place) -> None:
    place.file("/srv/share/2024/ke hoach (ban cuoi).docx", docx(*LETTERHEAD))
    [hit] = place.goes("A share of documents")
    assert (hit["title"]["text"], hit["published"][:10]) == (
        "KẾ HOẠCH Mở lớp tin học cho người cao tuổi", "2024-11-22",
    )  # fmt: skip


@pytest.fixture(scope="module")
def portal() -> Iterator[tuple[Portal, str]]:
    portal = Portal(stories(3), with_traps=False)
    with served(portal) as origin:
        yield portal, origin


def test_a_live_site_comes_in_as_it_is_told(
    place: Place, portal: tuple[Portal, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    site, origin = portal
    monkeypatch.setenv("TRACUU_FETCH_ALLOW", "127.0.0.0/8")
    home = f"{origin}{liferay.BASE}/home"
    hits = place.goes("A live site", ("https://lamgiang.example/", home), ("delay = 1 ", "delay = 0 "))
    titles = {story.article.title for story in site.stories}
    assert hits and {hit["title"]["text"] for hit in hits} <= titles
    assert any("+vanthu@lamgiang.example" in agent for agent in site.agents)


def test_every_way_that_the_table_names_is_told() -> None:
    named = re.findall(r"^\| .*\]\(#([a-z-]+)\)", DOCUMENT, re.MULTILINE)
    headings = [re.sub(r" ", "-", one.lower()) for one in re.findall(r"^## (.+)$", DOCUMENT, re.MULTILINE)]
    assert len(named) >= 7 and set(named) <= set(headings)
