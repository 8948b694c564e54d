"""The description of the API says what the server does: parameters, limits, answers, examples."""

from __future__ import annotations

import contextlib
import io
import json
import shutil
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from email.message import Message
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote

import flask
import jsonschema_rs
import pytest
from flask.testing import FlaskClient
from werkzeug.serving import make_server

from indexer.contract.limits import (
    API_PARAMETERS,
    LARGEST_PAGE,
    LAST_RESULT,
    LONGEST_CURSOR,
    LONGEST_QUERY,
    LONGEST_VALUE,
    MOST_SUGGESTIONS,
    MOST_VALUES,
)
from indexer.contract.parameters import read_api_request, read_beginning
from indexer.contract.search_json import HIT_FIELDS
from indexer.errors import ParameterError
from indexer.keys import KeyStore
from indexer.push.inbox import Inbox
from indexer.search.service import open_search
from indexer.settings import Settings
from indexer.stored.article import slug_of
from tests.collection import ARTICLES, index
from webui import create_app
from webui.api import examples, openapi
from webui.api.definition import OPERATIONS
from webui.api.operation import Example, Operation, Parameter
from webui.api.reading import SEARCH, SUGGEST


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[flask.Flask]:
    settings = Settings(data=tmp_path_factory.mktemp("data"))
    index(settings, ARTICLES)
    service = open_search(settings)
    yield create_app(service)
    service.close()


@pytest.fixture
def client(app: flask.Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="module")
def root(app: flask.Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


def document() -> dict[str, Any]:
    return json.loads(json.dumps(openapi.description()))  # type: ignore[no-any-return]


def test_the_document_is_valid_and_served(client: FlaskClient) -> None:
    response = client.get("/api/v1/openapi.json")
    assert response.get_json() == document() and response.get_json()["openapi"] == "3.1.0"
    for schema in document()["components"]["schemas"].values():
        jsonschema_rs.validator_for({**schema, "components": document()["components"]})


def test_every_view_of_the_api_is_defined(app: flask.Flask) -> None:
    routes = {
        (rule.endpoint.partition(".")[2], method.lower())
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith(("api.", "pushes.", "tasks.", "curation."))
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert routes == {(operation.name, operation.method) for operation in OPERATIONS}


def bad(params: dict[str, list[str]]) -> set[str]:
    try:
        read_api_request(params, HIT_FIELDS)
    except ParameterError as error:
        return set(error.errors)
    return set()


def valid(parameter: Parameter, value: str) -> bool:
    wanted: Any = int(value) if parameter.schema["type"] == "integer" and value.isdigit() else value
    return jsonschema_rs.is_valid(dict(parameter.schema), wanted)


def test_the_search_takes_what_is_described_and_nothing_else() -> None:
    assert {parameter.name for parameter in SEARCH.parameters} == API_PARAMETERS
    assert not read_beginning({parameter.name: [""] for parameter in SUGGEST.parameters})[0]


VALUES = [
    "", "0", "1", "2", "10", "100", "101", "10000", "10001", "-1", "1.5", "x", "a" * LONGEST_VALUE,
    "a" * (LONGEST_VALUE + 1), "a" * LONGEST_QUERY, "a" * (LONGEST_QUERY + 1), "2024", "2024-01", "2024-01-31", "20240",
    "none", "all", "title", "body", "files", "relevance", "newest", "oldest", "vi", "en", "fr", "*",
    *HIT_FIELDS, "A" * (LONGEST_CURSOR + 1),
]  # fmt: skip


@pytest.mark.parametrize("parameter", SEARCH.parameters, ids=lambda parameter: parameter.name)
def test_limits_and_choices_are_those_of_the_reader(parameter: Parameter) -> None:
    for value in filter(None, VALUES):
        # The largest page is that of the smallest size.
        refused = parameter.name in bad({"size": ["1"], parameter.name: [value]})
        if valid(parameter, value):
            # What a schema can't say: which text is a cursor.
            assert not refused or (parameter.name == "cursor" and value != "*"), value
        else:
            assert refused, value


def test_numbers_of_the_description_are_those_of_the_contract() -> None:
    schemas = {parameter.name: parameter.schema for parameter in SEARCH.parameters}
    assert (
        (schemas["size"]["maximum"], schemas["page"]["maximum"])
        == (LARGEST_PAGE, LAST_RESULT)
        == (100, 10_000)
    )
    described = {one["name"]: one for one in document()["paths"]["/search"]["get"]["parameters"]}
    assert described["source"]["schema"]["maxItems"] == MOST_VALUES and described["source"]["explode"]
    assert described["fields"]["explode"] is False and not bad({"fields": ["id,title", "url"]})
    assert SUGGEST.parameters[1].schema["maximum"] == MOST_SUGGESTIONS
    assert bad({"source": ["a"] * (MOST_VALUES + 1)}) == {"source"}


def answered(client: FlaskClient, operation: Operation, url: str) -> Any:
    response = client.get(f"/api/v1{url}")
    assert response.status_code == operation.status, url
    assert operation.answer
    schema = {
        "$ref": f"#/components/schemas/{operation.answer.__name__}",
        "components": document()["components"],
    }
    answer = response.get_json()
    jsonschema_rs.validate(schema, answer)
    return answer


@pytest.mark.parametrize(
    ("operation", "url"),
    [
        ("search", "/search"),
        ("search", "/search?q=38-CT/TW"),
        ("search", "/search?q=hoa+binh+hoc+phi+khac"),
        ("search", "/search?q=" + quote("74/KH-UBND")),
        ("search", "/search?cursor=*&size=2"),
        ("search", "/search?fields=title"),
        ("suggest", "/suggest?q=h"),
        ("article", "/articles/ke-hoach"),
        ("related", "/articles/ke-hoach/related"),
        ("directive", "/directives/38-ct-tw"),
        ("directive", "/directives/38-CT/TW?year=2019"),
    ],
)
def test_answers_are_as_described(client: FlaskClient, operation: str, url: str) -> None:
    assert answered(client, next(one for one in OPERATIONS if one.name == operation), url)


def test_an_answer_with_more_or_less_than_described_is_seen(client: FlaskClient) -> None:
    answer = answered(client, SEARCH, "/search")
    schema = {"$ref": "#/components/schemas/SearchAnswer", "components": document()["components"]}
    assert not jsonschema_rs.is_valid(schema, {**answer, "more": 1})
    del answer["total"]
    assert not jsonschema_rs.is_valid(schema, answer)


def test_fields_choose_what_hits_hold(client: FlaskClient) -> None:
    hits = client.get("/api/v1/search?fields=title,published&fields=url").get_json()["hits"]
    assert hits and all(set(hit) == {"id", "title", "published", "url"} for hit in hits)
    assert client.get("/api/v1/search?fields=nothing").status_code == 400


def test_a_cursor_reads_everything_once(client: FlaskClient) -> None:
    for sort in ("", "&sort=newest", "&sort=oldest"):
        ids, cursor, answers = [], "*", 0
        while cursor:
            answer = client.get(f"/api/v1/search?size=2{sort}&cursor={quote(cursor)}").get_json()
            assert answer["total"] == 6 and "facets" not in answer
            ids += [hit["id"] for hit in answer["hits"]]
            cursor, answers = answer["next_cursor"], answers + 1
        assert len(ids) == len(set(ids)) == 6 and answers == 4
        whole = client.get(f"/api/v1/search?size=100&sort={sort[6:] or 'newest'}").get_json()
        assert ids == [hit["id"] for hit in whole["hits"]]


def test_a_query_in_another_encoding_is_told(client: FlaskClient) -> None:
    for path in (
        "/search?q=%ff",
        "/search?q=k%C3%A9%FF&size=1",
        "/suggest?q=h%E0",
        "/articles/a/related?%ff=1",
    ):
        told = client.get(f"/api/v1{path}").get_json()
        assert told["status"] == 400 and "UTF-8" in told["detail"]
    assert client.get("/api/v1/search?q=%25ff+%C3%A9+é").status_code == 200


def test_where_nothing_is_programs_are_shown_the_way(client: FlaskClient) -> None:
    for path in ("", "/", "/none", "/articles/", "/articles/a%20b"):
        told = client.get(f"/api/v1{path}").get_json()
        assert told["status"] == 404 and "/api/v1/docs" in told["detail"]


@pytest.mark.parametrize(
    "rest", ["cursor=x", "cursor=bg", "cursor=*&page=2", "cursor=*&sort=relevance", "cursor=%C3%AA"]
)
def test_bad_cursors_are_told(client: FlaskClient, rest: str) -> None:
    assert client.get(f"/api/v1/search?{rest}").status_code == 400


def test_a_cursor_of_another_search_is_told(client: FlaskClient) -> None:
    cursor = client.get("/api/v1/search?cursor=*&size=1&sort=newest").get_json()["next_cursor"]
    assert client.get(f"/api/v1/search?cursor={cursor}&sort=newest").status_code == 200
    assert client.get(f"/api/v1/search?cursor={cursor}&size=2&fields=title&lang=en").status_code == 200
    for other in ("sort=oldest", "q=a", "strict=1", "date=2024"):
        told = client.get(f"/api/v1/search?cursor={cursor}&{other}").get_json()
        assert [bad["parameter"] for bad in told["errors"]] == [
            "cursor"
        ] and "other parameters unchanged" in told["detail"]


_EXAMPLES = [(operation, example) for operation in OPERATIONS for example in operation.examples]


@pytest.mark.parametrize(
    ("operation", "example"), _EXAMPLES, ids=[f"{o.name}: {e.title}" for o, e in _EXAMPLES]
)
def test_examples_work_as_they_stand_on_the_page(
    app: flask.Flask,
    root: str,
    monkeypatch: pytest.MonkeyPatch,
    operation: Operation,
    example: Example,
) -> None:
    data = app.extensions["tracuu"].settings.data
    monkeypatch.setenv("TRACUU_KEY", KeyStore(data).create("a", ["write"])[1])
    Inbox(data).accept("bai", "delete")  # the task 1
    values = {"id": "ke-hoach", "number": "38-ct-tw"}
    shown = io.StringIO()
    with contextlib.redirect_stdout(shown):
        exec(examples.python(operation, example, root, values), {})
    assert shown.getvalue().strip() not in ("", "[]")
    if shutil.which("curl"):
        command = examples.curl(operation, example, root, values)
        run = subprocess.run(["sh", "-c", command], capture_output=True, timeout=30)
        assert run.returncode == 0 and json.loads(run.stdout), run.stderr


def test_the_page_has_every_operation_with_its_examples(client: FlaskClient, root: str) -> None:
    page = client.get("/api/v1/docs").text
    assert page.count("curl --fail") == page.count("urllib.request.urlopen(request)") == len(_EXAMPLES)
    for operation in OPERATIONS:
        assert f'id="{operation.name}"' in page
        for parameter in operation.parameters:
            assert f"<code>{parameter.name}</code>" in page
    assert 'src="http' not in page and "style=" not in page


def test_programs_of_the_page_do_what_they_say(root: str) -> None:
    named = {title: code for operation in OPERATIONS for title, code in examples.programs(operation, root)}
    read_all = named.pop("Read all articles, waiting when the server asks for it")
    run = subprocess.run([sys.executable, "-c", read_all], capture_output=True, timeout=30, text=True)
    assert run.stdout.strip() == "6"
    known: dict[str, Any] = {}
    exec(named.pop("Get the address for an id"), known)
    for id in (
        "a",
        "A.b_c~d-9",
        "~a",
        ".",
        "..",
        "...",
        "a b",
        "số 1",
        "a/b",
        "",
        "a" * 120,
        "a" * 121,
        "a\n",
    ):
        assert known["address_of"](id) == slug_of(id), id
    assert not named


def test_the_program_that_reads_all_waits_as_long_as_it_is_told(
    root: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (_, program), *_ = examples.programs(SEARCH, root)
    ask, refusals = urllib.request.urlopen, [429, 503]
    waited: list[float] = []

    def busy(address: str) -> Any:
        if refusals:
            headers = Message()
            headers["Retry-After"] = "7"
            raise HTTPError(address, refusals.pop(), "", headers, None)
        return ask(address)

    monkeypatch.setattr(urllib.request, "urlopen", busy)
    monkeypatch.setattr(time, "sleep", waited.append)
    exec(program, {})
    assert waited == [7, 7] and capsys.readouterr().out.strip() == "6"
