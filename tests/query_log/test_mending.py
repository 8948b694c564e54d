"""The way from a query that finds nothing to one that finds something, and pins: on an index, by commands."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from indexer.cli import main
from indexer.errors import UsageError
from indexer.lexicon.loading import read_own
from indexer.lexicon.own import with_form
from indexer.model import Article
from indexer.query_log.store import QueryLog, Searched
from indexer.search.request import SearchRequest
from indexer.search.service import open_search
from indexer.settings import ENGINES, EngineName, Settings
from tests.collection import ARTICLES, indexed

Output = pytest.CaptureFixture[str]


@pytest.fixture(params=ENGINES)
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    engine: EngineName = request.param
    made = Settings(data=tmp_path / "data", engine=engine)
    indexed(made, [*ARTICLES, Article("truc-tuyen", "Đăng ký tạm vắng trực tuyến", "Nộp hồ sơ tại nhà.")])
    return made


def run(settings: Settings, capsys: Output, *arguments: str) -> tuple[int, Any]:
    capsys.readouterr()
    code = main([*arguments, "--json", "--data", str(settings.data), "--engine", settings.engine])
    return code, json.loads(capsys.readouterr().out)


def test_a_proposal_is_accepted_by_one_command_and_serves_at_once(settings: Settings, capsys: Output) -> None:
    service = open_search(settings)
    asked, now = "đăng ký tạm vắng qua mạng", int(time.time())
    assert service.search(SearchRequest(asked)).total == 0
    QueryLog(settings.data).add(
        [Searched(now, asked, 0, False, 1.0), Searched(now, "đăng ký tạm vắng trực tuyến", 1, False, 1.0)], []
    )
    code, told = run(settings, capsys, "report")
    assert code == 0
    assert told["zero"][0]["proposal"] == {
        "n": 1,
        "kind": "synonyms",
        "form": "qua mạng",
        "meant": "trực tuyến",
    }
    code, accepted = run(settings, capsys, "report", "accept", "1")
    assert (code, accepted["file"]) == (0, str(settings.data / "lexicon.toml"))
    assert [hit.id for hit in service.search(SearchRequest(asked)).hits] == ["truc-tuyen"]
    assert run(settings, capsys, "report")[1]["zero"][0]["finds_now"] is True
    assert main(["report", "accept", "1", "--data", str(settings.data), "--quiet"]) == 1


def test_pinned_articles_come_first(settings: Settings, capsys: Output) -> None:
    service = open_search(settings)
    assert run(settings, capsys, "pin", "Kế hoạch", "hoc-phi", "hoa-tuoi")[0] == 0
    response = service.search(SearchRequest("ke hoach"))
    assert [hit.id for hit in response.pinned] == ["hoc-phi", "hoa-tuoi"]
    for other in (
        SearchRequest("ke hoach", source=("lamgiang.example",)),
        SearchRequest("ke hoach", sort="newest"),
        SearchRequest("ke hoach", page=2),
        SearchRequest("hoach ke"),
    ):
        assert service.search(other).pinned == ()
    assert run(settings, capsys, "pins")[1] == [{"query": "Kế hoạch", "ids": ["hoc-phi", "hoa-tuoi"]}]
    assert run(settings, capsys, "search", "kế hoạch")[1]["pinned"][0]["id"] == "hoc-phi"
    assert run(settings, capsys, "unpin", "KẾ HOẠCH")[0] == 0
    assert service.search(SearchRequest("ke hoach")).pinned == ()
    assert run(settings, capsys, "unpin", "ke hoach")[0] == 1


def test_what_the_public_can_not_see_can_not_be_pinned(settings: Settings, capsys: Output) -> None:
    assert run(settings, capsys, "pin", "hòa bình", "noi-bo") == (
        1,
        {"error": "article 'noi-bo' is staff-only; only public articles can be pinned"},
    )
    assert run(settings, capsys, "pin", "hòa bình", "khong-co")[0] == 1
    assert run(settings, capsys, "pin", "…", "hoc-phi")[0] == 2


def test_a_bad_file_of_pins_stops_no_search(settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    service = open_search(settings)
    (settings.data / "pins.json").write_text("[1, 2")
    assert service.search(SearchRequest("ke hoach")).total
    assert "pins.json" in caplog.text


def test_a_line_goes_into_a_lexicon_that_is_otherwise_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text('# của chúng tôi\n[synonyms] # từ đồng nghĩa\n"a b" = ["c"]\n[typed]\n"x" = "y"')
    for line in (
        ("synonyms", 'on"line', "trực tuyến"),
        ("typed", "z", "t"),
        ("abbreviations", "TTĐH", "trung tâm điều hành"),
    ):
        path.write_text(with_form(path, *line))
    assert read_own(path) == {
        "synonyms": {'on"line': ["trực tuyến"], "a b": ["c"]},
        "typed": {"z": "t", "x": "y"},
        "abbreviations": {"TTĐH": "trung tâm điều hành"},
    }
    assert path.read_text().startswith("# của chúng tôi\n[synonyms] # từ đồng nghĩa\n")
    with pytest.raises(UsageError, match="already"):
        with_form(path, "typed", "z", "khác")
