"""A backup is whole or none, whatever goes on beside it, and a data directory made of it is the same."""

import json
import os
import random
import resource
import shutil
import signal
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from unittest import mock

import pytest

from indexer.catalog.catalog import Catalog
from indexer.catalog.format import FILE_NAME
from indexer.cli import main
from indexer.disk import durable
from indexer.disk.locks import backup_lock, writer_lock
from indexer.engine.opening import index_path
from indexer.errors import BackupError, EngineError, IndexBusyError, StorageError, UsageError
from indexer.indexing.opening import open_pipeline
from indexer.model import Attachment
from indexer.search.service import open_search
from indexer.settings import ENGINES, Settings
from indexer.upkeep.attachment_copies import AttachmentCopies
from indexer.upkeep.backup import back_up
from indexer.upkeep.manifest import NAME, damaged_files, read_manifest
from indexer.upkeep.rebuild import rebuild
from indexer.upkeep.restore import restore
from indexer.upkeep.verify import verify
from tests.collection import ARTICLES, index
from tests.upkeep.collection import WITH_FILES, accepted, fill, in_process, seen


@pytest.fixture(params=ENGINES)
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    settings = Settings(data=tmp_path / "data", engine=request.param)
    fill(settings)
    return settings


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backup"


def elsewhere(settings: Settings) -> Settings:
    return replace(settings, data=settings.data.with_name("elsewhere"))


def whole(folder: Path) -> bool:
    return list(damaged_files(folder, read_manifest(folder))) == []


def files_in(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("with_index", [False, True])
def test_what_is_restored_is_what_was_backed_up(settings: Settings, folder: Path, with_index: bool) -> None:
    with open_pipeline(settings) as pipeline:
        pipeline.remove(["ke-hoach"])
    index(settings, WITH_FILES)
    before = seen(settings), accepted(settings)
    made = back_up(settings, folder, with_index=with_index)
    assert (made.articles, made.copied, made.problems) == (len(WITH_FILES), 3, ())
    assert (seen(settings), accepted(settings)) == before
    other = elsewhere(settings)
    analysed = mock.patch("indexer.indexing.replay.analysed", side_effect=AssertionError("analysed again"))
    if with_index and settings.engine != "opensearch":  # of which a backup has only the name
        with analysed:
            restored = restore(other, folder)
    else:
        restored = restore(other, folder)
    assert (restored.articles, restored.files, restored.problems) == (len(WITH_FILES), 3, ())
    assert (seen(other), accepted(other)) == before
    assert list(verify(other)) == []
    assert {path.name for path in other.data.iterdir() if not path.name.endswith(("-wal", "-shm"))} <= {
        "catalog.sqlite3", "duplicates.sqlite3", "register.sqlite3", "statuses.sqlite3",
        "suggestions.sqlite3", "files", "rebuild.lock", "writer.lock",
        settings.engine, f"{settings.engine}.current",
    }  # fmt: skip


def test_an_index_that_this_program_can_not_use_is_built_anew(settings: Settings, folder: Path) -> None:
    back_up(settings, folder, with_index=True)
    other = replace(elsewhere(settings), engine="whoosh" if settings.engine == "tantivy" else "tantivy")
    restore(other, folder)
    assert seen(other) == seen(settings)
    third = replace(settings, data=settings.data.with_name("third"))
    version = "VERSION" if settings.engine == "opensearch" else "INDEX_VERSION"
    with mock.patch(f"indexer.engine.{settings.engine}_.engine.{version}", "99"):
        restore(third, folder)
        assert seen(third)
    assert list(verify(settings)) == []


def test_a_backup_while_another_process_writes_is_of_one_moment(settings: Settings, folder: Path) -> None:
    done = threading.Event()

    def write() -> None:
        number = 0
        while not done.is_set():
            number += 1
            article = replace(
                ARTICLES[0], id="wechselt", attachments=(Attachment("a.txt", content=b"%d" % number),)
            )
            index(replace(settings, lock_timeout=60), [article])

    thread = threading.Thread(target=write)
    thread.start()
    try:
        for _ in range(8):
            made = back_up(replace(settings, lock_timeout=60), folder)
            assert made.problems == () and whole(folder)
    finally:
        done.set()
        thread.join()
    other = elsewhere(settings)
    restore(other, folder)
    assert list(verify(other)) == []


def test_a_file_that_is_removed_while_others_are_copied(settings: Settings, folder: Path) -> None:
    real = AttachmentCopies.keep
    tries: list[object] = []

    def removing(self: object, carried: set[str]) -> object:
        if not tries:
            with open_pipeline(settings) as pipeline:
                pipeline.remove(["hoa-binh"])
        tries.append(carried)
        return real(self, carried)  # type: ignore[arg-type]

    with mock.patch.object(AttachmentCopies, "keep", removing):
        made = back_up(settings, folder)
    assert (len(tries), made.articles, made.problems) == (2, len(WITH_FILES) - 1, ())
    assert whole(folder)


def test_the_next_backup_copies_what_is_new_and_forgets_what_is_gone(
    settings: Settings, folder: Path
) -> None:
    assert back_up(settings, folder).copied == 3
    first = files_in(folder)
    assert back_up(settings, folder).copied == 0
    index(settings, [replace(ARTICLES[0], id="neu", attachments=(Attachment("a.txt", content=b"neu"),))])
    with open_pipeline(settings) as pipeline:
        pipeline.remove(["hoa-binh"])
    assert back_up(settings, folder, quick=True).copied == 1
    assert len(files_in(folder)) == len(first)
    assert whole(folder)
    restore(elsewhere(settings), folder)
    assert accepted(elsewhere(settings)) == accepted(settings)


def test_everything_else_in_the_data_directory_goes_along(
    settings: Settings, folder: Path, tmp_path: Path
) -> None:
    (settings.data / "keys.json").write_text("{}")
    (settings.data / "README.md").write_text("ours")
    (settings.data / ".hidden").write_text("not ours")
    lexicon, config = tmp_path / "own.toml", tmp_path / "tracuu.toml"
    lexicon.write_text("[abbreviations]\n")
    config.write_text(f"lexicon = {json.dumps(str(lexicon))}\n")
    with closing(sqlite3.connect(settings.data / "inbox.sqlite3")) as inbox:
        inbox.executescript(
            "PRAGMA journal_mode = WAL; CREATE TABLE pushes (x); INSERT INTO pushes VALUES (1);"
        )
        command = ["--config", str(config), "--engine", settings.engine, "--quiet"]
        assert main(["backup", str(folder), "--data", str(settings.data), *command]) == 0
    other = elsewhere(settings)
    assert main(["restore", str(folder), "--data", str(other.data), *command]) == 0
    assert (other.data / "keys.json").read_text() == "{}"
    assert not (other.data / ".hidden").exists()
    assert (other.data / "settings" / "tracuu.toml").read_text() == config.read_text()
    assert (other.data / "settings" / "own.toml").read_text() == lexicon.read_text()
    with closing(sqlite3.connect(other.data / "inbox.sqlite3")) as inbox:
        assert inbox.execute("SELECT * FROM pushes").fetchall() == [(1,)]


def attachment(data: Path) -> Path:
    return next(path for path in sorted((data / "files").rglob("*")) if path.is_file())


def test_missing_and_damaged_attachments_are_told_and_the_rest_is_kept(
    settings: Settings, folder: Path
) -> None:
    path = attachment(settings.data)
    content = path.read_bytes()
    for harm in (lambda: path.write_bytes(b"other"), path.unlink):
        harm()
        made = back_up(settings, folder)
        [problem] = made.problems
        assert path.name in problem and "tracuu verify" in problem
        assert whole(folder)
    other = elsewhere(settings)
    assert len(restore(other, folder).problems) == 1
    [finding] = verify(other)
    assert path.name in finding.part and "missing" in finding.what
    path.write_bytes(content)
    assert back_up(settings, folder).problems == ()
    # What an earlier backup has is better than what is damaged since.
    path.write_bytes(b"other")
    assert back_up(settings, folder).problems == ()


def test_a_damaged_file_of_an_earlier_backup_is_copied_again(settings: Settings, folder: Path) -> None:
    back_up(settings, folder)
    attachment(folder).write_bytes(b"other")
    assert not whole(folder)
    back_up(settings, folder)
    assert whole(folder)


def test_of_a_damaged_catalog_no_backup_is_made(settings: Settings, folder: Path) -> None:
    back_up(settings, folder)
    before = files_in(folder), read_manifest(folder)
    with closing(sqlite3.connect(settings.data / FILE_NAME)) as other:
        other.execute("UPDATE articles SET place = 'x' WHERE id = 'hoc-phi'")
        other.commit()
    with pytest.raises(BackupError, match=r"article hoc-phi.*tracuu verify"):
        back_up(settings, folder)
    assert read_manifest(folder) == before[1] and whole(folder)
    (settings.data / FILE_NAME).write_bytes((settings.data / FILE_NAME).read_bytes()[:20_000])
    with pytest.raises((BackupError, EngineError), match="damaged"):
        back_up(settings, folder)
    assert read_manifest(folder) == before[1] and whole(folder)


@pytest.mark.slow
def test_whatever_is_damaged_in_a_backup_is_found_before_anything_is_changed(
    settings: Settings, folder: Path
) -> None:
    back_up(settings, folder)
    before, chance = seen(settings), random.Random(3)
    for name in sorted(files_in(folder) - {"backup.lock"}):
        path = folder / name
        content = path.read_bytes()
        for spoilt in (None, content[:-1], flipped(content, chance), flipped(content, chance)):
            if spoilt is None:
                path.unlink()
            else:
                path.write_bytes(spoilt)
            with pytest.raises(BackupError, match="backup"):
                restore(settings, folder, replacing=True)
            command = ["verify", "--backup", str(folder), "--data", str(settings.data)]
            assert main(command) in (1, 3)
            assert seen(settings) == before
            path.write_bytes(content)
    assert main(["verify", "--backup", str(folder)]) == 0


def flipped(content: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(content))
    return content[:at] + bytes([content[at] ^ chance.randrange(1, 256)]) + content[at + 1 :]


def test_names_in_a_backup_lead_nowhere_else(settings: Settings, folder: Path) -> None:
    back_up(settings, folder)
    manifest = read_manifest(folder)
    for name in ("../out", "/out", "files/../../out", ".hidden", ""):
        made = replace(manifest, files={**manifest.files, name: next(iter(manifest.files.values()))})
        values = {
            "digest": made.digest,
            "backup": {**json.loads((folder / NAME).read_text())["backup"], "files": made.files},
        }
        (folder / NAME).write_text(json.dumps(values))
        with pytest.raises(BackupError, match="does not belong in a data directory"):
            restore(elsewhere(settings), folder)


def test_where_a_backup_does_not_belong(settings: Settings, folder: Path, tmp_path: Path) -> None:
    for place in (settings.data, settings.data / "files" / "backup", settings.data.parent):
        with pytest.raises(UsageError, match="contain one another"):
            back_up(settings, place)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "mine.txt").write_text("mine")
    with pytest.raises(UsageError, match="not a backup"):
        back_up(settings, tmp_path / "other")
    with pytest.raises(UsageError, match="is a file"):
        back_up(settings, tmp_path / "other" / "mine.txt")
    with pytest.raises(BackupError, match="not a complete backup"):
        restore(elsewhere(settings), tmp_path / "other")
    folder.mkdir()
    with backup_lock(folder), pytest.raises(BackupError, match="another backup"):
        back_up(settings, folder)
    with writer_lock(settings.data, 0), pytest.raises(IndexBusyError):
        back_up(settings, folder, with_index=True)
    with pytest.raises(BackupError, match="run `tracuu backup` again"):
        read_manifest(folder)
    back_up(settings, folder)
    assert whole(folder)


def test_what_is_there_is_replaced_only_when_told(settings: Settings, folder: Path) -> None:
    back_up(settings, folder)
    before = seen(settings)
    rebuild(settings)
    with open_pipeline(settings) as pipeline:
        pipeline.remove(["hoa-binh"])
    index(settings, [replace(ARTICLES[1], title="Tên mới hẳn"), replace(ARTICLES[1], id="neu")])
    (settings.data / "README.md").write_text("ours")
    with pytest.raises(UsageError, match="--replace"):
        restore(settings, folder)
    assert open_search(settings).searcher().articles.by_id("neu")
    service = open_search(settings)
    service.suggest("hoa", 3)
    restore(settings, folder, replacing=True)
    # A server goes over to it, too.
    assert seen(settings, service) == seen(settings) == before
    assert list(verify(settings)) == []
    assert (settings.data / "README.md").read_text() == "ours"
    assert not (settings.data / f"{settings.engine}.2").exists()


def test_what_is_no_data_directory_is_never_replaced(settings: Settings, folder: Path) -> None:
    back_up(settings, folder)
    other = elsewhere(settings)
    (other.data / "files").mkdir(parents=True)
    (other.data / "files" / "letter.txt").write_text("of somebody")
    with pytest.raises(UsageError, match="name another --data"):
        restore(other, folder, replacing=True)
    assert (other.data / "files" / "letter.txt").read_text() == "of somebody"


def failing_at(step: int) -> Callable[[int], None]:
    calls, real = iter(range(1, 10_000)), os.fsync

    def fsync(handle: int) -> None:
        if next(calls) == step:
            raise OSError(5, "Input/output error")
        real(handle)

    return fsync


def test_a_disk_that_fails_at_any_step_of_a_backup(settings: Settings, folder: Path) -> None:
    back_up(settings, folder)
    index(settings, [replace(ARTICLES[0], id="neu", attachments=(Attachment("a.txt", content=b"neu"),))])
    step, old = 0, read_manifest(folder)
    while True:
        step += 1
        with mock.patch("os.fsync", failing_at(step)):
            try:
                back_up(settings, folder)
                break
            except StorageError as error:
                assert "check the system log" in str(error)
        assert whole(folder)
        if read_manifest(folder) != old:
            break
    assert step > 3
    back_up(settings, folder)
    restore(elsewhere(settings), folder)
    assert accepted(elsewhere(settings)) == accepted(settings)


_STRIDE = 6


@pytest.mark.crash
@pytest.mark.parametrize("replacing", [False, True])
def test_a_disk_that_fails_at_any_step_of_a_restore(
    settings: Settings, folder: Path, replacing: bool
) -> None:
    back_up(settings, folder)
    new, other, old = seen(settings), elsewhere(settings), settings.data.with_name("old")
    old.mkdir()
    if replacing:
        index(replace(settings, data=old), ARTICLES[:2])
    # Every sixth step; the two engines and the two ways begin at different ones.
    before, step = files_in(old), 1 + 2 * replacing + (settings.engine == "whoosh") - _STRIDE
    states: list[str] = []
    while not states or states[-1] != "done":
        step += _STRIDE
        durable.remove(other.data)  # not as it stands: readers of tantivy may just make something in it
        shutil.copytree(old, other.data)
        with mock.patch("os.fsync", failing_at(step)):
            try:
                restore(other, folder, replacing)
                states.append("done")
            except StorageError:
                states.append(state_of(other, before))
        if states[-1] != "new":
            restore(other, folder, replacing or states[-1] == "done")
        assert seen(other) == new
        assert list(verify(other)) == []
        assert not [path for path in other.data.iterdir() if path.name.startswith("restor")]
    assert states == sorted(states, key=["old", "half", "new", "done"].index)
    assert states.count("old") > 1 and "half" in states


def state_of(settings: Settings, before: set[str]) -> str:
    if (settings.data / "restored").is_dir():
        with pytest.raises(EngineError, match="only partly restored"):
            Catalog(settings.data)
        return "half"
    there = {name for name in files_in(settings.data) if not name.startswith("restoring/")}
    return "old" if there - {"rebuild.lock", "writer.lock"} <= before else "new"


def _with_little_room(work: str, settings: Settings, folder: Path, most: int) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    try:
        back_up(settings, folder) if work == "backup" else restore(settings, folder)
    except StorageError as error:
        os._exit(77 if "disk space" in str(error) else 78)
    os._exit(2)


@pytest.mark.parametrize("most", [10, 20_000])
def test_a_full_disk_makes_no_backup_and_restores_nothing(
    settings: Settings, folder: Path, most: int
) -> None:
    assert in_process(_with_little_room, "backup", settings, folder, most) == 77
    with pytest.raises(BackupError):
        read_manifest(folder)
    back_up(settings, folder)
    other = elsewhere(settings)
    assert in_process(_with_little_room, "restore", other, folder, most) == 77
    with pytest.raises(EngineError, match="`tracuu restore` again"):
        Catalog(other.data)
    restore(other, folder)
    assert seen(other) == seen(settings)


def test_leftovers_of_a_killed_restore_go_with_the_next_writer(settings: Settings, folder: Path) -> None:
    back_up(settings, folder)
    with (
        mock.patch("indexer.upkeep.restore.unfound", side_effect=KeyboardInterrupt),
        pytest.raises(KeyboardInterrupt),
    ):
        restore(settings, folder, replacing=True)
    assert (settings.data / "restoring").is_dir()
    assert list(verify(settings)) == []
    index(settings)
    assert not (settings.data / "restoring").exists()


def test_a_restore_goes_on_with_what_was_copied(settings: Settings, folder: Path) -> None:
    back_up(settings, folder)
    other = elsewhere(settings)
    with (
        mock.patch("indexer.upkeep.restore.unfound", side_effect=KeyboardInterrupt),
        pytest.raises(KeyboardInterrupt),
    ):
        restore(other, folder)
    copied = []
    real = durable.copy

    def copy(source: Path, target: Path, with_mode: bool = False) -> str:
        copied.append(target.name)
        return real(source, target)

    with mock.patch("indexer.disk.durable.copy", copy):
        restore(other, folder)
    assert copied == [FILE_NAME]
    assert seen(other) == seen(settings)
    assert index_path(other).name == settings.engine


@pytest.mark.parametrize("name", ["a.tar.gz", "a.tgz", "a.zip"])
def test_an_archive_of_another_kind_is_not_made(settings: Settings, tmp_path: Path, name: str) -> None:
    assert main(["backup", str(tmp_path / name), "--data", str(settings.data)]) == 2
    assert not (tmp_path / name).exists()


def test_what_is_removed_meanwhile_leaves_no_other_attachment_out(settings: Settings, folder: Path) -> None:
    real, tries = AttachmentCopies.keep, []

    def keep(copies: AttachmentCopies, carried: set[str]) -> tuple[list[str], bool]:
        # The attachment that comes first is replaced each time before it is copied.
        with closing(Catalog(settings.data)) as catalog:
            (carrier,) = catalog.extractions.carriers([min(carried)])
        tries.append(carrier)
        text = f"moi {len(tries)}".encode()
        changed = [one for one in WITH_FILES if one.id == carrier]
        index(settings, [replace(changed[0], attachments=(Attachment("a.txt", content=text),))])
        return real(copies, carried)

    with mock.patch.object(AttachmentCopies, "keep", keep):
        made = back_up(settings, folder)
    assert len(tries) > 1 and made.problems == ()
    assert restore(elsewhere(settings), folder).problems == ()


def test_where_removals_do_not_end_the_backup_before_counts(settings: Settings, folder: Path) -> None:
    back_up(settings, folder)
    before = files_in(folder)
    with (
        mock.patch.object(AttachmentCopies, "keep", return_value=([], True)),
        pytest.raises(BackupError, match="the previous backup is still valid"),
    ):
        back_up(settings, folder)
    assert before <= files_in(folder)
    assert restore(elsewhere(settings), folder).problems == ()
