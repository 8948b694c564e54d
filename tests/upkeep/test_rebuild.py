"""A new index beside the one in use: nobody notices until it is better, and never where it is not."""

import os
import re
import resource
import shutil
import signal
import threading
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from unittest import mock

import pytest

from indexer.catalog.catalog import Catalog
from indexer.cli import main
from indexer.disk.locks import rebuild_lock, writer_lock
from indexer.engine.folders import IndexFolders, existing_folders, read_folders
from indexer.engine.opening import index_path
from indexer.errors import (
    DamagedError,
    IndexBusyError,
    IndexVersionError,
    RebuildRunningError,
    RejectedIndexError,
    StorageError,
    UsageError,
)
from indexer.indexing import leftovers
from indexer.indexing.opening import open_pipeline
from indexer.search.request import SearchRequest
from indexer.search.service import open_search
from indexer.settings import ENGINES, Settings
from indexer.upkeep import rebuild as module
from indexer.upkeep.golden import GoldenQuery, read_golden
from indexer.upkeep.rebuild import rebuild, roll_back
from tests.collection import ARTICLES, index, write_jsonl
from tests.upkeep.collection import WITH_FILES, fill, in_process, seen
from tests.waiting import until
from webui import create_app


@pytest.fixture(params=ENGINES)
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    settings = Settings(data=tmp_path / "data", engine=request.param)
    fill(settings)
    return settings


def folders(settings: Settings) -> tuple[IndexFolders, set[str]]:
    return read_folders(settings.data, settings.engine), existing_folders(settings.data, settings.engine)


def ids(settings: Settings) -> set[str]:
    return {hit.id for hit in open_search(settings).search(SearchRequest(size=100)).hits}


def test_the_new_index_answers_as_the_old_one_did_and_the_old_one_stays_for_a_while(
    settings: Settings,
) -> None:
    before, engine = seen(settings), settings.engine
    made = rebuild(settings)
    assert (made.index, made.articles, made.problems) == (f"{engine}.2", len(WITH_FILES), ())
    assert seen(settings) == before
    assert folders(settings) == (IndexFolders(f"{engine}.2", engine), {engine, f"{engine}.2"})
    rebuild(settings)
    assert folders(settings) == (
        IndexFolders(f"{engine}.3", f"{engine}.2"),
        {f"{engine}.2", f"{engine}.3"},
    )
    with closing(Catalog(settings.data)) as catalog:
        assert engine not in catalog.applied.readers()
    assert seen(settings) == before


def test_going_back_brings_the_old_index_up_to_date(settings: Settings) -> None:
    with pytest.raises(UsageError, match="no earlier index"):
        roll_back(settings)
    rebuild(settings)
    with open_pipeline(settings) as pipeline:
        pipeline.remove(["hoa-binh"])
    index(settings, [replace(ARTICLES[1], title="Tên mới hẳn")])
    assert roll_back(settings).current == settings.engine
    assert "hoa-binh" not in ids(settings)
    assert open_search(settings).searcher().articles.by_id("hoa-tuoi").title == "Tên mới hẳn"
    assert roll_back(settings).current == f"{settings.engine}.2"


def test_who_searches_meanwhile_notices_nothing(settings: Settings) -> None:
    service, done = open_search(settings), threading.Event()
    before, wrong, looks = seen(settings, service), [], []

    def search() -> None:
        while not done.is_set():
            try:
                if seen(settings, service) != before:
                    wrong.append("another answer")
                looks.append(threading.get_ident())
            except Exception as error:
                wrong.append(repr(error))

    threads = [threading.Thread(target=search) for _ in range(2)]
    for thread in threads:
        thread.start()
    for _ in range(4):
        rebuild(settings)
    until(lambda: wrong or len(set(looks)) == 2)
    done.set()
    for thread in threads:
        thread.join()
    assert wrong == []
    index(settings, [replace(ARTICLES[1], title="Tên mới hẳn")])
    assert service.searcher().articles.by_id("hoa-tuoi").title == "Tên mới hẳn"


def test_what_is_written_meanwhile_is_in_the_new_index(settings: Settings) -> None:
    written: list[int] = []

    def write(number: int) -> None:
        if not written:
            written.append(number)
            new = replace(ARTICLES[0], id="them", title="Bài mới thêm")
            index(settings, [new, replace(ARTICLES[1], title="Tên mới hẳn")])
            # The third copy of a text, of which the second is gone.
            index(settings, [replace(WITH_FILES[-1], id="lai-nua", sources=("c.example",))])
            with open_pipeline(settings) as pipeline:
                pipeline.remove(["ke-hoach", "lai-cap-nuoc"])

    rebuild(settings, progress=write)
    assert read_folders(settings.data, settings.engine).current == f"{settings.engine}.2"
    found = ids(settings)
    assert "them" in found and not found & {"ke-hoach", "lai-cap-nuoc"}
    service = open_search(settings)
    assert service.searcher().articles.by_id("hoa-tuoi").title == "Tên mới hẳn"
    assert [
        copy.id for copy in service.searcher().copies(service.searcher().articles.by_id("bao-cap-nuoc"))
    ] == ["lai-nua"]
    with closing(Catalog(settings.data)) as catalog:
        assert catalog.applied.waiting(f"{settings.engine}.2") == 0


GOLDEN = [
    GoldenQuery("hoa xuân", ("hoa-tuoi",), 1),
    GoldenQuery("cap nuoc", ("bao-cap-nuoc", "lai-cap-nuoc"), 1),
]


def test_golden_queries_decide(settings: Settings) -> None:
    before = seen(settings)
    bad = GoldenQuery("học phí", ("hoa-tuoi", "hoc-phi"), 3)
    with pytest.raises(RejectedIndexError) as failed:
        rebuild(settings, [*GOLDEN, bad])
    assert failed.value.problems == ("'học phí' does not find hoa-tuoi among the first 3",)
    assert folders(settings) == (IndexFolders(settings.engine), {settings.engine})
    with closing(Catalog(settings.data)) as catalog:
        assert f"{settings.engine}.2" not in catalog.applied.readers()
    assert seen(settings) == before
    assert rebuild(settings, GOLDEN).index == f"{settings.engine}.2"


def test_an_index_that_misses_articles_or_fields_is_not_taken(settings: Settings) -> None:
    with (
        mock.patch.object(module, "with_text", side_effect=lambda entry, text: replace(entry, id="one")),
        pytest.raises(
            RejectedIndexError, match=r"has 1 articles, but the catalog has 9.*can't be found by its title"
        ),
    ):
        rebuild(settings)
    nothing = mock.patch("indexer.indexing.replay.analysed", side_effect=_without_number)
    with nothing, pytest.raises(RejectedIndexError, match="'chi-thi' can't be found by its number 38-CT/TW"):
        rebuild(settings)
    assert folders(settings) == (IndexFolders(settings.engine), {settings.engine})


def _without_number(*arguments: object) -> object:
    from indexer.indexing.analysis import analysed

    entry, shingles = analysed(*arguments)  # type: ignore[arg-type]
    return replace(entry, keywords={**entry.keywords, "number": ()}), shingles


def test_an_index_of_another_version_is_one_clear_line_until_it_is_rebuilt(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    before, everywhere = (
        seen(settings),
        ["--data", str(settings.data), "--engine", settings.engine, "--quiet"],
    )
    (index_path(settings) / "VERSION").write_text("something else")
    with pytest.raises(IndexVersionError):
        open_search(settings)
    for command in (["search", "hoa"], ["index", str(write_jsonl(settings.data / "x.jsonl", []))]):
        assert main([*command, *everywhere]) == 3
        said = capsys.readouterr().err
        assert "tracuu rebuild" in said and said.count("\n") == 1
    assert main(["stats", *everywhere]) == 3
    said = capsys.readouterr().out
    assert f"articles: {len(WITH_FILES)}\n" in said and re.search(
        "^problem: .*tracuu rebuild", said, re.MULTILINE
    )
    service = open_search(settings, patient=True)
    client = create_app(service).test_client()
    ready = client.get("/readyz")
    assert (ready.status_code, ready.text) == (
        503,
        "not ready: the index was written by another version; run `tracuu rebuild`\n",
    )
    assert client.get("/search?q=hoa").status_code == 503
    assert main(["rebuild", *everywhere]) == 0
    assert f"{len(WITH_FILES)} articles in the new index {settings.engine}.2" in capsys.readouterr().out
    assert client.get("/readyz").status_code == 200
    assert seen(settings, service) == before


def test_writers_are_held_off_for_the_end_only_and_told_so(settings: Settings) -> None:
    with rebuild_lock(settings.data), pytest.raises(RebuildRunningError, match="rebuilding or restoring"):
        rebuild(settings)
    with writer_lock(settings.data, 0), pytest.raises(IndexBusyError, match="--lock-timeout"):
        rebuild(settings)
    index(settings)

    def try_to_write(*_: object) -> list[str]:
        with pytest.raises(IndexBusyError, match="--lock-timeout"):
            index(settings)
        return []

    with mock.patch.object(module, "unfound", side_effect=try_to_write) as checked:
        rebuild(settings)
    assert checked.called


def test_without_the_store_of_copies_a_failed_rebuild_leaves_a_consistent_index(settings: Settings) -> None:
    before = seen(settings)
    (settings.data / "duplicates.sqlite3").unlink()
    with pytest.raises(RejectedIndexError):
        rebuild(settings, [GoldenQuery("hoa", ("nowhere",))])
    with closing(Catalog(settings.data)) as catalog:
        assert catalog.applied.waiting(settings.engine) == len(WITH_FILES)
    with open_pipeline(settings):
        pass
    assert seen(settings) == before


def test_a_damaged_pointer_says_so_and_is_mended(settings: Settings) -> None:
    rebuild(settings)
    before = seen(settings)
    (settings.data / f"{settings.engine}.current").write_text("../../etc\n")
    for attempt in (open_search, index):
        with pytest.raises(DamagedError, match="tracuu rebuild"):
            attempt(settings)
    rebuild(settings)
    assert seen(settings) == before
    assert folders(settings) == (IndexFolders(f"{settings.engine}.3"), {f"{settings.engine}.3"})


def _rebuild_killed_while_it_checks(settings: Settings) -> None:
    with mock.patch.object(module, "unfound", side_effect=lambda *_: os._exit(77)):
        rebuild(settings)


def test_what_killed_rebuilds_left_goes_with_the_next_writer(settings: Settings) -> None:
    assert in_process(_rebuild_killed_while_it_checks, settings) == 77
    (settings.data / ".new-x").write_text("half")
    assert folders(settings)[1] == {settings.engine, f"{settings.engine}.2"}
    with rebuild_lock(settings.data):  # it may be going on
        index(settings)
        assert folders(settings)[1] == {settings.engine, f"{settings.engine}.2"}
    index(settings)
    assert folders(settings) == (IndexFolders(settings.engine), {settings.engine})
    assert not (settings.data / ".new-x").exists()
    with closing(Catalog(settings.data)) as catalog:
        assert f"{settings.engine}.2" not in catalog.applied.readers()


def test_bytes_that_no_article_carries_go_with_a_rebuild(settings: Settings) -> None:
    files = {path for path in (settings.data / "files").rglob("*") if path.is_file()}
    orphan, half = settings.data / "files" / "ab" / ("ab" * 32), next(iter(files)).parent / ".new-x"
    orphan.parent.mkdir(exist_ok=True)
    orphan.write_text("orphan")
    half.write_text("half")
    rebuild(settings)
    assert {path for path in (settings.data / "files").rglob("*") if path.is_file()} == files


def _rebuild_with_little_room(settings: Settings, most: int) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    try:
        rebuild(settings)
    except StorageError:
        os._exit(77)
    os._exit(2)


@pytest.mark.parametrize("most", [0, 500, 4_000])
def test_a_full_disk_leaves_the_old_index(settings: Settings, most: int) -> None:
    before = seen(settings)
    assert in_process(_rebuild_with_little_room, settings, most) == 77
    assert seen(settings) == before
    rebuild(settings)
    assert seen(settings) == before
    assert len(folders(settings)[1]) == 2


@pytest.mark.crash
def test_a_disk_that_fails_at_any_step_leaves_the_old_index_or_the_new(settings: Settings) -> None:
    before, step = seen(settings), 0
    while True:
        step += 1
        calls = iter(range(1, 10_000))
        real = os.fsync

        def fsync(handle: int, step: int = step, calls: object = calls, real: object = real) -> None:
            if next(calls) == step:  # type: ignore[call-overload]
                raise OSError(5, "Input/output error")
            real(handle)  # type: ignore[operator]

        with mock.patch("os.fsync", fsync):
            try:
                rebuild(settings)
                break
            except StorageError:
                pass
        assert seen(settings) == before
    assert step > 3
    assert seen(settings) == before
    index(settings)
    assert len(folders(settings)[1]) == 2


def test_a_deleted_folder_is_no_way_back(settings: Settings) -> None:
    rebuild(settings)
    shutil.rmtree(settings.data / settings.engine)
    with pytest.raises(UsageError, match="no earlier index"):
        roll_back(settings)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "contains no query"),
        ('{"query": "x"}', ":1 has no ids"),
        ('{"query": "x", "ids": 5}', ":1 must be"),
        ('{"query": "x", "ids": ["a"]}\n{broken', ":2 is not JSON"),
        ('{"query": "x", "ids": []}', "ids"),
        ('{"query": "x", "ids": ["a"], "within": 0}', "within"),
        ('{"query": "x", "ids": ["a"], "colour": 1}', "colour"),
        ("[1]", ":1"),
    ],
)
def test_a_golden_file_that_makes_no_sense_is_refused(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "golden.jsonl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match=said):
        read_golden(path)


def test_the_command_tells_what_failed(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    golden = write_jsonl(settings.data / "golden.jsonl", [{"query": "hoa xuan", "ids": ["hoc-phi"]}])
    everywhere = ["--data", str(settings.data), "--engine", settings.engine, "--quiet"]
    assert main(["rebuild", "--golden", str(golden), *everywhere]) == 1
    assert "'hoa xuan' does not find hoc-phi" in capsys.readouterr().err
    assert main(["rebuild", "--rollback", "--golden", str(golden), *everywhere]) == 2
    assert main(["rebuild", "--rollback", *everywhere]) == 2
    assert main(["rebuild", "--data", str(settings.data / "nothing"), "--quiet"]) == 3
    assert not (settings.data / "nothing").exists()
    with mock.patch.object(leftovers, "remove_indexes"):
        assert main(["rebuild", "--json", *everywhere]) == 0
