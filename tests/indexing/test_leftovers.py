"""What killed processes leave behind goes with the next one that comes, and nothing else does."""

from __future__ import annotations

import io
import os
import shutil
import signal
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path
from unittest import mock

import pytest

from indexer.catalog.catalog import Catalog
from indexer.disk.locks import WRITER, writer_lock
from indexer.disk.scratch import scratch_folder
from indexer.engine.opening import index_path
from indexer.files.folder import FOLDER, FolderStore
from indexer.indexing.opening import open_pipeline
from indexer.model import Article, Attachment
from indexer.search.service import open_search
from indexer.settings import ENGINES, EngineName, Settings
from indexer.upkeep.backup import back_up
from indexer.upkeep.rebuild import rebuild
from indexer.upkeep.verify import verify
from tests.collection import Listed, index
from tests.upkeep.collection import fill

_HOLDS = """
import sys, time
from indexer.disk.scratch import scratch_folder
with scratch_folder() as folder:
    (folder / "a").write_bytes(b"a")
    print(folder, flush=True)
    time.sleep(60)
"""
_WRITES = """
import sys, time
from pathlib import Path
from indexer.disk.locks import writer_lock
with writer_lock(Path(sys.argv[1]), 0):
    print(flush=True)
    time.sleep(60)
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "data", workers=1)


def started(code: str, *arguments: str) -> tuple[subprocess.Popen[str], str]:
    process = subprocess.Popen(
        [sys.executable, "-c", code, *arguments], stdout=subprocess.PIPE, text=True, env=dict(os.environ)
    )
    assert process.stdout is not None
    return process, process.stdout.readline().strip()


def killed(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGKILL)
    process.communicate()


def test_scratch_folders_of_killed_processes_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    other = tmp_path / "tracuu-bench"
    other.mkdir()
    process, name = started(_HOLDS)
    with scratch_folder() as mine:
        assert mine.is_dir() and Path(name, "a").is_file()
        killed(process)
        with scratch_folder():
            assert mine.is_dir() and not Path(name).exists()
    assert list(tmp_path.iterdir()) == [other]


@pytest.mark.parametrize("engine", ENGINES)
def test_half_written_files_of_an_index_go_where_nothing_is_to_be_written(
    settings: Settings, engine: EngineName
) -> None:
    settings = replace(settings, engine=engine)
    fill(settings)
    left = [settings.data / ".new-1", index_path(settings) / ".new-2"]
    for path in left:
        path.write_bytes(b"a")
    with open_pipeline(settings):
        pass
    assert [path for path in left if path.exists()] == []


def test_an_archive_whose_members_went_is_unpacked_again(settings: Settings) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("trong.txt", "Trong tệp nén")
    article = Article("a", "Bài", attachments=(Attachment("a.zip", content=made.getvalue()),))
    # Unpacked and killed before the article was accepted.
    with (
        mock.patch.object(Catalog, "accept", side_effect=RuntimeError),
        pytest.raises(RuntimeError),
        open_pipeline(settings) as pipeline,
    ):
        list(pipeline.index(Listed([article])))
    index(settings, [article])
    service = open_search(settings)
    files = [service.searcher().articles.file("a", n)[1] for n in (0, 1)]
    assert all(files)
    service.close()


def unused(settings: Settings) -> Path:
    path = settings.data / FOLDER / "ab" / ("ab" * 32)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"nobody carries it")
    return path


def test_after_a_writer_that_was_killed_files_are_looked_through(settings: Settings) -> None:
    fill(settings)
    kept = set((settings.data / FOLDER).glob("*/*"))
    left = unused(settings)
    with open_pipeline(settings):
        assert left.is_file()  # the writer before came to its end: not looked at
    process, _ = started(_WRITES, str(settings.data))
    killed(process)
    with open_pipeline(settings):
        assert not left.is_file()
    assert set((settings.data / FOLDER).glob("*/*")) == kept


def test_and_after_one_that_failed(settings: Settings) -> None:
    fill(settings)
    with pytest.raises(RuntimeError), open_pipeline(settings):
        raise RuntimeError
    left = unused(settings)
    with open_pipeline(settings):
        assert not left.is_file()
    with writer_lock(settings.data, 0) as ended:
        assert ended


@pytest.mark.parametrize("between", ["nothing", "verify", "backup", "rebuild"])
def test_what_a_killed_writer_left_goes_whoever_comes_first(
    settings: Settings, tmp_path: Path, between: str
) -> None:
    fill(settings)
    unused = FolderStore(settings.data).add(b"of an article that was never accepted")
    (settings.data / WRITER).write_text("writes")
    if between == "verify":
        assert list(verify(settings))
    elif between == "backup":
        back_up(settings, tmp_path / "backup", with_index=True)
    elif between == "rebuild":
        with (
            mock.patch("indexer.upkeep.rebuild.open_pipeline", side_effect=KeyboardInterrupt),
            pytest.raises(KeyboardInterrupt),
        ):
            rebuild(settings)
    assert FolderStore(settings.data).path(unused).is_file()
    with open_pipeline(settings):
        pass
    assert not FolderStore(settings.data).path(unused).exists()


@pytest.mark.parametrize("killed_in", ["catalog.applied.Applied.set", "indexing.pipeline.Pipeline.replay"])
def test_an_index_that_was_being_made_anew_is_made_again(settings: Settings, killed_in: str) -> None:
    fill(settings)
    shutil.rmtree(index_path(settings))
    with (
        mock.patch(f"indexer.{killed_in}", side_effect=KeyboardInterrupt),
        pytest.raises(KeyboardInterrupt),
        open_pipeline(settings),
    ):
        pass
    with open_pipeline(settings):
        pass
    assert list(verify(settings)) == []
