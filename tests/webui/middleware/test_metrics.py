"""Counters as Prometheus reads them."""

from __future__ import annotations

import dataclasses
import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from indexer.push.inbox import Inbox
from indexer.query_log.outbox import Outbox
from indexer.query_log.store import Clicked, Searched
from indexer.role_settings import ROLES, Role
from indexer.s3_settings import S3Settings
from webui import create_app
from webui.middleware.metrics import BUCKETS, ROUTES, Metrics
from webui.middleware.request_log import ROUTES_OF
from webui.serving.framing import LARGEST_HEAD, State, state, watches

LINE = re.compile(
    r'# (?:HELP|TYPE) [a-z_]+ .+|[a-z_]+(?:\{(?:[a-z]+="[^"\\\n]*",?)+\})? -?[0-9.e+-]+', re.ASCII
)


def test_the_format_is_that_of_prometheus(client: FlaskClient) -> None:
    client.get("/search?q=a")
    response = client.get("/metrics")
    assert response.content_type.startswith("text/plain; version=0.0.4")
    assert all(LINE.fullmatch(line) for line in response.text.splitlines())


def test_the_buckets_of_a_histogram_include_those_below() -> None:
    metrics = Metrics(2)
    for row, seconds in ((0, 0.003), (1, 0.02), (1, 90.0)):
        metrics.use_row(row)
        metrics.observe("search", 200, seconds)
    lines = dict(line.rsplit(" ", 1) for line in metrics.text().splitlines() if line[0] != "#")
    counts = [float(lines[f'tracuu_request_seconds_bucket{{route="search",le="{b}"}}']) for b in BUCKETS]
    assert counts == [1, 1] + [2] * 8
    assert lines['tracuu_request_seconds_bucket{route="search",le="+Inf"}'] == "3"
    assert lines['tracuu_request_seconds_count{route="search"}'] == "3"
    assert float(lines['tracuu_request_seconds_sum{route="search"}']) == 90.023


def test_searches_and_those_without_results_are_counted(client: FlaskClient, search: Any) -> None:
    for path in ("/search?q=a", "/search?q=khong", "/api/v1/search?q=khong", "/search?q=khong&page=2", "/"):
        client.get(path)
    text = client.get("/metrics").text
    assert "tracuu_searches_total 3\n" in text
    assert "tracuu_searches_without_results_total 2\n" in text


@pytest.mark.parametrize("role", ROLES)
def test_what_machines_share_is_told_by_the_writer_so_that_figures_add_up(search: Any, role: Role) -> None:
    store = S3Settings("http://127.0.0.1:9", access_key="a", secret_env="B")
    search.settings = dataclasses.replace(search.settings, role=role, files="s3://tin-bai/a", s3=store)
    Inbox(search.settings.data).accept("tin", "delete")
    text = create_app(search).test_client().get("/metrics").text
    assert "tracuu_index_up 1\n" in text
    shared = ("pushes_waiting", "oldest_push_seconds", "pushes_finished", "articles_with_attachments")
    assert {f"\ntracuu_{name}" in text for name in shared} == {role in ("alone", "writer")}


def test_what_waits_for_the_writer_is_in_the_metrics(client: FlaskClient, search: Any) -> None:
    assert "tracuu_query_log_waiting 0\n" in client.get("/metrics").text
    outbox = Outbox(search.settings.data)
    outbox.add([Searched(60, "a", 1, False, 1.0)], [Clicked(60, "a", 1)])
    text = client.get("/metrics").text
    assert "tracuu_query_log_waiting 2\n" in text
    assert "tracuu_query_log_handed_in_timestamp_seconds 0\n" in text
    batch = outbox.next_batch(1)
    assert batch is not None
    outbox.remove(batch, 1_800_000_000.25)
    text = client.get("/metrics").text
    assert "tracuu_query_log_waiting 1\n" in text
    assert "tracuu_query_log_handed_in_timestamp_seconds 1800000000\n" in text


def test_routes_are_those_of_addresses_that_there_are(client: FlaskClient) -> None:
    assert {*ROUTES_OF.values(), "other"} == set(ROUTES)
    assert ROUTES_OF.keys() <= {rule.endpoint for rule in client.application.url_map.iter_rules()}


def test_a_request_is_whole_when_its_body_is_there() -> None:
    head = b"PUT /x HTTP/1.1\r\nContent-Length: 5\r\n"
    assert state(head) is State.WAIT
    assert state(head + b"\r\nabcd") is State.WAIT
    assert state(head + b"\r\nabcde") is State.WHOLE
    assert state(head + b"Expect: 100-continue\r\n\r\n") is State.BEGUN
    assert state(b"GET / HTTP/1.1\r\n\r\n") is State.WHOLE
    assert state(b"GET / HTTP/1.1\r\nX: " + b"a" * LARGEST_HEAD) is State.TOO_LARGE
    assert state(b"a" * (LARGEST_HEAD + 1)) is State.ADDRESS_TOO_LONG
    assert watches(b"GET /healthz HTTP/1.1\r\n") and not watches(b"GET /healthzz HTTP/1.1\r\n")
