"""``python -m benchmarks.alerts FOLDER [ARTICLES] [SEARCHES]``: saved searches against a day with 500 new articles.

All searches differ: each has 2 to 5 words that are adjacent in a title, every second one without diacritics. On the first day,
all of them are parsed; on later days, only those that may match.
"""

from __future__ import annotations

import json
import random
import resource
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from benchmarks.corpus import NEWS, records
from benchmarks.tables import table
from indexer.alerts.run import AlertRun
from indexer.alerts.sealing import open_sealer
from indexer.alerts.searches import canonical_query
from indexer.alerts.store.schema import AlertDatabase
from indexer.alerts.store.subscriptions import Subscriptions
from indexer.indexing.opening import open_pipeline
from indexer.model import Article
from indexer.settings import Settings
from indexer.sources import Problem
from indexer.sources.jsonl import JsonlSource
from indexer.vietnamese.letters import fold, nfc

_DAY = 500
_A_DAY = 86_400
_DAYS = 2
_SEED = 20_261_129


class _Part:
    """The first ``number`` articles of the news."""

    def __init__(self, settings: Settings, number: int) -> None:
        self.name = "news"
        self._number = number
        self._source = JsonlSource(NEWS, settings)

    def items(self) -> Iterator[Article | Problem]:
        """Yield articles."""
        return islice((one for one in self._source.items() if isinstance(one, Article)), self._number)

    def progress(self) -> float | None:
        """Not drawn."""
        return None


def main() -> None:
    """Measure, and print a section for ``RESULTS.md``."""
    folder = Path(sys.argv[1])
    articles, searches = (int(value) for value in (*sys.argv[2:4], *("20000", "100000")[len(sys.argv) - 2 :]))
    settings = Settings(data=folder)
    _index(settings, articles)
    now = int(time.time())
    AlertRun(settings, lambda: now).match()
    _save(settings, searches, now)
    rows = []
    for day in range(1, _DAYS + 1):
        _index(settings, articles + day * _DAY)
        run = AlertRun(settings, lambda day=day: now + day * _A_DAY)  # type: ignore[misc]
        began, cpu = time.perf_counter(), time.process_time()
        run.match()
        took, cpu = time.perf_counter() - began, time.process_time() - cpu
        done = run.report
        rows.append(
            (
                f"day {day}",
                f"{took:.1f} s",
                f"{cpu:.1f} s",
                str(done.articles),
                f"{done.queries:,}",
                f"{done.planned:,}",
            )
        )
        print(json.dumps(rows[-1]), file=sys.stderr)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    head = ("", "time", "CPU time", "new articles", "searches", "planned messages")
    print(
        f"## Alerts (`python -m benchmarks.alerts FOLDER {articles} {searches}`): {searches:,} saved searches,"
        f" all different, with {articles:,} articles indexed\n\n{table(head, rows)}\n\nPeak memory: {memory} MB."
    )


def _index(settings: Settings, number: int) -> None:
    with open_pipeline(settings) as pipeline:
        for _ in pipeline.index(_Part(settings, number)):
            pass


def _save(settings: Settings, number: int, now: int) -> None:
    """Save ``number`` confirmed searches, ten per recipient; all at once, unlike on a real site."""
    sealer = open_sealer(settings.data, create=True)
    database = AlertDatabase(settings.data)
    with database.writing() as db:
        db.execute("DELETE FROM recipients")
        for n, query in enumerate(_queries(number)):
            if n % 10 == 0:
                address = f"ten{n}@vidu.example"
                (recipient,) = db.execute(
                    "INSERT INTO recipients (kind, digest, address) VALUES ('mail', ?, ?) RETURNING id",
                    (sealer.digest(address, "mail"), sealer.seal(address, "address")),
                ).fetchone()
            db.execute(
                "INSERT INTO alerts (recipient, query, language, rhythm, asked, confirmed, due, leave)"
                " VALUES (?, ?, 'vi', 'daily', ?, ?, ?, x'')",
                (recipient, query, now, now, now),
            )
    assert len(Subscriptions(database, settings.zone).list()) == number
    database.close()


def _queries(number: int) -> set[str]:
    chance = random.Random(_SEED)
    titles = [nfc(record["title"]).split() for record in records()]
    made: set[str] = set()
    while len(made) < number:
        words, length = chance.choice(titles), chance.randint(2, 5)
        if len(words) >= length:
            start = chance.randint(0, len(words) - length)
            text = " ".join(words[start : start + length])
            made.add(canonical_query(f"q={fold(text) if len(made) % 2 else text}".replace("&", " ")))
    return made


if __name__ == "__main__":
    main()
