"""``python -m benchmarks.exports [NUMBER]``: reading posts of an export, rows of a table and rows of a database."""

from __future__ import annotations

import contextlib
import csv
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from html import escape
from itertools import cycle, islice
from multiprocessing import get_context
from pathlib import Path

from benchmarks.corpus import records
from benchmarks.tables import table
from indexer.model import Article
from indexer.settings import Settings
from indexer.source_settings import SourceSettings
from indexer.sources.opening import open_named

_NUMBER = 100_000
_WORDPRESS = '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"><channel>'
Posts = Iterator[tuple[int, str, str]]


def section(number: int) -> str:
    """Return the table; each source is read in a process of its own."""
    rows = []
    with tempfile.TemporaryDirectory() as name, get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
        for kind, write in (("wordpress", _wordpress), ("table", _table), ("sql", _sql)):
            source = write(Path(name), _posts(number))
            size = sum(path.stat().st_size for path in Path(name).glob(f"{kind}.*"))
            found, seconds, peak = pool.apply(_read, (source,))
            assert found == number, f"{kind}: {found} articles"
            rows.append((kind, f"{size / 1e6:,.0f} MB", f"{number / seconds:,.0f}", f"{peak:,.0f} MB"))
    return (
        f"## Exports (`python -m benchmarks.exports {number}`): {number:,} news articles as posts, read without being indexed\n\n"
        + table(("kind", "size", "posts per CPU second", "peak memory"), rows)
    )


def _posts(number: int) -> Posts:
    texts = [(one["title"], one["body"]) for one in records(only_bodies=True, limit=5_000)]
    for n, (title, body) in enumerate(islice(cycle(texts), number)):
        blocks = (
            f"<!-- wp:paragraph -->\n<p>{escape(line)}</p>\n<!-- /wp:paragraph -->"
            for line in body.split("\n")
            if line
        )
        yield n, title, "\n".join(blocks)


def _wordpress(folder: Path, posts: Posts) -> SourceSettings:
    with (folder / "wordpress.xml").open("w", encoding="utf-8") as file:
        file.write(_WORDPRESS)
        for n, title, html in posts:
            file.write(
                f"<item><title>{escape(escape(title))}</title><guid>https://lamgiang.example/?p={n}</guid>"
                f"<content:encoded><![CDATA[{html}]]></content:encoded><wp:post_id>{n}</wp:post_id>"
                "<wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>\n"
            )
        file.write("</channel></rss>")
    return SourceSettings("wordpress", "wordpress", str(folder / "wordpress.xml"))


def _table(folder: Path, posts: Posts) -> SourceSettings:
    with (folder / "table.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows([("id", "title", "body_html"), *posts])
    return SourceSettings("table", "table", str(folder / "table.csv"))


def _sql(folder: Path, posts: Posts) -> SourceSettings:
    with contextlib.closing(sqlite3.connect(folder / "sql.db")) as db, db:
        db.execute("CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT, body_html TEXT)")
        db.executemany("INSERT INTO posts VALUES (?, ?, ?)", posts)
    options = {"url": f"sqlite:///{folder / 'sql.db'}", "query": "SELECT * FROM posts"}
    return SourceSettings("sql", "sql", options=options)


def _read(source: SourceSettings) -> tuple[int, float, float]:
    """Return the number of articles, the CPU seconds, and the peak memory in MB."""
    start = time.process_time()
    found = sum(isinstance(item, Article) for item in open_named(source, Settings()).items())
    return found, time.process_time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    print(section(int(sys.argv[1]) if len(sys.argv) > 1 else _NUMBER))
