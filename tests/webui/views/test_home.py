"""The home page: what there is, what is new, what is searched, and how to follow it."""

from __future__ import annotations

import dataclasses
from typing import Any

from flask.testing import FlaskClient

from indexer.model import Marked
from indexer.search.overview import Overview
from indexer.search.response import FacetValue


def values(*labels: str) -> tuple[FacetValue, ...]:
    return tuple(FacetValue(label, label, 90 - n) for n, label in enumerate(labels))


def test_topics_leave_out_addresses_and_lead_to_all(client: FlaskClient, search: Any) -> None:
    topics = values("Giáo dục", "the-thao", *(f"Chủ đề {n}" for n in range(14)))
    search.overview = lambda: Overview(0, (), (), (), {"category": topics, "source": values("một nguồn")})
    page = client.get("/").get_data(as_text=True)
    assert 'href="/search?category=Gi%C3%A1o+d%E1%BB%A5c"' in page and "the-thao" not in page
    assert "Chủ đề 10</a>" in page and "Chủ đề 11</a>" not in page
    assert 'href="/search/values/category">Xem tất cả (16)' in page
    assert "một nguồn" not in page, "one value is no choice"
    assert "Văn bản mới đăng" not in page and "Chưa có bài viết nào." in page


def test_new_documents_have_their_numbers_and_times(client: FlaskClient, search: Any) -> None:
    hit = dataclasses.replace(
        search.hits[0], published="2024-03-12", published_at="2024-03-12T09:30:00+07:00", type=("Kế hoạch",)
    )
    others = tuple(dataclasses.replace(search.hits[n], title=Marked(f"Tin {n}")) for n in range(1, 4))
    search.overview = lambda: Overview(4, (hit, *others), (hit,), (), {})
    page = client.get("/").get_data(as_text=True)
    assert "Văn bản mới đăng" in page and 'href="/directives/74-kh-ubnd"' in page
    assert page.count("09:30, 12/03/2024") == 1, "a document is listed once"
    assert all(f"Tin {n}</a>" in page for n in range(1, 4))


def test_a_register_has_one_list_of_what_is_new(client: FlaskClient, search: Any) -> None:
    laws = tuple(dataclasses.replace(hit, type=("Luật",)) for hit in search.hits[:4])
    search.overview = lambda: Overview(9, laws, laws[:3], (), {})
    page = client.get("/").get_data(as_text=True)
    assert "Văn bản mới đăng" in page and "Bài mới đăng" not in page
    assert "Xem tất cả bài viết, mới nhất trước" in page


def test_what_is_searched_most_is_a_row_of_searches(client: FlaskClient, search: Any) -> None:
    page = client.get("/").get_data(as_text=True)
    assert "Tìm nhiều" in page
    assert 'href="/search?q=l%E1%BB%8Bch+c%E1%BA%AFt+%C4%91i%E1%BB%87n"' in page
    search.popular = lambda: ()
    assert "Tìm nhiều" not in client.get("/").get_data(as_text=True)


def test_it_says_how_to_follow_what_is_new(client: FlaskClient) -> None:
    page = client.get("/?lang=en").get_data(as_text=True)
    for address in ("/feed.rss?lang=en", "/feed?lang=en"):
        assert f'<a href="{address}">' in page
