"""Lists to download: CSV for spreadsheets, JSON for programs, sent as they are read."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator

import flask

from indexer.directive_json import citing_json
from indexer.directive_view import Citing
from webui import links, words

_HEADINGS = (
    "Quan hệ", "Một phần", "Tiêu đề", "Số, ký hiệu của bài", "Nguồn tin", "Ngày đăng", "Địa chỉ", "Câu", "Tệp", "Trang",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""Cells that begin so are run as formulas by spreadsheets (OWASP, CSV injection)."""
_BOM = "\ufeff"
"""Without it Excel reads UTF-8 as something else."""


def citing_csv(rows: Iterable[Citing], root: str) -> flask.Response:
    """Return ``rows`` as CSV; addresses begin with ``root``."""
    return flask.Response(_csv(rows, root), mimetype="text/csv")


def citing_array(rows: Iterable[Citing]) -> flask.Response:
    """Return ``rows`` as one JSON array."""
    return flask.Response(_array(rows), mimetype="application/json")


def _csv(rows: Iterable[Citing], root: str) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(_HEADINGS)
    yield _BOM + buffer.getvalue()
    for one in rows:
        article, citation = one.article, one.citation
        buffer.seek(0)
        buffer.truncate()
        file = None if citation.file is None else article.files[citation.file].name
        writer.writerow(
            map(
                _cell,
                (
                    words.GROUPS[citation.relation],
                    "x" if citation.part else "",
                    article.title,
                    ", ".join(article.numbers),
                    ", ".join(article.sources),
                    article.published or "",
                    root.rstrip("/") + links.article_path(article.slug),
                    citation.sentence or "",
                    file or "",
                    "" if citation.page is None else str(citation.page),
                ),
            )
        )
        yield buffer.getvalue()


def _cell(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def _array(rows: Iterable[Citing]) -> Iterator[str]:
    before = "["
    for one in rows:
        yield before + json.dumps(citing_json(one), ensure_ascii=False)
        before = ",\n"
    yield "[]" if before == "[" else "]"
