"""News for programs: signed, tried again, and nowhere inside."""

from __future__ import annotations

import base64
import hmac
import json
import threading
from collections.abc import Iterator
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from indexer.alerts.webhook import Webhooks, check_url, new_secret
from indexer.errors import UsageError
from indexer.push.connecting import Connector
from tests.alerts.conftest import Service, article

NEWS = article("moi", "Lễ hội hòa bình", "Ngày hội hòa bình của thành phố.")


class Hook:
    """A program that gets news: what it got, and what it answers."""

    def __init__(self) -> None:
        self.got: list[tuple[Message, bytes]] = []
        self.status = 200
        hook = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                hook.got.append((self.headers, self.rfile.read(int(self.headers["Content-Length"]))))
                self.send_response(hook.status)
                self.send_header("Location", "/elsewhere")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook?from=tracuu"


@pytest.fixture
def hook() -> Iterator[Hook]:
    made = Hook()
    thread = threading.Thread(target=made.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield made
    made.server.shutdown()
    thread.join()
    made.server.server_close()


def webhooks(service: Service) -> Webhooks:
    return Webhooks(service.settings, Connector(allowed=lambda address: True))


def test_what_is_posted_is_signed_and_is_what_the_api_gives(service: Service, hook: Hook) -> None:
    secret = new_secret()
    number = service.subscriptions.add_webhook(hook.url, secret, "q=hòa+bình", "now", service.now)
    service.run(webhooks(service))
    assert hook.got == []
    service.add(NEWS)
    assert service.run(webhooks(service)).outcomes == {"sent": 1}
    ((headers, body),) = hook.got
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    key = base64.b64decode(secret.removeprefix("whsec_"))
    assert (
        headers["webhook-signature"] == f"v1,{base64.b64encode(hmac.digest(key, signed, 'sha256')).decode()}"
    )
    assert headers["webhook-timestamp"] == str(service.now)
    told = json.loads(body)
    assert (told["alert"], told["total"], told["query"]) == (number, 1, "q=hòa+bình")
    (one,) = told["articles"]
    assert one["id"] == "moi" and one["link"] == "https://tim.lamgiang.example/articles/moi"
    assert one["title"]["text"] == NEWS.title and one["source"] == ["lamgiang.example"]
    assert service.run(webhooks(service)).outcomes.total() == 0


@pytest.mark.parametrize("status", [302, 404, 500])
def test_what_is_not_taken_comes_again_under_the_same_name(service: Service, hook: Hook, status: int) -> None:
    service.subscriptions.add_webhook(hook.url, new_secret(), "q=hòa+bình", "now", service.now)
    service.add(NEWS)
    hook.status = status
    assert service.run(webhooks(service)).outcomes == {"later": 1}
    assert service.run(webhooks(service)).outcomes.total() == 0, "not at once"
    hook.status = 204
    service.now += 600
    assert service.run(webhooks(service)).outcomes == {"sent": 1}
    assert len(hook.got) == 2 and len({headers["webhook-id"] for headers, _ in hook.got}) == 1


def test_nobody_makes_us_post_into_our_own_network(service: Service, hook: Hook) -> None:
    service.subscriptions.add_webhook(hook.url, new_secret(), "q=hòa+bình", "now", service.now)
    service.add(NEWS)
    assert service.run().outcomes == {"later": 1} and hook.got == []


@pytest.mark.parametrize(
    "url", ["", "ftp://a.example/", "https://u:p@a.example/", "https:///x", "https://a.example/ x"]
)
def test_what_is_no_address_of_a_webhook_is_refused(url: str) -> None:
    with pytest.raises(UsageError):
        check_url(url)
