"""A newspaper in WordPress's mark-up: archives with paging, tags, comments, a sitemap, schema.org."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from html import escape
from urllib.parse import quote

from tests.portal.replies import Answer, Reply, html
from tests.portal.stories import Story, by_section, paged

BASE = "/bao"
_PER_PAGE = 4


def address(story: Story) -> str:
    """The address of an article."""
    day = story.article.published
    return f"{BASE}/{day.year}/{day.month:02}/{story.slug}/" if day else f"{BASE}/{story.slug}/"


def pages(stories: Sequence[Story]) -> Iterator[tuple[str, Answer]]:
    """Yield every address with its answer."""
    sections = by_section(stories)
    newest = sorted(stories, key=lambda s: -s.number)
    yield f"{BASE}/", html(_list("Báo điện tử Lam Giang", newest[:6], "home blog", sections, ""))
    for section, own in sections.items():
        listed = paged(own, _PER_PAGE)
        for n, page in enumerate(listed, 1):
            path = f"{BASE}/category/{section}/" + (f"page/{n}/" if n > 1 else "")
            pager = _pager(f"{BASE}/category/{section}/", n, len(listed))
            title = own[0].category
            yield path, html(_list(title, page, f"archive category category-{section}", sections, pager))
    for n, page in enumerate(paged(newest, 5)[:4], 1):
        yield (
            f"{BASE}/tag/thong-bao-{n}/",
            html(_list(f"Từ khoá: thông báo {n}", page, "archive tag", sections, "")),
        )
    found = _list("Kết quả tìm kiếm cho: lam giang", newest[:5], "search search-results", sections, "")
    yield f"{BASE}/?s=lam+giang", html(found)
    yield f"{BASE}/lien-he/", html(_contact(sections))
    for story in stories:
        yield address(story), html(_article(story, newest, sections))
        yield f"{address(story)}?print=1", html(_print(story))
        yield f"{address(story)}feed/", Reply(b"<rss></rss>", "application/rss+xml")
        for name, data in story.files:
            yield _file(story, name), Reply(data, "application/octet-stream")
    yield f"{BASE}/sitemap.xml", Reply(_sitemap(stories), "application/xml")


def _file(story: Story, name: str) -> str:
    return f"{BASE}/wp-content/uploads/{story.number}/{quote(name)}"


def _sitemap(stories: Sequence[Story]) -> bytes:
    located = "".join(f"<url><loc>{{origin}}{address(one)}</loc></url>" for one in stories)
    return f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{located}</urlset>'.encode()


def _frame(title: str, head: str, body: str, sections: dict[str, list[Story]]) -> str:
    menu = "".join(
        f'<li class="menu-item"><a href="{BASE}/category/{one}/">{own[0].category}</a></li>'
        for one, own in sections.items()
    )
    return f"""<!DOCTYPE html><html lang="vi"><head><meta charset="UTF-8"><title>{title}</title>{head}</head>
<body class="{body.partition("|")[0]}"><header id="masthead" class="site-header"><p class="site-title"><a href="{BASE}/" rel="home">Báo điện tử Lam Giang</a></p>
<nav class="main-navigation"><ul>{menu}<li><a href="{BASE}/lien-he/">Liên hệ</a></li><li><a href="{BASE}/tag/thong-bao-1/">Thông báo</a></li></ul></nav></header>
<div id="content" class="site-content">{body.partition("|")[2]}</div>
<aside class="widget-area"><section class="widget"><h2>Lịch</h2><a href="{BASE}/lich/2026/05/">Tháng 5</a></section></aside>
<footer class="site-footer"><p>Cơ quan chủ quản: Uỷ ban nhân dân thành phố Lam Giang. Ghi rõ nguồn khi phát hành lại.</p></footer></body></html>"""


def _list(title: str, own: Sequence[Story], kind: str, sections: dict[str, list[Story]], pager: str) -> str:
    items = "".join(
        f"""<article class="post hentry"><h2 class="entry-title"><a href="{address(one)}?utm_source=list" rel="bookmark">{one.title}</a></h2>
<div class="entry-meta"><time class="entry-date" datetime="{_moment(one)}">{_day(one)}</time></div>
<div class="entry-summary"><p>{one.teaser} <a href="{address(one)}#more" class="more-link">Đọc tiếp</a></p></div></article>"""
        for one in own
    )
    body = f'<main><h1 class="page-title">{title}</h1>{items}{pager}</main>'
    head = '<meta property="og:type" content="website">'
    return _frame(f"{title} - Báo điện tử Lam Giang", head, f"{kind}|{body}", sections)


def _pager(base: str, n: int, last: int) -> str:
    links = "".join(
        f'<a class="page-numbers" href="{base}page/{i}/">{i}</a>' for i in range(1, last + 1) if i != n
    )
    return f'<nav class="navigation pagination"><div class="nav-links">{links}</div></nav>'


def _contact(sections: dict[str, list[Story]]) -> str:
    body = """<main><article class="page"><h1 class="entry-title">Liên hệ</h1><div class="entry-content">
<p>Toà soạn Báo điện tử Lam Giang, số 2 đường Bến Nguyệt, phường Tân Lam. Điện thoại trực 24 giờ, tiếp nhận ý kiến của bạn đọc trong giờ hành chính.</p>
<form class="wpcf7"><input name="ten"><textarea name="noi-dung"></textarea><button>Gửi</button></form></div></article></main>"""
    return _frame(
        "Liên hệ - Báo điện tử Lam Giang",
        '<meta property="og:type" content="article">',
        f"page|{body}",
        sections,
    )


def _article(story: Story, newest: Sequence[Story], sections: dict[str, list[Story]]) -> str:
    data = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": story.article.title}
    if story.article.published:
        data["datePublished"] = story.article.published.isoformat()
    head = f"""<link rel="canonical" href="{address(story)}"><meta property="og:type" content="article"><meta property="og:title" content="{story.title}">
<meta property="og:site_name" content="Báo điện tử Lam Giang"><meta property="article:section" content="{story.category}">
<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>"""
    files = "".join(f'<p><a href="{_file(story, name)}">{escape(name)}</a></p>' for name, _ in story.files)
    others = [one for one in newest if one is not story][:5]
    related = "".join(f'<li><a href="{address(one)}">{one.title}</a></li>' for one in others)
    body = f"""<main><article id="post-{story.number}" class="post hentry"><header class="entry-header"><h1 class="entry-title">{story.title}</h1>
<div class="entry-meta"><time class="entry-date published" datetime="{_moment(story)}">{_day(story)}</time></div></header>
<div class="entry-content">{story.paragraphs()}{files}<p>Nguồn: {escape(story.source)}</p></div></article>
<p><a href="{address(story)}?print=1">In trang</a></p>
<section class="related"><h3>Tin liên quan</h3><ul>{related}</ul></section>
<div id="comments" class="comments-area"><h2>Bình luận</h2><p>Một bạn đọc đã gửi ý kiến về bài viết này và đang chờ toà soạn duyệt trước khi hiển thị công khai.</p>
<a href="{address(story)}?replytocom=5#respond">Trả lời</a></div></main>"""
    return _frame(
        f"{story.title} - Báo điện tử Lam Giang",
        head,
        f"post-template-default single single-post|{body}",
        sections,
    )


def _print(story: Story) -> str:
    return f"""<html><head><title>{story.title}</title></head><body onload="print()"><h1>{story.title}</h1>{story.paragraphs()}</body></html>"""


def _moment(story: Story) -> str:
    return story.article.published.isoformat() if story.article.published else ""


def _day(story: Story) -> str:
    day = story.article.published
    return f"{day:%d/%m/%Y %H:%M}" if day else ""
