"""What machines answer that only read what another one writes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from indexer.errors import CopiesMissingError
from indexer.keys import KeyStore
from indexer.lexicon.own import FILE_NAME as LEXICON
from indexer.query_log.steady import write_steady
from indexer.replication.local_state import LocalState, write_state
from indexer.replication.membership import open_shared
from indexer.role_settings import Role
from indexer.search.pins import pin
from indexer.search.service import open_search
from indexer.settings import Settings
from tests.collection import ARTICLES, indexed
from tests.files.gateway import BUCKET, Gateway
from tests.files.test_store import prefix_of
from tests.replication.machines import begin, follower, machine, publish_all, publisher
from webui import create_app

PAGES = ("/", "/search?q=hoa", "/api/v1/search?q=hoa", "/articles/ke-hoach", "/directives")
PIN = {"query": "hoa", "ids": ["hoc-phi"]}


@contextmanager
def client_of(settings: Settings) -> Iterator[FlaskClient]:
    service = open_search(settings, patient=True)
    yield create_app(service).test_client()
    service.close()


@pytest.fixture
def writer(gateway: Gateway, tmp_path: Path) -> Settings:
    settings = Settings(
        tmp_path / "writer",
        role="writer",
        files=f"s3://{BUCKET}/{prefix_of(tmp_path)}",
        s3=gateway.settings(),
        staff_header="X-Staff",
        trusted_proxies=1,
    )
    indexed(settings, ARTICLES)
    return settings


def with_index(settings: Settings, name: str, role: Role) -> Settings:
    """Return a machine that reads the same index, as from a cluster."""
    other = replace(machine(settings, name), role=role, port=9999, metrics_from="127.0.0.0/8")
    other.data.mkdir()
    (other.data / "tantivy").symlink_to(settings.data / "tantivy")
    return other


def test_pages_have_the_same_tags_on_all_machines(writer: Settings) -> None:
    pin(writer.data, "hoa", ["hoc-phi"])
    (writer.data / LEXICON).write_text('[abbreviations]\nlhhb = "lễ hội hòa bình"\n')
    write_steady(writer.data, writer.today(), writer.zone)
    one, web = publisher(writer, begin(writer)), with_index(writer, "web", "web")
    publish_all(one, writer)
    there = follower(web, ("web",))
    there.follow()
    with client_of(writer) as first, client_of(web) as second:

        def tags() -> list[tuple[str, str]]:
            return [(first.get(page).headers["ETag"], second.get(page).headers["ETag"]) for page in PAGES]

        before = tags()
        assert all(here == elsewhere for here, elsewhere in before)
        pin(writer.data, "hoa", ["ma-doc"])
        assert all(here != elsewhere for here, elsewhere in tags())
        one.publish("pins")
        there.follow()
        after = tags()
        assert all(here == elsewhere for here, elsewhere in after) and not {*before} & {*after}
        # The same content again is no change.
        (web.data / LEXICON).write_text((web.data / LEXICON).read_text())
        assert tags() == after


@pytest.mark.parametrize("role", ["web", "standby"])
def test_what_writes_is_refused_with_its_own_problem(writer: Settings, role: Role) -> None:
    key = KeyStore(writer.data).create("a", ["write", "curate", "staff"])[1]
    publish_all(publisher(writer, begin(writer)), writer)
    web = with_index(writer, "web", role)
    follower(web, ("web",)).follow()
    sent = {"Authorization": f"Bearer {key}"}
    with client_of(web) as client:
        for method, path in (
            ("PUT", "/api/v1/articles/a"),
            ("DELETE", "/api/v1/articles/a"),
            ("POST", "/api/v1/articles"),
            ("DELETE", "/api/v1/articles?source=x"),
            ("GET", "/api/v1/tasks/1"),
            ("PUT", "/api/v1/pins"),
            ("PUT", "/api/v1/lexicon"),
            ("GET", "/api/v1/report"),
        ):
            answer = client.open(path, method=method, headers=sent, json={"title": "x"})
            assert answer.status_code == 503 and answer.headers["Retry-After"], path
            problem = answer.get_json(force=True)
            assert problem["type"] == "urn:tracuu:problem:not-the-writer", path
            assert "send the request to the writer" in problem["detail"]
        for path in ("/alerts", "/staff"):
            page = client.get(path, headers=sent)
            assert page.status_code == 503 and "Tạm thời chưa dùng được chức năng này" in page.text
        english = client.get("/staff?lang=en", headers=sent)
        assert (
            "This is not available at the moment" in english.text
            and "Searching works as usual" in english.text
        )
        # The public learns nothing of the desk, here either.
        assert client.get("/staff").status_code == 404
        assert (
            client.post("/clicks?q=hoa&position=1", headers={"Content-Type": "text/ping"}).status_code == 204
        )
        assert client.get("/api/v1/search?q=hoa", headers=sent).status_code == 200
    assert not (web.data / "inbox.sqlite3").exists()


def test_a_replaced_writer_takes_no_changes(writer: Settings) -> None:
    key = KeyStore(writer.data).create("a", ["curate"])[1]
    begin(writer)
    sent = {"Authorization": f"Bearer {key}"}
    with client_of(writer) as client:
        assert client.put("/api/v1/pins", json=PIN, headers=sent).status_code == 200
        begin(machine(writer, "other"))
        answer = client.put("/api/v1/pins", json={**PIN, "ids": []}, headers=sent)
        assert answer.status_code == 503 and answer.get_json(force=True)["type"].endswith(
            "storage-unavailable"
        )
        assert client.get("/api/v1/search?q=hoa").status_code == 200


def test_a_machine_without_copies_waits_for_them(writer: Settings) -> None:
    web = replace(machine(writer, "web"), role="web")
    with client_of(web) as client:
        answer = client.get("/readyz")
        assert (answer.status_code, answer.text) == (503, "not ready: waiting for the first copies\n")
        assert client.get("/healthz").status_code == 200
        assert client.get("/search?q=hoa").status_code == 503
        web.data.mkdir()
        (web.data / "tantivy").symlink_to(writer.data / "tantivy")
        assert client.get("/readyz").status_code == 200
        assert client.get("/search?q=hoa").status_code == 200
    with pytest.raises(CopiesMissingError, match="no copies of the writer's files yet"):
        open_search(replace(web, data=web.data / "none"))


def test_metrics_tell_role_term_and_age(writer: Settings) -> None:
    web = with_index(writer, "web", "web")
    with client_of(web) as client:
        text = client.get("/metrics").text
        assert 'tracuu_role{role="web"} 1' in text
        assert "tracuu_copies_age_seconds" not in text and "tracuu_pushes" not in text
        write_state(web.data, LocalState(3, 7, 0.0))
        text = client.get("/metrics").text
        assert "tracuu_term 3" in text and "tracuu_copies_age_seconds 1" in text
    begin(writer)
    publish_all(publisher(writer, open_shared(writer)[0].current() or pytest.fail()), writer)
    with client_of(writer) as client:
        text = client.get("/metrics").text
        assert 'tracuu_role{role="writer"} 1' in text and "tracuu_term 1" in text
    with client_of(replace(writer, role="alone")) as client:
        assert "tracuu_role" not in client.get("/metrics").text
