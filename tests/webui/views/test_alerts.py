"""Alerts on the site: offered where there is a mail server, and nothing changes by a GET."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from indexer.alerts.store.limits import PER_CLIENT
from indexer.alerts.store.outbox import Outbox
from indexer.alerts.store.schema import AlertDatabase
from indexer.alerts.store.subscriptions import Subscriptions
from indexer.search.service import SearchService, open_search
from indexer.settings import Settings
from indexer.smtp_settings import SmtpSettings
from tests.collection import ARTICLES, indexed, served
from webui import create_app

SMTP = SmtpSettings("mail.lamgiang.example", 587, sender="tin@lamgiang.example")
FORM = {"search": "q=hòa+bình", "email": "ten@vidu.example", "rhythm": "daily"}


@pytest.fixture
def service(tmp_path: Path) -> Iterator[SearchService]:
    settings = Settings(data=tmp_path, site_url="https://tim.lamgiang.example", smtp=SMTP)
    indexed(settings, ARTICLES)
    yield from served(settings)


@pytest.fixture
def client(service: SearchService) -> FlaskClient:
    return create_app(service).test_client()


@pytest.fixture
def subscriptions(service: SearchService) -> Iterator[Subscriptions]:
    database = AlertDatabase(service.settings.data)
    yield Subscriptions(database, service.settings.zone)
    database.close()


def token(service: SearchService) -> str:
    """The token of the email that waits."""
    database = AlertDatabase(service.settings.data)
    outbox = Outbox(database, service.settings.zone)
    message = outbox.next("confirm", 0, 1 << 40)
    assert message is not None
    given = outbox.confirm_token(message)
    database.close()
    return given


@pytest.mark.parametrize(
    ("page", "search"),
    [
        ("/search?q=hòa+bình&sort=oldest", "q=h%C3%B2a+b%C3%ACnh"),
        ("/search?q=khongcogi", "q=khongcogi"),
        ("/directives/38-ct-tw", "q=vi%E1%BB%87n+d%E1%BA%ABn%3A38-CT%2FTW"),
        ("/", ""),
    ],
)
def test_every_search_and_directive_offers_them(client: FlaskClient, page: str, search: str) -> None:
    link = f'href="/alerts?{search}"' if search else 'href="/alerts"'
    assert link in client.get(page).text
    form = client.get(f"/alerts?{search}")
    assert form.status_code == 200 and 'name="email"' in form.text
    assert form.headers["Cache-Control"] == "no-store"


def test_without_a_mail_server_there_are_none(service: SearchService, tmp_path: Path) -> None:
    off = open_search(Settings(data=tmp_path))
    client = create_app(off).test_client()
    assert "/alerts" not in client.get("/search?q=hòa+bình").text
    assert client.get("/alerts?q=hòa").status_code == 404
    assert client.post("/alerts", data=FORM).status_code == 404
    off.close()


def test_from_the_form_to_the_end(
    client: FlaskClient, service: SearchService, subscriptions: Subscriptions
) -> None:
    answer = client.post("/alerts", data=FORM)
    assert answer.status_code == 303 and answer.headers["Location"] == "/alerts/asked"
    assert client.get("/alerts/asked").status_code == 200
    given = token(service)
    # Programs that look through emails open all links of them.
    assert "hòa bình" in client.get(f"/alerts/confirm?token={given}").text
    assert not subscriptions.list()[0].alert.confirmed
    assert "Đăng ký nhận tin thành công" in client.post("/alerts/confirm", data={"token": given}).text
    assert subscriptions.list()[0].alert.confirmed
    assert client.post("/alerts/confirm", data={"token": given}).status_code == 404
    assert client.get(f"/alerts/confirm?token={given}").status_code == 404


def test_one_click_leaves_without_a_question(
    client: FlaskClient, service: SearchService, subscriptions: Subscriptions
) -> None:
    client.post("/alerts", data=FORM)
    database = AlertDatabase(service.settings.data)
    message = Outbox(database, service.settings.zone).next("confirm", 0, 1 << 40)
    assert message is not None
    database.close()
    address = f"/alerts/leave?token={message.leave}"
    assert "<button" in client.get(address).text and subscriptions.list()
    answer = client.post(address, data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200 and subscriptions.list() == []
    assert client.post(address).status_code == 200, "the same again is no error"
    assert client.get(address).status_code == 404


def test_the_answer_is_the_same_whether_an_address_is_known(
    client: FlaskClient, service: SearchService, subscriptions: Subscriptions
) -> None:
    unknown = client.post("/alerts", data=FORM)
    subscriptions.confirm(token(service), 0)
    known = client.post("/alerts", data=FORM)
    assert (unknown.status_code, unknown.headers["Location"]) == (
        known.status_code,
        known.headers["Location"],
    )


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"email": "khong <phai>"}, "Địa chỉ e-mail chưa đúng"),
        ({"rhythm": "now"}, "Hãy chọn"),
        ({"rhythm": ""}, "Hãy chọn"),
    ],
)
def test_what_can_not_be_used_is_said_beside_what_was_typed(
    client: FlaskClient, subscriptions: Subscriptions, changed: dict[str, str], said: str
) -> None:
    answer = client.post("/alerts", data={**FORM, **changed})
    assert answer.status_code == 400 and said in answer.text and subscriptions.list() == []
    assert changed.get("email", FORM["email"]).replace("<", "&lt;").replace(">", "&gt;") in answer.text


def test_a_search_that_is_none_is_refused(client: FlaskClient, subscriptions: Subscriptions) -> None:
    for search in ("date=hom-nay", f"q={'a' * 600}", "source=" + "a" * 3000):
        assert client.post("/alerts", data={**FORM, "search": search}).status_code == 400
        assert client.get(f"/alerts?{search}").status_code == 400
    assert 'value="q=ch%E1%BB%A3"' in client.get("/alerts?q=chợ&utm_source=thu").text
    assert subscriptions.list() == []


def test_one_client_is_stopped_after_some(client: FlaskClient) -> None:
    answers = [
        client.post("/alerts", data={**FORM, "email": f"ten{n}@vidu.example"}).status_code
        for n in range(PER_CLIENT + 1)
    ]
    assert set(answers[:-1]) == {303} and answers[-1] == 429


def test_english(client: FlaskClient) -> None:
    page = client.get("/alerts?q=hòa+bình&lang=en").text
    assert "Get email alerts" in page and 'action="/alerts?lang=en"' in page
    answer = client.post("/alerts?lang=en", data=FORM)
    assert answer.headers["Location"] == "/alerts/asked?lang=en"
