"""Another machine takes over from the writer, over a real store of objects: nothing acknowledged is lost, whatever dies when."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from unittest import mock

import pytest

from indexer.cli import main
from indexer.errors import HalfPromotedError, ReplacedError, StorageError, UsageError
from indexer.files.opening import open_files
from indexer.indexing.opening import open_pipeline
from indexer.keys import KeyStore
from indexer.model import Article, Attachment
from indexer.push.inbox import Inbox
from indexer.push.inbox_file import FILE_NAME as INBOX
from indexer.push.writer import PushWriter
from indexer.replication.held import hold
from indexer.replication.keeping import forgetting, keeper
from indexer.replication.kept_changes import KeptChanges
from indexer.replication.membership import open_shared, shared_place, writing_term
from indexer.replication.publisher import Publisher
from indexer.replication.term import Term
from indexer.search.request import SearchRequest
from indexer.search.service import open_search
from indexer.settings import Settings
from indexer.upkeep import promotion
from indexer.upkeep.copied_files import copied_files
from indexer.upkeep.promotion import Promoted, promote
from indexer.upkeep.verify import verify
from tests.collection import Listed, index, write_pushed
from tests.files.gateway import BUCKET, Gateway
from tests.waiting import until

FILE = Attachment("tep.txt", content=b"trong tep")


@pytest.fixture
def a(gateway: Gateway, tmp_path: Path) -> Settings:
    files = f"s3://{BUCKET}/promotion/{tmp_path.name}"
    return Settings(data=tmp_path / "a", role="writer", workers=1, files=files, s3=gateway.settings())


@pytest.fixture
def b(a: Settings) -> Settings:
    return replace(a, data=a.data.parent / "b", role="standby")


@pytest.fixture
def c(a: Settings) -> Settings:
    return replace(a, data=a.data.parent / "c", role="standby")


def published(settings: Settings) -> None:
    """Publish all files once, as the process beside the writer does all the time."""
    terms, store = open_shared(settings)
    sources = copied_files(settings)
    publisher = Publisher(
        settings.data, terms, writing_term(settings, terms), store, sources, forgetting(settings, INBOX)
    )
    publisher.begin()
    for source in sources:
        publisher.publish(source.name)


def push(settings: Settings, *ids: str) -> None:
    with closing(Inbox(settings.data, keeper(settings))) as inbox:
        for id in ids:
            inbox.accept(id, "put", id.encode(), f'{{"id": "{id}", "title": "Bài {id}"}}'.encode())


def found(settings: Settings) -> set[str]:
    with closing(open_search(settings)) as service:
        return {hit.id for hit in service.search(SearchRequest(size=100)).hits}


def writing(settings: Settings) -> Settings:
    """Return them as after the takeover."""
    return replace(settings, role="writer")


def left(settings: Settings, term: int) -> list[int]:
    return KeptChanges(*shared_place(settings)).of(term)


def test_nothing_acknowledged_is_lost_with_the_machine(a: Settings, b: Settings) -> None:
    index(a, [Article("x", "Bài x", attachments=(FILE,)), Article("y", "Bài y")])
    key = KeyStore(a.data).create("a", ["write"])[1]
    push(a, "p1", "p2")
    published(a)
    assert not left(a, 1)
    write_pushed(a)
    push(a, "p3", "p2")
    write_pushed(a)
    push(a, "p4")
    with closing(Inbox(a.data, keeper(a))) as inbox:
        inbox.accept("y", "delete")
    # And its disk is gone.
    made = promote(b)
    assert (made.term, made.articles, made.adopted, made.problems) == (2, 2, 4, ())
    b = writing(b)
    assert KeyStore(b.data).verify(key) is not None
    write_pushed(b)
    assert found(b) == {"x", "p1", "p2", "p3", "p4"} and not list(verify(b))
    with closing(open_search(b)) as service:
        assert service.searcher().articles.file("x", 0)[1] is not None
    with closing(Inbox(b.data)) as mine, closing(Inbox(a.data)) as theirs:
        assert mine.newest() == theirs.newest()
        assert [task.slug for n in range(1, 7) if (task := mine.task(n))] == [
            "p1",
            "p2",
            "p3",
            "p2",
            "p4",
            "y",
        ]
    with pytest.raises(UsageError, match="this machine is the writer already"):
        promote(b)
    published(b)
    assert not left(b, 1) and not left(b, 2)


def test_the_one_before_does_no_harm_any_more(
    a: Settings, b: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    index(a, [Article("x", "Bài x", attachments=(FILE,))])
    published(a)
    push(a, "p1")
    (kept,) = open_files(a).digests()
    with closing(Inbox(a.data, keeper(a))) as inbox:
        inbox.accept("p2", "put", b"2", b'{"title": "Bai p2"}')
        promote(b)
        with pytest.raises(ReplacedError):
            inbox.accept("p3", "put", b"3", b'{"title": "Bai p3"}')
    for forbidden in (lambda: index(a, []), lambda: write_pushed(a), lambda: published(a)):
        with pytest.raises(ReplacedError):
            forbidden()
    with pytest.raises(StorageError):
        open_files(a).remove(kept)
    b = writing(b)
    write_pushed(b)
    assert found(b) == {"x", "p1", "p2"} and not list(verify(b))
    # And back again: what the other one had acknowledged comes along, what it had not is gone.
    push(b, "p4")
    published(b)
    push(b, "p5")
    made = promote(replace(a, role="standby"))
    assert (made.term, made.adopted) == (3, 1)
    write_pushed(a)
    assert found(a) == {"x", "p1", "p2", "p4", "p5"} and not list(verify(a))
    with pytest.raises(ReplacedError):
        push(b, "p6")


def test_a_commit_that_was_begun_before_is_refused(a: Settings, b: Settings) -> None:
    index(a, [Article("x", "Bài x")])
    published(a)
    with open_pipeline(a) as pipeline, pipeline.kept_open():
        assert [one.kind for one in pipeline.index(Listed([Article("y", "Bài y")]))] == ["indexed"]
        promote(b)
        with pytest.raises(ReplacedError):
            list(pipeline.index(Listed([Article("z", "Bài z")])))
    assert found(a) == {"x", "y"} and found(b) == {"x"}


def test_a_running_writer_that_was_replaced_waits(
    a: Settings, b: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    published(a)
    push(a, "p1")
    promote(b)
    stop, raised = threading.Event(), threading.Event()

    def run() -> None:
        try:
            PushWriter(a, Inbox(a.data)).run(stop)
        except ReplacedError:
            raised.set()

    thread = threading.Thread(target=run)
    thread.start()
    until(lambda: "another machine has been the writer since" in caplog.text)
    assert thread.is_alive()
    stop.set()
    thread.join()
    assert raised.is_set() and caplog.text.count("another machine") == 1
    with closing(Inbox(a.data)) as inbox:
        assert inbox.count() == 1


@pytest.mark.parametrize("early", [True, False])
def test_a_third_one_takes_over_before_the_second_has_published(
    a: Settings, b: Settings, c: Settings, early: bool
) -> None:
    push(a, "p1")
    write_pushed(a)
    published(a)
    push(a, "p2")
    promote(b)
    if not early:
        b = writing(b)
        push(b, "p3")
        write_pushed(b)
        # What the first one puts now, and nobody acknowledges, is not looked at, whatever its number.
        kept = KeptChanges(*shared_place(a))
        content = kept.get(2, 3)
        assert content is not None
        kept.put(1, 3, content.replace(b"p3", b"p9"))
        kept.put(1, 4, content)
    made = promote(c)
    assert (made.term, made.adopted) == (3, 1 if early else 2)
    c = writing(c)
    push(c, "p5")
    write_pushed(c)
    assert found(c) == {"p1", "p2", "p5"} | (set() if early else {"p3"})
    published(c)
    assert not any(left(c, term) for term in (1, 2, 3))


def test_attachments_stay_as_long_as_a_copy_of_the_catalog_has_them(a: Settings, b: Settings) -> None:
    index(a, [Article("x", "Bài x", attachments=(FILE,))])
    published(a)
    index(a, [Article("x", "Bài x, nhưng không còn tệp")])
    index(a, [Article("y", "Bài y")])
    promote(b)
    b = writing(b)
    assert found(b) == {"x"} and not list(verify(b))
    index(b, [Article("x", "Bài x, nhưng không còn tệp")])
    assert len(list(open_files(b).digests())) == 1
    published(b)
    index(b, [])
    assert not list(open_files(b).digests())


STEPS = (
    "Follower.fetch", "copied_files", "take_over_index", "KeptChanges.of", "Inbox.adopt", "KeptChanges.put", "KeptChanges.take",
    "open_pipeline", "leave_to_clean", "hold",
)  # fmt: skip


@pytest.fixture(params=STEPS)
def killed(request: pytest.FixtureRequest) -> Iterator[Callable[[Settings], None]]:
    """Begin to take over, and die before a step, or right after it."""

    def run(settings: Settings) -> None:
        # After the last step it is done.
        for after in (False, True)[: 1 if request.param == "hold" else 2]:
            whole = f"indexer.upkeep.promotion.{request.param}"
            before = promotion
            for name in request.param.split("."):
                before = getattr(before, name)

            def dies(*given: object, **named: object) -> None:
                if after:  # noqa: B023 - called in this round
                    before(*given, **named)  # type: ignore[operator] # noqa: B023
                raise KeyboardInterrupt

            with mock.patch(whole, dies), pytest.raises(KeyboardInterrupt):
                promote(settings)

    yield run


def test_a_killed_takeover_is_continued(a: Settings, b: Settings, killed: Callable[[Settings], None]) -> None:
    index(a, [Article("x", "Bài x", attachments=(FILE,))])
    published(a)
    push(a, "p1", "p2")
    killed(b)
    for replaced, error in ((a, ReplacedError), (writing(b), HalfPromotedError)):
        with pytest.raises(error):
            push(replaced, "p3")
    made = promote(b)
    assert made.term == 2
    b = writing(b)
    write_pushed(b)
    assert found(b) == {"x", "p1", "p2"} and not list(verify(b))
    with closing(Inbox(b.data)) as inbox:
        assert inbox.newest() == 2


def test_a_term_of_a_store_that_is_gone_does_not_count_as_taken_over(a: Settings, b: Settings) -> None:
    index(a, [Article("x", "Bài x")])
    published(a)
    b.data.mkdir()
    hold(b.data, Term(2, "b", 0.0))
    with (
        mock.patch.object(promotion, "copied_files", side_effect=KeyboardInterrupt),
        pytest.raises(KeyboardInterrupt),
    ):
        promote(b)
    with pytest.raises(HalfPromotedError):
        push(writing(b), "p1")
    assert promote(b).term == 2


def test_there_must_be_something_to_take_over(a: Settings, b: Settings) -> None:
    with pytest.raises(UsageError, match="there was no writer yet"):
        promote(b)
    push(a, "p1")
    with pytest.raises(UsageError, match="no copies yet"):
        promote(b)
    # Nothing has happened: the writer goes on.
    push(a, "p2")
    with pytest.raises(UsageError, match="a machine that is alone"):
        promote(Settings(data=b.data))


def test_damage_is_told_and_the_rest_taken_over(a: Settings, b: Settings, gateway: Gateway) -> None:
    index(a, [Article("x", "Bài x")])
    published(a)
    push(a, "p1", "p2", "p3")
    kept = KeptChanges(*shared_place(a))
    kept.put(1, 2, b"?" * 90)
    made: Promoted = promote(b)
    assert made.adopted == 2 and len(made.problems) == 1 and made.problems[0].startswith("task 2: ")
    write_pushed(writing(b))
    assert found(writing(b)) == {"x", "p1", "p3"}


def test_the_command_says_what_it_took_over(
    a: Settings, b: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    index(a, [Article("x", "Bài x")])
    published(a)
    push(a, "p1")
    s3 = a.s3
    config = tmp_path / "tracuu.toml"
    config.write_text(
        f'role = "standby"\nfiles = "{a.files}"\n[s3]\nendpoint = "{s3.endpoint}"\n'
        f'access_key = "{s3.access_key}"\nsecret_file = "{s3.secret_file}"\n'
    )
    assert main(["promote", "--config", str(config), "--data", str(b.data)]) == 0
    said = capsys.readouterr()
    assert "1 articles; 1 pushed changes wait" in said.out and 'set role = "writer"' in said.out
    assert "the writer since 20" in said.err
    assert main(["promote", "--config", str(config), "--data", str(b.data)]) == 2
    assert "is the writer already" in capsys.readouterr().err
