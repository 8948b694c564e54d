"""The examples of ``deploy/`` name what there is: settings, commands, files, figures."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from indexer.commands import COMMANDS
from indexer.push.inbox import Inbox
from indexer.replication.local_state import LocalState, write_state
from indexer.s3_settings import S3Settings
from indexer.search.service import open_search
from indexer.settings import Settings
from tests.collection import ARTICLES, index
from tests.project.proxy import Proxy, nginx
from webui import create_app
from webui.serving.children import DRAIN_SECONDS

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
TEXTS = [path for path in DEPLOY.rglob("*") if path.is_file()]


def found(pattern: str, *texts: str) -> set[str]:
    """Return what ``pattern`` finds, which must be something: else it no longer fits what is written."""
    matches = {match for text in texts for match in re.findall(pattern, text, re.MULTILINE)}
    assert matches, pattern
    return matches


def test_settings_and_commands_exist() -> None:
    texts = [path.read_text(encoding="utf-8") for path in TEXTS]
    assert {name.lower() for name in found(r"\bTRACUU_([A-Z_]+)", *texts)} <= set(
        Settings.__dataclass_fields__
    )
    assert found(r"(?:bin/tracuu|`tracuu|as_tracuu) ([a-z]+)", *texts) <= set(COMMANDS)


def test_what_indexes_by_itself_prunes() -> None:
    unit = (DEPLOY / "systemd" / "tracuu-index.service").read_text()
    compose = (DEPLOY / "docker" / "compose.yaml").read_text()
    sync = (DEPLOY / "systemd" / "tracuu-sync@.service").read_text()
    assert re.search(r"^ExecStart=.* index .*--prune\b(?!.*--max-removed)", unit, re.MULTILINE)
    assert re.search(r"^ExecStart=.* sync %i --due (?!.*--max-removed)", sync, re.MULTILINE)
    assert re.search(r"command: \[index, .*--prune\b", compose)


def alarms() -> dict[str, str]:
    """Return the name of each alert and what it is about."""
    groups = yaml.safe_load((DEPLOY / "prometheus" / "tracuu.yml").read_text(encoding="utf-8"))["groups"]
    return {rule["alert"]: rule["expr"] for group in groups for rule in group["rules"]}


def test_alarms_are_on_figures_that_there_are(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    index(settings, ARTICLES[:1])
    Inbox(tmp_path).accept("tin", "delete")
    write_state(tmp_path, LocalState(1, 1, time.time()))
    figures = ""
    store = S3Settings("http://127.0.0.1:9", access_key="a", secret_env="B")
    standby = replace(settings, role="standby", files="s3://tin-bai/a", s3=store)
    for one in (settings, standby):
        with closing(open_search(one)) as service:
            figures += create_app(service).test_client().get("/metrics").text
    told = alarms().values()
    for name in found(r"\b(tracuu_[a-z_]+)", *told):
        assert re.search(rf"^{name}(\{{|\b)", figures, re.MULTILINE), name
    for labelled in found(r"\btracuu_[a-z_]+\{[^}]+\}", *told):
        name, _, labels = labelled.partition("{")
        for label in found(r'[a-z]+="[^"]+"', labels):
            assert re.search(rf"^{name}\{{.*{label}", figures, re.MULTILINE), f"{name} {label}"


@pytest.mark.parametrize("name", ["operating.md", "operating.vi.md"])
def test_the_page_for_operators_has_every_alarm_and_names_no_unit_that_is_not_here(name: str) -> None:
    page = (ROOT / "docs" / name).read_text(encoding="utf-8")
    assert set(alarms()) == found(r"^\| `(TraCuu\w+)`", page)
    units = {
        re.sub(r"@[\w-]*", "@", unit) for unit in found(r"\btracuu[\w@-]*\.(?:service|timer|socket)\b", page)
    }
    assert units <= {unit.name for unit in UNITS}


def test_whoever_stops_the_service_stops_its_socket_too() -> None:
    """Otherwise the next reader starts it again, before what it was stopped for is done."""
    pages = [path.read_text(encoding="utf-8") for path in (ROOT / "docs").glob("*.md")]
    stopped = found(r"systemctl stop ([^`|&\n]*\btracuu(?:\.service)?(?=[\s`]).*)", *pages)
    assert [one for one in stopped if "tracuu.socket" not in one] == []


@pytest.mark.parametrize("keep", ["", "10"])
def test_backups_go_only_after_one_that_is_whole(tmp_path: Path, keep: str) -> None:
    """The oldest ones, and nothing that is called otherwise."""
    unit = (DEPLOY / "systemd" / "tracuu-backup.service").read_text()
    (clearing,) = found(r"^ExecStartPost=/bin/sh -c '(.+)'$", unit)
    (usual,) = found(r"^Environment=KEEP=(\d+)$", unit)
    assert usual == "14"
    names = [f"tracuu-2026-01-{day:02}.tar" for day in range(1, 21)]
    for name in (*names, "before-upgrade.tar", "copy"):
        (tmp_path / name).touch()
    command = clearing.replace("/var/backups/tracuu", str(tmp_path))
    subprocess.run(["sh", "-c", command], check=True, env={**os.environ, "KEEP": keep or usual})
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {*names[-int(keep or usual) :], "before-upgrade.tar", "copy"}


def test_time_to_end_is_longer_than_draining_takes() -> None:
    unit = (DEPLOY / "systemd" / "tracuu.service").read_text()
    compose = (DEPLOY / "docker" / "compose.yaml").read_text()
    (systemd,), (docker,) = (
        found(r"TimeoutStopSec=([0-9]+)", unit),
        found(r"stop_grace_period: ([0-9]+)", compose),
    )
    assert min(int(systemd), int(docker)) > DRAIN_SECONDS + 5


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not here")
@pytest.mark.parametrize("several_machines", [False, True])
def test_systemd_reads_the_units(tmp_path: Path, several_machines: bool) -> None:
    if several_machines:
        shutil.copytree(DEPLOY / "cluster" / "systemd", tmp_path, dirs_exist_ok=True)
    for unit in UNITS:
        text = re.sub(r"/opt/tracuu/\.venv/bin/tracuu", "/bin/true", unit.read_text())
        text = re.sub(r"^Documentation=.*$|(?<=^User=).*$|(?<=^Group=).*$", "", text, flags=re.MULTILINE)
        (tmp_path / unit.name).write_text(text)
    verified = subprocess.run(
        ["systemd-analyze", "verify", *(str(tmp_path / unit.name) for unit in UNITS)],
        capture_output=True,
        text=True,
    )
    assert (verified.returncode, verified.stderr) == (0, "")


@pytest.mark.skipif(nginx() is None, reason="nginx is not here")
@pytest.mark.parametrize("upstream", ["nginx", "cluster/nginx", "cluster/docker"])
def test_nginx_takes_its_example(tmp_path: Path, upstream: str) -> None:
    file = (DEPLOY / upstream / "tracuu-upstream.conf").read_text()
    # Only in a network of containers are they names.
    Proxy(tmp_path, re.sub(r"server [a-z][\w-]*:", "server 127.0.0.1:", file)).check()
