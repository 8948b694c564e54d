"""The query logs of several machines become one, on a real server of objects; nothing is lost or doubled."""

from __future__ import annotations

import random
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from unittest import mock

import pytest

from indexer.cli import main
from indexer.errors import FilesUnreachableError, NotWriterError, ReplacedError
from indexer.files.bucket import Bucket
from indexer.query_log.outbox import FILE_NAME, Outbox
from indexer.query_log.recorder import Recorder
from indexer.query_log.report import report
from indexer.query_log.store import Clicked, QueryLog, Searched
from indexer.replication import queries
from indexer.replication.exchange import exchange
from indexer.replication.held import hold
from indexer.replication.queries import KEPT_SECONDS, MOST_OBJECTS, hand_in, take_in
from indexer.role_settings import Role
from indexer.settings import Settings
from tests.collection import ARTICLES, index
from tests.files.gateway import BUCKET, Gateway
from tests.replication.machines import begin

MINUTE = 29_000_000 * 60
SEEN = MINUTE + 86_400
"""A moment at which entries of that minute are in the report."""


@pytest.fixture
def settings(gateway: Gateway, tmp_path: Path) -> Settings:
    """Those of the writer."""
    return Settings(
        data=tmp_path / "writer",
        role="writer",
        engine="opensearch",
        files=f"s3://{BUCKET}/queries/{tmp_path.name}",
        s3=gateway.settings(),
    )


def node(settings: Settings, name: str) -> Settings:
    return replace(settings, role="web", data=settings.data.with_name(name))


def searched(settings: Settings, *texts: str) -> None:
    settings.data.mkdir(exist_ok=True)
    Outbox(settings.data).add([Searched(MINUTE, text, 1, False, 2.5) for text in texts], [])


def found(settings: Settings) -> Counter[str]:
    return Counter(text for (text,) in QueryLog(settings.data).rows("SELECT text FROM searches"))


def objects(gateway: Gateway, settings: Settings) -> list[Path]:
    return sorted(gateway.objects.joinpath(*settings.files.split("/")[3:]).rglob("*.json.gz"))


def test_what_nodes_were_asked_is_in_the_report_of_the_writer(settings: Settings) -> None:
    one, other = node(settings, "one"), node(settings, "other")
    searched(one, "khai sinh", "hộ khẩu")
    searched(other, "khai sinh")
    Outbox(other.data).add([], [Clicked(MINUTE, "khai sinh", 2)])
    assert (hand_in(one), hand_in(other), take_in(settings)) == (2, 2, 4)
    told = report(settings.data, 30, 10, SEEN)
    assert [(asked.text, asked.times) for asked in told.top] == [("khai sinh", 2), ("hộ khẩu", 1)]
    assert told.clicks == ((2, 1),)
    assert QueryLog(settings.data).rows("SELECT DISTINCT at, total, filtered, ms FROM searches") == [
        (MINUTE, 1, 0, 2.5)
    ]
    assert (hand_in(one), take_in(settings)) == (0, 0)
    searched(one, "hộ khẩu")
    assert (hand_in(one), take_in(settings), found(settings)["hộ khẩu"]) == (1, 1, 2)
    assert Outbox(one.data).waiting() == 0 and Outbox(one.data).handed_in()


def test_an_entry_counts_once_if_a_node_is_killed_before_it_forgets_it(settings: Settings) -> None:
    one = node(settings, "one")
    searched(one, "a", "b")
    with mock.patch.object(Outbox, "remove", side_effect=KeyboardInterrupt), pytest.raises(KeyboardInterrupt):
        hand_in(one)
    take_in(settings)
    searched(one, "c")
    hand_in(one)
    assert take_in(settings) == 1
    assert found(settings) == {"a": 1, "b": 1, "c": 1}


_NODE = """
import itertools, sys
from pathlib import Path
from indexer.query_log.outbox import Outbox
from indexer.query_log.store import Searched
from indexer.replication import queries
from indexer.s3_settings import S3Settings
from indexer.settings import Settings
queries.KEPT_SECONDS = -1.0
role, data, files, s3, first = eval(sys.argv[1])
settings = Settings(role=role, engine="opensearch", data=Path(data), files=files, s3=s3)
for n in itertools.count(first):
    if role == "web":
        Outbox(settings.data).add([Searched(60, str(n), 1, False, 1.0)], [])
        print(n, flush=True)
        n % 3 or queries.hand_in(settings)
    else:
        queries.take_in(settings)
        print(n, flush=True)
"""


def test_whoever_is_killed_each_entry_is_there_once(settings: Settings) -> None:
    """In the end, whatever happened between."""
    turns = random.Random(31)
    one = node(settings, "one")
    noted = 0
    for data in (settings.data, one.data):
        data.mkdir()
    for _ in range(4):
        running = {
            given.role: subprocess.Popen(
                [sys.executable, "-c", _NODE,
                 repr((given.role, str(given.data), given.files, given.s3, noted + 1_000))],
                stdout=subprocess.PIPE, text=True,
            )
            for given in (settings, one)
        }  # fmt: skip
        said: dict[str, list[str]] = {}
        for role, process in running.items():
            assert process.stdout is not None
            said[role] = [process.stdout.readline() for _ in range(turns.randint(5, 25))]
        for role in turns.sample(sorted(running), 2):
            running[role].kill()
            said[role] += running[role].communicate()[0].splitlines()
        noted = int(said["web"][-1])
    hand_in(one)
    take_in(settings)
    times = found(settings)
    assert set(times.values()) == {1}
    # One that was being noted at the kill may be there, too.
    assert len(times) >= 20 and max(map(int, times)) - noted in (0, 1)
    assert all(str(n) in times for n in range(noted - 4, noted + 1))


def test_numbers_are_never_given_twice(settings: Settings) -> None:
    one = node(settings, "one")
    for round_ in ("first", "second"):
        searched(one, round_)
        assert (hand_in(one), take_in(settings)) == (1, 1)
        Outbox(one.data).prune(1, 1)
        searched(one, f"{round_}, later")
        assert (hand_in(one), take_in(settings)) == (1, 1)
        for path in one.data.glob(f"{FILE_NAME}*"):
            path.unlink()
        time.sleep(0.002)  # numbers of a new file begin with the millisecond
    assert set(found(settings).values()) == {1} and len(found(settings)) == 4


def test_objects_stay_for_a_writer_that_takes_over(settings: Settings, gateway: Gateway) -> None:
    """Its copy of the log may be some minutes old."""
    one = node(settings, "one")
    searched(one, "a")
    hand_in(one)
    take_in(settings)
    assert objects(gateway, settings)
    other = replace(settings, data=settings.data.with_name("other"))
    hold(other.data, begin(other))
    with pytest.raises(ReplacedError):
        take_in(settings)
    with pytest.raises(NotWriterError):
        take_in(replace(other, role="standby"))
    assert take_in(other) == 1
    later = time.time() + KEPT_SECONDS + 1
    with mock.patch.object(time, "time", lambda: later):
        assert take_in(other) == 0
    assert objects(gateway, settings) == [] and found(other) == {"a": 1}


def test_without_a_writer_the_store_holds_a_bounded_number(
    settings: Settings, gateway: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others wait on the node, and go as soon as a writer is there."""
    monkeypatch.setattr(queries, "_MOST_ENTRIES", 1)
    one = node(settings, "one")
    searched(one, *(str(n) for n in range(MOST_OBJECTS + 3)))
    assert (hand_in(one), hand_in(one), Outbox(one.data).waiting()) == (MOST_OBJECTS, 0, 3)
    assert len(objects(gateway, settings)) == MOST_OBJECTS
    monkeypatch.setattr(queries, "KEPT_SECONDS", -1.0)
    assert (take_in(settings), take_in(settings), hand_in(one), take_in(settings)) == (MOST_OBJECTS, 0, 3, 3)
    assert found(settings) == {str(n): 1 for n in range(MOST_OBJECTS + 3)}


def test_what_nobody_takes_is_removed_when_it_is_too_old(settings: Settings, gateway: Gateway) -> None:
    one = replace(node(settings, "one"), query_log_days=3)
    searched(one, "cũ")
    hand_in(one)
    (old,) = objects(gateway, settings)
    later = time.time() + 4 * 86_400
    with mock.patch.object(time, "time", lambda: later):
        searched(one, "mới")
        hand_in(one)
    (new,) = objects(gateway, settings)
    assert new != old


def test_a_damaged_object_costs_its_own_entries_only(
    settings: Settings, gateway: Gateway, caplog: pytest.LogCaptureFixture
) -> None:
    one = node(settings, "one")
    for text in ("a", "b"):
        searched(one, text)
        hand_in(one)
    damaged = objects(gateway, settings)[0]
    damaged.write_bytes(damaged.read_bytes()[:-12])
    assert take_in(settings) == 1 and found(settings) == {"b": 1}
    assert caplog.text.count("is damaged") == 1
    assert take_in(settings) == 0 and caplog.text.count("is damaged") == 1


def test_while_the_store_does_not_answer_entries_wait(
    settings: Settings, gateway: Gateway, caplog: pytest.LogCaptureFixture
) -> None:
    one = node(settings, "one")
    searched(one, "a")
    stop, rounds = threading.Event(), iter(range(3))
    away = FilesUnreachableError(BUCKET, "there", "it is away")

    def wait(seconds: float) -> None:
        if next(rounds) == 2:
            stop.set()

    with mock.patch.object(Bucket, "put", side_effect=away) as put, mock.patch.object(stop, "wait", wait):
        exchange(one, stop)
    assert (put.call_count, caplog.text.count("it is away"), Outbox(one.data).waiting()) == (4, 1, 1)
    exchange(one, stop)
    assert Outbox(one.data).waiting() == 0


@pytest.mark.parametrize("role", ["web", "standby"])
def test_a_node_notes_masked_entries_beside_the_copy_of_the_log(settings: Settings, role: Role) -> None:
    one = replace(node(settings, "one"), role=role)
    one.data.mkdir()
    QueryLog(one.data).add([Searched(MINUTE, "của máy ghi", 1, False, 1.0)], [])
    recorder = Recorder(one)
    recorder.searched("khai sinh 0912345678", 3, False, 4.5)
    recorder.close()
    assert found(one) == {"của máy ghi": 1}
    hand_in(one)
    take_in(settings)
    assert found(settings) == {"khai sinh [số]": 1}


@pytest.fixture
def config(settings: Settings, tmp_path: Path) -> Iterator[Path]:
    s3 = settings.s3
    path = tmp_path / "tracuu.toml"
    path.write_text(
        f'role = "writer"\nfiles = "{settings.files}"\n[s3]\nendpoint = "{s3.endpoint}"\n'
        f'access_key = "{s3.access_key}"\nsecret_file = "{s3.secret_file}"\n'
    )
    yield path


def test_the_report_takes_in_first(
    settings: Settings, config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    index(Settings(data=settings.data), ARTICLES[:1])
    one = node(settings, "one")
    one.data.mkdir()
    Outbox(one.data).add([Searched(int(time.time()), "khai sinh", 0, False, 1.0)], [])
    hand_in(one)
    run = ["report", "--config", str(config), "--data", str(settings.data)]
    assert main(run) == 0
    assert "1 searches in 30 days" in capsys.readouterr().out
    with mock.patch.object(Bucket, "all", side_effect=FilesUnreachableError(BUCKET, "there", "it is away")):
        assert main(run) == 0
    told = capsys.readouterr()
    assert "recent searches of other machines are missing" in told.err and "1 searches" in told.out


@pytest.mark.parametrize("command", [["report"], ["alerts", "list"], ["alerts", "send"]])
def test_other_machines_refuse(
    settings: Settings, config: Path, command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    config.write_text(config.read_text().replace("writer", "standby"))
    settings.data.mkdir()
    assert main([*command, "--config", str(config), "--data", str(settings.data)]) == 3
    told = capsys.readouterr().err
    assert "has the role standby and writes nothing" in told and told.count("\n") == 1


def test_a_writer_that_was_replaced_sends_no_alerts(
    settings: Settings, config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    index(Settings(data=settings.data), ARTICLES[:1])
    run = ["alerts", "send", "--config", str(config), "--data", str(settings.data)]
    assert main(run) == 0
    begin(replace(settings, data=settings.data.with_name("other")))
    assert main(run) == 3
    assert "another machine has been the writer since" in capsys.readouterr().err
