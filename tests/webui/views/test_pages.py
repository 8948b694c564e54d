"""What a person sees on the pages."""

from __future__ import annotations

import dataclasses
import html
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from indexer.contract.parameters import read_request
from indexer.model import Marked
from indexer.search.request import SearchRequest
from indexer.search.response import Copy, FileHit, Hit
from indexer.stored.address import readable_path
from tests.webui.conftest import TITLE
from tests.webui.forms import Form

HOSTILE = "<script>alert('1')</script> \"&amp;\" <img src=x onerror=alert(1)>"


def page(client: FlaskClient, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status
    assert response.content_type == "text/html; charset=utf-8"
    return response.text


def said(page: str) -> str:
    """The page's words as a reader gets them."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", page)).split())


def links_of(page: str) -> list[str]:
    return [html.unescape(href) for href in re.findall(r'href="([^"]*)"', page)]


def test_results_say_what_was_found(client: FlaskClient) -> None:
    found = page(client, "/search?q=ke+hoach")
    words = said(found)
    assert "1.128 kết quả trong 0,004 giây" in words
    assert "“ke hoach”: tìm cả chữ có dấu và không dấu" in words
    assert "Tệp 74-UBND-KH.pdf, trang 3: Mục tiêu của Kế hoạch" in words
    assert "Không rõ ngày đăng" in words and "02/03/2023" in words
    assert "Số, ký hiệu: 74/KH-UBND" in words and "Viện dẫn: 06/QĐ-TTg" in words
    assert "<mark>Kế hoạch</mark>" in found
    assert 'value="ke hoach"' in found
    assert f"{readable_path('bai-0', TITLE)}?q=ke+hoach" in links_of(found)
    assert "/articles/bai-0/files/0/pages/3?q=ke+hoach" in links_of(found)
    assert "/directives/38-ct-tw" in links_of(found)


def read(address: str) -> SearchRequest:
    return read_request(parse_qs(urlsplit(address).query), strict_names=True)


def test_ticks_toggle_and_keep_the_rest(client: FlaskClient) -> None:
    form = Form(
        page(client, "/search?q=ke+hoach&sort=oldest&source=lamgiang.example&date=2024&page=4"), "tim"
    )
    asked = SearchRequest("ke hoach", source=("lamgiang.example",), date=("2024",), sort="oldest")
    assert read(form.address()) == asked
    both = ("baolamgiang.example", "lamgiang.example")
    assert sorted(read(form.address(("source", both[0]))).source) == list(both)
    assert read(form.address(("source", both[1]))) == dataclasses.replace(asked, source=())
    assert sorted(read(form.address(("date", "2023"))).date) == ["2023", "2024"]
    assert form.ticks("date")["2024-11"] is False and "2023-11" not in form.ticks("date")


def test_without_scripts_a_month_narrows_its_year(client: FlaskClient, search: Any) -> None:
    form = Form(page(client, "/search?q=ke+hoach&date=2024"), "tim")
    found = page(client, form.address(("date", "2024-11")))
    assert search.requests[-1].date == ("2024-11",)
    assert Form(found, "tim").ticks("date")["2024"] is False


def test_what_is_ticked_is_never_folded_away(client: FlaskClient) -> None:
    source = "phuong-ben-nghe.lamgiang.example"
    found = page(client, f"/search?source={source}")
    assert [value for value, ticked in Form(found, "tim").ticks("source").items() if ticked] == [source]
    assert "phuong-ben-nghe.lamgiang.example , 1.100 bài" in said(found)
    assert found.index(f'value="{source}"') < found.index("Xem thêm 3")
    old = page(client, "/search?date=2016-11")
    assert "Tháng 11/2016" in old[: old.index("Từ ngày")].partition('<details class="more">')[0]


def test_every_filter_has_a_chip_that_removes_it(client: FlaskClient) -> None:
    url = "/search?q=a&source=lamgiang.example&file_type=docx&date=2024-11&from=2024-02-05&to=2025&in=title&strict=1"
    found = page(client, url)
    chips = re.findall(r'<a href="([^"]*)"[^>]*>(.*?)</a>', found[found.index('class="chips"') :], re.DOTALL)[
        :7
    ]
    assert [said(label) for _, label in chips] == [
        "Bỏ Tháng 11/2024 ×",
        "Bỏ Nguồn tin: lamgiang.example ×",
        "Bỏ Loại tệp đính kèm: Word (.docx) ×",
        "Bỏ Từ ngày 05/02/2024 ×",
        "Bỏ Đến ngày 31/12/2025 ×",
        "Bỏ Tìm trong: Tiêu đề ×",
        "Bỏ Đúng dấu như đã gõ ×",
    ]
    for (href, _), gone in zip(
        chips, ("date", "source", "file_type", "from", "to", "in", "strict"), strict=True
    ):
        assert f"{gone}=" not in href and href.count("=") == 7
    assert "/search?q=a" in links_of(found)


def test_the_form_says_all_there_is_but_the_page(client: FlaskClient) -> None:
    url = "/search?q=a&source=lamgiang.example&from=2024-01-01&strict=1&in=title&size=20&reading=close&sort=newest"
    form = Form(page(client, f"{url}&page=3&lang=en"), "tim")
    assert read(form.address()) == dataclasses.replace(read(url), language="en")


def test_the_button_of_the_filters_is_told_what_there_will_be(client: FlaskClient, search: Any) -> None:
    assert client.get("/search/count?q=a&page=7&date=2024").json == {"results": "1.128 kết quả"}
    assert client.get("/search/count?q=a&lang=en").json == {"results": "1,128 results"}
    assert (search.requests[-1].page, search.requests[-1].size) == (1, 1)


def test_paging_ends_where_the_results_end(client: FlaskClient, search: Any) -> None:
    first = page(client, "/search?q=a")
    assert 'rel="prev"' not in first and "/search?q=a&page=2" in links_of(first)
    last = page(client, "/search?q=a&page=113")
    assert 'rel="next"' not in last and "/search?q=a&page=114" not in links_of(last)
    beyond = page(client, "/search?q=a&page=500")
    assert "Kết quả chỉ có 113 trang. Quay lại trang 113" in said(beyond)
    assert "/search?q=a&page=113" in links_of(beyond)
    search.total = 7
    assert "Trang kết quả" not in page(client, "/search?q=a")


def test_nothing_found_says_what_to_try_and_shows_relaxed_hits(client: FlaskClient) -> None:
    words = said(page(client, "/search?q=khong&source=x"))
    assert "Không có bài nào chứa đủ các từ trong khong và phù hợp với bộ lọc đang dùng." in words
    assert "Dùng ít từ hơn, chỉ giữ những từ chính" in words
    assert "Bài chỉ có một số từ bạn gõ 3 trong 312 bài" in words


def test_all_of_a_looser_reading_can_be_seen_and_taken_back(client: FlaskClient) -> None:
    first = page(client, "/search?q=khong&page=1")
    assert "Xem tất cả bài có một số từ bạn gõ" in said(first)
    assert "/search?q=khong&reading=some" in links_of(first)
    asked = page(client, "/search?q=a&reading=close&source=x")
    assert "Không phân biệt dấu và thứ tự" in said(asked)
    assert "/search?q=a&source=x" in links_of(asked)


def test_a_suggestion_is_a_link(client: FlaskClient) -> None:
    found = page(client, "/search?q=kế+hoach&strict=1&page=2")
    assert "Có phải bạn muốn tìm kế hoạch?" in said(found)
    assert "/search?q=k%E1%BA%BF+ho%E1%BA%A1ch&strict=1" in links_of(found)


def test_order_by_relevance_is_offered_only_with_words(client: FlaskClient) -> None:
    assert "Liên quan nhất" in page(client, "/search?q=a")
    assert "Liên quan nhất" not in page(client, "/search?source=x")


def test_home_shows_news_sources_and_categories(client: FlaskClient) -> None:
    found = page(client, "/")
    words = said(found)
    assert "Tìm trong 86.416 bài viết và tệp đính kèm" in words
    assert "Chính sách 1.204 bài" in words and "baolamgiang.example 1.820 bài" in words
    assert "/search?category=Ch%C3%ADnh+s%C3%A1ch" in links_of(found)
    assert readable_path("bai-7", TITLE) in links_of(found)


def test_an_article(client: FlaskClient) -> None:
    found = page(client, "/articles/bai-0?q=Kế+hoạch")
    words = said(found)
    assert "17/03/2023" in words and "1,2 MB · Tìm được trong nội dung tệp" in words
    assert "Bài có nhắc tới tệp này nhưng chưa có tệp" in words
    assert found.count("<mark>Kế hoạch</mark>") == 5
    assert "/articles/bai-0/files/0" in links_of(found)
    assert "/articles/bai-0/files/2" not in links_of(found)
    assert 'href="https://sotttt.lamgiang.example/ke-hoach-74" rel="noopener' in found
    assert "/directives/6-qd-ttg" in links_of(found)


def test_a_script_address_is_no_original(client: FlaskClient, search: Any) -> None:
    search.article_stored = dataclasses.replace(search.article_stored, url="javascript:alert(1)")
    found = page(client, "/articles/bai-0")
    assert "javascript" not in found and "Xem bài gốc" not in found


def test_hostile_text_is_only_text(client: FlaskClient, search: Any, one_hit: Hit) -> None:
    mean = dataclasses.replace(
        one_hit,
        title=Marked(HOSTILE, ((0, 8),)),
        snippet=Marked(HOSTILE, ((3, 12),)),
        source=(HOSTILE,),
        category=HOSTILE,
        numbers=(HOSTILE,),
        cites=(HOSTILE,),
        files=(FileHit(HOSTILE, 0, 1, Marked(HOSTILE, ((0, 1),))),),
    )
    search.hits = (mean,) * 10
    search.article_stored = dataclasses.replace(
        search.article_stored, title=HOSTILE, body=HOSTILE, sources=(HOSTILE,), numbers=(HOSTILE,)
    )
    for url in (
        "/",
        f"/search?q={HOSTILE}&source={HOSTILE}",
        "/articles/bai-0",
        f"/search?q={HOSTILE}&page=x",
    ):
        response = client.get(url)
        assert "<script>" not in response.text and "<img src=x" not in response.text
        assert "&lt;" in response.text
        # Quotes can't leave an attribute either: every tag's attributes are ones of ours.
        assert "onerror" not in re.sub(r'"[^"]*"', "", "".join(re.findall(r"<[^>]*>", response.text)))


@pytest.mark.parametrize("url", ["/", "/search?q=a&source=x", "/search?q=khong", "/articles/bai-0?q=a", "/x"])
def test_every_page_is_well_formed_and_can_be_walked(client: FlaskClient, url: str) -> None:
    found = client.get(url).text
    ids = re.findall(r' id="([^"]*)"', found)
    assert len(ids) == len(set(ids))
    assert '<html lang="vi">' in found and 'href="#noi-dung"' in found and "<main" in found
    assert found.count("<h1") == 1
    references = re.findall(r'(?:aria-labelledby|aria-describedby|for)="([^"]*)"', found)
    assert references and set(references) <= set(ids)
    inputs = re.findall(r"<(?:input|select)[^>]*>", found)
    labelled = re.findall(r"<label[^>]*>.*?</label>", found, re.DOTALL)
    assert inputs
    for control in inputs:
        assert (
            'type="hidden"' in control or 'id="q"' in control or any(control in label for label in labelled)
        )
    scripts = re.findall(r'<script(?! type="application/ld\+json")[^>]*>[^<]*', found)
    assert scripts and all(
        re.fullmatch(r'<script type="module" src="/static/[a-z]+\.js\?v=\w+">', one) for one in scripts
    )
    assert "style=" not in found and not re.search(r"\son\w+=", found)


def test_a_bad_parameter_is_explained_and_the_words_are_kept(client: FlaskClient) -> None:
    found = page(client, "/search?q=ke+hoach&page=0&date=x", 400)
    assert "Số trang không hợp lệ" in found and "Ngày đăng phải là" in found
    assert 'value="ke hoach"' in found
    assert page(client, "/search?q=a&utm_source=mail")


def test_a_query_too_long_is_explained(client: FlaskClient) -> None:
    assert "dài quá 512 ký tự" in page(client, "/search?q=" + "a" * 513, 400)
    assert "dài quá 512 ký tự" in page(client, "/articles/bai-0?q=" + "a" * 513, 400)


def test_what_is_not_there(client: FlaskClient) -> None:
    for url in (
        "/x",
        "/articles/khac",
        "/articles/a%20b",
        "/articles/bai-0/files/9",
        "/articles/bai-0/files/x",
    ):
        assert "Không tìm thấy trang này" in page(client, url, 404)


def test_a_broken_index_tells_people_to_come_back_and_no_paths(client: FlaskClient, search: Any) -> None:
    found = page(client, "/search?q=hong", 503)
    assert "Tạm thời chưa tìm kiếm được" in found
    assert str(search.folder) not in found


def test_what_is_left_out_of_a_result_is_one_link_away(client: FlaskClient, search: Any) -> None:
    numbers = tuple(f"{n}/KH-UBND" for n in range(1, 32))
    places = tuple(Copy(f"b-{n}", f"/articles/b-{n}", "Đăng lại", (f"s{n}.example",), None) for n in range(8))
    search.hits = [dataclasses.replace(search.hits[0], numbers=numbers, cites=numbers, copies=places)]
    found = page(client, "/search?q=ke+hoach")
    address = readable_path("bai-0", search.hits[0].title.text)
    for anchor, rest in (
        ("so-ky-hieu", "25 số khác"),
        ("vien-dan", "25 số khác"),
        ("cung-dang", "3 nơi khác"),
    ):
        assert f'<a class="others" href="{address}?q=ke+hoach#{anchor}">và {rest}</a>' in found
    search.copies = lambda article: places
    search.article_stored = dataclasses.replace(search.article_stored, numbers=numbers)
    article = page(client, "/articles/bai-0?q=ke+hoach")
    for anchor in ("so-ky-hieu", "vien-dan", "cung-dang"):
        assert f'id="{anchor}"' in article
    assert "31/KH-UBND</a>" in article and "s7.example</a>" in article and "nơi khác" not in article
