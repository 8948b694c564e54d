"""What a page is called, where it says so; and what it is never called."""

from zoneinfo import ZoneInfo

import pytest

from indexer.model import Article
from indexer.sources.html_page import read_html_page

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
TITLE = "Xã Khe Sậy trao bò giống cho ba mươi hộ nghèo"
TEXT = (
    "<p>Sáng nay, xã Khe Sậy trao ba mươi con bò giống sinh sản cho các hộ nghèo và cận nghèo của năm bản vùng cao.</p>"
    "<p>Các hộ được tập huấn cách chăm sóc, làm chuồng và trồng cỏ voi, sau hai năm sẽ trả lại một con bê cho hộ khác.</p>"
)
SITE = "Trang thông tin điện tử xã Khe Sậy"


def read(body: str, head: str = "") -> Article:
    html = f"<html><head>{head}</head><body>{body}</body></html>"
    return read_html_page(html.encode(), "x", ZONE).article


@pytest.mark.parametrize(
    "hidden",
    [
        '<div style="display:none"><h1>Home</h1></div>',
        '<h1 class="sr-only">Nội dung chính</h1>',
        '<h1 class="visually-hidden">Trang xã</h1>',
        "<h1 hidden>Trang xã</h1>",
        '<div aria-hidden="true"><h1>Trang xã của chúng ta</h1></div>',
        '<h1 style="text-indent:-9999px">Khe Sậy quê hương</h1>',
        f"<header><h1>{SITE}</h1></header>",
        f'<div class="logo"><h1>{SITE}</h1></div>',
        "<h1>Chi tiết tin</h1>",
        '<nav><h1>Danh mục chính của trang</h1></nav>',
        '<div class="menu"><h2>Tin tức - Sự kiện trong tuần</h2></div>',
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "shown",
    [
        f"<h1>{TITLE}</h1>",
        f'<p class="Title">{TITLE}</p>',
        f'<span class="TieuDeTin">{TITLE}</span>',
        f'<div class="news-title"><b>{TITLE}</b></div>',
        f'<h2 itemprop="headline">{TITLE}</h2>',
        f"<div><h2>{TITLE}</h2></div>",
    ],
)
def test_a_title_is_never_what_is_hidden_or_the_sites(hidden: str, shown: str) -> None:
    article = read(f"{hidden}<div>{shown}{TEXT}</div>", f"<title>{SITE}</title>")
    assert article.title == TITLE
    assert article.body.startswith("Sáng nay, xã Khe Sậy")
    assert article.sources == (SITE,)


@pytest.mark.parametrize(
    "head",
    [
        f"<title>{TITLE} - {SITE}</title>",
        f"<title>{SITE} | {TITLE}</title>",
        f'<title>{SITE}</title><meta property="og:title" content="{TITLE}">',
        f'<title>{SITE}</title><meta name="citation_title" content="{TITLE}">',
        f'<title>{SITE}</title><meta name="DC.title" content="{TITLE}">',
        f'<title>{SITE}</title><script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{TITLE}"}}</script>',
    ],
)
def test_the_head_names_the_title_of_a_page_that_marks_none(head: str) -> None:
    assert read(f"<div>{TEXT}</div>", head).title == TITLE
    assert read(f"<p>{TITLE}</p><div>{TEXT}</div>", head).title == TITLE


def test_an_article_about_a_portal_may_be_called_so() -> None:
    title = "Cổng thông tin điện tử xã Khe Sậy tạm ngừng để nâng cấp"
    head = f"<title>{title} - {SITE}</title>"
    assert read(f"<header><h1>{SITE}</h1></header><h1>{title}</h1>{TEXT}", head).title == title


def test_a_title_over_two_lines_is_one() -> None:
    article = read(f"<h1>Quyết định<br>về việc trao bò giống</h1>{TEXT}")
    assert article.title == "Quyết định về việc trao bò giống"
    assert article.body.startswith("Sáng nay")


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="citation_publication_date" content="2026/03/04">',
        '<meta name="DC.date.issued" content="2026-03-04">',
        '<meta name="dcterms.created" content="04/03/2026">',
        '<meta itemprop="datePublished" content="2026-03-04">',
        '<script type="application/ld+json">{"mainEntity": {"@type": "Article", "datePublished": "2026-03-04"}}</script>',
        '<script type="application/ld+json">[{"@type": "WebPage", "datePublished": "2020-01-01"},'
        ' {"@type": ["BlogPosting"], "datePublished": "2026-03-04"}]</script>',
    ],
)  # fmt: skip
def test_dates_that_the_head_gives(head: str) -> None:
    published = read(f"<h1>{TITLE}</h1>{TEXT}", head).published
    assert published and published.date().isoformat() == "2026-03-04"


def test_a_time_element_beside_the_title_and_none_in_the_text() -> None:
    shown = f'<h1>{TITLE}</h1><p><time datetime="2026-03-04T09:05:00+07:00">hôm kia</time></p>{TEXT}'
    published = read(shown).published
    assert published and published.isoformat() == "2026-03-04T09:05:00+07:00"
    event = TEXT.replace("hai năm", '<time datetime="2028-01-01">hai năm</time>')
    assert read(f"<h1>{TITLE}</h1>{event}").published is None
