"""What goes wrong on real sites: endless pages, loops, errors in disguise, pages that are not pages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace

from tests.portal.replies import Answer, Reply, html, moved

BASE = "/bao"
LINKS = (
    "lich/2026/05/", "tin-cu/?trang=1", "vong-1/", "danh-ba/", "loi-500/", "ung-dung/", "mat-roi/", "rieng/", "noi-bo/",
    "en/about/", "khong-con/", "luu-tru/van-ban.pdf",
)  # fmt: skip
SLOW = f"{BASE}/cham/"
"""An address that is not answered while the server runs."""
NOT_FOUND = """<html lang="vi"><head><title>Báo điện tử Lam Giang</title></head><body><h2>Rất tiếc</h2><p>Trang bạn cần không có ở đây.</p>
<p>Mời bạn quay lại trang nhất hoặc dùng ô tìm kiếm ở đầu trang.</p></body></html>"""


def pages() -> Iterator[tuple[str, Answer]]:
    """Yield addresses with their answers, besides those of :func:`endless`."""
    links = "".join(f'<li><a href="{BASE}/{one}">Xem thêm {n}</a></li>' for n, one in enumerate(LINKS, 1))
    links += '<li><a href="http://khac.example/trang">Trang khác</a></li><li><a href="ftp://lamgiang.example/">FTP</a></li>'
    links += (
        '<li><a href="javascript:void(0)">Mở</a></li><li><a href="mailto:bbt@lamgiang.example">Thư</a></li>'
    )
    yield (
        f"{BASE}/so-do/",
        html(
            f"<html lang=vi><head><title>Sơ đồ</title></head><body><h1>Sơ đồ trang</h1><ul>{links}</ul></body></html>"
        ),
    )
    yield f"{BASE}/vong-1/", moved(f"{BASE}/vong-2/", 302)
    yield f"{BASE}/vong-2/", moved(f"{BASE}/vong-1/", 302)
    rows = "".join(
        f"<tr><td>Phòng {n}</td><td>0200.{n:07}</td><td>Tổ {n % 37}</td></tr>" for n in range(80_000)
    )
    yield (
        f"{BASE}/danh-ba/",
        html(
            f"<html lang=vi><head><title>Danh bạ</title></head><body><h1>Danh bạ điện thoại</h1><table>{rows}</table></body></html>"
        ),
    )
    yield f"{BASE}/loi-500/", Reply(b"<h1>Server Error</h1>", status=500)
    yield (
        f"{BASE}/ung-dung/",
        html(
            '<html><head><title>Dịch vụ công</title></head><body><div id="root"></div><script src="/app.js"></script></body></html>'
        ),
    )
    yield f"{BASE}/mat-roi/", html(NOT_FOUND)
    yield (
        f"{BASE}/rieng/",
        html(_story("Thông tin riêng của cơ quan", '<meta name="robots" content="noindex">')),
    )
    yield f"{BASE}/noi-bo/", html(_story("Bài mà robots.txt không cho đọc"))
    vietnamese = f'<link rel="alternate" hreflang="vi" href="{BASE}/so-do/">'
    yield f"{BASE}/en/about/", html(_story("About the city and its people today", vietnamese, "en"))
    yield f"{BASE}/khong-con/", Reply(b"<h1>Gone</h1>", status=410)
    yield f"{BASE}/luu-tru/van-ban.pdf", Reply(b"%PDF-1.4\n", "application/pdf")
    yield "/robots.txt", Reply(f"User-agent: *\nDisallow: {BASE}/noi-bo/\n".encode(), "text/plain")


def _story(title: str, head: str = "", language: str = "vi") -> str:
    text = "Nội dung này được viết đủ dài để đọc như một bài viết bình thường của cổng thông tin. " * 6
    return f"""<html lang="{language}"><head><title>{title}</title>{head}</head><body class="single"><h1>{title}</h1><p>01/02/2026 08:00</p><p>{text}</p></body></html>"""


def endless() -> list[tuple[str, Callable[[str], Reply]]]:
    """Patterns of addresses whose pages always link to another one."""
    return [(rf"{BASE}/lich/(\d+)/(\d+)/", _calendar), (rf"{BASE}/tin-cu/\?trang=\d+", _older)]


def _calendar(address: str) -> Reply:
    year, month = map(int, re.findall(r"\d+", address)[-2:])
    following = f"{year + month // 12}/{month % 12 + 1:02}"
    days = "".join(
        f'<td><a href="{BASE}/lich/{year}/{month:02}/?ngay={day}">{day}</a></td>' for day in range(1, 4)
    )
    return html(
        f"""<html lang="vi"><head><title>Lịch</title></head><body><h1>Lịch công tác tháng {month} năm {year}</h1><table><tr>{days}</tr></table>
<p>Không có lịch công tác nào trong tháng này, mời bạn xem tháng khác để biết thêm.</p><a href="{BASE}/lich/{following}/">Tháng sau</a></body></html>"""
    )


def _older(address: str) -> Reply:
    n = int(re.findall(r"\d+", address)[-1])
    return html(
        f"""<html lang="vi"><head><title>Tin cũ hơn</title></head><body><h1>Tin cũ hơn</h1><p>Không còn tin nào.</p><a href="{BASE}/tin-cu/?trang={n + 1}">Trang sau</a></body></html>"""
    )


def in_cp1258(reply: Reply) -> Reply:
    """A page in the old Vietnamese code page that claims to be UTF-8."""
    text = "".join(_old(c) for c in reply.body.decode().replace("charset=utf-8", "charset=windows-1258"))
    return replace(reply, body=text.encode("cp1258", "xmlcharrefreplace"))


def _old(letter: str) -> str:
    """A letter in the code page, followed by its tone if the code page has no letter for both."""
    try:
        letter.encode("cp1258")
        return letter
    except UnicodeEncodeError:
        parts = unicodedata.normalize("NFD", letter)
        tones = [c for c in parts if c in "\u0300\u0301\u0303\u0309\u0323"]
        return unicodedata.normalize("NFC", "".join(c for c in parts if c not in tones)) + "".join(tones)
