"""The catalog keeps what it was given, whichever version wrote it, and knows when it does not."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from indexer.catalog.catalog import Catalog, Record
from indexer.catalog.damage import Damage
from indexer.catalog.format import FILE_NAME
from indexer.disk.sqlite.snapshots import copy_database
from indexer.errors import DamagedError, EngineError, StorageError
from indexer.model import Extraction, FileState, OcrPage, Page

VERSION_2 = """
CREATE TABLE articles (
    seq INTEGER PRIMARY KEY,       -- number of its last change
    id TEXT NOT NULL UNIQUE,
    place TEXT NOT NULL,           -- the source it came from, for --prune
    hash BLOB NOT NULL,            -- digest of the content as the source gave it
    removed INTEGER NOT NULL DEFAULT 0,
    second INTEGER,                -- publication, seconds since 1970 UTC
    stored BLOB,                   -- indexer.stored.article; NULL once removed
    extra TEXT                     -- JSON of input keys that mean nothing here
) STRICT;
CREATE TABLE files (
    sha256 TEXT PRIMARY KEY,
    extraction BLOB NOT NULL       -- JSON under zlib
) STRICT, WITHOUT ROWID;
CREATE TABLE ocr_pages (
    sha256 TEXT NOT NULL,
    page INTEGER NOT NULL,
    result BLOB NOT NULL,          -- JSON under zlib; kept only until all pages of the file are read
    PRIMARY KEY (sha256, page)
) STRICT, WITHOUT ROWID;
CREATE TABLE article_files (
    article TEXT NOT NULL,
    n INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    PRIMARY KEY (article, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX article_files_by_sha256 ON article_files (sha256);
CREATE TABLE applied (
    engine TEXT PRIMARY KEY,
    seq INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
PRAGMA user_version = 2;
"""
RECORDS = [
    Record("a", "nơi", b"\0hash", b"stored a", 7, '{"x": 1}', ((0, "aa"), (1, "bb"), (10, "aa"))),
    Record("b", "nơi", b"hash", b"stored b", None, None),
    Record("c", "chỗ khác", b"hash", b"stored c", -1, None, ((3, "cc"),)),
]
TEXT = Extraction("text/plain", FileState.TEXT, (Page(1, "Nội dung"),))


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    with closing(Catalog(tmp_path, create=True)) as catalog:
        catalog.accept(RECORDS)
        catalog.remove(["b"])
        catalog.extractions.keep("aa", TEXT)
        catalog.extractions.keep_ocr_page("dd", 4, OcrPage(Page(4, "trang", True, 0.5)))
        catalog.applied.set("tantivy", 3)
        catalog.places.set_run("báo", '{"failed": 1}')
        catalog.places.add("báo", ["a"])
        catalog.places.set_moved("báo", "x/a", "a")
    return tmp_path


def content(data: Path) -> dict[str, object]:
    with closing(Catalog(data)) as catalog:
        return {
            "changes": catalog.changes(0, 100),
            "texts": dict(catalog.extractions.all()),
            "pages": catalog.extractions.ocr_pages("dd"),
            "applied": catalog.applied.of("tantivy"),
            "last": catalog.last(),
        }


def damage(data: Path) -> list[Damage]:
    with closing(Catalog(data)) as catalog:
        return list(catalog.damage())


def test_nothing_is_lost_with_version_2(filled: Path, tmp_path: Path) -> None:
    now, old = content(filled), tmp_path / "old"
    old.mkdir()
    with closing(sqlite3.connect(old / FILE_NAME)) as before:
        before.executescript(f"PRAGMA page_size = 16384; PRAGMA journal_mode = WAL; {VERSION_2}")
        before.execute("ATTACH ? AS new", (str(filled / FILE_NAME),))
        for table in ("articles", "files", "ocr_pages", "article_files", "applied"):
            columns = ", ".join(row[1] for row in before.execute(f"PRAGMA main.table_info({table})"))
            before.execute(f"INSERT INTO main.{table} SELECT {columns} FROM new.{table}")
        before.commit()
    assert content(old) == now
    assert damage(old) == []
    with closing(Catalog(old)) as catalog:
        assert catalog.accept([RECORDS[1]]) == 5
    assert damage(old) == []


def test_version_2_stays_where_there_is_no_room_to_change_it(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as before:
        before.executescript(f"PRAGMA journal_mode = WAL; {VERSION_2}")
        before.execute("INSERT INTO files VALUES ('aa', zeroblob(100000))")
        before.commit()
        (pages,) = before.execute("PRAGMA page_count").fetchone()
    original = sqlite3.connect

    def full(*arguments: object, **options: object) -> sqlite3.Connection:
        db = original(*arguments, **options)  # type: ignore[call-overload]
        db.execute(f"PRAGMA max_page_count = {pages}")
        return db  # type: ignore[no-any-return]

    with pytest.MonkeyPatch.context() as patch, pytest.raises(StorageError, match="disk space"):
        patch.setattr("sqlite3.connect", full)
        Catalog(tmp_path)
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as still:
        assert still.execute("PRAGMA user_version").fetchone() == (2,)
        assert [row[1] for row in still.execute("PRAGMA table_info(articles)")][-1] == "extra"
    assert damage(tmp_path) == []


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("UPDATE articles SET stored = x'00' WHERE id = 'a'", [Damage("article", "a")]),
        ("UPDATE articles SET removed = 1 WHERE id = 'a'", [Damage("article", "a")]),
        ("UPDATE articles SET removed = 0 WHERE id = 'b'", [Damage("article", "b")]),
        ("UPDATE articles SET second = NULL WHERE id = 'a'", [Damage("article", "a")]),
        ("UPDATE articles SET seq = 50 WHERE id = 'a'", [Damage("article", "a")]),
        ("UPDATE articles SET id = 'x' WHERE id = 'a'", [Damage("article", "x")]),
        ("DELETE FROM article_files WHERE n = 1", [Damage("article", "a")]),
        ("UPDATE article_files SET sha256 = 'ab' WHERE n = 10", [Damage("article", "a")]),
        ("UPDATE files SET extraction = x'00'", [Damage("text", "aa")]),
        ("UPDATE files SET sha256 = 'ab'", [Damage("text", "ab")]),
        ("UPDATE ocr_pages SET page = 5", [Damage("page", "dd")]),
        ("UPDATE applied SET seq = 4", [Damage("reader", "tantivy")]),
        ("UPDATE runs SET result = '{}'", [Damage("run", "báo")]),
        ("UPDATE also_held SET place = 'x'", [Damage("run", "x")]),
        ("UPDATE moved SET article = 'b'", [Damage("run", "báo")]),
        (
            "DROP INDEX article_files_by_sha256",
            [Damage("file", "the table article_files has unexpected columns")],
        ),
    ],
)
def test_whatever_is_not_as_it_was_written_is_found(filled: Path, change: str, found: list[Damage]) -> None:
    assert damage(filled) == []
    with closing(sqlite3.connect(filled / FILE_NAME)) as other:
        other.execute(change)
        other.commit()
    assert damage(filled) == found


def test_what_is_damaged_is_not_handed_out(filled: Path) -> None:
    with closing(sqlite3.connect(filled / FILE_NAME)) as other:
        other.execute("UPDATE articles SET hash = x'00' WHERE id = 'a'")
        other.execute("UPDATE files SET extraction = x'00'")
        other.execute("UPDATE ocr_pages SET result = x'00'")
        other.execute("UPDATE applied SET seq = 4")
        other.commit()
    with closing(Catalog(filled)) as catalog:
        with pytest.raises(DamagedError, match="'a' is damaged; run `tracuu verify`"):
            catalog.record("a")
        with pytest.raises(DamagedError, match="run `tracuu reextract aa`"):
            catalog.extractions.of("aa")
        assert [(change.id, change.damaged) for change in catalog.changes(0, 9)] == [
            ("a", True), ("c", False), ("b", False),
        ]  # fmt: skip
        assert [(digest, text.state) for digest, text in catalog.extractions.all()] == [
            ("aa", FileState.FAILED)
        ]
        assert catalog.extractions.ocr_pages("dd") == {}
        assert catalog.applied.of("tantivy") == 0
        catalog.remove(["a"])
        catalog.extractions.keep("aa", TEXT)
        catalog.applied.set("tantivy", 2)
    assert damage(filled) == [Damage("page", "dd")]


def test_a_copy_made_while_others_write_is_whole(filled: Path, tmp_path: Path) -> None:
    (tmp_path / "copy").mkdir()
    with closing(Catalog(filled)) as other:
        other.accept([Record("d", "nơi", b"h", b"s")])
        copy_database(filled / FILE_NAME, tmp_path / "copy" / FILE_NAME)
        other.accept([Record("e", "nơi", b"h", b"s")])
    assert [path.name for path in (tmp_path / "copy").iterdir()] == [FILE_NAME]
    with closing(Catalog(tmp_path / "copy")) as copy:
        assert list(copy.ids()) == ["a", "c", "d"]
    assert damage(tmp_path / "copy") == []


def test_a_catalog_that_lost_a_table_is_damaged_not_full(filled: Path) -> None:
    with closing(sqlite3.connect(filled / FILE_NAME)) as other:
        other.execute("DROP TABLE applied")
    with closing(Catalog(filled)) as catalog, pytest.raises(DamagedError, match="restore it from a backup"):
        catalog.applied.of("tantivy")


def test_a_directory_that_is_half_restored_is_not_opened(filled: Path) -> None:
    (filled / "restored").mkdir()
    with pytest.raises(EngineError, match="only partly restored"):
        Catalog(filled)
