"""The staff's desk: nothing to the public, nothing from other sites, nothing kept untried or lost."""

from __future__ import annotations

import dataclasses
import errno
import json
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from indexer.alerts.store.schema import AlertDatabase
from indexer.alerts.store.subscriptions import Subscriptions
from indexer.curation.journal import Journal
from indexer.disk import durable
from indexer.keys import KeyStore
from indexer.push.bulk import Line
from indexer.push.inbox import Inbox
from indexer.query_log.store import Clicked, QueryLog, Searched
from indexer.search.pins import read_pins
from indexer.search.service import SearchService, open_search
from indexer.settings import Settings
from indexer.source_settings import SourceSettings
from tests.collection import ARTICLES, indexed, served
from webui import create_app

AN = {"X-Staff": "an", "Sec-Fetch-Site": "same-origin"}
BINH = {"X-Staff": "Bình".encode().decode("latin-1"), "Origin": "http://localhost"}
PAGES = ["", "/queries", "/pins", "/lexicon", "/files", "/sources", "/alerts", "/system", "/changes", "/help"]
LINE = {"op": "line", "table": "abbreviations", "form": "HPZ", "meant": "học phí\r\n"}


@pytest.fixture
def service(tmp_path: Path) -> Iterator[SearchService]:
    settings = Settings(data=tmp_path, trusted_proxies=1, staff_header="X-Staff")
    indexed(settings, ARTICLES)
    yield from served(settings)


@pytest.fixture
def client(service: SearchService) -> FlaskClient:
    return create_app(service).test_client()


def bearer(service: SearchService, *scopes: str) -> dict[str, str]:
    _, given = KeyStore(service.settings.data).create(" ".join(scopes), scopes)  # type: ignore[arg-type]
    return {"Authorization": f"Bearer {given}"}


def said(page: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, name
    return found[1].replace("&#34;", '"')


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "OPTIONS", "HEAD"])
def test_to_the_public_it_is_like_any_page_that_is_not_there(
    client: FlaskClient, service: SearchService, method: str
) -> None:
    wrong = {"Authorization": "Bearer x", "X-Staff": " ", "If-None-Match": '"x"'}
    for headers in ({}, wrong, bearer(service, "write")):
        nothing = client.open("/khong-co", method=method, headers=headers)
        for page in (*PAGES, "/", "/lexicon/try", "/queries/one", "/khong-co"):
            answer = client.open(f"/staff{page}", method=method, headers=headers)
            assert (answer.status_code, answer.text.replace(f"/staff{page}?", "/khong-co?")) == (
                404,
                nothing.text,
            )
            assert {name for name, _ in answer.headers} == {name for name, _ in nothing.headers}, page
            assert answer.headers["Cache-Control"] == nothing.headers["Cache-Control"]
    assert "/staff" not in client.get("/").text and "/files" not in client.get("/").text


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_is_for_nobody_else_and_in_both_languages(client: FlaskClient, language: str) -> None:
    client.post("/staff/lexicon", data={**LINE, "seen": ""}, headers=AN)
    for page in PAGES:
        answer = client.get(f"/staff{page}?lang={language}", headers=AN)
        assert answer.status_code == 200
        assert "no-store" in answer.headers["Cache-Control"] and "ETag" not in answer.headers
        assert answer.headers["X-Robots-Tag"] == "noindex, nofollow" and 'content="noindex' in answer.text
        assert answer.text.count('aria-current="page"') == 1
        if language == "en":
            text = re.sub(r'<(\w+)[^>]* lang="vi"[^>]*>.*?</\1>', "", answer.text, flags=re.DOTALL)
            assert not re.findall(r"\S*[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệ]\S*", said(text).replace("Tra Cứu", "")), (
                page
            )


def test_changes_come_from_pages_of_this_site_only(client: FlaskClient, service: SearchService) -> None:
    form = {"q": "học phí", "id": "hoa-tuoi", "seen": "[]"}
    for headers in (
        {}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site", "Origin": "http://localhost"},
        {"Sec-Fetch-Site": "none"}, {"Origin": "null"}, {"Origin": "http://localhost.evil.example"}, {"Origin": "http://["},
    ):  # fmt: skip
        refused = client.post("/staff/pins", data=form, headers={"X-Staff": "an", **headers})
        assert refused.status_code == 403 and "từ chính bàn biên tập" in refused.text
    assert not (service.settings.data / "pins.json").exists()
    assert client.post("/staff/pins", data=form, headers=BINH).status_code == 303
    with_key = client.post(
        "/staff/pins",
        data={**form, "seen": '["hoa-tuoi"]', "id": "hoc-phi"},
        headers=bearer(service, "curate"),
    )
    assert with_key.status_code == 303
    assert [change.who for change in Journal(service.settings.data).page(None, 9)] == ["curate", "Bình"]


def test_a_key_that_only_reads_may_look_and_change_nothing(
    client: FlaskClient, service: SearchService
) -> None:
    key = bearer(service, "staff")
    for page in ("/lexicon", "/pins?q=a", "/queries/one?q=a"):
        found = client.get(f"/staff{page}", headers=key)
        assert found.status_code == 200 and "chỉ xem" in found.text and 'method="post"' not in found.text
    assert client.post("/staff/lexicon/try", data=LINE, headers=key).status_code == 403


def test_editors_are_those_of_the_settings(service: SearchService) -> None:
    settings = dataclasses.replace(service.settings, editors="binh an")
    found = open_search(settings)
    client = create_app(found).test_client()
    assert client.post("/staff/lexicon/try", data=LINE, headers=AN).status_code == 200
    refused = client.post("/staff/lexicon/try", data=LINE, headers={**AN, "X-Staff": "chi"})
    assert refused.status_code == 403 and "editors" in refused.text
    assert "chỉ xem" in client.get("/staff", headers={"X-Staff": "chi"}).text
    found.close()


def test_a_word_is_tried_then_kept_then_taken_back(client: FlaskClient, service: SearchService) -> None:
    QueryLog(service.settings.data).add([Searched(int(time.time()), "mức HPZ năm học", 0, False, 1.0)], [])
    tried = client.post("/staff/lexicon/try", data=LINE, headers=AN).text
    assert "Chữ viết tắt: HPZ → học phí" in said(tried) and "Mức học phí năm học mới" in tried
    assert "mức HPZ năm học" in tried, "what was searched with it is tried, too"
    assert client.get("/api/v1/search?q=HPZ").get_json()["total"] == 0, "nothing is kept"
    kept = client.post("/staff/lexicon", data={**LINE, "seen": hidden(tried, "seen")}, headers=AN)
    assert kept.status_code == 303
    assert client.get("/api/v1/search?q=HPZ").get_json()["hits"][0]["id"] == "hoc-phi"
    assert "HPZ" in client.get("/staff/lexicon", headers=AN).text
    undo = {"op": "undo", "n": hidden(client.get("/staff/changes", headers=AN).text, "n")}
    tried = client.post("/staff/lexicon/try", data=undo, headers=AN).text
    assert "ra khỏi trang đầu" in tried
    client.post("/staff/lexicon", data={**undo, "seen": hidden(tried, "seen")}, headers=AN)
    assert client.get("/api/v1/search?q=HPZ").get_json()["total"] == 0
    assert len(Journal(service.settings.data).page(None, 9)) == 2


def test_the_second_of_two_editors_is_told_and_keeps_what_was_typed(
    client: FlaskClient, service: SearchService
) -> None:
    first, second = (client.post("/staff/lexicon/try", data=LINE, headers=who).text for who in (AN, BINH))
    other = {"op": "line", "table": "synonyms", "form": "chợ hoa", "meant": "hội hoa"}
    client.post("/staff/lexicon", data={**LINE, "seen": hidden(first, "seen")}, headers=AN)
    late = client.post("/staff/lexicon", data={**other, "seen": hidden(second, "seen")}, headers=BINH)
    assert late.status_code == 412
    assert "an sửa lúc" in said(late.text) and "HPZ → học phí" in said(late.text) and "hội hoa" in late.text
    client.post("/staff/lexicon", data={**other, "seen": hidden(late.text, "seen")}, headers=BINH)
    text = (service.settings.data / "lexicon.toml").read_text()
    assert '"HPZ" = "học phí"' in text and '"chợ hoa" = ["hội hoa"]' in text


def test_a_broken_lexicon_is_told_and_can_be_mended(client: FlaskClient, service: SearchService) -> None:
    path = service.settings.data / "lexicon.toml"
    path.write_text('# giữ lại\n[abbreviations]\n"HPZ" = \n')
    page = client.get("/staff/lexicon", headers=AN).text
    assert "đang hỏng" in page and "Dòng 3, cột" in page and "# giữ lại" in page
    assert client.get("/search?q=hoa").status_code == 200
    text = {"op": "text", "text": '# giữ lại\r\n[abbreviations]\r\n"HPZ" = "học phí"\r\n'}
    tried = client.post("/staff/lexicon/try", data=text, headers=AN).text
    assert (
        client.post("/staff/lexicon", data={**text, "seen": hidden(tried, "seen")}, headers=AN).status_code
        == 303
    )
    assert path.read_text() == '# giữ lại\n[abbreviations]\n"HPZ" = "học phí"\n'
    lines = Journal(service.settings.data).page(None, 9)
    assert [(one.via, one.who) for one in lines] == [("desk", "an"), ("outside", "")]
    path.write_bytes(b"\xff\xfe")
    page = client.get("/staff/lexicon", headers=AN).text
    assert "Không đọc được tệp" in page and 'name="text"' not in page and path.read_bytes() == b"\xff\xfe"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"op": "text", "text": "[abbr"}, "Cuối văn bản"),
        ({"op": "text", "text": "x = " + "[" * 50_000}, "Không làm được"),
        ({"op": "text", "text": "[other]\na = 'b'"}, "Không có bảng tên [other]"),
        ({**LINE, "table": "typed", "meant": "a\nb"}, "nhiều nghĩa"),
        ({**LINE, "meant": " "}, "thiếu nghĩa"),
        ({"op": "remove", "table": "typed", "form": "x"}, "Không làm được"),
        ({"op": "undo", "n": "7"}, "Không làm được"),
        ({"text": ""}, "Không làm được"),
    ],
)
def test_what_can_not_be_is_said_in_place(client: FlaskClient, change: dict[str, str], reason: str) -> None:
    answer = client.post("/staff/lexicon/try", data=change, headers=AN)
    assert answer.status_code in (400, 404) and reason in answer.text
    assert change.get("text", "") in answer.text.replace("&#39;", "'")


def test_pins_are_tried_in_the_address_and_kept_by_a_form(
    client: FlaskClient, service: SearchService
) -> None:
    added = client.get(
        "/staff/pins?q=học+phí&draft=1&add=http://x.example/articles/hoa-tuoi%3Fq=a", headers=AN
    ).text
    assert "Chợ hoa xuân mở cửa sớm" in added and "ghim" in said(added)
    assert not (service.settings.data / "pins.json").exists()
    form = {"q": "học phí", "id": ["hoa-tuoi", "hoa-binh"], "seen": hidden(added, "seen")}
    assert client.post("/staff/pins", data=form, headers=AN).status_code == 303
    assert [hit["id"] for hit in client.get("/api/v1/search?q=hoc+phi").get_json()["pinned"]] == [
        "hoa-tuoi",
        "hoa-binh",
    ]
    late = client.post("/staff/pins", data={**form, "id": ["hoc-phi"]}, headers=BINH)
    assert (
        late.status_code == 412 and "Có người vừa sửa" in late.text and "Mức học phí năm học mới" in late.text
    )
    assert (
        client.post(
            "/staff/pins", data={**form, "id": [], "seen": hidden(late.text, "seen")}, headers=BINH
        ).status_code
        == 303
    )
    assert read_pins(service.settings.data / "pins.json") == {}
    assert "Bỏ ghim" in client.get("/staff/changes?kind=pins", headers=AN).text


def test_a_disk_that_is_full_is_told_in_place(
    client: FlaskClient, service: SearchService, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = client.post("/staff/lexicon/try", data=LINE, headers=AN).text

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(durable, "write", full)
    for page, data in (
        ("lexicon", {**LINE, "seen": hidden(tried, "seen")}),
        ("pins", {"q": "hoa", "id": "hoa-tuoi", "seen": "[]"}),
    ):
        answer = client.post(f"/staff/{page}", data=data, headers=AN)
        assert answer.status_code == 503 and "No space left" in answer.text
        assert "học phí" in answer.text or "Chợ hoa" in answer.text, "what was typed is still there"
    assert Journal(service.settings.data).page(None, 9) == []


def test_where_the_index_can_not_be_read_nothing_is_claimed(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, trusted_proxies=1, staff_header="X-Staff")
    settings = dataclasses.replace(settings, sources={"a": SourceSettings("a", "khong-co")})
    indexed(settings, ARTICLES)
    found = open_search(settings)
    client = create_app(found).test_client()
    assert "is not known" in client.get("/staff/sources", headers=AN).text
    (tmp_path / "catalog.sqlite3").write_bytes(b"x" * 4096)
    home, system = (said(client.get(f"/staff{page}", headers=AN).text) for page in ("", "/system"))
    assert "Nguồn Chưa xem được" in home and "Không có lỗi" not in home
    assert "không đọc được" in system
    found.close()


@pytest.mark.parametrize("id", ["noi-bo", "không có"])
def test_what_the_public_does_not_see_can_not_be_pinned(
    client: FlaskClient, service: SearchService, id: str
) -> None:
    for page in (f"add={id}", f"id={id}"):
        shown = client.get(f"/staff/pins?q=a&draft=1&{page}", headers=AN).text
        assert "Bản nháp nội bộ" not in shown and ("Không có bài công khai" in shown or "không còn" in shown)
    refused = client.post("/staff/pins", data={"q": "a", "id": id, "seen": "[]"}, headers=AN)
    assert refused.status_code == 404 and not (service.settings.data / "pins.json").exists()


def test_broken_pins_are_told_and_left_alone(client: FlaskClient, service: SearchService) -> None:
    (service.settings.data / "pins.json").write_text("[1, 2")
    assert "đang hỏng" in client.get("/staff/pins", headers=AN).text
    assert client.get("/staff", headers=AN).status_code == 200
    assert client.get("/staff/queries/one?q=hoa", headers=AN).status_code == 200
    assert (service.settings.data / "pins.json").read_text() == "[1, 2"


def test_queries_without_results_and_what_was_done(client: FlaskClient, service: SearchService) -> None:
    now = int(time.time())
    searched = [
        Searched(now, text, total, False, 1.0)
        for text, total in (("xyzq", 0), ("zzzq", 0), *[("hoa", 2)] * 3)
    ]
    QueryLog(service.settings.data).add([*searched, Searched(now - 20 * 86_400, "cũ rồi", 0, False, 1.0)], [])
    page = said(client.get("/staff/queries?days=7", headers=AN).text)
    assert "chưa xử lý" in page and "xyzq" in page and "cũ rồi" not in page
    assert "cũ rồi" in client.get("/staff/queries", headers=AN).text
    assert "chưa nói được gì" in page
    QueryLog(service.settings.data).add([], [Clicked(now, "khác", 1)])
    assert "Ghim bài hoa" in said(client.get("/staff/queries", headers=AN).text)
    assert (
        "2 nội dung" in client.get("/staff", headers=AN).text
        or "3 nội dung" in client.get("/staff", headers=AN).text
    )
    form = {"q": "XYZQ", "state": "asked", "remark": "đã hỏi <Sở>", "seen": "0"}
    assert client.post("/staff/queries/one", data=form, headers=AN).status_code == 303
    done = said(client.get("/staff/queries?days=7", headers=AN).text).partition("Đã xử lý")[2]
    assert "xyzq 1 Đã đề nghị đăng nội dung đã hỏi &lt;Sở&gt; an," in done
    late = client.post(
        "/staff/queries/one", data={**form, "state": "ignored", "remark": "của Bình"}, headers=BINH
    )
    assert late.status_code == 412 and "an sửa lúc" in late.text and 'value="của Bình"' in late.text
    again = {**form, "state": "ignored", "seen": hidden(late.text, "seen")}
    assert client.post("/staff/queries/one", data=again, headers=BINH).status_code == 303


def test_alerts_are_counted_and_nobody_is_named(client: FlaskClient, service: SearchService) -> None:
    database = AlertDatabase(service.settings.data)
    alerts = Subscriptions(database, service.settings.zone)
    for address in ("ten@vidu.example", "khac@vidu.example"):
        alerts.ask(address, "q=hòa bình", "vi", "daily", "192.0.2.0", 0)
    alerts.add_webhook("https://rieng.example/tin", "khoa", "q=chợ", "now", 0)
    database.close()
    page = client.get("/staff/alerts", headers=AN).text
    assert "hòa bình 0 2 0 0 – 2" in said(page) and "chợ 1 0 0 1 – 0" in said(page)
    assert "vidu" not in page and "rieng" not in page


def test_the_system_and_the_journal_tell_of_backups(client: FlaskClient, service: SearchService) -> None:
    with Journal(service.settings.data).changing() as note:
        note(
            "root",
            "command",
            "backup",
            "/sao-luu",
            "",
            json.dumps({"articles": 7, "files": 2, "problems": 1}),
        )
    inbox = Inbox(service.settings.data)
    inbox.accept("bai-moi", "delete")
    inbox.bulks.accept([Line(1, "put", problem="no article")], 1, 10)
    page = said(client.get("/staff/system", headers=AN).text)
    assert "1 thay đổi đang chờ" in page and "bai-moi đang chờ" in page and "1 bài gửi cùng lúc lỗi 1" in page
    assert "/sao-luu 7 bài, 2 tệp; 1 tệp thiếu hoặc hỏng" in page
    assert "Bài tìm được 7 Bài đã nhận 7 Thay đổi chưa vào chỉ mục 0" in page


@pytest.mark.parametrize(
    "query", ["queries?days=x", "queries?days=9999", "changes?before=x", "changes?before=" + "9" * 5000]
)
def test_numbers_that_are_none_are_refused(client: FlaskClient, query: str) -> None:
    assert client.get(f"/staff/{query}", headers=AN).status_code == 400
