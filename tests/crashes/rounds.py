"""Rounds of one command each, which is killed at a random moment, started again, and checked."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from random import Random

from benchmarks.measure import command_line
from indexer.keys import KeyStore
from indexer.push.inbox import Inbox
from indexer.settings import Settings
from tests.crashes.articles import Version
from tests.crashes.promise import GONE, Promise, Reader, check_parts
from tests.running.server import ROOT, Server, children_of, serving
from tests.waiting import until

STAGES = ("indexing", "pushing", "extracting", "rebuilding", "restoring", "backing up")
_ARTICLES = 60
_PUSHERS = 3
_SECONDS = 120.0
"""Time within which any command finishes."""


class Rounds:
    """A data directory in ``folder``, what was promised of it, and rounds that try to break the promise."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.kills: Counter[str] = Counter()
        self.ended: Counter[str] = Counter()
        """Rounds whose command finished before it was to be killed."""
        self.number = 0
        self._random = Random(seed)
        self._folder, self._data, self._scratch = folder, folder / "data", folder / "scratch"
        self._backup = folder / self._random.choice(("backup", "backup.tar"))
        self._scratch.mkdir(parents=True)
        self._settings = Settings(data=self._data, workers=2, ocr=False)
        self._promise = Promise()
        self._last_kill: object = None
        self._last_run: object = None
        self._version_number = 0
        self._unexpected: list[int] = []
        """Answers to pushes that neither acknowledge them nor ask to send them again."""
        self._took: dict[str, float] = {}
        """Seconds that a stage takes without a kill, as far as known."""
        self._environment = {
            **os.environ,
            "TMPDIR": str(self._scratch),
            "TRACUU_RATE_LIMIT": "0",
            "TRACUU_KEY_RATE_LIMIT": "0",
            "TRACUU_OCR": "false",
            "TRACUU_WORKERS": "2",
        }
        self.reader = Reader(self._settings)

    @contextmanager
    def reading(self) -> Iterator[Rounds]:
        """Begin with an index and a backup, and check all the time for incomplete versions."""
        everything = [self._version(article, files=1) for article in range(_ARTICLES)]
        self._send(everything)
        self._done(self._start("index", "-", input=everything))
        self._answered(everything)
        self._done(self._start("backup", str(self._backup)))
        self._backed_up = self._promise.copy()
        self._key = KeyStore(self._data).create("crashes", ["write"])[1]
        self.reader.start()
        self._settle()
        yield self
        self.reader.end()
        self._run("backup", str(self._backup))
        left = {path.name for path in self._folder.iterdir()} - {"data", "scratch", self._backup.name}
        assert not left, f"{left} are left over"

    def round(self, stage: str) -> None:
        """Run the stage, kill it, start it again, and assert that every promise is kept."""
        run: Callable[[], None] = getattr(self, f"_{stage.replace(' ', '_')}")
        try:
            run()
            self._settle()
        except AssertionError as error:
            error.add_note(
                f"round {self.number}, {stage}; the kill before: {self._last_kill}, {self._last_run}"
            )
            raise
        self.number += 1

    def _indexing(self) -> None:
        some = self._some(self._random.choice((3, 20, _ARTICLES)), files=self._random.choice((0, 1)))
        self._send(some)
        if self._killed("indexing", ("index", "-"), some):
            self._answered(some)

    def _extracting(self) -> None:
        some = self._some(2, files=2)
        self._send(some)
        # Including the processes that read files: the file being read may be given up until it is requested again.
        if self._killed("extracting", ("index", "-"), some, child=self._random.random() < 0.4):
            self._answered(some)
        self._run("index", "-", input=some)
        self._answered(some)
        if "failed" in json.loads(self._run("stats", "--json"))["attachments"]:
            self._run("reextract", "--failed")

    def _rebuilding(self) -> None:
        self._killed("rebuilding", ("rebuild",))

    def _backing_up(self) -> None:
        before, now = self._backed_up, self._promise
        if self._killed("backing up", ("backup", str(self._backup))):
            self._backed_up = now.copy()
            return
        # Half a backup counts as none: either the previous one is valid, or the new one.
        self._backed_up = before.either(now)
        self._done(self._start("verify", "--backup", str(self._backup)))

    def _restoring(self) -> None:
        self._stop_looking()
        data = self._data if self._random.random() < 0.6 else self._data.with_name("elsewhere")
        if data == self._data and self._random.random() < 0.5:
            self._restoring_under_a_server()
            return
        self._restored(data)
        settings = replace(self._settings, data=data)
        self._backed_up.check(settings)
        if data == self._data:
            self._promise = self._backed_up.copy()
            # Keys made since the backup were removed by the restore.
            self._key = KeyStore(self._data).create("crashes", ["write"])[1]
        else:
            check_parts(settings, self._scratch)
            shutil.rmtree(data)

    def _restored(self, data: Path) -> None:
        command = ("restore", str(self._backup), "--replace", "--data", str(data))
        if not self._killed("restoring", command):
            self._run(*command)

    def _restoring_under_a_server(self) -> None:
        with serving(self._data, "--workers", "1", **self._environment) as server:
            # Answers given during the replacement may be lost or may hold.
            self._promise = self._backed_up.copy()
            with self._pushed(server, certain=False):
                time.sleep(self._random.uniform(0.0, 1.0))
                self._restored(self._data)
            self._key = KeyStore(self._data).create("crashes", ["write"])[1]
            with self._pushed(server):
                writer = self._process(server, "writer") if self._random.random() < 0.5 else None
                if writer is not None:
                    os.kill(writer, signal.SIGKILL)
                time.sleep(self._random.uniform(0.0, 1.0))
            inbox = Inbox(self._data)
            until(lambda: not inbox.count())
            inbox.close()
            there = self._promise.check(self._settings)
            until(lambda: json.loads(server.get("/api/v1/search?q=").body).get("total") == there)

    @contextmanager
    def _pushed(self, server: Server, certain: bool = True) -> Iterator[None]:
        """Let several clients push during the block. ``certain``: answered changes count."""
        over = threading.Event()
        pushers = [
            threading.Thread(target=self._push, args=(server, n, over, certain), daemon=True)
            for n in range(_PUSHERS)
        ]
        for pusher in pushers:
            pusher.start()
        try:
            yield
        finally:
            over.set()
            for pusher in pushers:
                pusher.join(_SECONDS)
        assert self._unexpected == []

    def _pushing(self) -> None:
        with serving(self._data, "--workers", "1", **self._environment) as server:
            victim = self._random.choice(("writer", "web process", "all"))
            with self._pushed(server):
                time.sleep(self._random.uniform(0.0, 1.5))
                pid = self._process(server, victim)
                if pid is not None:
                    os.kill(pid, signal.SIGKILL)
                    self.kills["pushing"] += 1
                time.sleep(self._random.uniform(0.0, 1.0))
            if victim == "all" and pid is not None:
                server.process.wait(_SECONDS)
            elif self._random.random() < 0.5:
                inbox = Inbox(self._data)
                until(lambda: not inbox.count())
                inbox.close()

    def _process(self, server: Server, victim: str) -> int | None:
        if victim == "all":
            return server.process.pid
        children = children_of(server.process.pid)
        writers = [pid for pid in children if "write" in command_line(pid)]
        if victim == "writer":
            return writers[0] if writers else None
        web = [pid for pid in children if pid not in writers]
        return next(iter(children_of(web[0])), None) if web else None

    def _push(self, server: Server, pusher: int, over: threading.Event, certain: bool) -> None:
        """Send changes of articles that no other client changes, one after the other."""
        random = Random(self._random.random())
        mine = range(pusher, _ARTICLES, _PUSHERS)
        headers = {"Authorization": f"Bearer {self._key}", "Content-Type": "application/json"}
        while not over.is_set():
            article = random.choice(mine)
            what = GONE if random.random() < 0.2 else self._version(article, files=random.choice((0, 0, 1)))
            self._promise.begun(article, what)
            body = None if what is None else what.json()
            path = f"/api/v1/articles/bai-{article}"
            try:
                connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
                if body is None:
                    connection.request("DELETE", path, headers=headers)
                else:
                    del body["id"]
                    connection.request("PUT", path, json.dumps(body), headers)
                status = connection.getresponse().status
                connection.close()
            except (OSError, http.client.HTTPException):
                time.sleep(0.05)
                continue
            # A key made since the backup is removed by the restore.
            if status not in ((202, 503) if certain else (202, 401, 503)):
                self._unexpected.append(status)
            if status == 202 and certain:
                self._promise.acknowledged(article, what)

    def _settle(self) -> None:
        """Let the next writer start, then check everything."""
        self._run("write", "--once")
        self._promise.check(self._settings)
        check_parts(self._settings, self._scratch)
        self.reader.replaced = False
        self.reader.look_for(self._promise.versions())

    def _stop_looking(self) -> None:
        self.reader.replaced = True

    def _version(self, article: int, files: int) -> Version:
        self._version_number += 1
        return Version(article, self._version_number, files)

    def _some(self, number: int, files: int) -> list[Version]:
        return [self._version(article, files) for article in self._random.sample(range(_ARTICLES), number)]

    def _send(self, versions: Sequence[Version]) -> None:
        for version in versions:
            self._promise.begun(version.article, version)
        self.reader.look_for(self._promise.versions())

    def _answered(self, versions: Sequence[Version]) -> None:
        for version in versions:
            self._promise.acknowledged(version.article, version)

    def _killed(
        self, stage: str, command: Sequence[str], input: Sequence[Version] = (), child: bool = False
    ) -> bool:
        """Run a command and kill it, or one of its processes, at a random moment; return whether it finished first."""
        start, longest = time.monotonic(), self._took.get(stage, 0.7)
        process = self._start(*command, input=input)
        moment = start + self._random.uniform(0.15, 1.0) * longest * 1.1
        while process.poll() is None and time.monotonic() < moment:
            time.sleep(0.002)
        if process.poll() is None:
            children = children_of(process.pid) if child else []
            victim = self._random.choice(children) if children else process.pid
            os.kill(victim, signal.SIGKILL)
            self.kills[stage] += 1
            self._last_kill = stage, process.pid, victim, time.monotonic() - start
        out, said = process.communicate(timeout=_SECONDS)
        self._last_run = process.returncode, out, said
        if process.returncode in _done(command):
            self._took[stage] = (longest + time.monotonic() - start) / 2
            self.ended[stage] += 1
            return True
        self._took[stage] = longest * 1.05
        assert process.returncode == -signal.SIGKILL, f"{command}: {process.returncode} {out!r} {said!r}"
        return False

    def _start(self, *command: str, input: Sequence[Version] = ()) -> subprocess.Popen[str]:
        lines = self._folder / "input"
        lines.write_text("".join(version.line() for version in input))
        with lines.open() as stdin:
            lines.unlink()
            return subprocess.Popen(
                [sys.executable, "-W", "ignore", "-m", "indexer", "--data", str(self._data), *command],
                cwd=ROOT,
                env=self._environment,
                stdin=stdin,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )

    def _done(self, process: subprocess.Popen[str]) -> str:
        out, said = process.communicate(timeout=_SECONDS)
        assert process.returncode == 0, f"{process.args!r}: {process.returncode} {out!r} {said!r}"
        return out

    def _run(self, *command: str, input: Sequence[Version] = ()) -> str:
        return self._done(self._start(*command, input=input))


def _done(command: Sequence[str]) -> tuple[int, ...]:
    """Return the exit codes of a command that finished; a killed reading process costs one file."""
    return (0, 1) if command[0] == "index" else (0,)
