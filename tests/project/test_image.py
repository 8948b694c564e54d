"""The image can be built: its files are there, and each of its commands is run where nothing is installed yet."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from indexer import __version__
from tests.project.dockerfile import DOCKERFILE, ROOT, copied, stages
from tests.thoroughness import ALL

ENVIRONMENT = {
    name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "TRACUU_"))
}


def test_the_image_gets_what_it_copies_and_is_not_run_by_root() -> None:
    kept = DOCKERFILE.with_name("Dockerfile.dockerignore").read_text().split()
    names = [name for instruction, rest in stages()[0] if instruction == "COPY" for name in rest.split()[:-1]]
    assert names
    for name in names:
        assert (ROOT / name).exists() and f"!{name}" in kept
    assert ("USER", "tracuu") in stages()[-1]


def index_of_packages(folder: Path) -> bool:
    """Whether packages can be had here: a small one of the lock is asked for."""
    wanted = next(
        line for line in (ROOT / "requirements.lock").read_text().split() if line.startswith("shtab==")
    )
    command = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "--no-deps",
        "--no-cache-dir",
        "--timeout=5",
        "--retries=0",
    ]
    return subprocess.run([*command, wanted], cwd=folder, capture_output=True).returncode == 0


@pytest.mark.slow
@pytest.mark.skipif(not ALL, reason="it installs all packages once more: make test-all")
def test_the_program_is_installed_by_the_commands_of_the_first_stage(tmp_path: Path) -> None:
    if not index_of_packages(tmp_path):
        pytest.skip("no index of packages answers")
    there = tmp_path / "bin"
    there.mkdir()
    (there / "python").symlink_to(Path(sys.executable).resolve())
    # What pip has at hand it need not fetch, and nothing is compiled ahead (pip takes 0 for yes here): both only cost time.
    environment = {**ENVIRONMENT, "PATH": f"{there}:{os.environ['PATH']}", "PIP_NO_COMPILE": "0"}
    work = tmp_path / "work"
    work.mkdir()
    for instruction, rest in stages()[0]:
        copied(instruction, rest, work)
        if instruction == "RUN":
            done = subprocess.run(
                ["sh", "-c", rest.replace("--no-cache-dir ", "")],
                cwd=work,
                env=environment,
                capture_output=True,
                text=True,
            )
            assert done.returncode == 0, f"{rest}: {done.stdout[-2000:]}{done.stderr[-2000:]}"
    done = subprocess.run(
        [work / ".venv/bin/tracuu", "--version"], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.stdout.strip() == f"tracuu {__version__}", done.stderr


COPY_OF_THIS_SYSTEM = """
set -e
mount -t tmpfs none "$1" && mkdir "$1/upper" "$1/work" "$1/root"
mount -t overlay overlay -o "lowerdir=/,upperdir=$1/upper,workdir=$1/work" "$1/root"
for each in /proc /dev; do mount --rbind $each "$1/root$each"; done
mount -t tmpfs -o mode=1777 none "$1/root/tmp"
exec chroot "$1/root" sh -ec "$2"
"""
"""Runs a command as on this system; whatever it writes is gone afterwards."""


def on_a_copy_of_this_system(folder: Path, command: str) -> subprocess.CompletedProcess[str]:
    start = ["unshare", "--mount", "--fork", "sh", "-c", COPY_OF_THIS_SYSTEM, "sh", str(folder), command]
    return subprocess.run(start, env=ENVIRONMENT, capture_output=True, text=True)


def test_the_system_is_set_up_by_the_commands_of_the_last_stage(tmp_path: Path) -> None:
    if shutil.which("apt-get") is None or shutil.which("unshare") is None:
        pytest.skip("this is no Debian")
    if on_a_copy_of_this_system(tmp_path, "apt-get update --error-on=any").returncode != 0:
        pytest.skip("nobody may work on a copy of this system here, or no archive of Debian answers")
    commands = [rest for instruction, rest in stages()[-1] if instruction == "RUN"]
    look = 'test "$(stat -c %U:%a /data)" = tracuu:750; tesseract --list-langs | grep -qx vie; id tracuu'
    done = on_a_copy_of_this_system(tmp_path, "\n".join([*commands, look]))
    assert done.returncode == 0 and "uid=10001(tracuu)" in done.stdout, (
        done.stdout[-2000:] + done.stderr[-2000:]
    )
