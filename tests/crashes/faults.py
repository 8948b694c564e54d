"""A disk that fails at one system call: whichever it is, the command reports it and nothing accepted is lost.

strace makes the calls fail, so that SQLite and the engine are affected as well as our own code.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from indexer.cli import main
from indexer.disk import durable
from indexer.push.inbox import Inbox
from indexer.settings import Settings
from tests.crashes.articles import Version
from tests.crashes.promise import GONE, Promise, check_parts
from tests.running.server import ROOT

CALLS = (
    "openat", "write", "pwrite64", "fsync", "fdatasync", "ftruncate", "mkdir", "rename", "renameat", "unlink", "rmdir",
)  # fmt: skip
ERRORS = ("ENOSPC", "EIO", "EROFS", "EACCES", "EMFILE")
_ARTICLES = 6
_ACCEPT = """
import json, sys
from pathlib import Path
from indexer.push.inbox import Inbox
inbox = Inbox(Path(sys.argv[1]))
for line in sys.stdin:
    record = json.loads(line)
    inbox.accept(record.pop("id"), "put", line.encode(), json.dumps(record).encode(), files=True)
    print(end="", flush=True)
"""


def strace() -> str | None:
    """Return the path of strace, None if it is not installed or may not trace processes."""
    found = shutil.which("strace")
    if found and subprocess.run([found, "-o", "/dev/null", "true"], capture_output=True).returncode == 0:
        return found
    return None


@dataclass(frozen=True)
class Fault:
    """Call number ``number`` of ``call`` by a thread fails with ``error``, as do all later ones if ``lasting``."""

    call: str
    number: int
    error: str
    lasting: bool

    def option(self) -> str:
        """Return it as an option of strace."""
        return f"{self.call}:error={self.error}:when={self.number}{'+' if self.lasting else ''}"


class Faults:
    """A data directory with a backup, copied for every attempt."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._base, self._scratch = folder, folder / "base", folder / "scratch"
        self._tried = folder / "tried"
        self._scratch.mkdir(parents=True)
        self._settings = {"TRACUU_OCR": "false", "TRACUU_WORKERS": "1"}
        self._environment = {
            **os.environ, "TMPDIR": str(self._scratch), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(ROOT),
            **self._settings,
        }  # fmt: skip
        self.outcomes: Counter[str] = Counter()
        self._promise = Promise()
        first = [Version(article, article + 1, files=1) for article in range(_ARTICLES)]
        self._changed = [Version(article, 100 + article, files=1) for article in range(0, _ARTICLES + 2, 2)]
        _acknowledge(self._promise, first)
        self._sound("--data", str(self._base / "data"), "index", "-", input=first)
        self._sound("--data", str(self._base / "data"), "backup", str(self._base / "backup"))

    def works(self) -> dict[str, Sequence[str]]:
        """Return the operations to try, by name."""
        data = ("--data", str(self._tried / "data"))
        return {
            "indexing": (*data, "index", "-"),
            "accepting pushes": (str(self._tried / "data"),),
            "writing pushes": (*data, "write", "--once", "--quiet"),
            "removing": (*data, "remove", "bai-1"),
            "rebuilding": (*data, "rebuild"),
            "backing up": (*data, "backup", str(self._tried / "backup")),
            "restoring": (*data, "restore", "--replace", str(self._tried / "backup")),
        }

    def points(self, work: str) -> list[Fault]:
        """Return a fault for every call of an operation, with each error in turn, sometimes a lasting one."""
        self._prepare(work)
        trace = self._folder / "trace"
        self._run(work, ("-o", str(trace), "-e", f"trace={','.join(CALLS)}"))
        numbers: Counter[tuple[str, str]] = Counter()
        found: set[tuple[str, int]] = set()
        for line in trace.read_text(errors="replace").splitlines():
            thread, _, said = line.partition(" ")
            call = said.strip().partition("(")[0]
            numbers[thread, call] += 1
            # Opening counts as a fault only for our files; those of Python are not the point here.
            if call in CALLS and (call != "openat" or str(self._tried) in said):
                found.add((call, numbers[thread, call]))
        return [
            Fault(call, number, ERRORS[number % len(ERRORS)], number % 3 == 0 and call != "openat")
            for call, number in sorted(found)
        ]

    def try_(self, work: str, fault: Fault) -> bool:
        """Run an operation with a fault, let the next process start, and assert that every promise is kept.

        Returns False if the fault came before our code ran, which proves nothing.
        """
        promise = self._prepare(work)
        done = self._run(
            work, ("-o", "/dev/null", "-e", f"trace={fault.call}", "-e", f"inject={fault.option()}")
        )
        where = f"{work}, {fault.option()}: {done.returncode} {done.stderr}"
        if "ImportError" in done.stderr or "importlib" in done.stderr:
            return (
                False  # a process that it starts counts its calls anew, and met the fault before it was ours
            )
        succeeded = done.returncode == 0
        self.outcomes["done all the same" if succeeded else "said so"] += 1
        # When nothing can be written any more, nothing can be reported either.
        said = work == "accepting pushes" or succeeded or fault.call == "write"
        # Exit code 1: a file could not be read, which a line of its own says.
        assert said or (
            "Traceback" not in done.stderr and ("tracuu: " in done.stderr or done.returncode == 1)
        ), where
        assert succeeded or done.returncode in (1, 3), where
        settings = Settings(data=self._tried / "data", workers=1, ocr=False)
        try:
            if work == "restoring" and not succeeded:
                self._sound(*self.works()[work])
            note = promise.acknowledged if succeeded else promise.begun
            if work in ("indexing", "accepting pushes"):
                for version in self._changed:
                    note(version.article, version)
            elif work == "removing":
                note(1, GONE)
            self._sound("--data", str(settings.data), "write", "--once", "--quiet")
            # A file that could not be read because the disk failed is recorded as failed, and read again on request.
            self._sound("--data", str(settings.data), "reextract", "--failed", "--quiet")
            promise.check(settings)
            check_parts(settings, self._scratch)
            if work == "backing up":
                self._sound("--data", str(settings.data), "verify", "--backup", str(self._tried / "backup"))
        except AssertionError as error:
            raise AssertionError(f"{where}\n{error}") from error
        return True

    def _prepare(self, work: str) -> Promise:
        # Not in place: a reader of this process may be creating a lock in it.
        durable.remove(self._tried)
        shutil.copytree(self._base, self._tried)
        promise = self._promise.copy()
        if work == "writing pushes":
            inbox = Inbox(self._tried / "data")
            for version in self._changed:
                record = version.json()
                id = record.pop("id")
                inbox.accept(id, "put", id.encode(), json.dumps(record).encode(), files=True)
            inbox.close()
            _acknowledge(promise, self._changed)
        return promise

    def _run(self, work: str, options: Sequence[str]) -> subprocess.CompletedProcess[str]:
        program = ("-c", _ACCEPT) if work == "accepting pushes" else ("-m", "indexer")
        lines = "".join(version.line() for version in self._changed)
        return subprocess.run(
            ["strace", "-f", "--seccomp-bpf", "-qq", *options, sys.executable, "-W", "ignore", *program]
            + [*self.works()[work]],
            cwd=self._folder,
            env=self._environment,
            input=lines if work in ("indexing", "accepting pushes") else "",
            capture_output=True,
            text=True,
            timeout=120,
        )

    def _sound(self, *command: str, input: Sequence[Version] = ()) -> None:
        """Run a command in this process, without a fault and without the second it takes to start a process."""
        lines, said = io.BytesIO("".join(version.line() for version in input).encode()), io.StringIO()
        with ExitStack() as stack:
            stack.enter_context(mock.patch.dict(os.environ, self._settings))
            stack.enter_context(mock.patch("tempfile.tempdir", str(self._scratch)))
            stack.enter_context(mock.patch("sys.stdin", io.TextIOWrapper(lines, "utf-8")))
            stack.enter_context(redirect_stdout(said))
            stack.enter_context(redirect_stderr(said))
            code = main(command)
        assert code == 0, f"{command}: {code} {said.getvalue()}"


def _acknowledge(promise: Promise, versions: Sequence[Version]) -> None:
    for version in versions:
        promise.acknowledged(version.article, version)
