"""``python -m benchmarks.directives``: document numbers on the gazette's records, what can't be read of them
listed, and the speed of finding citations."""

from __future__ import annotations

import gzip
import json
import time
from collections import Counter
from typing import Any

from benchmarks.corpus import CORPORA, records
from benchmarks.tables import table
from indexer.directives.citations import find_citations
from indexer.directives.codes import issuer_name
from indexer.directives.number import DocumentNumber, label_of, parse_number
from indexer.directives.own import own_facts
from indexer.vietnamese.letters import nfc

_ARTICLES = 8_000
_LAW = 5_000_000
"""Size of the largest text in characters."""
_RUNS = 3


def section() -> str:
    """Return the tables."""
    published = gazette()
    read = [
        (record, number) for record in published if (number := parse_number(record["so_hieu"])) is not None
    ]
    titled = [own_facts(record["title"], "", (), record["so_hieu"]).numbers[0] for record, _ in read]
    wrong = [record for record, number in read if not _same_issuer(record, number)]
    identities = Counter((number.key, record["loai"], record["ngay_ban_hanh"][:4]) for record, number in read)
    total = len(published)
    by_label = sum(label_of(number).startswith(f"{record['loai']} ") for record, number in read)
    by_title = sum(n.type_name == record["loai"] for (record, _), n in zip(read, titled, strict=True))
    rows = [
        ("numbers that are read", _share(len(read), total), "all"),
        ("type right, from the number alone", _share(by_label, total), "97 %"),
        ("type right, with the first words of the title", _share(by_title, total), "99.5 %"),
        ("issuer is one of those given", _share(len(read) - len(wrong), total), "98 %"),
        (
            "number, type word and year of issue that two records share",
            str(sum(n > 1 for n in identities.values())),
            "0",
        ),
    ]
    rest = ", ".join(f"{record['so_hieu']} ({record['co_quan']})" for record in wrong)
    return (
        f"## Document numbers (`python -m benchmarks.directives`): {total:,} records of the gazette\n\n"
        + table(("", "measured", "target"), rows)
        + f"\n\nIssuers not read: {rest}.\n\n"
        + table(
            ("citations", "characters", "CPU seconds, the least of three runs", "characters/s"),
            [_news(), _law()],
        )
    )


def gazette() -> list[dict[str, Any]]:
    """Return the records of the official gazette."""
    return _records("legal_docs")


def laws() -> list[dict[str, Any]]:
    """Return the laws with their full texts."""
    return _records("laws_fulltext")


def _records(corpus: str) -> list[dict[str, Any]]:
    with gzip.open(CORPORA / f"{corpus}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _same_issuer(record: dict[str, Any], number: DocumentNumber) -> bool:
    """Return whether the record names an issuer of the number, with the two rules for laws and consolidations."""
    given = record["co_quan"].casefold()
    if given == "văn bản hợp nhất" or (number.type is None and "chủ tịch nước" in given):
        return True
    _, _, _, lead, others, _ = number.key.split("|")
    codes = [number.issuer or lead, *filter(None, others.split("-"))]
    return any((issuer_name(code) or code).casefold() in given for code in codes if code)


def _share(n: int, total: int) -> str:
    return f"{n / total:.2%}"


def _news() -> tuple[str, str, str, str]:
    return _timed("the news", [nfc(record["body"]) for record in records(only_bodies=True, limit=_ARTICLES)])


def _law() -> tuple[str, str, str, str]:
    texts = "\n\n".join(nfc(record["body"]) for record in laws())
    return _timed("one text of laws", [(texts * (_LAW // len(texts) + 1))[:_LAW]])


def _timed(name: str, texts: list[str]) -> tuple[str, str, str, str]:
    """Return a row with the shortest CPU time of several runs, which hardly depends on other work."""
    seconds = min(_seconds(texts) for _ in range(_RUNS))
    characters = sum(map(len, texts))
    return name, f"{characters:,}", f"{seconds:.2f}", f"{characters / seconds:,.0f}"


def _seconds(texts: list[str]) -> float:
    start = time.process_time()
    for text in texts:
        find_citations(text)
    return time.process_time() - start


if __name__ == "__main__":
    print(section())
