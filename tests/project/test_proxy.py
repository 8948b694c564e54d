"""Which machine answers a request behind the proxy of ``deploy/nginx``, and what happens when it does not."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from werkzeug.routing import Rule

from indexer.search.service import open_search
from indexer.settings import Settings
from tests.collection import ARTICLES, index
from tests.project.proxy import EXAMPLES, STAFF, Machine, Proxy, nginx, upstreams
from webui import create_app
from webui.presenters.desk_links import DESK

WRITERS = ("/alerts", "/api/v1/tasks", "/api/v1/pins", "/api/v1/lexicon", "/api/v1/report")
"""Addresses whose pages show what only the writer knows; so does the desk, which has a location of its own."""
VALUES = {"slug": "tin", "readable": "tin", "ordinal": 1, "int": 1, "path": "1/2026/QĐ-UBND", "any": "csv"}
"""A value for each kind of variable part of an address."""
needs_nginx = pytest.mark.skipif(nginx() is None, reason="nginx is not here")


@pytest.fixture(scope="module")
def routes(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, str]]:
    """Method and address of each request that the service knows."""
    settings = Settings(data=tmp_path_factory.mktemp("data"))
    index(settings, ARTICLES[:1])
    with closing(open_search(settings)) as service:
        addresses = create_app(service).url_map
    return [
        (method, _example(rule)) for rule in addresses.iter_rules() for method in sorted(rule.methods or ())
    ]


def _example(rule: Rule) -> str:
    """Return an address of the rule, with any value in each variable part."""
    return re.sub(r"<(?:(\w+)(?:\(.*?\))?:)?\w+>", lambda part: str(VALUES[part[1] or "slug"]), rule.rule)


def right_machine(method: str, path: str) -> str:
    """Return who has to answer."""
    if path == DESK or path.startswith(f"{DESK}/"):
        return "writer"
    if method not in ("GET", "HEAD", "OPTIONS"):
        # Each node records what its own readers open.
        return "web" if path == "/clicks" else "writer"
    return "writer" if any(path == one or path.startswith(f"{one}/") for one in WRITERS) else "web"


def test_the_map_of_machines_knows_every_address(routes: list[tuple[str, str]]) -> None:
    example = (EXAMPLES / "tracuu.conf").read_text(encoding="utf-8")
    (lines,) = re.findall(r'^map "\$request_method \$uri" \$tracuu_pool \{\n(.*?)^\}', example, re.M | re.S)
    rules = re.findall(r'^    "(~?)([^"]+)" tracuu_(\w+);$', lines, re.M)
    assert len(rules) + 1 == len(lines.splitlines())

    def machine(request: str) -> str:
        for kind, said, pool in rules:
            if re.search(said, request) if kind else said == request:
                return str(pool)
        return "writer"

    asked = [(method, path) for method, path in routes if not path.startswith(DESK)]
    assert len(asked) > 100
    for method, path in asked:
        assert machine(f"{method} {path}") == right_machine(method, path), f"{method} {path}"


@pytest.fixture
def machines() -> Iterator[dict[str, Machine]]:
    found = {name: Machine(name) for name in ("web-1", "web-2", "web-3", "writer", "standby")}
    yield found
    for machine in found.values():
        machine.stop()


def started(folder: Path, machines: dict[str, Machine], insiders: str = "10.0.0.0/8") -> Proxy:
    proxy = Proxy(folder, _upstream(machines, "writer"), insiders)
    proxy.start()
    return proxy


def _upstream(machines: dict[str, Machine], writer: str) -> str:
    return upstreams([machines[f"web-{n}"].port for n in (1, 2, 3)], machines[writer].port)


@needs_nginx
def test_every_request_reaches_its_machine(
    tmp_path: Path, machines: dict[str, Machine], routes: list[tuple[str, str]]
) -> None:
    proxy = started(tmp_path, machines, insiders="127.0.0.0/8")
    try:
        for method, path in routes:
            if path in ("/metrics", "/readyz") or method == "HEAD":
                continue
            said = proxy.ask(method, path.replace("Đ", "%C4%90"), _login()).said
            assert said["machine"].partition("-")[0] == right_machine(method, path), f"{method} {path}"
        served = {proxy.ask("GET", "/search?q=tin").said["machine"] for _ in range(12)}
        assert served == {"web-1", "web-2", "web-3"}
    finally:
        proxy.stop()


def _login() -> dict[str, str]:
    return {"Authorization": f"Basic {b64encode(':'.join(STAFF).encode()).decode()}"}


@needs_nginx
def test_what_clients_claim_about_themselves_reaches_nobody(
    tmp_path: Path, machines: dict[str, Machine]
) -> None:
    claimed = {
        "X-Staff": "an.nguyen",
        "X-Forwarded-For": "10.0.0.1",
        "X-Forwarded-Host": "elsewhere.example",
        "X-Forwarded-Prefix": "/elsewhere",
        "X-Real-IP": "10.0.0.1",
        "Forwarded": "for=10.0.0.1",
    }
    proxy = started(tmp_path, machines, insiders="127.0.0.0/8")
    try:
        for method, path in (
            ("GET", "/search"),
            ("PUT", "/api/v1/articles/tin"),
            ("GET", "/alerts"),
            ("GET", DESK),
        ):
            got = proxy.ask(method, path, {**claimed, **_login()}).said["headers"]
            named = {key: got[key] for key in map(str.lower, claimed) if key in got}
            expected = {"x-forwarded-for": "127.0.0.1"}
            assert named == (expected | {"x-staff": STAFF[0]} if path == DESK else expected), path
    finally:
        proxy.stop()


@needs_nginx
def test_outsiders_cannot_tell_that_there_is_a_desk(tmp_path: Path, machines: dict[str, Machine]) -> None:
    proxy = started(tmp_path, machines)
    try:
        machines["writer"].stop()
        for method in ("GET", "POST"):
            answers = [proxy.ask(method, path, _login()) for path in (f"{DESK}/pins", "/nothing/pins")]
            assert answers[0].status == answers[1].status
            if method == "GET":
                assert [one.said["machine"].partition("-")[0] for one in answers] == ["web", "web"]
                assert "x-staff" not in answers[0].said["headers"]
    finally:
        proxy.stop()


@needs_nginx
def test_a_dead_web_node_is_skipped(tmp_path: Path, machines: dict[str, Machine]) -> None:
    proxy = started(tmp_path, machines)
    try:
        machines["web-2"].stop()
        answers = [proxy.ask("GET", "/search?q=tin") for _ in range(20)]
        assert [one.status for one in answers] == [200] * 20
        assert {one.said["machine"] for one in answers} == {"web-1", "web-3"}
        machines["web-1"].stop()
        machines["web-3"].stop()
        answer = proxy.ask("GET", "/search?q=tin")
        assert answer.status == 503 and answer.headers["retry-after"] and "<h1>" in answer.body
    finally:
        proxy.stop()


@needs_nginx
def test_a_push_to_a_dead_writer_is_an_honest_503_until_the_proxy_names_the_next_one(
    tmp_path: Path, machines: dict[str, Machine]
) -> None:
    proxy = started(tmp_path, machines, insiders="127.0.0.0/8")
    pushes = (("PUT", "/api/v1/articles/tin"), ("POST", "/api/v1/articles"), ("GET", "/api/v1/tasks/1"))
    try:
        machines["writer"].stop()
        for method, path in pushes:
            answer = proxy.ask(method, path, body=b"{}" if method != "GET" else None)
            assert answer.status == 503
            assert answer.headers["content-type"] == "application/problem+json"
            assert answer.headers["retry-after"]
            assert json.loads(answer.body)["status"] == 503
        for answer in (proxy.ask("POST", "/alerts", body=b"email=a"), proxy.ask("GET", DESK, _login())):
            assert answer.status == 503 and answer.headers["retry-after"] and "<h1>" in answer.body
        assert proxy.ask("GET", "/search").status == 200
        proxy.switch(_upstream(machines, "standby"))
        for method, path in pushes:
            assert proxy.ask(method, path).said["machine"] == "standby"
    finally:
        proxy.stop()
