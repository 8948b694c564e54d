"""tracuu alerts: what an operator types."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.cli import main
from indexer.disk.locks import alerts_lock
from indexer.settings import Settings
from tests.collection import ARTICLES, indexed

Run = Callable[..., int]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    indexed(Settings(data=tmp_path), ARTICLES)
    return lambda *arguments: main(["alerts", *arguments, "--data", str(tmp_path)])


def test_a_webhook_is_added_listed_and_removed(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("add-webhook", "https://a.example/hook", "q=hòa bình&source=lamgiang.example") == 0
    secret = capsys.readouterr().out.strip()
    assert len(base64.b64decode(secret.removeprefix("whsec_"))) == 32
    assert run("list") == 0
    line = capsys.readouterr().out
    assert "https://a.example/hook  hòa bình · lamgiang.example" in line and secret not in line
    assert run("list", "--json") == 0
    (one,) = json.loads(capsys.readouterr().out)
    assert (one["kind"], one["rhythm"], one["query"]) == (
        "webhook",
        "now",
        "q=h%C3%B2a+b%C3%ACnh&source=lamgiang.example",
    )
    assert run("remove", "https://a.example/hook") == 0 and run("remove", str(one["number"])) == 1
    capsys.readouterr()
    assert run("list", "--json") == 0 and json.loads(capsys.readouterr().out) == []


def test_a_run_without_alerts_does_nothing_and_one_at_a_time_runs(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("send", "--json") == 0
    assert set(json.loads(capsys.readouterr().out).values()) == {0}
    with alerts_lock(tmp_path) as free:
        assert free and run("send") == 3
    assert "another process is sending" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["send", "x"], "usage"),
        (["list", "--every", "5"], "usage"),
        (["send", "--every", "0"], "usage"),
        (["add-webhook", "https://a.example/"], "usage"),
        (["add-webhook", "ftp://a.example/", "q=chợ"], "only http and https"),
        (["add-webhook", "https://a.example/", "tpye=Kế hoạch"], "tpye"),
        (["remove", "khong phai"], "email"),
    ],
)
def test_what_is_wrong_is_said(
    run: Run, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert run(*arguments) == 2
    assert said in capsys.readouterr().err


def test_what_nobody_has_is_not_removed(run: Run) -> None:
    assert run("remove", "7") == 1 and run("remove", "ten@vidu.example") == 1
