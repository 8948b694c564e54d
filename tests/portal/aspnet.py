"""The pages of a district as ASP.NET made them twenty years ago: tables, one form around everything, handlers that serve files."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from urllib.parse import quote

from tests.portal.replies import Answer, Reply
from tests.portal.stories import Story, by_section, paged

BASE = "/quan-cau-ngoi"
_PER_PAGE = 4
_TYPE = "text/html; charset=iso-8859-1"
"""Wrong: the pages are UTF-8."""
_visitors = itertools.count(120_345)


def address(story: Story) -> str:
    """The address of an article."""
    return f"{BASE}/ChiTiet.aspx?ID={story.number}"


def pages(stories: Sequence[Story]) -> Iterator[tuple[str, Answer]]:
    """Yield every address with its answer. Pages count their visitors, so no two answers are the same."""
    sections = by_section(stories)
    newest = sorted(stories, key=lambda s: -s.number)
    yield f"{BASE}/Default.aspx", _page("Trang chủ", lambda: _list("TIN MỚI NHẬN", newest[:5], ""), sections)
    yield f"{BASE}/LienHe.aspx", _page("Liên hệ", _contact, sections)
    yield (
        f"{BASE}/TimKiem.aspx?keyword=tp",
        _page("Tìm kiếm", lambda: _list("KẾT QUẢ TÌM KIẾM", newest[:4], ""), sections),
    )
    for n, (_, own) in enumerate(sections.items(), 1):
        listed = paged(own, _PER_PAGE)
        for at, page in enumerate(listed, 1):
            path = f"{BASE}/TinTuc.aspx?CatID={n}" + (f"&page={at}" if at > 1 else "")
            more = (
                f'<a href="TinTuc.aspx?CatID={n}&amp;page={at + 1}">Trang sau</a>' if at < len(listed) else ""
            )
            yield path, _page(own[0].category, _lister(own[0].category.upper(), page, more), sections)
    for story in stories:
        yield address(story), _page(story.title, _teller(story, newest), sections)
        yield f"{address(story)}&in=1", _page(story.title, _teller(story, []), sections)
        for at, (name, data) in enumerate(story.files):
            yield (
                _file(story, at),
                Reply(data, "application/octet-stream", headers=_disposition(name, story.number)),
            )


def _lister(title: str, own: Sequence[Story], more: str) -> Callable[[], str]:
    return lambda: _list(title, own, more)


def _teller(story: Story, newest: Sequence[Story]) -> Callable[[], str]:
    return lambda: _article(story, newest)


def _file(story: Story, at: int) -> str:
    return f"{BASE}/Handlers/Download.ashx?id={story.number}{at}"


def _disposition(name: str, number: int) -> dict[str, str]:
    """Names as servers send them: by RFC 5987, as raw UTF-8, and as UTF-8 mistaken for Latin-1."""
    raw = name.encode().decode("latin-1")
    forms = (
        f"attachment; filename*=UTF-8''{quote(name)}",
        f'attachment; filename="{raw}"',
        f'attachment; filename="{raw.encode().decode("latin-1")}"',
    )
    return {"Content-Disposition": forms[number % 3]}


def _page(title: str, body: Callable[[], str], sections: dict[str, list[Story]]) -> Answer:
    def answer(_: str) -> Reply:
        menu = "".join(
            f'<tr><td class="menutrai"><a href="TinTuc.aspx?CatID={n}">{own[0].category}</a></td></tr>'
            for n, own in enumerate(sections.values(), 1)
        )
        text = f"""<html><head><title>::: Trang thông tin điện tử quận Cầu Ngói ::: {title}</title></head>
<body><form name="form1" method="post" action="Default.aspx" id="form1"><table width="1000" align="center"><tr><td colspan="3"><a href="Default.aspx"><img src="banner.jpg"></a></td></tr>
<tr><td width="200" valign="top"><table>{menu}<tr><td class="menutrai"><a href="LienHe.aspx">Liên hệ</a></td></tr></table></td>
<td valign="top">{body()}</td>
<td width="180"><table><tr><td>Liên kết website</td></tr><tr><td>Lượt truy cập: {next(_visitors)}</td></tr></table></td></tr>
<tr><td colspan="3">Bản quyền thuộc UBND quận Cầu Ngói</td></tr></table></form></body></html>"""
        return Reply(text.encode(), _TYPE, tagged=False)

    return answer


def _list(title: str, own: Sequence[Story], more: str) -> str:
    rows = "".join(
        f"""<tr><td><a class="TieuDeTin" href="ChiTiet.aspx?ID={one.number}">{one.title}</a> <span class="ngay">({_short(one)})</span></td></tr>
<tr><td class="trichdan">{one.teaser}</td></tr>"""
        for one in own
    )
    return f'<table width="100%"><tr><td class="TieuDeNhom">{title}</td></tr>{rows}<tr><td>{more}</td></tr></table>'


def _contact() -> str:
    return """<table width="100%"><tr><td class="TieuDeNhom">LIÊN HỆ</td></tr><tr><td>UBND quận Cầu Ngói, số 5 phố Cầu Ngói, thành phố Lam Giang.
Tiếp công dân vào ngày 10 và ngày 25 hằng tháng tại phòng tiếp dân của quận, trừ ngày nghỉ lễ theo quy định.</td></tr>
<tr><td>Họ tên <input> Nội dung <textarea></textarea></td></tr></table>"""


def _article(story: Story, newest: Sequence[Story]) -> str:
    files = "".join(
        f'<tr><td><a href="Handlers/Download.ashx?id={story.number}{at}">Tải về</a></td></tr>'
        for at in range(len(story.files))
    )
    others = "".join(
        f'<tr><td><a href="ChiTiet.aspx?ID={one.number}">{one.title}</a> ({_short(one)})</td></tr>'
        for one in [one for one in newest if one is not story][:6]
    )
    related = f"<tr><td><b>Các tin khác</b></td></tr>{others}" if others else ""
    return f"""<table width="100%"><tr><td class="duongdan">Trang chủ &gt; Tin tức &gt; {story.category}</td></tr>
<tr><td><span id="ctl00_lblTieuDe" class="TieuDeTin">{story.title}</span></td></tr>
<tr><td align="right"><span id="ctl00_lblNgay" class="NgayDang">{_long(story)}</span></td></tr>
<tr><td><span id="ctl00_lblNoiDung">{story.paragraphs("div")}</span></td></tr>{files}
<tr><td align="right"><i>(Nguồn: {story.source})</i></td></tr>
<tr><td><a href="ChiTiet.aspx?ID={story.number}&amp;in=1">Bản in</a></td></tr>{related}</table>"""


def _short(story: Story) -> str:
    return f"{story.article.published:%d/%m/%Y}" if story.article.published else ""


def _long(story: Story) -> str:
    day = story.article.published
    return f"({day:%d/%m/%Y - %H:%M})" if day else ""
