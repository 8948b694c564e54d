"""What every engine promises of commits, readers and writers."""

from __future__ import annotations

import os
import shutil
import signal
import threading
import time
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest

from indexer.disk.durable import TEMPORARY
from indexer.engine import clauses as c
from indexer.engine.protocol import Engine, EngineRequest, Entry, Snapshot
from indexer.errors import EngineError, IndexBusyError, IndexMissingError, IndexVersionError
from tests.engine.entries import FACTORIES, MakeEngine, ask, entry, fill, ids, order
from tests.processes import BESIDE

HOA = c.Term("text", "hoa")


def stored(engine: Engine) -> dict[str, bytes]:
    return {hit.id: hit.stored for hit in ask(engine, limit=1000).hits}


def test_putting_again_replaces(engine: Engine) -> None:
    fill(engine, [entry("a", "hoa", pages=["hoa"]), entry("b", "hoa")])
    fill(engine, [entry("a", "lúa", stored=b"new", source="mới", pages=["lúa"])])
    assert ids(engine, HOA) == {"b"}
    assert ids(engine, c.Term("text", "lua")) == {"a"}
    assert stored(engine) == {"a": b"new", "b": b"stored b"}
    assert engine.snapshot().documents(["a"]) == {"a": b"new"}
    assert engine.snapshot().by_slug("a") == b"new"
    assert engine.snapshot().count() == 2
    assert engine.snapshot().pages(["a"], c.Term("page", "hoa"), 10) == []
    assert ask(engine, facets=("source",)).facets == {"source": {"mới": 1}}


def test_the_last_of_one_batch_counts(engine: Engine) -> None:
    with engine.writer() as writer:
        writer.put(entry("a", "hoa", pages=["hoa"], source="cũ"))
        writer.put(entry("b", "hoa"))
        writer.put(entry("a", "lúa", pages=["lúa", "lúa"], source="mới"))
        writer.delete("b")
        writer.delete("c")
        writer.put(entry("c", "hoa"))
    assert set(stored(engine)) == {"a", "c"}
    assert ids(engine, HOA) == {"c"}
    assert engine.snapshot().pages(["a"], HOA_PAGE, 10) == []
    assert len(engine.snapshot().pages(["a"], c.Term("page", "lua"), 10)) == 2
    assert ask(engine, facets=("source",)).facets == {"source": {"mới": 1}}


HOA_PAGE = c.Term("page", "hoa")


def test_deleting_takes_pages_along_and_knows_no_unknown(engine: Engine) -> None:
    fill(engine, [entry("a", "hoa", pages=["hoa", "hoa"]), entry("b", "hoa", pages=["hoa"])])
    with engine.writer() as writer:
        writer.delete("a")
        writer.delete("never there")
    assert ids(engine, HOA) == {"b"}
    assert [hit.id for hit in engine.snapshot().pages(["a", "b"], HOA_PAGE, 10)] == ["b"]
    assert engine.snapshot().documents(["a"]) == {}
    assert engine.snapshot().by_slug("a") is None
    assert engine.snapshot().count() == 1


def test_deleting_all_leaves_an_index_that_can_be_filled_again(engine: Engine) -> None:
    fill(engine, [entry("a", "hoa", source="s")])
    with engine.writer() as writer:
        writer.delete("a")
    found = ask(engine, facets=("source", "month"))
    assert (found.total, found.hits, dict(found.facets)) == (0, (), {"source": {}, "month": {}})
    fill(engine, [entry("a", "hoa")])
    assert ids(engine, HOA) == {"a"}


def test_a_batch_that_raises_leaves_nothing(engine: Engine) -> None:
    fill(engine, [entry("a", "hoa")])
    before = engine.snapshot().generation
    with pytest.raises(ZeroDivisionError), engine.writer() as writer:
        writer.put(entry("b", "hoa"))
        writer.delete("a")
        raise ZeroDivisionError
    assert stored(engine) == {"a": b"stored a"}
    fill(engine, [entry("c", "hoa")])
    assert set(stored(engine)) == {"a", "c"}
    assert engine.snapshot().generation != before


def test_what_was_committed_stays_when_the_batch_raises_later(engine: Engine) -> None:
    with pytest.raises(KeyboardInterrupt), engine.writer() as writer:
        writer.put(entry("a", "hoa"))
        writer.commit()
        writer.put(entry("b", "hoa"))
        writer.delete("a")
        raise KeyboardInterrupt
    assert set(stored(engine)) == {"a"}


def test_one_batch_goes_on_after_a_commit(engine: Engine) -> None:
    with engine.writer() as writer:
        writer.put(entry("a", "hoa"))
        writer.put(entry("b", "hoa"))
        writer.commit()
        committed = engine.snapshot().content
        writer.commit()
        assert engine.snapshot().content == committed, "nothing was changed since"
        writer.put(entry("a", "lúa"))
        writer.delete("b")
        writer.put(entry("c", "hoa"))
    assert ids(engine, HOA) == {"c"}
    assert set(stored(engine)) == {"a", "c"}


def test_a_snapshot_stays_as_it_is(make: MakeEngine, path: Path) -> None:
    writing = make(path, True)
    fill(writing, [entry("a", "hoa", "hoa", pages=["hoa"], source="cũ"), entry("c", "hoa", pages=["hoa"])])
    reading = make(path, False)
    before = reading.snapshot()
    with writing.writer() as writer:
        writer.put(entry("b", "hoa"))
        writer.put(entry("c", "lúa"))
        writer.delete("a")
        assert reading.snapshot() is before
    after = reading.snapshot()
    assert reading.snapshot() is after and after is not before
    assert after.generation == writing.snapshot().generation != before.generation
    assert after.content == writing.snapshot().content != before.content
    # Commits enough to merge away the segments that the first one stood in.
    for n in range(20):
        fill(writing, [entry(f"{n}", "hoa")])
    assert all_of(before) == {"a", "c"} and all_of(after) == {"b", "c"}
    assert (before.count(), after.count()) == (2, 2)
    assert before.documents(["a", "b"]) == {"a": b"stored a"} and before.by_slug("b") is None
    assert before.search(EngineRequest(HOA, facets=("source",))).facets["source"] == {"cũ": 1}
    assert [hit.id for hit in before.pages(["a", "c"], HOA_PAGE, 10)] == ["a", "c"]
    assert before.page("c", 0, 1) == b"c page 1" and after.page("c", 0, 1) is None
    assert before.frequencies("text", ["hoa", "lua"]) == [2, 0]
    assert ("cũ", 1) in before.terms("source", "c", 5)


def test_a_copy_of_an_index_has_the_same_content(make: MakeEngine, path: Path) -> None:
    fill(make(path, True), [entry(f"{n}", "hoa") for n in range(3)])
    content = make(path, False).snapshot().content
    copy = path.parent / "copy" / path.name
    shutil.copytree(path, copy)
    assert make(copy, False).snapshot().content == content


def all_of(snapshot: Snapshot) -> set[str]:
    return {hit.id for hit in snapshot.search(EngineRequest(c.Everything(), limit=1000)).hits}


def test_threads_that_look_at_once_never_go_back(make: MakeEngine, path: Path) -> None:
    writing, reading = make(path, True), make(path, False)
    done = threading.Event()
    went_back: list[tuple[int, int]] = []

    def look() -> None:
        seen = 0
        while not done.wait(0.0005):  # a thread that never rests leaves the writer none of Python's lock
            count = reading.snapshot().count()
            if count < seen:
                went_back.append((seen, count))
            seen = count

    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    try:
        for n in range(1, 31):
            fill(writing, [entry(f"{n}", "hoa")])
            assert reading.snapshot().count() == n
    finally:
        done.set()
        for thread in threads:
            thread.join()
    assert went_back == []


def test_every_commit_has_its_own_generation(engine: Engine) -> None:
    generations = {engine.snapshot().generation}
    for n in range(12):
        fill(engine, [entry(str(n % 3), "hoa")])
        generations.add(engine.snapshot().generation)
    assert len(generations) == 13
    assert engine.snapshot().count() == 3


def test_many_small_commits_answer_as_one(engine: Engine) -> None:
    for n in range(40):
        fill(engine, [entry(f"{n:02}", "hoa lúa", day=20240101 + n % 28, source=f"s{n % 3}", pages=["hoa"])])
        if n % 4 == 3:
            with engine.writer() as writer:
                writer.delete(f"{n - 2:02}")
    left = [f"{n:02}" for n in range(40) if n % 4 != 1]
    found = ask(engine, HOA, facets=("source",), limit=100)
    assert [hit.id for hit in found.hits] == left
    assert sum(found.facets["source"].values()) == found.total == engine.snapshot().count() == 30
    assert len({hit.score for hit in found.hits}) == 1
    assert {hit.id for hit in engine.snapshot().pages(left, HOA_PAGE, 100)} == set(left)
    assert all(hit.stored == f"stored {hit.id}".encode() for hit in found.hits)


def test_reopening_finds_what_was_committed(make: MakeEngine, path: Path) -> None:
    first = make(path, True)
    fill(first, [entry("a", "hoa", day=20240101)])
    first.close()
    for create in (False, True):
        engine = make(path, create)
        assert stored(engine) == {"a": b"stored a"}
        engine.close()


def test_a_new_index_is_empty(engine: Engine) -> None:
    found = ask(engine, HOA, facets=("source", "month"), rank=(HOA,))
    assert (found.total, found.hits) == (0, ())
    assert order(engine, sort="newest") == []
    assert engine.snapshot().count() == 0
    assert engine.snapshot().terms("text", "h", 10) == []
    assert engine.snapshot().documents(["a"]) == {}
    assert engine.snapshot().pages(["a"], HOA_PAGE, 10) == []


def test_a_missing_index_is_said_to_be_missing(make: MakeEngine, path: Path) -> None:
    with pytest.raises(IndexMissingError, match="tracuu index"):
        make(path, False)
    assert not path.exists()


def test_an_index_of_another_version_is_not_touched(make: MakeEngine, path: Path) -> None:
    make(path, True).close()
    (path / "VERSION").write_text("of another world", encoding="utf-8")
    before = sorted(file.name for file in path.iterdir())
    for create in (False, True):
        with pytest.raises(IndexVersionError, match="of another world"):
            make(path, create)
    assert sorted(file.name for file in path.iterdir()) == before


def test_unknown_fields_are_refused(engine: Engine) -> None:
    fill(engine, [entry("a", "hoa")])
    with pytest.raises(EngineError):
        ask(engine, c.Term("no such field", "x"))
    with pytest.raises(EngineError, match="no such facet"):
        ask(engine, facets=("no such facet",))


# Odd values --------------------------------------------------------------------------------------

ODD = [
    pytest.param("a\0b", id="NUL"),
    pytest.param("\"'`\\", id="quotes"),
    pytest.param("bài số 1", id="blanks"),
    pytest.param("😀👨‍👩‍👧", id="emoji"),
    pytest.param("x" * 60, id="60 characters"),
    pytest.param("ă" * 512, id="512 characters"),
    pytest.param("\u200fשלום\u202e", id="right to left"),
    pytest.param("/a/../b?c=d&e#f", id="URL"),
    pytest.param(".*+?[](){}|^$~!:<>", id="signs of regular expressions"),
    pytest.param("Đường ủy", id="Vietnamese"),
    pytest.param("dòng\nmới\ttab", id="line end"),
    pytest.param(" hai đầu ", id="blanks around"),
]


@pytest.mark.parametrize("odd", ODD)
def test_odd_ids_and_values_are_kept_as_they_are(engine: Engine, odd: str) -> None:
    one = entry(odd, "hoa", source=(odd, "x"), pages=["hoa"], stored=odd.encode() + b"\0\xff")
    fill(engine, [one, entry("other", "hoa", source="y")])
    assert ids(engine, c.Term("source", odd)) == {odd}
    assert ids(engine, c.Prefix("source", odd[:3])) == {odd}
    assert engine.snapshot().documents([odd]) == {odd: one.stored}
    assert engine.snapshot().by_slug(one.slug) == one.stored
    assert [hit.id for hit in engine.snapshot().pages([odd], HOA_PAGE, 5)] == [odd]
    assert ask(engine, facets=("source",)).facets["source"] == {odd: 1, "x": 1, "y": 1}
    assert (odd, 1) in engine.snapshot().terms("source", odd[:2], 5)
    with engine.writer() as writer:
        writer.delete(odd)
    assert set(stored(engine)) == {"other"}


@pytest.mark.parametrize("odd", [odd for odd in ODD if " " not in str(odd.values[0])])
def test_odd_terms(engine: Engine, odd: str) -> None:
    term = odd.replace("\n", "").replace("\t", "")
    from indexer.vietnamese.terms import TermStreams

    text = TermStreams(f"={term} {term} =x x", f"{term}_x")
    fill(engine, [Entry("a", "a", b"", body=text)])
    assert ids(engine, c.Term("text", term)) == {"a"}
    assert ids(engine, c.Phrase("body", ((0, f"={term}"), (3, "x")))) == {"a"}
    assert ids(engine, c.Term("text_pairs", f"{term}_x")) == {"a"}


def test_an_empty_entry(engine: Engine) -> None:
    fill(engine, [Entry("leer", "leer", b"")])
    assert stored(engine) == {"leer": b""}
    assert engine.snapshot().documents(["leer"]) == {"leer": b""}
    assert order(engine, sort="oldest") == ["leer"]
    assert ids(engine, c.Not(HOA)) == {"leer"}


def test_a_value_named_twice_counts_once(engine: Engine) -> None:
    fill(engine, [entry("a", source=("s", "s"))])
    assert ask(engine, facets=("source",)).facets == {"source": {"s": 1}}


# One writer, many readers ------------------------------------------------------------------------


def test_a_second_writer_is_told_so(make: MakeEngine, path: Path) -> None:
    first, second = make(path, True), make(path, False)
    with first.writer() as writer:
        writer.put(entry("a", "hoa"))
        with pytest.raises(IndexBusyError, match="--lock-timeout"), second.writer():
            pass
    fill(second, [entry("b", "hoa")])
    assert ids(second, HOA) == {"a", "b"}


def test_a_second_writer_waits_as_long_as_told(make: MakeEngine, path: Path) -> None:
    first, second = make(path, True), make(path, False)
    held, start = threading.Event(), time.monotonic()

    def write() -> None:
        with first.writer() as writer:
            held.set()
            writer.put(entry("a", "hoa"))
            with pytest.raises(IndexBusyError), second.writer(timeout=0.2):
                pass
            assert time.monotonic() - start >= 0.2

    thread = threading.Thread(target=write)
    thread.start()
    held.wait()
    with second.writer(timeout=60) as writer:
        writer.put(entry("b", "hoa"))
    thread.join()
    assert ids(second, HOA) == {"a", "b"}


def hold_writer(name: str, path: Path, held: Event, release: Event) -> None:
    """Open a batch in another process and keep it open."""
    with FACTORIES[name](path, False).writer() as writer:
        writer.put(entry("held", "hoa"))
        held.set()
        release.wait(60)


def test_a_writer_in_another_process_and_its_death(engine: Engine, path: Path) -> None:
    fill(engine, [entry("a", "hoa")])
    held, release = BESIDE.Event(), BESIDE.Event()
    process = BESIDE.Process(target=hold_writer, args=(engine.name, path, held, release))
    process.start()
    assert held.wait(60)
    with pytest.raises(IndexBusyError), engine.writer():
        pass
    assert ids(engine, HOA) == {"a"}
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    fill(engine, [entry("b", "hoa")])
    assert ids(engine, HOA) == {"a", "b"}
    assert [file for file in path.rglob("*") if is_temporary(file)] == []


def is_temporary(file: Path) -> bool:
    """Tell whether a file that is being made has this name. Segments of Whoosh have random ones, which may contain anything."""
    return file.name.startswith((".tmp", TEMPORARY)) or file.suffix in (".tmp", ".ctmp")


def commit_forever(name: str, path: Path, started: Event) -> None:
    """Commit batches in each of which all articles carry the number of the batch."""
    engine = FACTORIES[name](path, False)
    for number in range(1, 100_000):
        with engine.writer(timeout=10) as writer:
            for n in range(20):
                writer.put(entry(f"{n:02}", "hoa", source=f"batch {number}", pages=["hoa"]))
        if number == 2:
            started.set()


def test_readers_see_whole_commits_beside_a_writer_that_is_killed(engine: Engine, path: Path) -> None:
    for _ in range(2):
        started = BESIDE.Event()
        process = BESIDE.Process(target=commit_forever, args=(engine.name, path, started))
        process.start()
        assert started.wait(60)
        seen: set[str] = set()
        while len(seen) < 10 and process.is_alive():
            found = ask(engine, HOA, facets=("source",), limit=20)
            assert found.total == len(found.hits) == 20
            assert list(found.facets["source"].values()) == [20]
            seen |= set(found.facets["source"])
        assert len(seen) == 10
        assert process.pid is not None
        os.kill(process.pid, signal.SIGKILL)
        process.join()
        assert list(ask(engine, facets=("source",)).facets["source"].values()) == [20]
        fill(engine, [entry("00", "hoa", source="after")])
        assert ask(engine, facets=("source",)).facets["source"]["after"] == 1
        fill(engine, [entry("00", "hoa", source="batch 0")])
