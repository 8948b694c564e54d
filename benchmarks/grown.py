"""More articles than the news has: the news, followed by articles generated from its clauses with a seed.

A generated article keeps title, source, category and length of a real one. Half of its clauses come from other articles, so
words stay adjacent as people write them, in constant proportions, and no text is a copy of another. Figures and names are
changed letter by letter, so that the vocabulary keeps growing as in reality, and dates are shifted.
"""

from __future__ import annotations

import gzip
import itertools
import json
import random
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.corpus import records

GROWN = 345_000
_SEED = 345
_CLAUSES = re.compile(r"(?<!\S)\S[^\n]*?(?=[,.;:!?]+(?:\s|$)|\n|$)")
_FIGURE = re.compile(r"\d+")
_FOREIGN_NAME = re.compile(r"\b[A-Z][a-z]*(?:[fjwz]|[bcdghklmnpqrstvx]{3})[a-z]*\b")
_POOL = 400_000
"""Number of clauses available at a time: those of some 20,000 articles."""
_DAYS = 400
_RENAMED = 0.25
"""Share of clauses whose figures and names are changed; with it, the vocabulary grows roughly as the square root of the text."""


def grown(number: int) -> Iterator[dict[str, Any]]:
    """Yield ``number`` articles: those of the news, followed by generated ones."""
    made = itertools.chain.from_iterable(map(_round, itertools.count(1)))
    return itertools.islice(itertools.chain(records(), made), number)


def write_grown(path: Path, number: int) -> None:
    """Write the articles as JSON Lines, in sequence; an existing file is kept."""
    if path.is_file():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(".new")
    with gzip.open(new, "wt", encoding="utf-8", compresslevel=1) as lines:
        for record in grown(number):
            lines.write(json.dumps(record, ensure_ascii=False) + "\n")
    new.rename(path)


def _round(number: int) -> Iterator[dict[str, Any]]:
    chance = random.Random(f"{_SEED} {number}")
    pool: list[str] = []
    for record in records():
        made = {name: _made(record.get(name), pool, chance) for name in ("title", "summary", "body")}
        yield {**record, **made, "id": f"{record['id']}-{number}", "url": None, **_moved(record, chance)}


def _made(text: str | None, pool: list[str], chance: random.Random) -> str | None:
    if not text:
        return text
    return _CLAUSES.sub(lambda match: _renamed(_exchanged(match[0], pool, chance), chance), text)


def _exchanged(clause: str, pool: list[str], chance: random.Random) -> str:
    """Add ``clause`` to the available ones, and return it or another one."""
    if len(pool) < _POOL:
        pool.append(clause)
        other = chance.choice(pool)
    else:
        at = chance.randrange(_POOL)
        other, pool[at] = pool[at], clause
    return other if chance.random() < 0.5 else clause


def _renamed(clause: str, chance: random.Random) -> str:
    if chance.random() > _RENAMED:
        return clause
    clause = _FIGURE.sub(lambda match: str(chance.randint(1, 10 ** len(match[0]))), clause)
    return _FOREIGN_NAME.sub(lambda match: _other_letter(match[0], chance), clause)


def _other_letter(name: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(name)) if len(name) > 1 else 0
    return name[:at] + chance.choice("abcdefghijklmnopqrstuvwxyz") + name[at + 1 :]


def _moved(record: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    if not record.get("published"):
        return {}
    moment = datetime.fromisoformat(record["published"]) - timedelta(days=chance.randint(1, _DAYS))
    return {"published": moment.isoformat()}
