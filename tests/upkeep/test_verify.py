"""Whatever is not as it was written is found, named, and can be mended."""

import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from unittest import mock

import pytest

from indexer.catalog.applied import Applied
from indexer.catalog.catalog import Catalog
from indexer.catalog.format import FILE_NAME
from indexer.cli import main
from indexer.disk.locks import writer_lock
from indexer.engine.opening import index_path
from indexer.errors import EngineError, IndexBusyError, StorageError
from indexer.indexing.opening import open_pipeline
from indexer.keys import KeyStore
from indexer.push.inbox import Inbox
from indexer.settings import ENGINES, Settings
from indexer.sources.site.state import SiteState
from indexer.upkeep.finding import Finding
from indexer.upkeep.rebuild import rebuild
from indexer.upkeep.verify import verify
from tests.collection import index
from tests.upkeep.collection import WITH_FILES, accepted, fill, in_process, seen

FLIPS = int(os.environ.get("TRACUU_FLIPS", "30"))
"""Bytes that are flipped in the data directory of each engine."""


@pytest.fixture(params=ENGINES)
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    settings = Settings(data=tmp_path / "data", engine=request.param)
    fill(settings)
    return settings


def found(settings: Settings) -> list[Finding]:
    return list(verify(settings))


def test_what_is_as_it_was_written_is_not_complained_about(settings: Settings) -> None:
    assert found(settings) == []
    with open_pipeline(settings) as pipeline:
        pipeline.remove(["hoa-binh", "lai-cap-nuoc"])
    assert found(settings) == []
    index(settings, WITH_FILES)
    assert found(settings) == []
    rebuild(settings)
    assert found(settings) == []
    index(settings, [WITH_FILES[0], WITH_FILES[3]], prune=True)
    assert found(settings) == []


def test_what_waits_after_a_crash_is_not_damage(settings: Settings) -> None:
    with mock.patch.object(Applied, "set"), open_pipeline(settings) as pipeline:
        pipeline.remove(["hoa-binh"])
    assert found(settings) == []
    for name in ("suggestions.sqlite3", "duplicates.sqlite3", "statuses.sqlite3"):
        (settings.data / name).unlink()
        assert found(settings) == []


def test_what_is_remembered_of_sites_is_looked_at(settings: Settings) -> None:
    with closing(SiteState(settings.data, "http://a.example", writes=True)) as state:
        state.begin(1.0)
    assert found(settings) == []
    (settings.data / "sites.sqlite3").write_bytes(b"SQLite format 3\0" + bytes(4096))
    assert {(one.part, "the next crawl" in one.do) for one in found(settings)} == {("sites.sqlite3", True)}


@pytest.mark.slow
def test_every_flipped_byte_is_found_or_changes_nothing(settings: Settings) -> None:
    rebuild(settings)
    inbox = Inbox(settings.data)
    inbox.accept("moi", "put", b"digest", b'{"title": "Th\xc3\xb4ng b\xc3\xa1o"}')
    inbox.accept("hoa-binh", "delete")
    inbox.close()
    KeyStore(settings.data).create("c\u1ed5ng", ["write"])
    # The log of a writer that was killed.
    assert in_process(_write_and_die, settings) == -9
    whole = settings.data.with_name("whole")
    shutil.copytree(settings.data, whole)
    before = seen(settings), accepted(settings), _waiting_and_keys(settings)
    files = sorted(path for path in whole.rglob("*") if path.is_file() and path.stat().st_size)
    chance, harmless = random.Random(20241122), []
    for _ in range(FLIPS):
        file = chance.choice(files)
        at, other = chance.randrange(file.stat().st_size), chance.randrange(1, 256)
        shutil.rmtree(settings.data)
        shutil.copytree(whole, settings.data)
        target = settings.data / file.relative_to(whole)
        with target.open("r+b") as opened:
            opened.seek(at)
            (byte,) = opened.read(1)
            opened.seek(at)
            opened.write(bytes([byte ^ other]))
        where = f"{target.relative_to(settings.data)}: byte {at} ^ {other}"
        findings = found(settings)
        if not findings:
            harmless.append(where)
            assert (seen(settings), accepted(settings), _waiting_and_keys(settings)) == before, where
        else:
            assert all(finding.do for finding in findings)
    # Much of a small database is room that nothing is in.
    assert len(harmless) < FLIPS / 2, harmless


def _waiting_and_keys(settings: Settings) -> tuple[object, object]:
    inbox = Inbox(settings.data)
    try:
        return inbox.waiting(10, files=False), KeyStore(settings.data).list()
    finally:
        inbox.close()


def _write_and_die(settings: Settings) -> None:
    catalog = Catalog(settings.data)
    catalog.extractions.keep("ab" * 32, next(iter(catalog.extractions.all()))[1])
    os.kill(os.getpid(), 9)


def file_of(settings: Settings) -> Path:
    return next(path for path in sorted((settings.data / "files").rglob("*")) if path.is_file())


def spoil(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


@pytest.mark.parametrize("harm", [spoil, cut, Path.unlink], ids=lambda harm: harm.__name__)
def test_attachments(settings: Settings, harm: Callable[[Path], object]) -> None:
    path = file_of(settings)
    whole = path.read_bytes()
    harm(path)
    [finding] = found(settings)
    assert finding.part == path.relative_to(settings.data).as_posix()
    assert "missing" in finding.what if harm is Path.unlink else "damaged" in finding.what
    with closing(Catalog(settings.data)) as catalog:
        [carrier] = catalog.extractions.carriers([path.name])
    assert f"`tracuu remove {carrier}`" in finding.do and "from a backup" in finding.do
    path.write_bytes(whole)
    assert found(settings) == []
    harm(path)
    with open_pipeline(settings) as pipeline:
        pipeline.remove([carrier])
    index(settings, WITH_FILES)
    assert found(settings) == []


@pytest.mark.parametrize("harm", [spoil, cut, Path.unlink], ids=lambda harm: harm.__name__)
def test_every_file_of_an_index(settings: Settings, harm: Callable[[Path], object]) -> None:
    before, folder = seen(settings), index_path(settings)
    whole = folder.with_name("whole")
    shutil.copytree(folder, whole)
    names = [path.name for path in sorted(whole.iterdir()) if path.stat().st_size and path.name[0] != "."]
    for name in names:
        harm(folder / name)
        findings = found(settings)
        if harm is Path.unlink and name in ("meta.digest", "DIGESTS"):
            assert bool(findings) == (name == "DIGESTS")
        else:
            assert findings, name
        assert {finding.do for finding in findings} <= {"run `tracuu rebuild`"}
        shutil.rmtree(folder)
        shutil.copytree(whole, folder)
        assert found(settings) == []
    spoil(folder / names[-1])
    rebuild(settings)
    assert seen(settings) == before


def change(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute(statement)
        other.commit()


@pytest.mark.parametrize(
    ("name", "statement", "said"),
    [
        ("suggestions", "UPDATE phrases SET articles = articles + 1", "phrases"),
        ("suggestions", "DELETE FROM articles WHERE id = 'hoc-phi'", "articles"),
        ("suggestions", "INSERT INTO numbers VALUES ('x', 'x', 1)", "numbers"),
        ("suggestions", "PRAGMA user_version = 77", "version 77"),
        ("suggestions", "UPDATE applied SET seq = 900", "ahead of the catalog"),
        ("duplicates", "UPDATE prints SET print = print + 1", "shingles"),
        ("duplicates", "UPDATE texts SET article = 'hoc-phi' WHERE article = 'bao-cap-nuoc'", "share a text"),
        ("duplicates", "UPDATE texts SET text = '1' WHERE article = 'bao-cap-nuoc'", "with the same text"),
        ("duplicates", "DROP TABLE texts", "texts"),
    ],
)
def test_what_is_made_of_the_catalog(settings: Settings, name: str, statement: str, said: str) -> None:
    path = settings.data / f"{name}.sqlite3"
    change(path, statement)
    [finding] = found(settings)
    assert finding.part == path.name and said in finding.what and "delete this file" in finding.do
    path.unlink()
    with open_pipeline(settings):
        pass
    assert found(settings) == []


def test_a_damaged_text_is_read_again(settings: Settings) -> None:
    change(settings.data / FILE_NAME, "UPDATE files SET extraction = x'00'")
    findings = found(settings)
    assert len(findings) == 3
    assert rebuild(settings).problems
    for finding in findings:
        command = finding.do.removeprefix("run `tracuu ").removesuffix("`").split()
        assert main([*command, "--data", str(settings.data), "--engine", settings.engine, "--quiet"]) == 0
    assert found(settings) == []


def test_a_damaged_article_is_not_indexed_and_can_be_replaced(settings: Settings) -> None:
    change(settings.data / FILE_NAME, "UPDATE articles SET stored = x'00' WHERE id = 'hoc-phi'")
    [finding] = found(settings)
    assert "article 'hoc-phi'" in finding.what and "`tracuu remove hoc-phi`" in finding.do
    with pytest.raises(EngineError, match="'hoc-phi' is damaged in the catalog"):
        rebuild(settings)
    shutil.rmtree(index_path(settings))
    command = ["--data", str(settings.data), "--engine", settings.engine, "--quiet"]
    assert main(["remove", "hoc-phi", *command]) == 0
    index(settings, WITH_FILES)
    assert found(settings) == []


def test_damage_that_costs_only_time_goes_with_a_rebuild(settings: Settings) -> None:
    change(settings.data / FILE_NAME, "UPDATE applied SET seq = seq - 1")
    change(settings.data / FILE_NAME, "INSERT INTO ocr_pages VALUES ('x', 1, x'00', x'00')")
    assert {finding.do for finding in found(settings)} == {"run `tracuu rebuild`"}
    rebuild(settings)
    assert found(settings) == []


@pytest.mark.parametrize("size", [0, 50, 20_000])
def test_a_catalog_that_is_cut_off(settings: Settings, size: int) -> None:
    path = settings.data / FILE_NAME
    path.write_bytes(path.read_bytes()[:size])
    if size:
        findings = found(settings)
        assert findings[0].part == FILE_NAME and "tracuu restore" in findings[0].do
    else:  # as good as a new one
        assert any(
            "but is still in the index" in f.what or "the catalog has 0" in f.what for f in found(settings)
        )


def test_an_index_that_is_not_the_catalogs(settings: Settings) -> None:
    with closing(Catalog(settings.data)) as catalog:
        catalog.remove(["hoc-phi"])
        catalog.applied.set(settings.engine, catalog.last())
    whats = [finding.what for finding in found(settings)]
    assert f"it has {len(WITH_FILES)} articles, but the catalog has {len(WITH_FILES) - 1}" in whats
    rebuild(settings)
    with open_pipeline(settings):
        pass
    assert found(settings) == []


def test_bytes_that_no_article_carries(settings: Settings) -> None:
    orphan = settings.data / "files" / "ab" / ("ab" * 32)
    orphan.parent.mkdir(exist_ok=True)
    orphan.write_text("orphan")
    [finding] = found(settings)
    assert (finding.what, finding.do) == ("no article uses it", "run `tracuu rebuild`")
    rebuild(settings)
    assert found(settings) == []


def test_nobody_writes_meanwhile(settings: Settings) -> None:
    with writer_lock(settings.data, 0), pytest.raises(IndexBusyError, match="--lock-timeout"):
        found(settings)


def test_a_disk_that_fails_is_a_finding(settings: Settings) -> None:
    path = file_of(settings)
    real = Path.open

    def failing(self: Path, *arguments: object, **options: object) -> object:
        if self == path:
            raise OSError(5, "Input/output error")
        return real(self, *arguments, **options)  # type: ignore[call-overload]

    with mock.patch.object(Path, "open", failing):
        [finding] = found(settings)
    assert "Input/output error" in finding.what
    with mock.patch.object(Catalog, "damage", side_effect=StorageError("disk I/O error")):
        [finding] = found(settings)
    assert "disk I/O error" in finding.what and finding.part == FILE_NAME


def test_the_command(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["verify", "--data", str(settings.data), "--engine", settings.engine]
    assert main(command) == 0
    assert "9 articles, 3 files, 0 waiting" in capsys.readouterr().out
    file_of(settings).unlink()
    assert main(command) == 1
    assert capsys.readouterr().out.count("\n") == 1
    assert main([*command, "--json"]) == 1
    assert '"findings": [\n' in capsys.readouterr().out
    assert main(["verify", "--data", str(settings.data / "nothing")]) == 3
