from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from indexer.sources.html_page import read_html_page
from indexer.sources.page_dates import date_line, is_only_day, page_day

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
TITLE = "Đội văn nghệ bản Suối Bạc đoạt giải nhất hội diễn"
TEXT = (
    "<p>Đội văn nghệ của bản Suối Bạc với ba tiết mục tự biên đã đoạt giải nhất hội diễn quần chúng toàn huyện tối qua.</p>"
    "<p>Giải nhì thuộc về đội của thị trấn, giải ba chia đều cho hai xã vùng thấp, Ban tổ chức cho biết khi bế mạc.</p>"
)
DAY = datetime(2025, 8, 9, tzinfo=ZONE)
LINES = {
    "Đăng ngày 9 tháng 8 năm 2025": DAY,
    "9 Tháng Tám, 2025": DAY,
    "Tháng Tám 9, 2025": DAY,
    "09 Th8, 2025": DAY,
    "August 9, 2025": DAY,
    "9 August 2025": DAY,
    "Thứ bảy, 9 Tháng 8 2025 07:30": DAY.replace(hour=7, minute=30),
    "T7, 09/08/2025 - 07:30": DAY.replace(hour=7, minute=30),
    "CN 09-08-2025": DAY,
    "2025-08-09 07:30": DAY.replace(hour=7, minute=30),
    "2025-08-09T07:30:05+07:00": DAY.replace(hour=7, minute=30, second=5),
    "2025/08/09": DAY,
    "09.08.2025 19h30": DAY.replace(hour=19, minute=30),
    "09-08-2025 07:30:15 CH": DAY.replace(hour=19, minute=30, second=15),
    "8/9/2025 0:15 SA": datetime(2025, 9, 8, 0, 15, tzinfo=ZONE),
    "8/19/2025 9:15 AM": datetime(2025, 8, 19, 9, 15, tzinfo=ZONE),
    "Đã đăng: 09/08/2025 - Lượt xem: 15": DAY,
    "Lượt xem: 1.215 | 09/08/2025": DAY,
    "Thời gian: 09/08/2025 07:30": DAY.replace(hour=7, minute=30),
    "Đăng lúc 07:30 09/08/2025 bởi quản trị": DAY.replace(hour=7, minute=30),
    "Tác giả: Vi Thị Lan - 09/08/2025": DAY,
    "Được đăng: 09 Tháng 8 2025": DAY,
    "Đăng lúc: Thứ bảy - 09/08/2025 07:30 - Người đăng bài viết: admin": DAY.replace(hour=7, minute=30),
    "09/08/2025 00:30 GMT+0": datetime(2025, 8, 9, 7, 30, tzinfo=ZONE),
    "09/08/2025 22:30 (GMT-7)": datetime(2025, 8, 10, 12, 30, tzinfo=ZONE),
    "(Thứ bảy, ngày 9 tháng 8 năm 2025, 7 giờ 30 phút)": DAY.replace(hour=7, minute=30),
    "09/08/25": DAY,
}


@pytest.mark.parametrize("line", LINES)
def test_a_date_beside_the_title_is_the_pages(line: str) -> None:
    html = f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1><div class=meta>{line}</div>{TEXT}</body></html>"
    article = read_html_page(html.encode(), "x", ZONE).article
    assert article.published == LINES[line]
    assert article.body.startswith("Đội văn nghệ"), "the date is no text"


@pytest.mark.parametrize(
    "line",
    [
        "Ngày 09/8/2025, huyện Vân Sơn tổ chức hội nghị",
        "Từ ngày 09/08/2025 đến ngày 12/08/2025",
        "09/08/2025 - 12/08/2025",
        "Số 12-08-25/KH",
        "Lam Giang, ngày 9 tháng 8 năm 2025",
        "Ngày ban hành: 09/08/2025",
        "31/02/2025",
        "Lượt xem: 2025",
    ],
)
def test_what_is_more_than_a_date_or_none(line: str) -> None:
    assert date_line(line, ZONE) is None and not is_only_day(line)


def test_two_moments_in_one_line() -> None:
    found = date_line("Ngày đăng: 09/08/2025 - 07:30 - Cập nhật: 10/08/2025 09:00", ZONE)
    assert found and found.published == DAY.replace(hour=7, minute=30)
    assert found.updated == datetime(2025, 8, 10, 9, tzinfo=ZONE)


def test_when_an_event_takes_place_is_not_when_its_page_appeared() -> None:
    html = f"<h1>{TITLE}</h1><p>Thời gian: 19:30 09/08/2025</p><p>Địa điểm: Nhà văn hóa</p>{TEXT}"
    article = read_html_page(html.encode(), "x", ZONE).article
    assert article.published is None and article.body.startswith("Thời gian: 19:30 09/08/2025")


def test_days_in_words() -> None:
    assert page_day("ký ngày 9 tháng tám năm 2025") == DAY.date()
    assert page_day("4 tháng năm năm 2024") == datetime(2024, 5, 4).date()
    assert page_day("tháng 8 năm 2025") is None


@pytest.mark.parametrize(
    "text", ["9 " * 100_000, "09/08/" * 50_000, " " * 300_000 + "09/08/2025", "tháng " * 60_000]
)
def test_long_lines_are_read_in_time_that_grows_with_them(text: str) -> None:
    assert date_line(text, ZONE) is None
    page_day(text)
