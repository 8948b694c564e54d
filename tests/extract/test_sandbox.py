"""A reading process that dies, hangs or lies costs one file."""

import os
import signal
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from indexer.extract.sandbox import Sandbox
from indexer.model import FileState
from tests.extract.documents import pdf


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf("hello there"))
    return path


def children() -> set[int]:
    found = Path(f"/proc/{os.getpid()}/task").glob("*/children")
    return {int(pid) for path in found for pid in path.read_text().split()}


def fake(code: str) -> tuple[str, ...]:
    return (sys.executable, "-c", f"import os, sys, struct, time\nfor line in sys.stdin:\n {code}")


def test_reads_in_another_process_and_leaves_none(file: Path) -> None:
    before = children()
    with Sandbox(2, 30, 1500) as sandbox, ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: sandbox.extract(file, "a.pdf"), range(12)))
        assert 1 <= len(children() - before) <= 2
    assert {one.pages[0].text for one in found} == {"hello there"}
    assert children() == before


def test_children_outlive_the_thread_that_started_them(file: Path) -> None:
    with Sandbox(1, 30, 1500) as sandbox:
        thread = threading.Thread(target=lambda: sandbox.extract(file, "a.pdf"))
        thread.start()
        thread.join()
        assert sandbox.extract(file, "a.pdf").state is FileState.TEXT


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        pytest.param("time.sleep(60)", "longer than 0.5 s", id="hangs"),
        pytest.param("os.kill(os.getpid(), 9)", "crashed", id="is killed"),
        pytest.param("sys.exit(3)", "crashed", id="ends"),
        pytest.param("os.abort()", "out of memory", id="aborts"),
        pytest.param(
            "sys.stdout.buffer.write(struct.pack('>I', 4) + b'nope'); sys.stdout.flush()",
            "no sense",
            id="lies",
        ),
        pytest.param(
            "sys.stdout.buffer.write(b'\\xff' * 99); sys.stdout.flush()", "more text than fits", id="floods"
        ),
    ],
)
def test_a_child_that_fails_costs_one_file(file: Path, code: str, reason: str) -> None:
    before = children()
    with Sandbox(1, 0.5, 100, fake(code)) as sandbox:
        start = time.monotonic()
        for _ in range(2):  # the second has a new child
            found = sandbox.extract(file, "a.pdf")
            assert found.state is FileState.FAILED
            assert reason in found.problems[0]
        assert time.monotonic() - start < 20
    assert children() == before


def test_a_child_killed_between_files_is_replaced(file: Path) -> None:
    before = children()
    with Sandbox(1, 30, 1500) as sandbox:
        sandbox.extract(file, "a.pdf")
        for pid in children() - before:
            os.kill(pid, signal.SIGKILL)
        sandbox.extract(file, "a.pdf")  # may be the one file it costs
        assert sandbox.extract(file, "a.pdf").state is FileState.TEXT


def test_memory_is_limited(tmp_path: Path) -> None:
    large = tmp_path / "a.txt"
    large.write_bytes(b"word " * 30_000_000)
    with Sandbox(1, 60, 120) as sandbox:
        found = sandbox.extract(large, "a.txt")
    assert found.state is FileState.FAILED


def test_no_open_file_is_left(file: Path) -> None:
    with Sandbox(1, 30, 1500) as sandbox:
        sandbox.extract(file, "a.pdf")
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(3):
        with Sandbox(1, 30, 1500) as sandbox:
            sandbox.extract(file, "a.pdf")
    assert len(list(Path("/proc/self/fd").iterdir())) == before
