"""The portal of an office in Liferay's mark-up: assets, sessions in addresses, empty headings of portlets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from urllib.parse import quote

from tests.portal.replies import Answer, Reply, html
from tests.portal.stories import Story, by_section, paged

BASE = "/web/so-noi-vu"
_PER_PAGE = 3
_WEEKDAYS = ("Hai", "Ba", "Tư", "Năm", "Sáu", "Bảy")
_SESSION = ";jsessionid=8F2C0A77D1E94B6C"


def address(story: Story) -> str:
    """The address of an article."""
    return f"{BASE}/chi-tiet/-/asset_publisher/aB3/content/tin-{story.slug}"


def pages(stories: Sequence[Story]) -> Iterator[tuple[str, Answer]]:
    """Yield every address with its answer."""
    sections = by_section(stories)
    newest = sorted(stories, key=lambda s: s.number)
    yield BASE, html(_frame("Trang chủ", "", _list(newest[:5]), sections))
    yield f"{BASE}/home", html(_frame("Trang chủ", "", _list(newest[:5]), sections))
    yield f"{BASE}/lien-he", html(_frame("Liên hệ", "", _contact(), sections))
    yield f"{BASE}/tim-kiem?q=ke+hoach", html(_frame("Tìm kiếm", "", _list(newest[:4]), sections))
    for section, own in sections.items():
        listed = paged(own, _PER_PAGE)
        for n, page in enumerate(listed, 1):
            more = (
                f'<ul class="pagination"><li><a href="{_next(section, n + 1)}">Tiếp</a></li></ul>'
                if n < len(listed)
                else ""
            )
            path = f"{BASE}/{section}" if n == 1 else _next(section, n)
            yield path, html(_frame(own[0].category, "", f"{_list(page)}{more}", sections))
    for story in stories:
        yield address(story), html(_frame(story.title, _head(story), _article(story, newest), sections))
        yield f"{address(story)}?p_p_state=pop_up", html(_article(story, []))
        for name, data in story.files:
            yield f"{_file(story, name)}?version=1.0&download=true", Reply(data, "application/pdf")


def _next(section: str, n: int) -> str:
    return f"{BASE}/{section}?p_p_id=101_INSTANCE_aB3&p_p_lifecycle=0&cur={n}"


def _file(story: Story, name: str) -> str:
    return f"/documents/10184/{story.number}/{quote(name)}/5d0c2f0e-8a11-4c77-{story.number}"


def _head(story: Story) -> str:
    return f'<meta content="{story.title}" property="og:title"><meta content="article" property="og:type">'


def _frame(title: str, head: str, body: str, sections: dict[str, list[Story]]) -> str:
    menu = "".join(
        f'<li role="presentation"><a href="{BASE}/{one}{_SESSION}" role="menuitem"><span>{own[0].category}</span></a></li>'
        for one, own in sections.items()
    )
    return f"""<!DOCTYPE html><html class="ltr" dir="ltr" lang="vi-VN"><head><title>{title} - Sở Nội vụ Lam Giang</title><meta content="text/html; charset=UTF-8" http-equiv="content-type">{head}</head>
<body class="yui3-skin-sam controls-visible signed-out public-page site"><div id="wrapper"><header id="banner" role="banner"><div id="heading">
<h1 class="site-title"><a class="logo" href="{BASE}/home"><span class="site-name">Sở Nội vụ Lam Giang</span></a></h1></div>
<nav class="sort-pages modify-pages" id="navigation"><ul role="menubar">{menu}<li><a href="{BASE}/lien-he">Liên hệ</a></li></ul></nav></header>
<div id="content"><h1 class="hide-accessible">Chi tiết</h1><div class="portlet-layout row-fluid"><div class="portlet-boundary portlet-asset-publisher">
<section class="portlet"><header class="portlet-topper"><h1 class="portlet-title"><span class="portlet-title-text">Xuất bản thông tin</span></h1></header>
<div class="portlet-content"><div class="portlet-body">{body}</div></div></section></div></div></div>
<footer id="footer" role="contentinfo"><p>Chịu trách nhiệm nội dung: Văn phòng Sở Nội vụ Lam Giang</p></footer></div></body></html>"""


def _list(own: Sequence[Story]) -> str:
    return "".join(
        f"""<div class="asset-abstract"><h3 class="asset-title"><a href="{address(one)}{_SESSION}">{one.title}</a></h3>
<div class="asset-summary">{one.teaser}</div><div class="asset-metadata">{_day(one)}</div></div>"""
        for one in own
    )


def _contact() -> str:
    return """<div class="journal-content-article"><h2>Thông tin liên hệ</h2><p>Địa chỉ: số 18 đường Lam Sơn, phường Tân Lam, thành phố Lam Giang.
Bộ phận một cửa tiếp công dân từ thứ Hai đến sáng thứ Bảy hằng tuần.</p><p>Thư điện tử: vanthu@sonoivu.lamgiang.example</p></div>"""


def _article(story: Story, newest: Sequence[Story]) -> str:
    files = "".join(
        f'<li><a href="{_file(story, name)}?version=1.0&amp;download=true">{escape(name)}</a></li>'
        for name, _ in story.files
    )
    attached = f'<div class="tep"><b>Tệp đính kèm:</b><ul>{files}</ul></div>' if files else ""
    others = "".join(
        f'<li><a href="{address(one)}">{one.title}</a></li>' for one in newest if one is not story
    )
    trail = f'<li><a href="{BASE}/home">Trang chủ</a></li><li class="active"><a href="{BASE}/{story.section}">{story.category}</a></li>'
    return f"""<nav id="breadcrumbs"><ul class="breadcrumb breadcrumb-horizontal">{trail}</ul></nav><div class="asset-full-content"><div class="title-news-detail"><span class="title">{story.title}</span></div>
<div class="date-news">{_day(story)}</div><div class="journal-content-article">{story.paragraphs()}</div>{attached}
<p class="nguon">Nguồn tin: {escape(story.source)}</p></div>
<p><a href="{address(story)}?p_p_state=pop_up">Bản in</a></p><div class="tin-khac"><h4>Các tin khác</h4><ul>{others[:4000]}</ul></div>"""


def _day(story: Story) -> str:
    day = story.article.published
    if day is None:
        return ""
    weekday = "Chủ Nhật" if day.weekday() == 6 else f"Thứ {_WEEKDAYS[day.weekday()]}"
    return f"{weekday}, {day.day}/{day.month}/{day.year}, {day:%H:%M} (GMT+7)"
