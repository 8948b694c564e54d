"""``python -m benchmarks.relations``: relations stated in gazette, laws and all news, compared with those judged by reading.

``relations.tsv`` has the judgements: sample, corpus, id of the text, key, relation, subject ("" for the text itself), verdict.
``python -m benchmarks.relations SEED N`` draws N relations that nobody has judged, with their context, for a reader: some for
each relation in each corpus, the others at random.
"""

from __future__ import annotations

import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from benchmarks.corpus import records
from benchmarks.directives import gazette, laws
from benchmarks.tables import table
from indexer.directives.citations import Citation, ForceLists, find_citations, is_itself, names_of_itself
from indexer.directives.number import parse_number
from indexer.vietnamese.letters import nfc

_JUDGED = Path(__file__).with_name("relations.tsv")
_PLAIN = ("according_to", "based_on")
"""Relations that are not judged: a mention and a basis."""
_EACH = 3
"""Number per relation and corpus in a sample, if there are as many."""
_BEFORE, _AFTER = 320, 200
"""Number of characters of context before and after a citation."""
_TRUE = "true"


class Told(NamedTuple):
    """A relation stated by a text."""

    corpus: str
    id: str
    key: str
    relation: str
    subject: str


def told() -> dict[Told, str]:
    """Return all relations in the corpora, each with the context of its first mention."""
    found: dict[Told, str] = {}
    for corpus, id, number, names, texts in _texts():
        lists = ForceLists()
        for text in texts:
            for mention in lists.read(text, find_citations(text)):
                for relation, subject in _relations(mention):
                    if relation not in _PLAIN and not is_itself(mention, number, names):
                        around = f"{text[max(0, mention.start - _BEFORE) : mention.start]}⟦{mention.text}⟧"
                        around += text[mention.end : mention.end + _AFTER]
                        found.setdefault(Told(corpus, id, mention.key, relation, subject or ""), around)
    return found


def _relations(mention: Citation) -> Iterator[tuple[str, str | None]]:
    yield mention.relation, mention.subject
    for relation, subject, _ in mention.earlier:
        yield relation, subject


def _texts() -> Iterator[tuple[str, str, frozenset[str], frozenset[str], tuple[str, ...]]]:
    """Yield corpus, id, number and names of the document, and its texts."""
    for corpus, documents in (("gazette", gazette()), ("laws", laws())):
        for one in documents:
            number = parse_number(one["so_hieu"] or "")
            title = nfc(one.get("trich_yeu") or one["title"])
            names = names_of_itself(title) if corpus == "laws" else frozenset()
            keys = frozenset([number.key] if number else ())
            yield corpus, one["id"], keys, names, (title, nfc(one.get("body") or ""))
    for one in records():
        texts = tuple(nfc(one.get(field) or "") for field in ("title", "summary", "body"))
        yield "news", one["id"], frozenset(), frozenset(), texts


def judged() -> list[tuple[str, Told, str]]:
    """Return sample, relation and verdict of what was judged."""
    rows = (line.split("\t") for line in _JUDGED.read_text(encoding="utf-8").splitlines())
    return [(sample, Told(*rest), verdict) for sample, *rest, verdict in rows]


def sample(seed: int, size: int, among: Mapping[Told, str]) -> list[Told]:
    """Draw from those that nobody has judged."""
    left = sorted(among.keys() - {one for _, one, _ in judged()})
    chance = random.Random(seed)
    chance.shuffle(left)
    taken: Counter[tuple[str, str]] = Counter()
    first: list[Told] = []
    rest: list[Told] = []
    for one in left:
        taken[one.corpus, one.relation] += 1
        (first if taken[one.corpus, one.relation] <= _EACH else rest).append(one)
    return (first + rest)[:size]


def section() -> str:
    """Return the tables."""
    now = told()
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    by_relation: dict[str, Counter[str]] = defaultdict(Counter)
    for drawn, one, verdict in judged():
        for counter in (counts[drawn], by_relation[one.relation]):
            counter[verdict] += 1
            counter[f"{verdict} now"] += one in now
    heads = ("judged", "true", "false", "share of true ones", "true ones found now", "false ones found now")
    return (
        f"## Relations that are told (`python -m benchmarks.relations`): {len(now):,} in the gazette, laws and all news\n\n"
        + table(("sample", *heads), [_row(*item) for item in counts.items()])
        + "\n\n"
        + table(("relation", *heads), [_row(*item) for item in sorted(by_relation.items())])
    )


def _row(name: str, counts: Counter[str]) -> tuple[str, ...]:
    true, false = counts[_TRUE], counts["false"]
    shares = (true + false, true, false, f"{true / (true + false):.3f}")
    return (name, *map(str, (*shares, counts["true now"], counts["false now"])))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        among = told()
        for one in sample(int(sys.argv[1]), int(sys.argv[2]), among):
            print(*one, " ".join(among[one].split()), sep="\t")
    else:
        print(section())
