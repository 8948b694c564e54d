"""A reading process that dies, hangs or lies costs one file."""

import json
import os
import platform
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from indexer.extract import child_process
from indexer.extract.child import OUT_OF_MEMORY
from indexer.extract.reasons import sentence, sentences
from indexer.extract.sandbox import Sandbox
from indexer.model import Extraction, FileState
from indexer.stored.extraction import extraction_to_json
from tests.extract.documents import docx, encrypted_pdf, pdf

PORTAL = [path for path in (Path(__file__).parents[2] / "demo" / "portal").glob("*/*/*") if path.is_file()]

SLOW = """
import os, sys, time
from indexer.extract import child, reader

def read_text(path, name, paging):
    (path.parent / "busy").write_text(str(os.getpid()))
    time.sleep(60)

reader.read_text = read_text
sys.argv = ["child", "1500"]
child.main()
"""
"""The real child with a reader that says through a pipe that it is busy, and never ends."""


@pytest.fixture
def busy(file: Path) -> Iterator[Callable[[], int]]:
    """Waits for the child that runs ``SLOW`` to begin with a file and returns its process id."""
    path = file.parent / "busy"
    os.mkfifo(path)
    pipe = os.open(path, os.O_RDWR)  # for both, so that opening waits for nobody

    def pid() -> int:
        assert select.select([pipe], [], [], 20)[0], "the child never began"
        return int(os.read(pipe, 100))

    yield pid
    os.close(pipe)


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
        pytest.param("time.sleep(60)", "more than 0.5 s", id="hangs"),
        pytest.param("os.kill(os.getpid(), 9)", "crashed", id="is killed"),
        pytest.param("sys.exit(3)", "crashed", id="ends"),
        pytest.param("os.abort()", "crashed", id="aborts"),
        pytest.param(f"sys.exit({OUT_OF_MEMORY})", "out of memory (100 MB)", id="says that memory ended"),
        pytest.param(
            "sys.stderr.write('memory allocation of 9 bytes failed'); sys.stderr.flush(); os.abort()",
            "out of memory (100 MB)",
            id="a library says that memory ended",
        ),
        pytest.param("os.close(1); time.sleep(60)", "closed its output", id="falls silent"),
        pytest.param(
            "sys.stdout.buffer.write(struct.pack('>I', 4) + b'nope'); sys.stdout.flush()",
            "invalid response",
            id="lies",
        ),
        pytest.param(
            "sys.stdout.buffer.write(b'\\xff' * 99); sys.stdout.flush()", "too much text", id="floods"
        ),
    ],
)
def test_a_child_that_fails_costs_one_file(
    file: Path, code: str, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(child_process, "ENDING_SECONDS", 0.5)
    before = children()
    with Sandbox(1, 0.5, 100, fake(code)) as sandbox:
        start = time.monotonic()
        for _ in range(2):  # the second has a new child
            found = sandbox.extract(file, "a.pdf")
            assert found.state is FileState.FAILED
            assert reason in sentence(found.problems[0])
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


def test_a_child_killed_in_the_middle_costs_its_file(file: Path, busy: Callable[[], int]) -> None:
    with Sandbox(1, 30, 1500, (sys.executable, "-c", SLOW)) as sandbox, ThreadPoolExecutor(1) as pool:
        for _ in range(2):  # the second has a new child
            reading = pool.submit(sandbox.extract, file, "a.pdf")
            os.kill(busy(), signal.SIGKILL)
            assert sentences(reading.result(20).problems) == ("the reader crashed (status -9)",)


def test_children_do_not_outlive_a_parent_that_is_killed(file: Path, busy: Callable[[], int]) -> None:
    code = (
        "import sys; from pathlib import Path; from indexer.extract.sandbox import Sandbox\n"
        "Sandbox(1, 30, 1500, (sys.executable, '-c', sys.argv[1])).extract(Path(sys.argv[2]), 'a.pdf')"
    )
    with subprocess.Popen([sys.executable, "-c", code, SLOW, str(file)]) as parent:
        child = os.pidfd_open(busy())
        parent.kill()
    try:
        assert select.select([child], [], [], 10)[0], "the child still lives"
    finally:
        os.close(child)


def test_ctrl_c_of_the_terminal_does_not_reach_the_children(file: Path) -> None:
    before = children()
    with Sandbox(1, 30, 1500) as sandbox:
        sandbox.extract(file, "a.pdf")
        assert {os.getpgid(pid) for pid in children() - before}.isdisjoint({os.getpgrp()})


def test_what_a_child_said_of_one_file_is_not_taken_for_the_next(file: Path) -> None:
    answer = json.dumps(extraction_to_json(Extraction("x/y", FileState.EMPTY))).encode()
    code = (
        f"os.write(2, b'MemoryError' * 9); n = globals().get('n', 0) + 1; a = {answer!r}\n"
        " if n > 2: os.kill(os.getpid(), 9)\n"
        " sys.stdout.buffer.write(struct.pack('>I', len(a)) + a); sys.stdout.flush()"
    ).replace("os.write", "'n' in globals() or os.write", 1)
    with Sandbox(1, 10, 100, fake(code)) as sandbox:
        found = [sandbox.extract(file, "a.pdf") for _ in range(3)]
    assert [one.state for one in found] == [FileState.EMPTY, FileState.EMPTY, FileState.FAILED]
    assert sentences(found[2].problems) == ("the reader crashed (status -9)",)


@pytest.mark.parametrize(
    ("name", "made"),
    [
        pytest.param("a.txt", lambda: b"word " * 30_000_000, id="text"),
        pytest.param("a.docx", lambda: docx(*["word " * 40] * 300_000), id="DOCX"),
    ],
)
def test_memory_is_limited(tmp_path: Path, name: str, made: Callable[[], bytes]) -> None:
    large = tmp_path / name
    large.write_bytes(made())
    with Sandbox(1, 60, 120) as sandbox:
        found = sandbox.extract(large, name)
        assert sentences(found.problems) == ("the reader ran out of memory (120 MB)",)
        large.write_bytes(pdf("small"))
        assert sandbox.extract(large, name).state is FileState.TEXT


@pytest.mark.skipif(platform.machine() not in ("x86_64", "aarch64"), reason="no filter for this machine")
def test_there_is_no_network_for_the_reader_and_what_it_starts() -> None:
    tried = "import socket\ntry: socket.socket(); print('open')\nexcept PermissionError: print('closed')\n"
    code = (
        "import subprocess, sys; from indexer.extract.confinement import confine; confine(1500)\n"
        f"tried = {tried!r}; exec(tried); sys.stdout.flush(); subprocess.run([sys.executable, '-c', tried])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["closed", "closed"]


def test_processor_time_is_limited(file: Path) -> None:
    code = "from indexer.extract.confinement import may_compute; may_compute(0)\n while True: pass"
    with Sandbox(1, 30, 1500, fake(code)) as sandbox:
        assert sentences(sandbox.extract(file, "a.pdf").problems) == (
            "reading took more than 30 s of CPU time",
        )


def test_nothing_is_left_in_the_temporary_folder(tmp_path: Path) -> None:
    """A library that unpacks itself there would fail on every fresh machine, or run what another user put there."""
    there = tmp_path / "there"
    there.mkdir()
    command = ["env", f"TMPDIR={there}", sys.executable, "-m", "indexer.extract.child", "1500"]
    with Sandbox(1, 30, 1500, command) as sandbox:
        states = {path.name: sandbox.extract(path, path.name).state for path in PORTAL}
    assert len(states) > 15
    assert {name for name, state in states.items() if state is FileState.FAILED} == set()
    assert list(there.iterdir()) == []


def test_text_is_kept_up_to_a_limit(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("ủ" * 2000)
    with Sandbox(1, 30, 1500, max_output_chars=1000) as sandbox:
        found = sandbox.extract(path, "a.txt")
    assert found.state is FileState.PARTIAL and "".join(page.text for page in found.pages) == "ủ" * 1000
    assert sentences(found.problems) == (
        "only the first 1,000 of 2,000 characters were read (setting max_characters)",
    )


def test_an_error_of_one_pdf_is_not_that_of_the_next(tmp_path: Path) -> None:
    protected, bare = tmp_path / "a.pdf", tmp_path / "b.pdf"
    protected.write_bytes(encrypted_pdf("secret", "mat khau"))
    bare.write_bytes(pdf())
    with Sandbox(1, 30, 1500) as sandbox:
        assert sandbox.extract(protected, "a.pdf").state is FileState.PROTECTED
        assert [one.code for one in sandbox.extract(bare, "b.pdf").problems] == ["no_pages"]


def test_no_open_file_is_left(file: Path) -> None:
    with Sandbox(1, 30, 1500) as sandbox:
        sandbox.extract(file, "a.pdf")
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(3):
        with Sandbox(1, 30, 1500) as sandbox:
            sandbox.extract(file, "a.pdf")
    assert len(list(Path("/proc/self/fd").iterdir())) == before
