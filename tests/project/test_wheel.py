"""What is built is whole, and what is installed of it runs anywhere, whatever lies in the working directory."""

from __future__ import annotations

import base64
import json
import os
import re
import socket
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Container, Iterator, Mapping, Sequence
from contextlib import contextmanager
from email import message_from_string
from importlib.metadata import packages_distributions
from pathlib import Path
from urllib.request import Request, urlopen
from zipfile import ZipFile

import pytest

from indexer import __version__
from tests.extract.documents import pdf
from tests.project.dockerfile import ROOT, copied, stages
from tests.running.server import Server, answers
from tests.waiting import SECONDS, until

ENVIRONMENT = {
    name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "TRACUU_"))
}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from the files that the image is built from."""
    source, made = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    for instruction, rest in stages()[0]:
        copied(instruction, rest, source)
    options = ("--quiet", "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", str(made))
    subprocess.run([sys.executable, "-m", "pip", "wheel", ".", *options], cwd=source, check=True)
    (found,) = made.iterdir()
    return found


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ``bin`` of an environment with the wheel; libraries are those of the tests, without this checkout."""
    folder = tmp_path_factory.mktemp("installed") / "environment"
    venv.create(folder)
    site = sysconfig.get_path("purelib", "venv", {"base": str(folder), "platbase": str(folder)})
    # What it names is on the path; files in there that name further folders, as that of the checkout does, are not read.
    (Path(site) / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")
    command = [sys.executable, "-m", "pip", "--python", str(folder / "bin" / "python")]
    subprocess.run([*command, "install", "--quiet", "--no-deps", "--no-index", str(wheel)], check=True)
    return folder / "bin"


def test_the_wheel_holds_every_file_of_the_packages_and_no_other(wheel: Path) -> None:
    expected = {
        path.relative_to(ROOT).as_posix()
        for package in ("indexer", "webui")
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert {"indexer/py.typed", "webui/py.typed"} < expected
    names = {name for name in ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert names == expected | {f"tracuu-{__version__}.data/data/share/man/man1/tracuu.1"}


def test_an_index_of_packages_is_told_the_version_and_shows_nothing_that_it_lacks(wheel: Path) -> None:
    with ZipFile(wheel) as opened:
        told = message_from_string(opened.read(f"tracuu-{__version__}.dist-info/METADATA").decode())
    assert told["Version"] == __version__
    assert told["Author"] and told.get_all("Classifier")
    shown = str(told.get_payload())
    assert "## Your own articles" in shown
    assert re.findall(r"\]\((?!https://|#)[^)]*\)", shown) == []


STARTED = {"indexer", *subprocess.run(
    [sys.executable, "-I", "-c", "import runpy, sys; print(*sys.modules)"], capture_output=True, text=True
).stdout.split()}  # fmt: skip
"""What ``python -m indexer`` has looked for in the working directory before any line of ours runs."""


@pytest.mark.parametrize(
    ("program", "run_before"),
    [
        pytest.param(["tracuu"], set(), id="tracuu"),
        pytest.param(["python", "-m", "indexer"], STARTED, id="python -m indexer"),
    ],
)
def test_what_is_installed_works_and_runs_nothing_of_the_working_directory(
    installed: Path, tmp_path: Path, program: Sequence[str], run_before: set[str]
) -> None:
    command = [str(installed / program[0]), *program[1:]]
    documents, said = tmp_path / "documents", tmp_path / "said"
    documents.mkdir()
    names = {
        "indexer",
        "webui",
        "sitecustomize",
        *sys.stdlib_module_names,
        *packages_distributions(),
    } - run_before
    for name in names:
        (documents / f"{name}.py").write_text(f"open({str(said)!r}, 'a').write({name!r} + '\\n')\n")
    (documents / "a.pdf").write_bytes(pdf("one", "two"))
    article = {"id": "a", "title": "Kế hoạch", "attachments": [{"name": "a.pdf", "path": "a.pdf"}]}
    (documents / "in.jsonl").write_text(json.dumps(article) + "\n", encoding="utf-8")

    def tracuu(*arguments: str, codes: Container[int] = (0,)) -> str:
        done = subprocess.run(
            [*command, *arguments], cwd=documents, env=ENVIRONMENT, capture_output=True, text=True
        )
        assert done.returncode in codes, done.stderr
        return done.stdout

    assert tracuu("--version").strip() == f"tracuu {__version__}"
    assert json.loads(tracuu("index", "in.jsonl", "--workers", "2", "--json"))["indexed"] == 1
    # Of the file, which a process of its own has read.
    assert json.loads(tracuu("search", "two", "--json"))["total"] == 1
    assert "network" in tracuu("doctor", codes=(0, 1))
    key = tracuu("keys", "create", "--name", "portal", "--scope", "write").strip()
    with serving(command, documents) as server:
        page = server.get("/search?q=ke+hoach&lang=en")
        assert page.status == 200 and "results" in page.body
        addresses = re.findall(r'(?:href|src)="(/static/[^"]+)"', page.body)
        assert addresses
        for address in addresses:
            assert server.get(address).status == 200
        # The writer is a process of its own, too, and has another one read the file.
        push(server, key, {"title": "Thông báo", "attachments": [inline("b.pdf", pdf("three"))]})
        until(lambda: json.loads(server.get("/api/v1/search?q=three").body)["total"] == 1)
    assert not said.exists(), said.read_text()


@contextmanager
def serving(command: Sequence[str], folder: Path) -> Iterator[Server]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [*command, "serve", "--quiet", "--workers", "1", "--port", str(port)],
        cwd=folder,
        env=ENVIRONMENT,
        text=True,
    )
    server = Server(port, process)
    try:
        until(lambda: answers(server))
        yield server
    finally:
        process.terminate()
        process.wait(SECONDS)


def inline(name: str, content: bytes) -> Mapping[str, str]:
    return {"name": name, "base64": base64.b64encode(content).decode()}


def push(server: Server, key: str, article: Mapping[str, object]) -> None:
    request = Request(
        f"http://127.0.0.1:{server.port}/api/v1/articles/b",
        json.dumps(article).encode(),
        {"Authorization": f"Bearer {key}", "Content-Type": "application/json"},
        method="PUT",
    )
    with urlopen(request, timeout=SECONDS) as answer:
        assert answer.status == 202
