"""A live site as a source of the settings: synced, rehearsed, listed, hidden."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from indexer.cli import main
from indexer.disk.locks import site_lock
from tests.portal import liferay
from tests.portal.replies import Reply
from tests.portal.server import Portal, served
from tests.portal.stories import stories

Cli = Callable[..., tuple[int, Any]]


class Site(NamedTuple):
    """A site, and the command line beside its settings."""

    portal: Portal
    origin: str
    cli: Cli
    config: Path

    def says(self, *lines: str) -> None:
        address = f"{self.origin}{liferay.BASE}/home"
        section = [
            'fetch_allow = "127.0.0.0/8"', "workers = 1", "ocr = false", "[sources.quan]", 'kind = "site"',
            f'address = "{address}"', "delay = 0", 'contact = "vanthu@lamgiang.example"', *lines,
        ]  # fmt: skip
        self.config.write_text("\n".join(section))


@pytest.fixture
def site(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Site]:
    config = tmp_path / "tracuu.toml"

    def run(*arguments: object) -> tuple[int, Any]:
        usual = ["--data", str(tmp_path / "data"), "--config", str(config), "--quiet", "--json"]
        code = main([*usual, *map(str, arguments)])
        return code, json.loads(capsys.readouterr().out)

    portal = Portal(stories(3), with_traps=False)
    with served(portal) as origin:
        yield Site(portal, origin, run, config)


def found(cli: Cli, *options: str) -> int:
    code, result = cli("search", "*", "--size", "50", *options)
    return len(result["hits"]) if code == 0 else 0


def test_a_site_is_a_source_as_others_are(site: Site) -> None:
    site.says('schedule = "1d"')
    code, result = site.cli("sync", "--dry-run")
    assert (code, result["quan"]["indexed"]) == (0, 3)
    assert not (site.config.parent / "data").exists()
    code, result = site.cli("sync")
    assert (code, result["quan"]["indexed"], found(site.cli)) == (0, 3, 3), "the rehearsal left nothing"
    assert any("it lists other pages" in one["notice"] for one in result["quan"]["notices"])
    [listed] = site.cli("sources")[1]["sources"]
    assert (listed["kind"], listed["place"]) == ("site", f"{site.origin}{liferay.BASE}/home")
    assert (listed["last_run"]["articles"], listed["last_run"]["indexed"]) == (3, 3)
    assert site.cli("sync", "--due")[1] == {}
    # What the settings say of the site holds for the command, too; and what was public is so no longer.
    site.says('audience = "staff"', 'category = "Nội bộ"')
    site.portal.answers[liferay.address(site.portal.stories[0])] = Reply(b"<h1>500</h1>", status=500)
    code, result = site.cli("crawl", f"{site.origin}{liferay.BASE}/home")
    assert (code, result["indexed"], found(site.cli), found(site.cli, "--staff")) == (0, 2, 0, 3)
    site.portal.everything = Reply(b"<h1>503</h1>", status=503)
    code, result = site.cli("sync")
    assert code == 1 and "robots.txt" in result["quan"]["problems"][0]["problem"]
    assert found(site.cli, "--staff") == 3


def test_outside_its_hours_a_site_is_not_due(site: Site) -> None:
    site.says('hours = "00:00-00:00"')
    assert site.cli("sync", "--due") == (0, {})
    code, result = site.cli("sync")
    assert code == 0 and "run the command again then" in result["quan"]["notices"][0]["notice"]
    assert site.cli("sources")[1]["sources"][0]["last_run"] is None
    site.says()
    with site_lock(site.config.parent / "data", "quan"):
        usual = ["--data", site.config.parent / "data", "--config", site.config]
        command = [sys.executable, "-m", "indexer", *map(str, usual), "sync"]
        found = subprocess.run(command, capture_output=True, text=True)
        assert found.returncode == 0 and "another process is crawling it" in found.stderr
    assert not site.portal.asked
