"""What other systems write comes in as articles: WordPress, RSS and Atom."""

from pathlib import Path

import pytest

from indexer.model import Article
from indexer.settings import Settings, load_settings
from indexer.sources import Item, Notice, Partly, Problem
from indexer.sources.opening import open_named, open_source
from indexer.sources.wordpress_text import shown_html

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><link>https://bennguyet.example</link><wp:base_blog_url>https://bennguyet.example</wp:base_blog_url>
"""


def post(id: int, title: str = "Bài", status: str = "publish", body: str = "Nội dung", more: str = "") -> str:
    return f"""<item><title><![CDATA[{title}]]></title><link>https://bennguyet.example/{id}/</link>
<guid isPermaLink="false">https://bennguyet.example/?p={id}</guid><content:encoded><![CDATA[{body}]]></content:encoded>
<wp:post_id>{id}</wp:post_id><wp:post_date>2024-11-22 10:00:00</wp:post_date><wp:post_date_gmt>2024-11-22 03:00:00</wp:post_date_gmt>
<wp:status>{status}</wp:status><wp:post_type>post</wp:post_type>{more}</item>"""


def attached(id: int, parent: int, path: str) -> str:
    address = f"https://bennguyet.example/wp-content/uploads/{path}"
    return f"""<item><title>Tệp</title><guid>{address}</guid><wp:post_id>{id}</wp:post_id><wp:post_parent>{parent}</wp:post_parent>
<wp:status>inherit</wp:status><wp:post_type>attachment</wp:post_type><wp:attachment_url>{address}</wp:attachment_url></item>"""


def written(folder: Path, *items: str, name: str = "site.xml") -> Path:
    path = folder / name
    path.write_text(f"{HEAD}{''.join(items)}</channel></rss>", encoding="utf-8")
    return path


def read(path: Path, **field_map: str) -> list[Item]:
    return list(open_source(str(path), Settings(field_map=field_map)).items())


def articles(items: list[Item]) -> list[Article]:
    return [one for one in items if isinstance(one, Article)]


def test_a_post_has_its_values_and_its_documents(tmp_path: Path) -> None:
    uploads = tmp_path / "wp-content/uploads/2024/11"
    uploads.mkdir(parents=True)
    (uploads / "ke-hoach.pdf").write_bytes(b"%PDF-1.4")
    body = (
        '[caption id="a" width="9"]<img src="a.jpg"/> Phòng tiếp dân[/caption]\n\nĐoạn một,\ndòng hai.\n\n'
        '<a href="https://bennguyet.example/wp-content/uploads/2024/11/ke-hoach.pdf">Tải về</a> '
        '<a href="https://khac.example/wp-content/uploads/2024/11/ke-hoach.pdf">bản khác</a>'
        '[pdf-embedder url="https://bennguyet.example/wp-content/uploads/2024/11/phu-luc.docx"]'
    )
    more = """<excerpt:encoded>Tóm &amp; tắt</excerpt:encoded><dc:creator>ban biên tập</dc:creator>
<category domain="category" nicename="uncategorized">Chưa phân loại</category>
<category domain="category" nicename="tin">Tin tức</category>
<category domain="loai" nicename="kh">Kế hoạch</category>
<wp:postmeta><wp:meta_key>so</wp:meta_key><wp:meta_value>74/KH-UBND</wp:meta_value></wp:postmeta>
<wp:postmeta><wp:meta_key>_edit_lock</wp:meta_key><wp:meta_value>1</wp:meta_value></wp:postmeta>"""
    path = written(
        tmp_path,
        attached(12, 11, "2024/11/dinh-kem.pdf"),
        post(11, "Lịch tiếp dân &#8211; tháng 12", body=body, more=more),
        attached(13, 11, "2024/11/anh.jpg"),
    )
    [article] = articles(read(path, so="number", loai="type"))
    assert (article.id, article.url) == ("https://bennguyet.example/?p=11", "https://bennguyet.example/11/")
    assert article.title == "Lịch tiếp dân – tháng 12"
    assert article.body.startswith("Phòng tiếp dân\n\nĐoạn một,\ndòng hai.\n\nTải về")
    assert article.published and article.published.isoformat() == "2024-11-22T03:00:00+00:00"
    assert (article.summary, article.category) == ("Tóm & tắt", "Tin tức")
    assert (article.number, article.type, article.audience) == ("74/KH-UBND", "Kế hoạch", "public")
    files = {one.name: one.path or one.url for one in article.attachments}
    assert files == {
        "dinh-kem.pdf": "https://bennguyet.example/wp-content/uploads/2024/11/dinh-kem.pdf",
        "ke-hoach.pdf": uploads / "ke-hoach.pdf",
        "phu-luc.docx": "https://bennguyet.example/wp-content/uploads/2024/11/phu-luc.docx",
    }


def test_who_may_read_a_post_decides_what_it_is(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        post(1), post(2, status="private"), post(3, more="<wp:post_password>x</wp:post_password>"), post(4, status="luu-tru"),
        *(post(5 + n, status=one) for n, one in enumerate(("draft", "pending", "future", "auto-draft", "trash"))),
        post(20).replace("<wp:status>publish</wp:status>", ""),
        post(21).replace("<wp:post_type>post", "<wp:post_type>van-ban"),
    )  # fmt: skip
    items = read(path)
    found = {one.id.partition("=")[2]: one.audience for one in articles(items)}
    assert found == {"1": "public", "2": "staff", "3": "staff", "4": "staff", "20": "staff"}
    told = " ".join(one.notice for one in items if isinstance(one, Notice))
    assert "5 not published" in told and "'van-ban'; add it to post_types" in told and "'luu-tru'" in told


def test_copies_with_one_guid_are_told_apart_and_a_cut_export_is_a_problem(tmp_path: Path) -> None:
    whole = written(tmp_path, post(1), post(2).replace("?p=2", "?p=1"))
    assert [one.id[-4:] for one in articles(read(whole))] == ["?p=1", "?p=2"]
    text = whole.read_text(encoding="utf-8")
    whole.write_text(text[: text.rindex("<wp:post_id>")], encoding="utf-8")
    items = read(whole)
    assert len(articles(items)) == 1
    [problem] = [one for one in items if isinstance(one, Problem)]
    assert problem.id is None and "the XML is invalid" in problem.problem


def test_the_files_of_one_export_are_one_source(tmp_path: Path) -> None:
    folder = tmp_path / "export"
    folder.mkdir()
    written(folder, attached(9, 2, "a.pdf"), post(1), name="0.xml")
    written(folder, post(2), name="1.xml")
    (tmp_path / "tracuu.toml").write_text(f'[sources.wp]\nkind = "wordpress"\npath = "{folder}"\n')
    settings = load_settings(tmp_path / "tracuu.toml", environ={})
    found = articles(list(open_named(settings.sources["wp"], settings).items()))
    assert [[one.name for one in article.attachments] for article in found] == [[], ["a.pdf"]]
    in_folder = articles(read(folder))
    assert [one.id for one in in_folder] == [one.id for one in found], (
        "a folder finds exports by their content"
    )


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Xem [1], [sic], [Nguồn: báo]", "Xem [1], [sic], [Nguồn: báo]"),
        ('[vc_row][vc_column width="1/2"]Chữ[/vc_column][/vc_row]', "  Chữ  "),
        ("[vc_raw_html]PHA+[/vc_raw_html]sau", "  sau"),
        ("trước [embed] không đóng", "trước   không đóng"),
        ("[:en]News[:vi]Tin[:]", "Tin"),
        (
            "<!-- wp:paragraph -->\n<p>a</p>\n<!-- /wp:paragraph -->",
            "<!-- wp:paragraph -->\n<p>a</p>\n<!-- /wp:paragraph -->",
        ),
    ],
)
def test_shortcodes_go_and_text_in_brackets_stays(written: str, shown: str) -> None:
    assert shown_html(written) == shown


RSS = """<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><link>https://x.example</link>
<item><title>Một &amp;amp; hai</title><link>https://x.example/a</link><guid isPermaLink="false">7</guid>
<pubDate>Fri, 22 Nov 2024 10:00:00 +0700</pubDate>
<description>Tóm tắt</description><content:encoded><![CDATA[<p>Thân <a href="/f/b.docx">b</a></p>]]></content:encoded>
<category>Tin</category>
<enclosure url="https://x.example/f/a.pdf" type="application/pdf"/><enclosure url="https://x.example/a.mp3" type="audio/mpeg"/></item>
<item><title>Hai</title><link>https://x.example/b</link><dc:date>2024-11-22T10:00:00+07:00</dc:date>
<description>Thân hai</description></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xmlns:app="http://www.w3.org/2007/app">
<entry xml:base="https://x.example/z/"><id>tag:x,2024:1</id>
<title type="html">A &amp;lt; B</title><link href="a.html"/>
<link rel="enclosure" href="kh.pdf" type="application/pdf"/><updated>2024-11-22T03:00:00Z</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Một</p><p>Hai</p></div></content></entry>
<entry><id>n</id><title>Nháp</title><app:control><app:draft>yes</app:draft></app:control></entry>
<entry><id>s</id><title>Thư của người quản trị</title><category scheme="http://schemas.google.com/g/2005#kind" term="http://x#settings"/></entry></feed>"""


def test_feeds_are_read_and_what_they_hold_no_more_is_not_gone(tmp_path: Path) -> None:
    (tmp_path / "tin.rss").write_text(RSS)
    items = read(tmp_path / "tin.rss")
    first, second = articles(items)
    assert any(isinstance(one, Partly) for one in items) and not any(isinstance(one, Notice) for one in items)
    assert (first.id, first.title, first.summary, first.body) == (
        "https://x.example#7",
        "Một & hai",
        "Tóm tắt",
        "Thân b",
    )
    assert [one.url for one in first.attachments] == [
        "https://x.example/f/a.pdf",
        "https://x.example/f/b.docx",
    ]
    assert first.published == second.published and first.category == "Tin"
    assert (second.id, second.body) == ("https://x.example/b", "Thân hai")


def test_atom_is_read_without_drafts_and_settings(tmp_path: Path) -> None:
    (tmp_path / "tin.xml").write_text(ATOM)
    [entry] = articles(read(tmp_path / "tin.xml"))
    assert (entry.title, entry.body, entry.url) == ("A < B", "Một\n\nHai", "https://x.example/z/a.html")
    assert [one.url for one in entry.attachments] == ["https://x.example/z/kh.pdf"]


@pytest.mark.parametrize("key", ["audience", "audince"])
def test_what_exports_say_of_an_audience_without_a_field_map_counts(tmp_path: Path, key: str) -> None:
    meta = f"<wp:postmeta><wp:meta_key>{key}</wp:meta_key><wp:meta_value>staff</wp:meta_value></wp:postmeta>"
    [article] = articles(read(written(tmp_path, post(1, more=meta))))
    assert article.audience == "staff"
    feed = tmp_path / "tin.xml"
    feed.write_text(
        f"<rss version='2.0'><channel><item><guid>1</guid><title>Bài</title><{key}>staff</{key}></item></channel></rss>"
    )
    [article] = articles(read(feed))
    assert article.audience == "staff"


def test_a_bare_ampersand_is_called_that(tmp_path: Path) -> None:
    broken = post(2).replace("?p=2", "?a=1&p=2")
    *_, problem = read(written(tmp_path, post(1), broken, post(3)))
    assert isinstance(problem, Problem) and problem.id is None
    assert "&amp;" in problem.problem and "the rest was not read" in problem.problem
