"""A database as a source: what comes, what goes, and what is never shown or written."""

import contextlib
import json
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from indexer.cli import main

Cli = Callable[..., tuple[int, Any]]
SECTION = """
[sources.cms]
kind = "sql"
url = "{url}"
query = "SELECT ma, ten, noi_dung, sua, '12:30' AS gio FROM bai WHERE an = 0 AND ten LIKE '%Bài%' -- tất cả"
{more}
[sources.cms.field_map]
ma = "id"
ten = "title"
noi_dung = "body_html"
"""


@pytest.fixture
def cli(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Cli:
    def run(*arguments: str) -> tuple[int, Any]:
        code = main([
            "--data", str(tmp_path / "data"), "--config", str(tmp_path / "tracuu.toml"), "--quiet", "--json", *arguments
        ])  # fmt: skip
        return code, json.loads(capsys.readouterr().out)

    return run


@pytest.fixture
def database(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with contextlib.closing(sqlite3.connect(tmp_path / "cms.db", isolation_level=None)) as db:
        db.execute(
            "CREATE TABLE bai (ma INTEGER PRIMARY KEY, ten TEXT, noi_dung TEXT, sua TEXT, an INT DEFAULT 0)"
        )
        for n in range(1, 9):
            values = (n, f"Bài {n}: 100%", "<p>Lịch tiếp công dân</p>", f"2024-11-0{n} 10:00:00")
            db.execute("INSERT INTO bai VALUES (?, ?, ?, ?, 0)", values)
        yield db


def settings(tmp_path: Path, more: str = 'since = "sua"', url: str = "") -> None:
    url = url or f"sqlite:///{tmp_path / 'cms.db'}"
    (tmp_path / "tracuu.toml").write_text(SECTION.format(url=url, more=more), encoding="utf-8")


def counts(result: Any) -> tuple[int, int, int, int]:
    one = result["cms"]
    return one["indexed"], one["unchanged"], one["removed"], one["failed"]


def test_a_run_reads_what_has_changed_since_the_last(
    tmp_path: Path, cli: Cli, database: sqlite3.Connection
) -> None:
    settings(tmp_path)
    assert counts(cli("sync")[1]) == (8, 0, 0, 0)
    assert counts(cli("sync")[1]) == (0, 1, 0, 0), "what is as new as the newest is asked for once more"
    database.execute("UPDATE bai SET ten = 'Bài mới', sua = '2024-12-01 00:00:00' WHERE ma = 3")
    database.execute("DELETE FROM bai WHERE ma = 4")
    assert counts(cli("sync")[1]) == (1, 1, 0, 0), "it can't be known from this what is gone"
    settings(tmp_path, 'since = "sua"\nfull = "7d"')
    assert counts(cli("sync")[1]) == (0, 7, 1, 0), "other settings: all is read again"
    settings(tmp_path, 'since = "sua"\nids = "SELECT ma FROM bai"')
    cli("sync")
    database.execute("DELETE FROM bai WHERE ma = 5")
    assert counts(cli("sync")[1]) == (0, 6, 1, 0), "the list of ids tells each time"
    cli("remove", *map(str, range(1, 9)))
    assert counts(cli("sync")[1]) == (6, 0, 0, 0), "without articles there is nothing to go on from"


def test_a_broken_row_or_query_removes_nothing(
    tmp_path: Path, cli: Cli, database: sqlite3.Connection
) -> None:
    settings(tmp_path, "")
    cli("sync")
    database.execute("UPDATE bai SET ten = 'Bài', noi_dung = NULL, ma = 90 WHERE ma = 1")
    assert counts(cli("sync")[1]) == (1, 7, 1, 0), "without since each run reads all"
    database.execute("ALTER TABLE bai RENAME COLUMN noi_dung TO noi_dunk")
    code, result = cli("sync")
    assert code == 1 and counts(result)[2] == 0
    assert "no such column: noi_dung" in result["cms"]["problems"][0]["problem"]
    database.execute("ALTER TABLE bai RENAME TO khac")
    assert "no such table: bai" in cli("sync")[1]["cms"]["problems"][0]["problem"]


@pytest.mark.parametrize(
    ("more", "url", "reason"),
    [
        ('sinc = "sua"', "", "did you mean since?"),
        ("since = 7", "", "since must be a string"),
        ('full = "weekly"', "", "15m, 6h or 1d"),
        ('ids = "DELETE FROM bai"', "", "is not a query"),
        ('password_file = "a"\npassword_env = "B"', "", "remove one of them"),
        ("", "mysql+nichts://u:bi-mat@h/d", "which is not supported"),
        ("", "u:bi-mat@h/d", "not that of a database"),
    ],
)
def test_settings_that_can_not_be_meant_are_named_and_no_secret_is(
    tmp_path: Path, cli: Cli, more: str, url: str, reason: str
) -> None:
    (tmp_path / "cms.db").touch()
    settings(tmp_path, more, url)
    code, result = cli("sync")
    assert code == 2 and reason in result["error"] and "bi-mat" not in result["error"]


def test_a_database_is_never_made_and_never_written(
    tmp_path: Path, cli: Cli, database: sqlite3.Connection
) -> None:
    settings(tmp_path, url=f"sqlite:///{tmp_path / 'khong-co.db'}")
    code, result = cli("sync")
    assert code == 3 and "is not a file" in result["cms"]["problems"][0]["problem"]
    assert not (tmp_path / "khong-co.db").exists()
    settings(tmp_path, "")
    text = (tmp_path / "tracuu.toml").read_text(encoding="utf-8")
    writing = text.replace('query = "SELECT', 'query = "WITH x AS (SELECT 1) UPDATE bai SET an = 1 --')
    (tmp_path / "tracuu.toml").write_text(writing, encoding="utf-8")
    assert cli("sync")[0] == 1
    assert database.execute("SELECT sum(an) FROM bai").fetchone() == (0,)


def test_bytes_that_are_no_text_end_nothing_and_make_nothing_public(
    tmp_path: Path, cli: Cli, database: sqlite3.Connection
) -> None:
    settings(tmp_path, "")
    path = tmp_path / "tracuu.toml"
    path.write_text(
        path.read_text(encoding="utf-8")
        .replace("AS gio", "AS gio, pham_vi")
        .replace("WHERE an = 0 AND", "WHERE"),
        encoding="utf-8",
    )
    path.write_text(path.read_text(encoding="utf-8") + 'pham_vi = "audience"\n', encoding="utf-8")
    database.execute("ALTER TABLE bai ADD COLUMN pham_vi DEFAULT 'public'")
    database.execute("UPDATE bai SET pham_vi = x'fffe' WHERE ma = 1")
    database.execute("UPDATE bai SET pham_vi = CAST(x'c328' AS TEXT) WHERE ma = 2")
    database.execute("UPDATE bai SET noi_dung = CAST(x'c328' AS TEXT) WHERE ma = 3")
    assert counts(cli("sync")[1]) == (8, 0, 0, 2)
    public = {hit["id"] for hit in cli("search", "bài", "--size", "20")[1]["hits"]}
    assert public == {"3", "4", "5", "6", "7", "8"}


def test_passwords_are_shown_nowhere(tmp_path: Path, cli: Cli) -> None:
    settings(tmp_path, url="sqlite://dung:bi-mat@may.example/x.db?key=bi-mat")
    for command in ("sources", "sync"):
        result = json.dumps(cli(command)[1])
        assert "bi-mat" not in result and ("may.example" in result) == (command == "sources")


@pytest.mark.skipif(find_spec("pymysql") is not None, reason="the driver is here")
def test_a_driver_that_is_missing_is_named(tmp_path: Path, cli: Cli) -> None:
    settings(tmp_path, url="mysql://dung@may.example/x")
    problem = cli("sync")[1]["cms"]["problems"][0]["problem"]
    assert "pip install 'PyMySQL'" in problem and "mysql+pymysql://" in problem


POSTGRES = next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), None)


@pytest.mark.slow
@pytest.mark.skipif(
    POSTGRES is None or find_spec("psycopg") is None or os.geteuid() != 0 or shutil.which("su") is None,
    reason="PostgreSQL, psycopg or the right to start a server is not here",
)
def test_postgresql_is_read_and_not_written(tmp_path: Path, cli: Cli) -> None:
    assert POSTGRES is not None
    folder = Path(subprocess.run(["mktemp", "-d"], capture_output=True, text=True, check=True).stdout.strip())
    shutil.chown(folder, "postgres")

    def as_postgres(command: str) -> None:
        subprocess.run(
            ["su", "postgres", "-c", f"{POSTGRES}/{command}"], check=True, capture_output=True, cwd=folder
        )

    try:
        as_postgres(f"initdb -D {folder}/d -A trust -E UTF8 --no-sync")
        as_postgres(
            f"pg_ctl -D {folder}/d -w -o \"-k {folder} -c listen_addresses='' -c fsync=off\" -l {folder}/log start"
        )
        script = folder / "fill.sql"
        script.write_text(
            "CREATE TABLE bai (ma int, ten text, noi_dung text, sua timestamptz, an int DEFAULT 0);"
            " INSERT INTO bai SELECT n, 'Bài ' || n, 'Lịch', '2024-11-01'::timestamptz + n * interval '1 hour'"
            " FROM generate_series(1, 20) n"
        )
        as_postgres(f"psql -h {folder} -q -f {script} postgres")
        settings(tmp_path, url=f"postgresql+psycopg://postgres@/postgres?host={folder}")
        assert counts(cli("sync")[1]) == (20, 0, 0, 0)
        assert counts(cli("sync")[1]) == (0, 1, 0, 0)
        text = (tmp_path / "tracuu.toml").read_text(encoding="utf-8")
        writing = text.replace(
            'query = "SELECT', 'query = "WITH x AS (UPDATE bai SET an = 1 RETURNING 1) SELECT'
        )
        (tmp_path / "tracuu.toml").write_text(writing, encoding="utf-8")
        code, result = cli("sync")
        assert code == 1 and result["cms"]["problems"]
    finally:
        as_postgres(f"pg_ctl -D {folder}/d -m immediate stop")
        shutil.rmtree(folder)
