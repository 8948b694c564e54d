"""The examples of ``deploy/`` name what there is: settings, commands, files, figures."""

from __future__ import annotations

import re
import shutil
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from indexer.cli import COMMANDS
from indexer.push.inbox import Inbox
from indexer.search.service import open_search
from indexer.settings import Settings
from tests.collection import ARTICLES, index
from webui import create_app
from webui.serving.supervisor import DRAIN_SECONDS

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
TEXTS = [path for path in DEPLOY.rglob("*") if path.is_file()]


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_settings_and_commands_exist(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    commands = {module.__name__.rpartition(".")[2] for module in COMMANDS}
    for name in re.findall(r"\bTRACUU_([A-Z_]+)", text):
        assert name.lower() in Settings.__dataclass_fields__
    for command in re.findall(r"(?:bin/tracuu|`tracuu|as_tracuu) ([a-z]+)", text):
        assert command in commands


def test_alarms_are_on_figures_that_there_are(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    index(settings, ARTICLES[:1])
    Inbox(tmp_path).accept("tin", "delete")
    told = (DEPLOY / "README.md").read_text(encoding="utf-8")
    with closing(open_search(settings)) as service:
        figures = create_app(service).test_client().get("/metrics").text
    for name, labels in re.findall(r"\b(tracuu_[a-z_]+)(\{[^}]+\})?", told):
        assert re.search(rf"^{name}(\{{|\b)", figures, re.MULTILINE), name
        for label in re.findall(r'[a-z]+="[^"]+"', labels):
            assert re.search(rf"^{name}\{{.*{label}", figures, re.MULTILINE), f"{name} {label}"


def test_time_to_end_is_longer_than_draining_takes() -> None:
    unit = (DEPLOY / "systemd" / "tracuu.service").read_text()
    compose = (DEPLOY / "docker" / "compose.yaml").read_text()
    for seconds in re.findall(r"(?:TimeoutStopSec=|stop_grace_period: )([0-9]+)", unit + compose):
        assert int(seconds) > DRAIN_SECONDS + 5


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not here")
def test_systemd_reads_the_units(tmp_path: Path) -> None:
    for unit in UNITS:
        text = re.sub(r"/opt/tracuu/\.venv/bin/tracuu", "/bin/true", unit.read_text())
        text = re.sub(r"^Documentation=.*$|(?<=^User=).*$|(?<=^Group=).*$", "", text, flags=re.MULTILINE)
        (tmp_path / unit.name).write_text(text)
    found = subprocess.run(
        ["systemd-analyze", "verify", *(str(tmp_path / unit.name) for unit in UNITS)],
        capture_output=True,
        text=True,
    )
    assert (found.returncode, found.stderr) == (0, "")


def test_the_image_holds_what_the_package_needs() -> None:
    dockerfile = (DEPLOY / "docker" / "Dockerfile").read_text()
    kept = (DEPLOY / "docker" / "Dockerfile.dockerignore").read_text().split()
    for copied in re.findall(r"^COPY (?!--from)(.+) \S+$", dockerfile, re.MULTILINE):
        for name in copied.split():
            assert (ROOT / name).exists() and f"!{name}" in kept
    assert "\nUSER tracuu\n" in dockerfile
