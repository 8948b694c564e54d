"""The whole service with its attachments in a real store of objects: what it does for readers, pushes and backups."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from unittest import mock

import pytest
from flask.testing import FlaskClient

from indexer.catalog.catalog import Catalog
from indexer.cli import main
from indexer.disk.locks import WRITER
from indexer.errors import BackupError, FilesUnreachableError, IndexBusyError, StorageError, UsageError
from indexer.files import bucket as buckets
from indexer.files.bucket import Bucket
from indexer.files.opening import open_files
from indexer.files.owner import OWNER
from indexer.files.store import digest_of
from indexer.model import Article, Attachment, FileState
from indexer.push.inbox import Inbox
from indexer.search.service import open_search
from indexer.settings import Settings
from indexer.upkeep.attachments_check import attachments
from indexer.upkeep.backup import back_up
from indexer.upkeep.check import Check
from indexer.upkeep.doctor import examine
from indexer.upkeep.file_copies import DISK, copy_files
from indexer.upkeep.restore import restore
from indexer.upkeep.verify import verify
from tests.collection import index, write_pushed
from tests.extract.documents import pdf
from tests.files.gateway import BUCKET, Gateway, missing
from tests.files.test_store import prefix_of
from tests.waiting import until
from webui import create_app

ROOT = Path(__file__).resolve().parents[2]

PDF = pdf("Ke hoach chuyen doi so", "Trang hai")
TEXT = "Danh mục thủ tục".encode() * 2_000
ARTICLES = (
    Article("a", "Bài a", "Nội dung", attachments=(Attachment("ke-hoach.pdf", content=PDF),)),
    Article("b", "Bài b", "Nội dung", attachments=(Attachment("danh-muc.txt", content=TEXT),)),
    Article("c", "Bài c", "Nội dung", attachments=(Attachment("danh-muc-nua.txt", content=TEXT),)),
)


@pytest.fixture
def settings(gateway: Gateway, tmp_path: Path) -> Settings:
    return Settings(
        tmp_path / "data", workers=1, files=f"s3://{BUCKET}/{prefix_of(tmp_path)}", s3=gateway.settings()
    )


@pytest.fixture
def objects(gateway: Gateway, tmp_path: Path) -> Path:
    return gateway.objects / prefix_of(tmp_path)


def digests(folder: Path) -> set[str]:
    return {path.name for path in folder.rglob("*") if path.is_file()} - {"owner"}


PDF_DIGEST, TEXT_DIGEST = digest_of(PDF), digest_of(TEXT)


def client_of(settings: Settings) -> Iterator[FlaskClient]:
    service = open_search(settings)
    yield create_app(service).test_client()
    service.close()


def test_readers_get_files_and_pages_from_it(settings: Settings, objects: Path) -> None:
    index(settings, ARTICLES)
    assert digests(objects) == {PDF_DIGEST, TEXT_DIGEST}
    assert not (settings.data / "files").exists()
    shutil.rmtree(settings.data / "cache")
    for client in client_of(settings):
        whole = client.get("/articles/b/files/0")
        assert whole.data == TEXT and whole.headers["Content-Length"] == str(len(TEXT))
        assert whole.headers["ETag"] == f'"{TEXT_DIGEST}"' and "Last-Modified" in whole.headers
        again = client.get("/articles/b/files/0", headers={"If-None-Match": whole.headers["ETag"]})
        assert again.status_code == 304 and not again.data
        part = client.get("/articles/b/files/0", headers={"Range": "bytes=100-199"})
        assert (part.status_code, part.data) == (206, TEXT[100:200])
        assert client.get("/articles/b/files/0", headers={"Range": "bytes=999999-"}).status_code == 416
        assert client.head("/articles/b/files/0").headers["Content-Length"] == str(len(TEXT))
        assert "chuyen doi so" in client.get("/articles/a/files/0/pages/1").text
        assert client.get("/articles/a/files/0/pages/1/picture").data[8:12] == b"WEBP"
        (objects / TEXT_DIGEST[:2] / TEXT_DIGEST).write_bytes(TEXT[:99])  # a part is not what is said to come
        assert client.get("/articles/b/files/0").status_code == 404
        (objects / TEXT_DIGEST[:2] / TEXT_DIGEST).unlink()
        assert client.get("/articles/b/files/0").status_code == 404


def test_a_picture_is_drawn_of_one_download(settings: Settings) -> None:
    index(settings, ARTICLES)
    shutil.rmtree(settings.data / "cache")
    import obstore

    with mock.patch("obstore.get_range", wraps=obstore.get_range) as read:
        for client in client_of(settings):
            for page in (1, 2):
                assert client.get(f"/articles/a/files/0/pages/{page}/picture").status_code == 200
    assert read.call_count == 1


def test_what_no_article_carries_any_more_goes(settings: Settings, objects: Path) -> None:
    index(settings, ARTICLES)
    index(settings, ARTICLES[1:], prune=True)
    assert digests(objects) == {TEXT_DIGEST}
    left = open_files(settings).add(b"of an article that was never accepted")
    assert [str(one).partition(":")[0] for one in verify(settings)] == ["s3"]
    (settings.data / WRITER).write_text("writes")  # as one that was killed
    index(settings, [])
    assert left not in digests(objects) and not list(verify(settings))


def test_no_article_gets_a_file_that_is_being_removed(
    settings: Settings, objects: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The owner was looked at before: only the lock of the writer keeps others out until the file is gone."""
    index(settings, ARTICLES)
    remove, kept_out = Bucket.remove, []

    def removed(bucket: Bucket, key: str) -> None:
        with pytest.raises(IndexBusyError):
            index(replace(settings, lock_timeout=0), [replace(ARTICLES[0], id="d")])
        kept_out.append(key.rpartition("/")[2])
        remove(bucket, key)

    monkeypatch.setattr(Bucket, "remove", removed)
    index(settings, ARTICLES[1:], prune=True)
    assert kept_out == [PDF_DIGEST]
    index(settings, [replace(ARTICLES[0], id="d")])
    assert digests(objects) == {PDF_DIGEST, TEXT_DIGEST} and not list(verify(settings))


def test_verify_stats_and_doctor_look_at_it(
    settings: Settings, objects: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    index(settings, ARTICLES)
    assert not list(verify(settings))
    checks = {check.what: check for check in examine(settings)}
    assert checks["attachments"].level == "ok" and settings.files in checks["attachments"].found
    assert open_files(settings).total_size() == len(PDF) + len(TEXT)
    (objects / PDF_DIGEST[:2] / PDF_DIGEST).write_bytes(PDF[:50])
    (objects / TEXT_DIGEST[:2] / TEXT_DIGEST).unlink()
    found = {one.part.rpartition("/")[2]: one.what for one in verify(settings)}
    assert found == {PDF_DIGEST: "it is damaged", TEXT_DIGEST: "it is missing"}


def test_doctor_tells_of_a_store_that_ignores_the_conditions_of_writes(
    settings: Settings, objects: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index(settings, ARTICLES)
    several = replace(settings, role="writer", engine="opensearch")
    before = {path for path in objects.rglob("*") if path.is_file()}

    def found(of: Settings) -> Check:
        check = attachments(of)
        assert {path for path in objects.rglob("*") if path.is_file()} == before, "it leaves something"
        return check

    def careless(bucket: Bucket, key: str, content: bytes, *_: str) -> bool:
        bucket.put(key, content)
        return True

    assert found(settings).level == found(several).level == "ok"
    monkeypatch.setattr(Bucket, "replace", lambda *_: False)
    assert found(settings).level == "ok", "one machine alone replaces nothing"
    assert "(If-Match)" in found(several).found
    monkeypatch.setattr(Bucket, "replace", careless)
    assert "replaces an object that has changed" in found(several).found
    monkeypatch.setattr(Bucket, "create", careless)
    for one in (settings, several):
        check = found(one)
        assert check.level == "fault" and "two machines could write at once" in check.found
        assert "(If-None-Match)" in check.found and "conditional writes" in check.do


def test_a_backup_holds_the_files_and_gives_them_back(
    settings: Settings, objects: Path, tmp_path: Path
) -> None:
    index(settings, ARTICLES)
    made = back_up(settings, tmp_path / "backup")
    assert made.copied == 2 and not made.problems
    assert back_up(settings, tmp_path / "backup").copied == 0
    other = replace(settings, data=tmp_path / "other", files=f"{settings.files}-2")
    restored = restore(other, tmp_path / "backup")
    assert (restored.articles, restored.files, restored.problems) == (3, 2, ())
    assert digests(objects.with_name(f"{objects.name}-2")) == {PDF_DIGEST, TEXT_DIGEST}
    assert not list(verify(other)) and not (other.data / "files").exists()
    (objects / PDF_DIGEST[:2] / PDF_DIGEST).write_bytes(PDF[:50])
    index(settings, [Article("d", "Bài d", "", attachments=(Attachment("d.txt", content=b"sau"),))])
    assert restore(settings, tmp_path / "backup", replacing=True).problems == ()
    assert digests(objects) == {PDF_DIGEST, TEXT_DIGEST} and not list(verify(settings))


def test_nobody_restores_over_the_files_of_others(settings: Settings, objects: Path, tmp_path: Path) -> None:
    index(settings, ARTICLES)
    back_up(settings, tmp_path / "backup")
    assert not list((tmp_path / "backup").rglob(OWNER))
    with pytest.raises(StorageError, match="another data directory"):
        restore(replace(settings, data=tmp_path / "other"), tmp_path / "backup")
    assert not list(verify(settings))


def test_a_damaged_backup_replaces_nothing(settings: Settings, objects: Path, tmp_path: Path) -> None:
    index(settings, ARTICLES)
    back_up(settings, tmp_path / "backup")
    (tmp_path / "backup" / "files" / PDF_DIGEST[:2] / PDF_DIGEST).write_bytes(b"x")
    (objects / PDF_DIGEST[:2] / PDF_DIGEST).unlink()
    with pytest.raises(BackupError, match="damaged"):
        restore(settings, tmp_path / "backup", replacing=True)
    with closing(Catalog(settings.data)) as catalog:
        assert catalog.count() == 3


def test_files_move_there_and_back(settings: Settings, objects: Path) -> None:
    here = replace(settings, files="")
    index(here, ARTICLES)
    with pytest.raises(KeyboardInterrupt):
        copy_files(here, settings.files, progress=mock.Mock(side_effect=KeyboardInterrupt))
    (objects / TEXT_DIGEST[:2] / TEXT_DIGEST).unlink(missing_ok=True)  # as one that was not begun
    made = copy_files(here, settings.files)
    assert (made.files, made.copied, made.problems) == (2, 1, ())
    assert digests(objects) == {PDF_DIGEST, TEXT_DIGEST}
    assert copy_files(here, settings.files).copied == 0
    shutil.rmtree(here.data / "files")
    assert not list(verify(settings))
    assert copy_files(settings, DISK).copied == 2
    assert not list(verify(here))
    for place, kept in ((settings.files, settings), (DISK, here)):
        with pytest.raises(UsageError, match="already"):
            copy_files(kept, place)


def test_copying_tells_what_is_damaged_and_mends_it(settings: Settings, objects: Path) -> None:
    here = replace(settings, files="")
    index(here, ARTICLES)
    copy_files(here, settings.files)
    far = objects / PDF_DIGEST[:2] / PDF_DIGEST
    far.write_bytes(PDF[:50])
    assert copy_files(here, settings.files).copied == 0
    assert copy_files(here, settings.files, thorough=True).copied == 1 and far.read_bytes() == PDF
    far.unlink()
    near = here.data / "files" / PDF_DIGEST[:2] / PDF_DIGEST
    near.write_bytes(PDF[:50])
    made = copy_files(here, settings.files)
    assert made.copied == 0 and "damaged" in made.problems[0] and digests(objects) == {TEXT_DIGEST}


def test_the_command_copies(settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    index(replace(settings, files=""), ARTICLES)
    here = replace(settings, files="")
    config = settings_of(here, tmp_path / "tracuu.toml")
    options = ["--config", str(config), "--json"]
    assert main(["copy-files", settings.files, *options]) == 0
    assert json.loads(capsys.readouterr().out)["copied"] == 2
    assert main(["copy-files", "s3://x", *options]) == 2
    assert "s3://bucket/prefix" in capsys.readouterr().err


def settings_of(settings: Settings, path: Path) -> Path:
    s3 = settings.s3
    path.write_text(
        f'data = "{settings.data}"\nfiles = "{settings.files}"\n[s3]\nendpoint = "{s3.endpoint}"\n'
        f'access_key = "{s3.access_key}"\nsecret_file = "{s3.secret_file}"\n'
    )
    return path


@pytest.mark.crash
def test_what_a_killed_writer_had_sent_goes_or_is_used(
    settings: Settings, objects: Path, tmp_path: Path
) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    for number in range(12):
        (pages / f"{number:02}.pdf").write_bytes(pdf(f"Tep {number}") + f"%{number}".encode() * 200_000)
    config = settings_of(settings, tmp_path / "tracuu.toml")
    command = [sys.executable, "-W", "ignore", "-m", "indexer", "index", str(pages), "--config", str(config)]
    process = subprocess.Popen([*command, "--quiet"], cwd=ROOT)
    try:
        until(lambda: len(digests(objects)) >= 3)
    finally:
        process.kill()
        process.wait()
    sent = digests(objects)
    assert len(sent) < 12 and all(open_files(settings).damage(one) is None for one in sent)
    for number in range(2):  # some of what was sent is needed no more
        (pages / f"{number:02}.pdf").unlink()
    assert subprocess.run([*command, "--quiet", "--prune"], cwd=ROOT).returncode == 0
    assert len(digests(objects)) == 10 and not list(verify(settings))


@pytest.fixture
def mortal(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gateway]:
    """A server of one's own to kill."""
    if reason := missing():
        pytest.skip(reason)
    monkeypatch.setattr(buckets, "DOWN_SECONDS", 0.0)
    gateway = Gateway()
    gateway.start()
    yield gateway
    gateway.stop()


def test_while_it_is_gone_the_rest_goes_on_and_nothing_is_lost(mortal: Gateway, tmp_path: Path) -> None:
    settings = Settings(tmp_path / "data", workers=1, files=f"s3://{BUCKET}", s3=mortal.settings())
    index(settings, ARTICLES)
    shutil.rmtree(settings.data / "cache")
    for client in client_of(settings):
        drawn = client.get("/articles/a/files/0/pages/2/picture").data
    mortal.kill()
    for client in client_of(settings):
        assert client.get("/api/v1/search?q=noi+dung").json["total"] == 3  # type: ignore[index]
        for path in (
            "/articles/a/files/0",
            "/api/v1/articles/a/files/0",
            "/articles/a/files/0/pages/1/picture",
        ):
            answer = client.get(path)
            assert answer.status_code == 503 and answer.headers["Retry-After"], path
        assert client.get("/articles/a/files/0/pages/2/picture").data == drawn
        assert client.get("/articles/a/files/0/pages/2").status_code == 200
        assert client.get("/articles/a/files/0/text").status_code == 200
    check = {check.what: check for check in examine(settings)}["attachments"]
    assert check.level == "fault" and "can't be reached" in check.found
    assert any("can't be reached" in one.what for one in list(verify(settings)))
    (settings.data / WRITER).write_text(
        "writes"
    )  # as one that was killed: what it left is looked for once it can be
    inbox = Inbox(settings.data)
    body = json.dumps({"title": "Bài mới", "attachments": [{"name": "a.txt", "base64": "bW9p"}]}).encode()
    task = inbox.accept("moi", "put", body[:16], body, files=True).number
    light = inbox.accept("nhe", "put", b"1" * 16, json.dumps({"title": "Bài nhẹ"}).encode()).number
    write_pushed(settings)
    done = inbox.task(light)
    assert done is not None and done.result == "indexed" and inbox.count() == 1
    with pytest.raises(FilesUnreachableError):
        index(settings, [Article("e", "Bài e", "", attachments=(Attachment("e.txt", content=b"e"),))])
    mortal.start()
    write_pushed(settings)
    arrived = inbox.task(task)
    assert arrived is not None and arrived.result == "indexed" and not inbox.count()
    index(settings, [Article("e", "Bài e", "", attachments=(Attachment("e.txt", content=b"e"),))])
    service = open_search(settings)
    file, kept = service.searcher().articles.file("moi", 0)
    assert file.state is FileState.TEXT and kept is not None and not list(verify(settings))
    service.close()
