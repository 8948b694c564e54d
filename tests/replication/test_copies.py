"""Copies of a writer's files on other machines, by way of a real server of objects."""

from __future__ import annotations

import random
import sqlite3
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from unittest import mock

import pytest

from indexer.duplicates.store import FILE_NAME as DUPLICATES
from indexer.errors import FilesUnreachableError, ReplacedError, StorageError
from indexer.files import bucket as buckets
from indexer.files.owner import OWNER, directory_name
from indexer.indexing.statuses import FILE_NAME as STATUSES
from indexer.keys import FILE_NAME as KEYS
from indexer.keys import KeyStore
from indexer.lexicon.own import FILE_NAME as LEXICON
from indexer.push.inbox import Inbox
from indexer.push.inbox_file import FILE_NAME as INBOX
from indexer.replication import placing
from indexer.replication.chunks import CHUNK, cut
from indexer.replication.copy_store import ChunkGoneError
from indexer.replication.local_state import read_state
from indexer.replication.manifest import Manifest
from indexer.replication.membership import open_shared, writing_term
from indexer.replication.placing import finish_placing
from indexer.replication.publisher import Publisher
from indexer.search.pins import FILE_NAME as PINS
from indexer.settings import Settings
from indexer.suggest.completion import FILE_NAME as SUGGESTIONS
from tests.files.gateway import BUCKET, Gateway, missing
from tests.files.test_store import prefix_of
from tests.processes import BESIDE
from tests.replication.machines import begin, change, content, follower, machine, publish_all, publisher


@pytest.fixture
def writer(gateway: Gateway, tmp_path: Path) -> Settings:
    place = f"s3://{BUCKET}/{prefix_of(tmp_path)}"
    return Settings(tmp_path / "writer", files=place, s3=gateway.settings())


@pytest.fixture
def web(writer: Settings) -> Settings:
    return machine(writer, "web")


@pytest.fixture
def objects(gateway: Gateway, tmp_path: Path) -> Path:
    return gateway.objects / prefix_of(tmp_path)


def names(data: Path) -> set[str]:
    return {path.name for path in data.iterdir() if path.is_file()} - {
        "files.owner",
        "writer.lock",
        "copies.lock",
    }


def chunks(objects: Path) -> set[str]:
    return {path.name for path in (objects / "chunks").rglob("*") if path.is_file()}


def test_a_changed_file_is_fetched_and_only_what_changed_of_it(writer: Settings, web: Settings) -> None:
    for n in range(40):
        change(writer.data, SUGGESTIONS, f"a{n:02}", CHUNK)
    (writer.data / PINS).write_text("{}")
    one, there = publisher(writer, begin(writer)), follower(web, ("web",))
    assert publish_all(one, writer) > 40
    assert there.follow() and not there.follow()
    assert content(web.data, SUGGESTIONS) == content(writer.data, SUGGESTIONS)
    assert (web.data / PINS).read_text() == "{}"
    assert publish_all(one, writer) == 0
    change(writer.data, SUGGESTIONS, "b")
    assert 1 < publish_all(one, writer) < 6
    with mock.patch.object(buckets.Bucket, "get", autospec=True, side_effect=buckets.Bucket.get) as got:
        assert there.follow()
    assert got.call_count < 9  # the term twice, the manifest, a list, and the chunks that changed
    assert content(web.data, SUGGESTIONS).endswith("a39 b")


def test_web_nodes_get_what_pages_need_and_a_standby_everything(writer: Settings, web: Settings) -> None:
    for name in (SUGGESTIONS, STATUSES, "queries.sqlite3", "sites.sqlite3", "changes.sqlite3"):
        change(writer.data, name, "x")
    (writer.data / LEXICON).write_text("")
    KeyStore(writer.data).create("a", ["write"])
    Inbox(writer.data).accept("a", "delete")
    publish_all(publisher(writer, begin(writer)), writer)
    follower(web, ("web",)).follow()
    assert names(web.data) == {SUGGESTIONS, LEXICON, KEYS}
    assert (web.data / KEYS).stat().st_mode & 0o777 == 0o600
    standby = machine(writer, "standby")
    follower(standby).follow()
    # What SQLite and locks leave is not copied.
    assert names(standby.data) == {
        one for one in names(writer.data) if not one.endswith(("-wal", "-shm", ".lock"))
    }
    assert Inbox(standby.data).newest() == 1


def test_callers_learn_which_task_the_published_inbox_contains(writer: Settings, web: Settings) -> None:
    inbox, said = Inbox(writer.data), []

    def note(manifest: Manifest) -> None:
        found = manifest.file(INBOX)
        said.append(found.upto if found else None)

    change(writer.data, STATUSES, "x")
    one = publisher(writer, begin(writer), note)
    one.publish("catalog")
    assert said == []  # as long as it lacks something
    publish_all(one, writer)
    inbox.accept("a", "delete")
    inbox.accept("b", "delete")
    one.publish("catalog")
    one.beat()
    assert said == [None, 2, 2]
    inbox.finish({1: ("removed", ())})
    one.publish("catalog")
    assert said[-1] == 2
    follower(web).follow()
    assert Inbox(web.data).count() == 1


def test_what_is_gone_at_the_writer_goes_elsewhere(writer: Settings, web: Settings) -> None:
    change(writer.data, SUGGESTIONS, "x")
    (writer.data / PINS).write_text("{}")
    one = publisher(writer, begin(writer))
    publish_all(one, writer)
    follower(web).follow()
    (web.data / "own.txt").write_text("of this machine")
    (writer.data / PINS).unlink()
    one.publish("pins")
    assert follower(web).follow()  # after a restart, too
    assert names(web.data) == {SUGGESTIONS, "own.txt"}


def test_old_chunks_go_after_the_next_manifest(writer: Settings, objects: Path) -> None:
    writer.data.mkdir()
    one = publisher(writer, begin(writer))
    publish_all(one, writer)
    seen = []
    for text in ("a", "b", "c", "d"):
        (writer.data / LEXICON).write_text(text)
        one.publish("lexicon")
        seen.append(chunks(objects))
    # A chunk and a list of each; those of the manifest before stay for followers that are reading.
    assert [len(one) for one in seen] == [2, 4, 4, 4]
    assert not seen[0] & seen[3]
    (objects / "chunks" / "1" / ("0" * 64)).write_bytes(b"of a publisher that was killed")
    two = publisher(writer, open_shared(writer)[0].current() or pytest.fail())
    assert chunks(objects) < seen[3] and len(chunks(objects)) == 2
    assert publish_all(two, writer) == 0


def test_a_follower_that_was_slower_reads_the_manifest_again(writer: Settings, web: Settings) -> None:
    one, there = publisher(writer, begin(writer)), follower(web)
    (writer.data / LEXICON).write_text("a")
    one.publish("lexicon")
    store = open_shared(writer)[1]
    old = store.manifest(1)
    for text in ("b", "c"):
        (writer.data / LEXICON).write_text(text)
        one.publish("lexicon")
    assert old
    with pytest.raises(ChunkGoneError):
        there.fetch(old)
    assert there.follow() and (web.data / LEXICON).read_text() == "c"


def test_a_damaged_chunk_replaces_nothing_and_is_sent_again(
    writer: Settings, web: Settings, objects: Path
) -> None:
    change(writer.data, SUGGESTIONS, "a", CHUNK)
    term = begin(writer)
    one, there = publisher(writer, term), follower(web)
    publish_all(one, writer)
    there.follow()
    before = chunks(objects)
    change(writer.data, SUGGESTIONS, "b", CHUNK)
    publish_all(one, writer)
    (damaged, *_) = (objects / "chunks" / "1" / name for name in sorted(chunks(objects) - before))
    damaged.write_bytes(damaged.read_bytes()[:-1])
    with pytest.raises(StorageError, match="is damaged"):
        there.follow()
    assert content(web.data, SUGGESTIONS) == "a"
    publish_all(publisher(writer, term), writer)
    assert there.follow() and content(web.data, SUGGESTIONS) == "a b"


def test_a_killed_follower_leaves_nothing_half(writer: Settings, web: Settings) -> None:
    for name in (STATUSES, DUPLICATES, SUGGESTIONS):
        change(writer.data, name, "a", CHUNK)
    Inbox(writer.data)
    one = publisher(writer, begin(writer))
    publish_all(one, writer)
    follower(web).follow()
    for name in (STATUSES, DUPLICATES, SUGGESTIONS):
        change(writer.data, name, "b", CHUNK)
    publish_all(one, writer)

    class KilledError(BaseException):
        pass

    # While it fetches: nothing is replaced.
    get, calls = buckets.Bucket.get, []

    def killing(bucket: buckets.Bucket, key: str) -> object:
        calls.append(key)
        if len(calls) > 6:
            raise KilledError
        return get(bucket, key)

    with mock.patch.object(buckets.Bucket, "get", killing), pytest.raises(KilledError):
        follower(web).follow()
    assert content(web.data, STATUSES) == content(web.data, DUPLICATES) == "a"
    # While it replaces: the next one completes that first.
    with (
        mock.patch.object(placing, "_remove_log", side_effect=[None, KilledError]),
        pytest.raises(KilledError),
    ):
        follower(web).follow()
    assert {content(web.data, name) for name in (STATUSES, DUPLICATES)} == {"a b", "a"}
    finish_placing(web.data)
    assert content(web.data, STATUSES) == content(web.data, DUPLICATES) == "a b"
    assert not list((web.data / "cache").glob("fetch*/*"))
    assert not follower(web).follow()


def test_the_log_of_the_old_file_is_not_taken_for_that_of_the_new_one(
    writer: Settings, web: Settings
) -> None:
    change(writer.data, STATUSES, "a")
    one = publisher(writer, begin(writer))
    publish_all(one, writer)
    follower(web).follow()
    # As after `tracuu stats` was killed here.
    with closing(sqlite3.connect(web.data / STATUSES, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("INSERT INTO t VALUES ('of this machine', NULL)")
        change(writer.data, STATUSES, "b")
        publish_all(one, writer)
        follower(web).follow()
        assert content(web.data, STATUSES) == "a b"


def test_a_restarted_follower_fetches_only_what_it_lacks(writer: Settings, web: Settings) -> None:
    for n in range(20):
        change(writer.data, SUGGESTIONS, f"{n}", CHUNK)
    (writer.data / LEXICON).write_text("a")
    publish_all(publisher(writer, begin(writer)), writer)
    follower(web).follow()
    (web.data / LEXICON).unlink()
    with mock.patch.object(buckets.Bucket, "get", autospec=True, side_effect=buckets.Bucket.get) as got:
        assert follower(web).follow()
    assert got.call_count == 5  # the term twice, the manifest, a list, a chunk
    assert cut(web.data / SUGGESTIONS).size > 20 * CHUNK


def test_the_publisher_of_an_old_term_does_no_harm(writer: Settings, web: Settings, objects: Path) -> None:
    other = machine(writer, "other")
    for settings, text in ((writer, "old"), (other, "new")):
        settings.data.mkdir()
        (settings.data / LEXICON).write_text(text)
    (writer.data / PINS).write_text("{}")
    said: list[Manifest] = []
    old = publisher(writer, begin(writer), said.append)
    publish_all(old, writer)
    new = publisher(other, begin(other))
    (writer.data / LEXICON).write_text("too late")
    with pytest.raises(ReplacedError):
        old.publish("lexicon")
    with pytest.raises(ReplacedError):
        old.beat()
    assert len(said) == 1
    there, store = follower(web), open_shared(writer)[1]
    assert not there.follow()  # the new one has published nothing yet
    there.fetch(store.newest(2) or pytest.fail())
    new.publish("lexicon")
    assert there.follow() and (web.data / LEXICON).read_text() == "new"
    # Nothing is missed, and the old copies are not removed, before the new ones are complete.
    assert names(web.data) == {LEXICON, PINS}
    assert store.terms() == [1, 2] and (store.newest(9) or pytest.fail()).term == 1
    publish_all(new, other)
    assert there.follow() and names(web.data) == {LEXICON}
    assert store.terms() == [2] and not (objects / "chunks" / "1").exists()


def test_a_manifest_written_as_the_term_ended_is_not_relied_on(writer: Settings) -> None:
    said: list[Manifest] = []
    one = publisher(writer, begin(writer), said.append)
    (writer.data / LEXICON).write_text("a")
    store = open_shared(writer)[1]
    original = type(store).put_manifest

    def replaced_meanwhile(self: object, manifest: Manifest) -> None:
        original(store, manifest)
        begin(machine(writer, "other"))

    with mock.patch.object(type(store), "put_manifest", replaced_meanwhile), pytest.raises(ReplacedError):
        one.publish("lexicon")
    assert not said


def test_who_has_become_the_writer_replaces_nothing(writer: Settings, web: Settings) -> None:
    (writer.data).mkdir()
    (writer.data / LEXICON).write_text("a")
    publish_all(publisher(writer, begin(writer)), writer)
    there = follower(web)
    there.follow()
    (writer.data / LEXICON).write_text("b")
    terms, store = open_shared(writer)
    term = terms.current()
    publish_all(publisher(writer, term or pytest.fail()), writer)
    begin(web)
    assert not there.follow()
    manifest = store.manifest(1)
    assert manifest and not there.fetch(manifest, term)
    assert (web.data / LEXICON).read_text() == "a"
    assert there.fetch(manifest) and (web.data / LEXICON).read_text() == "b"


def test_a_store_that_stops_answering_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if reason := missing():
        pytest.skip(reason)
    monkeypatch.setattr(buckets, "DOWN_SECONDS", 0.0)
    mortal = Gateway()
    mortal.start()
    try:
        writer = Settings(
            tmp_path / "writer", files=f"s3://{BUCKET}", s3=mortal.settings(request_seconds=1.0)
        )
        web = machine(writer, "web")
        writer.data.mkdir()
        (writer.data / LEXICON).write_text("a")
        one, there = publisher(writer, begin(writer)), follower(web)
        publish_all(one, writer)
        there.follow()
        mortal.kill()
        (writer.data / LEXICON).write_text("b")
        with pytest.raises(FilesUnreachableError):
            one.publish("lexicon")
        with pytest.raises(FilesUnreachableError):
            there.follow()
        assert (web.data / LEXICON).read_text() == "a"
        mortal.start()
        assert one.publish("lexicon")
        assert there.follow() and (web.data / LEXICON).read_text() == "b"
    finally:
        mortal.stop()


def test_the_state_tells_how_old_the_copies_are(writer: Settings, web: Settings) -> None:
    writer.data.mkdir()
    (writer.data / LEXICON).write_text("a")
    one, there = publisher(writer, begin(writer)), follower(web)
    publish_all(one, writer)
    there.follow()
    first = read_state(web.data)
    assert first and first.term == 1 and first.files == (LEXICON,) and first.age < 60
    one.beat()
    there.follow()
    second = read_state(web.data)
    assert second and second.made > first.made and second.number == first.number + 1
    assert (read_state(writer.data) or pytest.fail()).number == second.number
    (web.data / "cache" / "copies.json").unlink()
    assert read_state(web.data) is None


def test_a_source_is_copied_for_a_twentieth_of_the_time(
    writer: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    now, copied = 0.0, []

    class Stop(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            nonlocal now
            now += timeout or 0.0
            return now > 100

    monkeypatch.setattr("indexer.replication.publisher.time.monotonic", lambda: now)
    writer.data.mkdir()
    term = begin(writer)
    terms, store = open_shared(writer)

    def copy(data: Path, scratch: Path) -> list[tuple[str, Path, int]]:
        nonlocal now
        copied.append(now)
        now += 1.0
        return []

    busy = mock.Mock(audience="web", stamp=lambda data: object(), copy=copy)
    busy.name = "busy"
    Publisher(writer.data, terms, term, store, [busy]).run(Stop())
    assert 4 <= len(copied) <= 6
    assert (store.manifest(1) or pytest.fail()).number >= 5  # beats


def test_a_name_is_given_once(writer: Settings) -> None:
    with ThreadPoolExecutor(8) as pool:
        assert len({*pool.map(lambda _: directory_name(writer.data), range(16))}) == 1
        assert len({*pool.map(lambda _: writing_term(replace(writer, role="writer")).writer, range(8))}) == 1
    assert [path.name for path in writer.data.iterdir()] == [OWNER]


def test_what_is_killed_goes_on_and_copies_are_of_one_moment(writer: Settings, web: Settings) -> None:
    """Publisher and follower are killed at random, while the writer changes two files that belong together."""
    pair = (STATUSES, DUPLICATES)
    for name in pair:
        change(writer.data, name, "000", 10 * CHUNK)
    begin(writer)
    chance = random.Random(7)
    for n in range(1, 13):
        run = [
            BESIDE.Process(target=_run_one, args=(which, one)) for which, one in (("p", writer), ("f", web))
        ]
        for process in run:
            process.start()
        for part in range(3):
            # The second is never ahead of the first.
            for name in pair:
                change(writer.data, name, f"{n:03}{part}", 2 * CHUNK)
            time.sleep(chance.random() * 0.15)
        for process in chance.sample(run, 2):
            process.kill()
            process.join()
        finish_placing(web.data)
        if (web.data / STATUSES).exists():
            first, second = (content(web.data, name) for name in pair)
            assert first.startswith(second) and len(first) - len(second) in (0, 5)
    publish_all(publisher(writer, open_shared(writer)[0].current() or pytest.fail()), writer)
    follower(web).follow()
    assert [content(web.data, name) for name in pair] == [content(writer.data, name) for name in pair]


def _run_one(which: str, settings: Settings) -> None:
    if which == "f":
        follower(settings).run(threading.Event())
    term = open_shared(settings)[0].current()
    assert term
    one = publisher(settings, term)
    while True:
        publish_all(one, settings)


@pytest.mark.parametrize("name", ["../x", "/etc/x", "a/../../x", ".x", ""])
def test_names_outside_the_data_directory_are_refused(writer: Settings, objects: Path, name: str) -> None:
    writer.data.mkdir()
    (writer.data / LEXICON).write_text("a")
    publish_all(publisher(writer, begin(writer)), writer)
    manifest = objects / "copies" / "1.json"
    manifest.write_text(manifest.read_text().replace(LEXICON, name))
    with pytest.raises(StorageError, match="does not belong in a data directory"):
        follower(machine(writer, "web")).follow()
