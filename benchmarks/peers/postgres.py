"""Peer: PostgreSQL's full text search, with ``unaccent`` and a trigram index on titles (Debian: ``postgresql``)."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from benchmarks.peers.protocol import FACETS, HITS, Document, NotInstalledError, Page, Searcher
from benchmarks.peers.servers import as_user, owned_folder, running

_USER = "postgres"
_SETTINGS = {
    "listen_addresses": "",
    "shared_buffers": "512MB",
    "work_mem": "64MB",
    "maintenance_work_mem": "256MB",
    "max_wal_size": "2GB",
}
"""A quarter of a machine with 2 GB, as its manual recommends, and no port."""
_HEADLINE = "StartSel=<mark>, StopSel=</mark>, MaxWords=35, MinWords=20"


class Postgres:
    """A table with a stored vector column under GIN; the title weighs twice as much as the text (C, D), which ranked better
    than ten times.
    """

    def __init__(self, both_forms: bool) -> None:
        self._both = both_forms
        self.title = "PostgreSQL, both forms" if both_forms else "PostgreSQL"
        self.setup = (
            "`simple`, the vector holds every word with and without accents; trigrams on titles where nothing is found"
            if both_forms
            else "`simple` behind `unaccent`; trigrams on titles where nothing is found"
        )

    def check(self) -> None:
        """Look for its programs."""
        _programs()

    def build(self, folder: Path, documents: Iterable[Document]) -> None:
        """Copy ``documents`` in, then create the indexes."""
        owned_folder(folder, _USER)
        make = [
            str(_programs() / "initdb"),
            "-D",
            str(folder / "data"),
            "-U",
            _USER,
            "-A",
            "trust",
            "-E",
            "UTF8",
        ]
        subprocess.run(
            [*as_user(_USER), *make, "--locale=C.UTF-8"], check=True, stdout=subprocess.DEVNULL, cwd=folder
        )
        with _served(folder) as database:
            database.execute("CREATE EXTENSION unaccent")
            database.execute("CREATE EXTENSION pg_trgm")
            # The built-in function is only STABLE, which indexes do not accept; its documentation gives this workaround.
            database.execute(
                "CREATE FUNCTION bare(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT"
                " AS $$ SELECT public.unaccent('public.unaccent'::regdictionary, $1) $$"
            )
            database.execute(
                "CREATE TABLE articles (id text PRIMARY KEY, title text, body text,"
                f" source text, category text, month text, words tsvector GENERATED ALWAYS AS ({self._vector()}) STORED)"
            )
            with (
                database.cursor() as cursor,
                cursor.copy("COPY articles (id, title, body, source, category, month) FROM STDIN") as copy,
            ):
                for one in documents:
                    row = (one.id, one.title, one.text, one.source, one.category, one.month)
                    copy.write_row([value.replace("\0", "") for value in row])
            database.execute("CREATE INDEX ON articles USING gin (words)")
            database.execute("CREATE INDEX ON articles USING gin (bare(title) gin_trgm_ops)")
            database.execute("VACUUM ANALYZE articles")
            database.execute("CHECKPOINT")

    def _vector(self) -> str:
        forms = ("{}", "bare({})") if self._both else ("bare({})",)
        return " || ".join(
            f"setweight(to_tsvector('simple', left({form.format(column)}, 600000)), '{weight}')"
            for column, weight in (("title", "C"), ("body", "D"))
            for form in forms
        )

    @contextmanager
    def opened(self, folder: Path) -> Iterator[Searcher]:
        """Serve the folder, and open one connection."""
        with _served(folder) as database:
            yield _Searcher(database, self._both)


class _Searcher:
    def __init__(self, database: psycopg.Connection[tuple[str, ...]], both: bool) -> None:
        self._database = database
        self._both = both

    def page(self, text: str) -> Page:
        """One query for hits and snippets, and one for all facets; similar titles if nothing matches."""
        query = self._query(text, " & ")
        # Ten are selected before their texts are cut, as in its documentation.
        hits = self._database.execute(
            "SELECT id, title, source, ts_headline('simple', body, %(q)s::tsquery, %(how)s) FROM (SELECT * FROM articles"
            " WHERE words @@ %(q)s::tsquery ORDER BY ts_rank(words, %(q)s::tsquery) DESC, id LIMIT %(n)s) AS best",
            {"q": query, "n": HITS, "how": _HEADLINE},
        ).fetchall()
        if not hits:
            return Page(0, tuple(self._alike(text)), 0, 0)
        values = self._database.execute(
            f"SELECT {', '.join(FACETS)}, count(*) FROM articles WHERE words @@ %s::tsquery"
            f" GROUP BY GROUPING SETS ({', '.join(f'({name})' for name in FACETS)}, ())",
            (query,),
        ).fetchall()
        total = max(int(value[3]) for value in values)
        return Page(total, tuple(hit[0] for hit in hits), len(values) - 1, len(hits))

    def _alike(self, text: str) -> list[str]:
        rows = self._database.execute(
            "SELECT id FROM articles WHERE bare(%(q)s) <%% bare(title) ORDER BY bare(%(q)s) <<-> bare(title) LIMIT %(n)s",
            {"q": text, "n": HITS},
        )
        return [row[0] for row in rows]

    def matching(self, text: str) -> frozenset[str]:
        """All rows whose vector holds all words."""
        rows = self._database.execute(
            "SELECT id FROM articles WHERE words @@ %s::tsquery", (self._query(text, " & "),)
        )
        return frozenset(row[0] for row in rows)

    def ranked(self, text: str, depth: int) -> list[str]:
        """Best rows with any word, by ``ts_rank``, which ignores how rare words are."""
        rows = self._database.execute(
            "SELECT id FROM articles WHERE words @@ %(q)s::tsquery ORDER BY ts_rank(words, %(q)s::tsquery) DESC, id"
            " LIMIT %(n)s",
            {"q": self._query(text, " | "), "n": depth},
        )
        return [row[0] for row in rows]

    def shown(self, text: str) -> list[str]:
        """Best rows of any word."""
        return self.ranked(text, HITS)

    def _query(self, text: str, operator: str) -> str:
        """Let its parser find the words; for any of them, replace the operators as usual."""
        form = "%s" if self._both else "bare(%s)"
        found = self._database.execute(f"SELECT plainto_tsquery('simple', {form})::text", (text,)).fetchone()
        return (found[0] if found else "").replace(" & ", operator)


@contextmanager
def _served(folder: Path) -> Iterator[psycopg.Connection[tuple[str, ...]]]:
    settings = [f"--{name}={value}" for name, value in _SETTINGS.items()]
    command = [str(_programs() / "postgres"), "-D", str(folder / "data"), "-k", str(folder), *settings]
    address = f"host={folder} user={_USER} dbname=postgres"
    with (
        running(command, folder.with_suffix(".log"), lambda: _answers(address), _USER),
        psycopg.connect(address, autocommit=True) as database,
    ):
        yield database


def _answers(address: str) -> bool:
    try:
        psycopg.connect(address).close()
    except psycopg.OperationalError:
        return False
    return True


def _programs() -> Path:
    """Return the folder of the newest version."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        raise NotInstalledError("no /usr/lib/postgresql: Debian's `postgresql`")
    return found[-1].parent
