"""The status by which a document is found is the one that its page gives, on real titles and laws."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest

from benchmarks.corpus import CORPORA
from benchmarks.directives import gazette, laws
from indexer.directives.number import parse_number
from indexer.model import Article
from indexer.search.request import SearchRequest
from indexer.search.service import open_search
from indexer.settings import Settings
from tests.collection import index

CHANGES = re.compile(r"sửa đổi|bãi bỏ|thay thế|hết hiệu lực|ngưng hiệu lực|lùi hiệu lực", re.IGNORECASE)
CLOSING = 8_000
"""Characters at the end of a law in which it says what ends with it."""


def key_of(number: str) -> str:
    parsed = parse_number(number)
    return parsed.key if parsed else number


def articles() -> list[Article]:
    records = [record for record in gazette() if CHANGES.search(record["title"])]
    return [
        Article(
            record["id"], record["title"], record.get("body", "")[-CLOSING:], number=record["so_hieu"], type=record["loai"],
            published=datetime.fromisoformat(f"{record['ngay_ban_hanh']}T08:00:00+07:00"),
        )
        for record in (*records, *laws())
        if record["so_hieu"] and record["ngay_ban_hanh"]
    ]  # fmt: skip


@pytest.mark.skipif(not (CORPORA / "legal_docs.jsonl.gz").exists(), reason="no corpora here")
def test_what_a_document_is_found_by_is_what_its_page_says(tmp_path: Path) -> None:
    settings, given = Settings(data=tmp_path), articles()
    index(settings, given)
    searcher = open_search(settings).searcher()
    listed = list(searcher.listed(SearchRequest(), len(given)))
    found = {article.id: status for article, status in listed}
    assert len(found) == len(given) > 300
    days: dict[str, set[str]] = {}
    for article, _ in listed:
        days.setdefault(article.numbers[0], set()).add(article.published or "")
    numbers = {one.id: one.number for one in given}
    differing = [
        (number, found[id])
        for id, number in numbers.items()
        if number
        and len(days.get(number, ())) == 1  # of two documents with one number the page asks which is meant
        and (card := searcher.directives.card(key_of(number)))
        and card.legal_status.status != found[id]
    ]
    assert not differing
    assert len(set(found.values())) >= 5
