"""Articles on their way into the index: nothing twice, nothing lost, everything said."""

import multiprocessing
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from unittest import mock

import pytest

from indexer.catalog.applied import Applied
from indexer.catalog.catalog import Catalog, Record
from indexer.catalog.format import FILE_NAME
from indexer.engine.opening import open_engine
from indexer.errors import EngineError, IndexBusyError, IndexVersionError, ItemError, StorageError
from indexer.indexing import workers
from indexer.indexing.opening import open_pipeline
from indexer.indexing.outcome import Outcome
from indexer.model import Article, Attachment
from indexer.search.request import SearchRequest
from indexer.search.service import open_search
from indexer.settings import ENGINES, EngineName, Settings
from indexer.sources import Item, Problem, Unchanged
from tests.collection import ARTICLES, Listed, index
from tests.processes import BESIDE
from tests.waiting import until

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(params=ENGINES)
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "data", engine=request.param)


def ids(settings: Settings) -> set[str]:
    return {hit.id for hit in open_search(settings).search(SearchRequest(size=100)).hits}


def kinds(outcomes: list[Outcome]) -> dict[str, int]:
    return {kind: sum(o.kind == kind for o in outcomes) for kind in {o.kind for o in outcomes}}


def test_unchanged_articles_cost_no_analysis(settings: Settings) -> None:
    assert kinds(index(settings)) == {"indexed": len(ARTICLES), "missing": 1}
    with mock.patch.object(workers, "analysed", side_effect=AssertionError("analysed again")):
        assert kinds(index(settings)) == {"unchanged": len(ARTICLES)}


def test_a_changed_article_replaces_the_old(settings: Settings) -> None:
    index(settings)
    changed = replace(ARTICLES[0], title="Tên mới hẳn")
    assert kinds(index(settings, [changed])) == {"indexed": 1}
    response = open_search(settings).search(SearchRequest("quảng trường", area="title"))
    assert response.total == 0
    assert ids(settings) == {a.id for a in ARTICLES if a.audience == "public"}


def test_remove_leaves_nothing(settings: Settings) -> None:
    article = replace(ARTICLES[0], attachments=(Attachment("a.txt", content="Nội dung tệp".encode()),))
    index(settings, [article, ARTICLES[1]])
    assert list((settings.data / "files").rglob("*"))
    with open_pipeline(settings) as pipeline:
        assert pipeline.remove([article.id, "unknown"]) == [article.id]
    assert ids(settings) == {ARTICLES[1].id}
    assert not [path for path in (settings.data / "files").rglob("*") if path.is_file()]
    database = sqlite3.connect(settings.data / FILE_NAME)
    assert database.execute("SELECT id FROM articles").fetchall() == [(ARTICLES[1].id,)]
    assert database.execute("SELECT count(*) FROM files").fetchone() == (0,)
    database.close()


def test_prune_removes_what_is_gone_from_the_source(settings: Settings) -> None:
    index(settings)
    outcomes = index(settings, ARTICLES[:2], prune=True)
    assert {o.item for o in outcomes if o.kind == "removed"} == {a.id for a in ARTICLES[2:]}
    assert ids(settings) == {a.id for a in ARTICLES[:2]}


def test_prune_removes_nothing_where_something_was_unreadable(settings: Settings) -> None:
    index(settings)

    class Broken(Listed):
        def items(self) -> Iterator[Article | Problem]:
            yield ARTICLES[0]
            yield Problem("listed:2", "broken")

    with open_pipeline(settings) as pipeline:
        outcomes = list(pipeline.index(Broken([]), prune=True))
    assert {o.kind for o in outcomes} == {"unchanged", "failed"}
    assert len(ids(settings)) == len(ARTICLES) - 1


def test_what_was_committed_but_not_noted_is_replayed_without_doubling(settings: Settings) -> None:
    index(settings, ARTICLES[:1])
    with mock.patch.object(Applied, "set"):  # a crash between the two
        index(settings)
    assert waiting(settings) == len(ARTICLES) - 1
    with open_pipeline(settings):
        pass
    assert waiting(settings) == 0
    assert indexed(settings) == len(ARTICLES)


def test_what_was_accepted_but_not_committed_is_replayed(settings: Settings) -> None:
    index(settings, ARTICLES[:1])
    with (
        mock.patch(f"{WRITERS[settings.engine]}.commit", side_effect=EngineError("no")),
        pytest.raises(EngineError),
    ):
        index(settings)
    assert indexed(settings) == 1
    with open_pipeline(settings):
        pass
    assert indexed(settings) == len(ARTICLES)


WRITERS = {
    "tantivy": "indexer.engine.tantivy_.writer.TantivyWriter",
    "whoosh": "indexer.engine.whoosh_.writer.WhooshWriter",
    "opensearch": "indexer.engine.opensearch_.writer.OpenSearchWriter",
}


def indexed(settings: Settings) -> int:
    engine = open_engine(settings)
    try:
        return engine.snapshot().count()
    finally:
        engine.close()


def waiting(settings: Settings) -> int:
    catalog = Catalog(settings.data)
    try:
        return catalog.applied.waiting(settings.engine)
    finally:
        catalog.close()


def test_a_deleted_index_is_built_anew_from_the_catalog(settings: Settings) -> None:
    index(settings)
    shutil.rmtree(settings.data / settings.engine)
    with open_pipeline(settings):
        pass
    assert ids(settings) == {a.id for a in ARTICLES if a.audience == "public"}


def test_both_engines_follow_one_catalog(tmp_path: Path) -> None:
    index(Settings(data=tmp_path))
    other = Settings(data=tmp_path, engine="whoosh")
    with open_pipeline(other) as pipeline:
        pipeline.remove(["hoa-binh"])
    assert "hoa-binh" not in ids(other)
    with open_pipeline(Settings(data=tmp_path)):
        pass
    assert (
        ids(Settings(data=tmp_path)) == ids(other) == {"hoa-tuoi", "hoc-phi", "ke-hoach", "chi-thi", "ma-doc"}
    )


def test_a_second_writer_is_told_to_wait(settings: Settings) -> None:
    with (
        open_pipeline(settings),
        pytest.raises(IndexBusyError, match="--lock-timeout"),
        open_pipeline(settings),
    ):
        pass


def test_an_index_of_another_version_is_not_touched(settings: Settings) -> None:
    index(settings)
    marker = settings.data / settings.engine / "VERSION"
    marker.write_text("something else")
    before = sorted(path.name for path in marker.parent.iterdir())
    with pytest.raises(IndexVersionError, match="something else"), open_pipeline(settings):
        pass
    assert sorted(path.name for path in marker.parent.iterdir()) == before


def test_a_catalog_of_another_version_is_not_touched(tmp_path: Path) -> None:
    Catalog(tmp_path, create=True).close()
    database = sqlite3.connect(tmp_path / FILE_NAME)
    database.execute("PRAGMA user_version = 99")
    database.close()
    with pytest.raises(EngineError, match="version 99"):
        Catalog(tmp_path)


def test_a_damaged_catalog_says_so(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"this is no database, only text\n" * 99)
    with pytest.raises(EngineError, match="damaged"):
        Catalog(tmp_path)


def test_a_directory_that_cannot_be_made_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with (
        pytest.raises(StorageError, match="choose another --data"),
        open_pipeline(Settings(data=tmp_path / "file" / "x")),
    ):
        pass


def _index_with_little_room(data: str, engine: EngineName) -> None:
    import resource

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
    many = [replace(ARTICLES[0], id=f"a{i}", body=os.urandom(900).hex()) for i in range(2000)]
    try:
        index(Settings(data=Path(data), engine=engine), many)
    except StorageError as error:
        os._exit(77 if "no accepted article is lost" in str(error) else 1)
    os._exit(2)


@pytest.mark.crash
def test_a_full_disk_loses_nothing(settings: Settings) -> None:
    index(settings)
    before = ids(settings)
    child = BESIDE.Process(target=_index_with_little_room, args=(str(settings.data), settings.engine))
    child.start()
    child.join(60)
    assert child.exitcode == 77
    with open_pipeline(settings):
        pass
    assert ids(settings) >= before


def _index_forever(data: str, engine: EngineName) -> None:
    def endless() -> Iterator[Article]:
        for i in range(10**9):
            yield replace(ARTICLES[i % 2], id=f"n{i}")

    with mock.patch("indexer.indexing.changes.COMMIT_ARTICLES", 300):
        index(Settings(data=Path(data), engine=engine, workers=1), endless())


@pytest.mark.crash
@pytest.mark.parametrize("moment", [3, 300, 900])
def test_kill_at_any_moment_loses_nothing_accepted(settings: Settings, moment: int) -> None:
    index(settings, ARTICLES[:2])
    child = BESIDE.Process(target=_index_forever, args=(str(settings.data), settings.engine))
    child.start()
    until(lambda: accepted(settings) >= moment)
    assert child.pid is not None
    os.kill(child.pid, signal.SIGKILL)
    child.join(30)
    with open_pipeline(settings):
        pass
    assert indexed(settings) == accepted(settings) >= moment


def accepted(settings: Settings) -> int:
    catalog = Catalog(settings.data)
    try:
        return catalog.count()
    finally:
        catalog.close()


def test_a_worker_that_dies_costs_only_time(settings: Settings) -> None:
    many = [replace(ARTICLES[0], id=f"a{i}") for i in range(700)]

    class Killing(Listed):
        def items(self) -> Iterator[Article]:
            for i, article in enumerate(many):
                if i == 600:
                    for child in multiprocessing.active_children():
                        child.kill()
                yield article

    with open_pipeline(settings) as pipeline:
        assert kinds(list(pipeline.index(Killing([])))) == {"indexed": 700}
    assert accepted(settings) == 700


def test_one_catalog_transaction_is_whole_or_not_at_all(tmp_path: Path) -> None:
    catalog = Catalog(tmp_path, create=True)
    good = Record("a", "p", b"h", b"s")
    with pytest.raises(EngineError):
        catalog.accept([good, replace(good, id="b", files=((0, "x"), (0, "y")))])
    assert list(catalog.ids()) == []
    assert catalog.accept([good]) == 1
    catalog.close()


def test_two_folders_with_one_name_for_two_pages_are_told(settings: Settings, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    with open_pipeline(settings) as pipeline:
        for name, title in (("one", "Bài thứ nhất"), ("two", "Bài thứ hai")):
            source = Listed([Article("bai-1", title)], str(tmp_path / name))
            outcomes = list(pipeline.index(source))
    assert kinds(outcomes) == {"indexed": 1, "failed": 1}
    assert str(tmp_path / "one") in str(next(o.problem for o in outcomes if o.problem))


def _index_and_print_children(data: str) -> None:
    def endless() -> Iterator[Article]:
        for i in range(10**9):
            if i == 2000:
                for child in multiprocessing.active_children():
                    print(child.pid, flush=True)
            yield replace(ARTICLES[i % 2], id=f"n{i}")

    index(Settings(data=Path(data), workers=2), endless())


def test_workers_end_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    code = f"from tests.indexing.test_pipeline import _index_and_print_children as run; run({str(tmp_path / 'data')!r})"
    command = [sys.executable, "-W", "ignore", "-c", code]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as parent:
        assert parent.stdout is not None
        workers = [int(parent.stdout.readline())]
        parent.kill()
    until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in workers))


def test_what_is_said_to_be_there_stays(settings: Settings) -> None:
    index(settings)

    class Told(Listed):
        def items(self) -> Iterator[Item]:  # type: ignore[override]
            yield from map(Unchanged, sorted(ids(settings)))

    with open_pipeline(settings) as pipeline:
        outcomes = list(pipeline.index(Told([]), prune=True))
    assert Counter(one.kind for one in outcomes) == {"unchanged": len(ARTICLES) - 1, "removed": 1}


def test_what_is_gone_from_one_source_stays_while_another_has_it(settings: Settings) -> None:
    article = Article("chung", "Hai nguồn")
    with open_pipeline(settings) as pipeline:
        for name in ("site", "export"):
            list(pipeline.index(Listed([article], name)))
        assert pipeline.release("site", ["chung"]) == []
        assert pipeline.release("export", ["chung"]) == ["chung"]


def test_files_named_by_address_are_fetched_once_and_again_where_that_failed(settings: Settings) -> None:
    asked: list[str] = []

    def fetch(url: str, path: Path) -> str | None:
        asked.append(url)
        if len(asked) == 1:
            raise ItemError("nobody answers")
        path.write_text("Nội dung của tệp.")
        return "text/plain"

    article = Article(
        "a", "Tên", attachments=(Attachment("tep.txt", url="https://lamgiang.example/tep.txt"),)
    )
    kinds = []
    with open_pipeline(settings) as pipeline:
        for got in (None, fetch, fetch, fetch):
            outcomes = list(pipeline.index(Listed([article]), fetch=got))
            kinds.append([(one.kind, one.problem) for one in outcomes])
    assert kinds == [
        [("indexed", None), ("missing", None)],
        [("failed", "nobody answers"), ("indexed", None), ("missing", None)],
        [("indexed", None)],
        [("unchanged", None)],
    ]
    assert len(asked) == 2
