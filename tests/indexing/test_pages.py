"""Pages from the folder to what is found: the values that they give, the time of day, and pages that are read whole."""

import json
from collections.abc import Iterator

import pytest

from indexer.model import Article
from indexer.search.request import SearchRequest
from indexer.search.service import SearchService, open_search
from indexer.settings import ENGINES, Settings
from indexer.sources.opening import open_source
from tests.collection import index
from tests.sources.saved_pages import PAGES
from webui import create_app

TITLE = "Trang do trình soạn thảo cũ của xã để lại"
UNCLOSED = "".join(f"<div><font><b>Khoản {n} của bản quy ước." for n in range(1, 400))
MARKDOWN = """---
title: "Thông báo 33/TB-UBND về lịch nạo vét mương"
date: 2026-03-02T15:20:00+07:00
so_hieu: 33/TB-UBND
trich_yeu: Lịch nạo vét mương Bản Lầu
nguoi_ky: Quàng Thị Ín
---

# THÔNG BÁO

Các hộ ra quân từ sáng sớm.
"""


@pytest.fixture(scope="module", params=ENGINES)
def service(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SearchService]:
    folder = tmp_path_factory.mktemp("pages")
    for name in ("nukeviet-van-ban", "vnpt-van-ban", "viettel-tin"):
        (folder / f"{name}.html").write_bytes((PAGES / f"{name}.html").read_bytes())
    (folder / "cu.html").write_text(f"<title>{TITLE}</title><h1>{TITLE}</h1>{UNCLOSED}", "utf-8")
    (folder / "sau.html").write_text(f"<h1>{TITLE} nữa</h1>{'<div>' * 5_000}Chữ ở tận đáy trang", "utf-8")
    (folder / "33.md").write_text(MARKDOWN, "utf-8")
    (folder / "in.jsonl").write_text(
        "".join(
            json.dumps({"id": id, "title": f"Bản tin {id}", "body": "tin", "published": moment}) + "\n"
            for id, moment in (
                ("sang", "2024-03-04T08:00:00+07:00"), ("chieu", "2024-03-04T08:20:00Z"), ("ngay", "2024-03-03"),
            )
        )
    )  # fmt: skip
    config = Settings(data=tmp_path_factory.mktemp("data"), engine=request.param)
    for place in (folder, folder / "in.jsonl"):
        index(config, [item for item in open_source(str(place), config).items() if isinstance(item, Article)])
    opened = open_search(config)
    yield opened
    opened.close()


def found(service: SearchService, text: str) -> list[str]:
    return [hit.id for hit in service.search(SearchRequest(text)).hits]


def test_a_page_of_a_document_is_held_with_its_values(service: SearchService) -> None:
    article = service.searcher().articles.by_id("nukeviet-van-ban")
    assert (article.numbers, article.type, article.issuer) == (
        ("418/QĐ-UBND",),
        ("Quyết định",),
        ("UBND xã Khe Sậy",),
    )
    assert (article.published, article.published_at) == ("2026-04-17", None)
    assert found(service, "418/QĐ-UBND")[0] == "nukeviet-van-ban"
    assert not any("418" in one.label for one in service.searcher().directives.ranked.missing(10))


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ('"Lò Văn Thắm"', "nukeviet-van-ban"),
        ("phòng chống thiên tai", "nukeviet-van-ban"),
        ("Quàng Thị Ín", "33"),
        ("lịch nạo vét mương Bản Lầu", "33"),
        ("33/TB-UBND", "33"),
        ('"khoản 390"', "cu"),
        ("tận đáy trang", "sau"),
    ],
)
def test_what_a_page_says_is_found(service: SearchService, text: str, id: str) -> None:
    assert found(service, text)[:1] == [id]


def test_a_signer_that_was_asked_for_is_marked(service: SearchService) -> None:
    (hit,) = service.search(SearchRequest('"Quàng Thị Ín"')).hits
    assert hit.snippet.marks
    assert service.searcher().articles.view("33", '"Quàng Thị Ín"').signer.marks


def test_what_the_source_claims_of_its_validity_is_no_text(service: SearchService) -> None:
    article = service.searcher().articles.by_id("vnpt-van-ban")
    assert "Hiệu lực" not in article.text


def test_the_time_of_day_is_kept_in_feed_api_and_page(service: SearchService) -> None:
    client = create_app(service).test_client()
    feed = client.get("/feed?q=tin&source=").get_data(as_text=True)
    for moment in ("2024-03-04T08:00:00+07:00", "2024-03-04T15:20:00+07:00", "2024-03-03T00:00:00+07:00"):
        assert f"<published>{moment}</published>" in feed
    answer = client.get("/api/v1/articles/chieu").get_json()
    assert (answer["published"], answer["published_at"]) == ("2024-03-04", "2024-03-04T15:20:00+07:00")
    assert client.get("/api/v1/articles/ngay").get_json()["published_at"] is None
    hits = client.get("/api/v1/search?q=b%E1%BA%A3n+tin&sort=newest&fields=published_at").get_json()["hits"]
    assert [hit["published_at"] for hit in hits] == [
        "2024-03-04T15:20:00+07:00",
        "2024-03-04T08:00:00+07:00",
        None,
    ]
    for page in ("/", "/search?q=b%E1%BA%A3n+tin", "/articles/chieu"):
        text = client.get(page, follow_redirects=True).get_data(as_text=True)
        assert '<time datetime="2024-03-04T15:20:00+07:00">15:20, 04/03/2024</time>' in text, page
    assert ">03/03/2024</time>" in client.get("/articles/ngay", follow_redirects=True).get_data(as_text=True)


def test_the_page_shows_what_the_source_says_as_its_words(service: SearchService) -> None:
    client = create_app(service).test_client()
    page = client.get("/articles/nukeviet-van-ban", follow_redirects=True).get_data(as_text=True)
    for shown in ("Người ký", "Lò Văn Thắm", "Ngày có hiệu lực", "20/04/2026", "Phòng, chống thiên tai"):
        assert shown in page
    said = client.get("/api/v1/articles/nukeviet-van-ban").get_json()["particulars"]
    assert (said["signer"], said["effective"], said["status"]) == ("Lò Văn Thắm", "2026-04-20", "")
